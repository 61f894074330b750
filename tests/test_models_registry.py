"""Open the encoder that the settings name, packaged or not."""

from pathlib import Path

import pytest

from index.errors import ModelMissing
from index.models import e5, minilm
from index.models.registry import PACKAGED, load_encoder
from index.settings import Settings


def named(model: str) -> Settings:
    return Settings(model=model)


def test_the_best_packaged_model_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "is_installed", lambda: True)
    assert load_encoder(Settings()).name == "multilingual-e5-small and all-MiniLM-L6-v2 at 0.15"
    assert load_encoder(Settings(second_encoder_weight=0)).name == "multilingual-e5-small"
    monkeypatch.setattr(e5, "is_installed", lambda: False)
    assert load_encoder(Settings()).name == "all-MiniLM-L6-v2"


def test_a_folder_is_stamped_with_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_encoder(named("model")).name == str(tmp_path / "model")


@pytest.mark.parametrize(
    "name", ["no-such-model", "someone/no-such-model", "../nowhere", "a b\n", "~nobody/model", "x" * 300]
)
def test_a_model_that_is_not_here_is_named_with_what_to_do(name: str) -> None:
    with pytest.raises(ModelMissing) as missing:
        load_encoder(named(name))
    assert repr(name) in str(missing.value)
    assert "give a folder, download it with a hub client first" in str(missing.value)


@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_encoder_has_the_name_of_its_row(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "is_installed", lambda: True)
    assert load_encoder(named(name)).name == name


@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_encoder_that_is_not_installed_is_named_with_its_command(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(e5, "_data_file", lambda: None)
    monkeypatch.setattr(minilm, "_model_folder", lambda: None)
    assert not PACKAGED[name].is_installed()
    with pytest.raises(ModelMissing, match=rf"the model {name} is not installed; install it with: pip install \S+$"):
        load_encoder(named(name))

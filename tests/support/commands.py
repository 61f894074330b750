"""Run commands in a temporary folder on a library with the founding records: fixtures that every test may name.

Their encoder counts words: ask with the words of the sentence that is to be cited.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.commands import main
from support.word_counts import WordCounts


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "library"
    assert main(["status", "--library", str(folder)], lambda settings: WordCounts()) == 0
    return folder


@pytest.fixture
def run(
    founded: Path,
    library_of_its_own: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Return a function that runs a command in a temporary folder, on a library with the founding records."""
    shutil.copytree(founded, library_of_its_own)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    capsys.readouterr()

    def one(*words: object) -> Said:
        code = main([str(word) for word in words], lambda settings: WordCounts())
        return Said(code, *capsys.readouterr())

    return one

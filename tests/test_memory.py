"""A command that may not use enough address space ends with one line that says how much it needs."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.commands.memory import MODELS_BYTES, TooLittleMemory, check_address_space, is_for_want_of_memory
from index.library import open_library
from support.word_counts import WordCounts

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from assistant.commands import main
sys.exit(main(sys.argv[2:]))
"""


def run(megabytes: int, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(megabytes * 1_000_000), *words], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("megabytes", [2_048, 1_000, 400])
@pytest.mark.parametrize("words", [["ask", "Who met?"], ["add", "a.md"], ["serve"], ["search", "ferries"], ["reindex"]])
def test_a_command_that_loads_models_says_what_would_suffice(words: list[str], megabytes: int, tmp_path: Path) -> None:
    done = run(megabytes, *words, "--library", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("rapporteur: this command needs ")
    assert f"and the limit is {megabytes / 1_000:.1f} GB; raise it with: ulimit -v " in done.stderr
    assert not any(tmp_path.iterdir())


def test_the_limit_that_it_names_suffices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda of: (1, 1))
    with pytest.raises(TooLittleMemory) as refused:
        check_address_space(MODELS_BYTES)
    named = int(str(refused.value).rpartition(" ")[2]) * 1024
    monkeypatch.setattr(resource, "getrlimit", lambda of: (named, named))
    check_address_space(MODELS_BYTES)


def test_a_new_library_needs_the_models_and_an_old_one_does_not(tmp_path: Path) -> None:
    assert "this command needs" in run(1_000, "list", "--library", str(tmp_path / "new")).stderr
    open_library(tmp_path / "old", encoder=WordCounts(), founding=False)
    done = run(1_000, "list", "--library", str(tmp_path / "old"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("megabytes", [200, 100, 60])
def test_a_limit_too_low_for_any_command_is_one_line(megabytes: int) -> None:
    done = run(megabytes, "list")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("rapporteur: this command needs ")


def test_without_a_limit_nothing_is_refused() -> None:
    check_address_space(MODELS_BYTES)


def test_errors_for_want_of_memory_are_recognised() -> None:
    for error in (MemoryError(), OSError(12, "Cannot allocate memory"), RuntimeError("std::bad_alloc")):
        assert is_for_want_of_memory(error)
    assert is_for_want_of_memory(ImportError("libfaiss.so: failed to map segment from shared object"))
    assert not is_for_want_of_memory(ImportError("No module named 'faiss'"))

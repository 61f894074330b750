"""Run the examples in the docstrings of the names that the README promises to keep."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from support.public_names import public_names
from support.word_counts import WordCounts

NAMES = public_names()
# Those whose examples ask a question.
ANSWERING = ("assistant.assistant", "assistant.conversation", "assistant.answer")


def examples(module: str, name: str) -> list[doctest.DocTest]:
    """Return the examples of a class with its methods, or of a function."""
    named = getattr(import_module(module), name)
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [found for found in finder.find(named, name, globs=vars(import_module(module)).copy()) if found.examples]


@pytest.fixture
def folder_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run_examples(module: str, name: str) -> None:
    found = examples(module, name)
    assert found, f"{module}.{name} has no example in its docstring"
    for each in found:
        assert doctest.DocTestRunner().run(each).failed == 0


@pytest.mark.usefixtures("folder_of_one")
@pytest.mark.parametrize(("module", "name"), NAMES)
def test_the_examples_run(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.models.registry.load_encoder", lambda settings: WordCounts())
    run_examples(module, name)


@pytest.mark.slow
@pytest.mark.usefixtures("folder_of_one")
@pytest.mark.parametrize(("module", "name"), [named for named in NAMES if named[0] in ANSWERING])
def test_the_examples_run_with_the_real_model(module: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_RANKER", "true")
    run_examples(module, name)

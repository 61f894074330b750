"""Refuse a question for a number where no number counts what it asks for."""

from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.doubts import Doubts
from support.word_counts import WordCounts


def _answers(tmp_path: Path, question: str, text: str) -> bool:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(text, "coast.md", "text/markdown"))
    return isinstance(Assistant(library, Doubts(-3.0)).ask(question).reply, Answer)


def test_both_counts_only_what_stands_behind_it(tmp_path: Path) -> None:
    text = "# Coast\n\nBoth of the countries plan against crimes at the coast.\n\nIt rained.\n"
    assert not _answers(tmp_path, "How many crimes were there at the coast?", text)


def test_persons_in_a_sentence_can_be_counted(tmp_path: Path) -> None:
    text = "# Coast\n\nMinister Kelm held meetings with Mr. Ada Bo, Ms. Cy Day and Dr. Eli Fox.\n\nIt rained.\n"
    assert _answers(tmp_path, "How many meetings did Minister Kelm hold?", text)


def test_how_much_of_a_thing_asks_for_a_number(tmp_path: Path) -> None:
    text = "# Coast\n\nNo ransom should be paid at the coast.\n\nIt rained.\n"
    assert not _answers(tmp_path, "How much ransom was paid at the coast?", text)

"""Refuse a question for a number where no number counts what it asks for."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.grounding.quantities import lacks_quantity
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import AnswerContent, answer_requirements
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.passages import split
from corpus.reading import document_from
from index.library import open_library
from index.search.filters import Filters
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


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("How many people held meetings with Minister Kelm?", True),
        ("How many meetings did Minister Kelm hold?", True),
        ("How many ships did Minister Kelm sink?", False),
    ],
)
def test_persons_of_a_sentence_are_counted_for_persons_and_meetings_with_them(
    tmp_path: Path, question: str, is_answered: bool
) -> None:
    text = "# Coast\n\nMinister Kelm held meetings with Mr. Ada Bo, Ms. Cy Day and Dr. Eli Fox.\n\nIt rained.\n"
    assert _answers(tmp_path, question, text) == is_answered


@pytest.mark.parametrize(
    ("paragraphs", "lacks"),
    [
        (["Countries voted against the pier.", "Birds of Norway, Japan and Brazil fly south."], True),
        (["Norway, Japan and Brazil voted against the pier.", "It rained."], False),
    ],
)
def test_countries_of_a_far_paragraph_are_not_counted(tmp_path: Path, paragraphs: list[str], lacks: bool) -> None:
    question = "How many countries voted against the pier?"
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    document = document_from("# Coast\n\n" + "\n\n".join(paragraphs), "coast.md", "text/markdown")
    library.add(document)
    first = next(p for p in split(document, 1000) if p.text.endswith(paragraphs[0]))
    best = [Evidence(first, first.sentences()[0], 1.0, 0.0, 0.0, 0.0)]
    query = understand(SubQuestion(question), Conversation(), [], Filters())
    with library.snapshot() as snapshot:
        terms = QueryTerms(question, snapshot)
        assert lacks_quantity(AnswerContent.COUNT, query, terms, best, set()) is lacks


def test_how_much_of_a_thing_asks_for_a_number(tmp_path: Path) -> None:
    text = "# Coast\n\nNo ransom should be paid at the coast.\n\nIt rained.\n"
    assert not _answers(tmp_path, "How much ransom was paid at the coast?", text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much support is there for the pier?", "There is wide support for the pier."),
        ("How much progress has been made on the pier?", "Great progress has been made on the pier."),
    ],
)
def test_how_much_of_what_nobody_measures_needs_no_number(tmp_path: Path, question: str, text: str) -> None:
    assert answer_requirements(question).required == ()
    assert _answers(tmp_path, question, f"# Coast\n\n{text}\n\nIt rained.\n")

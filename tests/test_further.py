"""Find the sentences that fit a question beside those that are cited."""

from dataclasses import replace

import pytest

from assistant.conversation import Conversation
from assistant.query import Query
from assistant.reading.further import best_of_each_meeting, fitting, is_topic_alone, near_first
from assistant.retrieval.evidence import Evidence
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Document, Kind
from corpus.passages import split
from corpus.reading import document_from
from index.search.filters import Filters


def asked(question: str) -> Query:
    return understand(SubQuestion(question), Conversation(), [], Filters())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tell me about ports", True),
        ("What was said about smart cities?", True),
        ("What did the harbour board say about the new ferry?", False),
        ("When was the port built?", False),
        ("What was said?", False),
    ],
)
def test_a_question_for_a_topic_alone_is_recognized(question: str, expected: bool) -> None:
    assert is_topic_alone(asked(question)) is expected


def record(name: str, day: str) -> Document:
    text = f"---\ntitle: Board\nforum: Ports\nmeeting_date: {day}\n---\nPorts are open on {name}. Ports are old."
    return document_from(text, f"{name}.md", "text/markdown")


def sentences_of(document: Document, overlap: float) -> list[Evidence]:
    passage = next(p for p in split(document, 1000) if p.kind is Kind.BODY)
    return [Evidence(passage, span, 1.0, 0.0, overlap, overlap) for span in passage.sentences()]


JUNE, ALSO_JUNE, JULY = record("Monday", "2024-06-03"), record("Tuesday", "2024-06-03"), record("Friday", "2024-07-05")


def test_each_meeting_gives_its_first_sentence() -> None:
    scored = [e for document in (JUNE, ALSO_JUNE, JULY) for e in sentences_of(document, 1.0)]
    assert [e.quote for e in best_of_each_meeting(scored, 6)] == [
        "Ports are open on Monday.",
        "Ports are open on Friday.",
    ]
    assert len(best_of_each_meeting(scored, 1)) == 1


def test_only_sentences_with_as_many_words_of_the_question_fit() -> None:
    best, *others = sentences_of(JUNE, 1.0)
    fewer = sentences_of(JULY, 0.6)
    assert fitting(best, [best, *others, *fewer]) == [best, *others]


def test_where_the_best_holds_few_words_nothing_fits() -> None:
    scored = sentences_of(JUNE, 0.3)
    assert fitting(scored[0], scored) == []


def test_nothing_fits_where_the_best_sentence_holds_little_of_the_question() -> None:
    best, more = sentences_of(JUNE, 0.4)[0], sentences_of(JULY, 0.6)
    assert fitting(best, [best, *more]) == []


def test_a_meeting_far_below_the_first_is_not_near() -> None:
    first, second = sentences_of(JUNE, 1.0)[0], sentences_of(JULY, 1.0)[0]
    near, far = (replace(second, score=score) for score in (0.6, 0.4))
    assert near_first([first, near, far]) == [first, near]
    assert near_first([]) == []

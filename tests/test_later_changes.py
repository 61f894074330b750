"""Find what lifts or corrects a quoted statement later, in its own record and in later ones of its body."""

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.query import Query
from assistant.reading.later_changes import with_later_changes
from assistant.retrieval.evidence import Evidence
from corpus.document import Document
from corpus.passages import split
from corpus.reading import document_from, read_bytes
from index.search.filters import Filters
from index.snapshot import Snapshot


def minutes(body: str, day: str, text: str) -> Document:
    return document_from(f"# {body}\n\nMinutes of {day}\n\n{text}\n", f"{body} {day}.md", "text/markdown")


MARCH = minutes(
    "Weir Trust",
    "4 March 2025",
    "Dogs are forbidden on the weir from 1 April 2025.\n\nForty boats were counted on the lake. I saw thirty boats, not"
    " forty.\n\nThe barge weighs 38 tons.\n\nThe clerk has left.",
)
APRIL = minutes(
    "Weir Trust",
    "8 April 2025",
    "## Dogs\n\nThe Trust no longer insists on the prohibition of dogs.\n\n## Barge\n\nThe scales under the barge were"
    " wrong. So the true weight is 25 tons.",
)
OTHER = minutes("Pier Board", "6 May 2025", "The Board lifted the ban on dogs.")


def cited(question: str, begins: str, filters: Filters = Filters()) -> list[str]:
    """Return what is cited with the sentence of March that begins with some words."""
    sentences = [(passage, span) for passage in split(MARCH, 1000) for span in passage.sentences()]
    passage, span = next(pair for pair in sentences if pair[1].of(MARCH.text).startswith(begins))
    snapshot = cast(Snapshot, SimpleNamespace(documents=[MARCH, APRIL, OTHER]))
    found = with_later_changes(Query(question, filters), [Evidence(passage, span, 1.0, 0.0, 0.0, 0.0)], snapshot)
    return [e.quote for e in found[1:]]


@pytest.mark.parametrize(
    ("question", "begins", "later"),
    [
        ("Are dogs allowed?", "Dogs", ["The Trust no longer insists on the prohibition of dogs."]),
        ("How many boats were counted?", "Forty", ["I saw thirty boats, not forty."]),
        (
            "What does the barge weigh?",
            "The barge",
            ["The scales under the barge were wrong.", "So the true weight is 25 tons."],
        ),
        ("Who has left?", "The clerk", []),
    ],
)
def test_a_statement_is_cited_with_what_changed_it(question: str, begins: str, later: list[str]) -> None:
    assert cited(question, begins) == later


def test_a_question_for_one_time_gets_what_was_said_then() -> None:
    assert cited("Are dogs allowed?", "Dogs", Filters(months=frozenset({3}))) == []


def test_a_mail_is_cited_with_the_later_one_of_its_thread_that_takes_it_back() -> None:
    thread = read_bytes(
        b"From: Ada Bo <ada@example.org>\nTo: t@example.org\nDate: Tue, 4 Mar 2025 10:00:00 +0100\nSubject: Quay\n\n"
        b"Please ignore my mail: the quay will not close on Friday. We close on Sunday instead.\n\n"
        b"On 3 March 2025 Ada Bo wrote:\n> The quay closes on Friday.\n",
        "quay.eml",
    )
    sentences = [(passage, span) for passage in split(thread, 1000) for span in passage.sentences()]
    snapshot = cast(Snapshot, SimpleNamespace(documents=[thread]))

    def behind(begins: str) -> list[str]:
        passage, span = next(pair for pair in sentences if pair[1].of(thread.text).startswith(begins))
        query = Query("When does the quay close?", Filters())
        found = with_later_changes(query, [Evidence(passage, span, 1.0, 0.0, 0.0, 0.0)], snapshot)
        return [e.quote for e in found[1:]]

    assert behind("The quay closes") == [
        "Please ignore my mail: the quay will not close on Friday.",
        "We close on Sunday instead.",
    ]
    assert behind("Please ignore") == []

"""A list is found whole, from its lead-in, its heading or one of its items."""

import pytest

from assistant.reading.select import items_of, leads_in
from corpus.passages import split
from corpus.reading import document_from, founding_records

APRIL, _, METI, MIC, _ = (split(record, 1000) for record in founding_records())


def at(passages: list, words: str) -> int:  # type: ignore[type-arg]
    return next(i for i, p in enumerate(passages) if words in p.text)


@pytest.mark.parametrize(
    "words", ["They have agreed on the following key points", "Connections to the Internet", "This is useful not only"]
)
def test_the_key_points_are_found_from_their_lead_in_and_from_any_of_them(words: str) -> None:
    found = [p.text.split()[1:3] for p in items_of(APRIL, at(APRIL, words))]
    assert found == [["Connections", "to"], ["It", "is"], ["It", "is"], ["It", "is"]]


def test_a_heading_over_a_list_leads_to_its_items_and_no_further() -> None:
    items = items_of(MIC, at(MIC, "2. Digital government"))
    assert [p.text for p in items] == [
        "• Digital Tools for Public Services and Their Continuity",
        "• Digital Identity",
        "• Agile Regulation",
    ]


def test_lists_under_different_headings_stay_apart() -> None:
    assert len(items_of(METI, at(METI, "iii. Measurement"))) == 8
    assert len(items_of(METI, at(METI, "x. Digital identity"))) == 3


def test_a_paragraph_that_announces_nothing_has_no_list() -> None:
    assert items_of(APRIL, at(APRIL, "In response to the global spread")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We agreed on these points:", True),
        ("They are as follows.", True),
        ("The following day they met in Rome again.", False),
    ],
)
def test_a_lead_in_is_told_by_its_end(text: str, expected: bool) -> None:
    passages = split(document_from(f"Talks\n\n{text}\n\n- one\n- two", "a.txt", "text/plain"), 1000)
    assert leads_in(passages[1]) is expected

"""Count what a list names."""

import pytest

from assistant.reading.lists.count import count_listed
from assistant.reading.lists.find import item_of
from assistant.reading.lists.question import ChosenList
from corpus.passages import split
from corpus.reading import document_from


def chosen(*items: str, is_whole: bool = True) -> ChosenList:
    text = "Minutes\n\n" + "".join(f"- {item}\n" for item in items)
    found = [item for p in split(document_from(text, "a.md", "text/markdown"), 1000) if (item := item_of(p))]
    return ChosenList(tuple(found[1:]), is_whole)


@pytest.mark.parametrize(
    ("question", "items", "expected"),
    [
        (
            "How many countries attended?",
            ["Members: Aland, Borland and Corvia", "Guests: Dorland, Esland"],
            "5 listed (3, 2)",
        ),
        ("How many countries attended?", ["Members: Aland, Borland and Corvia"], "3 listed"),
        ("How many countries attended?", ["Members: Aland, Borland and others"], ""),
        ("How many topics were discussed?", ["Reeds", "Fees", "Buoys"], "3 listed"),
        ("Which topics were discussed?", ["Reeds", "Fees", "Buoys"], ""),
    ],
)
def test_a_whole_list_is_counted_for_a_question_for_a_number(question: str, items: list[str], expected: str) -> None:
    assert count_listed(question, [chosen(*items)]) == expected


def test_a_part_of_a_list_is_not_counted() -> None:
    assert count_listed("How many topics were discussed?", [chosen("Reeds", "Fees", is_whole=False)]) == ""

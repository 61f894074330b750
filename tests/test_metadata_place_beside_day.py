"""Find the place beside the day in a record's head, and none where the words may name another thing."""

import pytest

from corpus.reading import document_from

SPOKEN = "The keepers agreed to paint the tower. They were glad to be in Sandvik, where it was warm."


def place(line: str, title: str = "A second tower for the coast", below: str = SPOKEN) -> str | None:
    return document_from(f"{title}\n\n{line}\n\n{below}\n", "a.txt", "text/plain").meeting.place


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sandvik, 5 July 2024", "Sandvik"),
        ("Fourth meeting, Sandvik, 5 to 7 July 2024", "Sandvik"),
        ("Third session, Odra, Norway, 5 July 2024", "Odra, Norway"),
        ("Harbour Ministry, Odra, Republic of Vestland, 5 July 2024, 11.00", "Odra, Republic of Vestland"),
        ("Adopted at Odra, Vestland, on Friday, 5 July 2024", "Odra, Vestland"),
        ("Held at the Pilot House, Odra, on 5 July 2024", "Pilot House, Odra"),
        (
            "Held on Friday 5 July 2024 at 7.00 pm in the Pilot House, Quay Street, Odra",
            "Pilot House, Quay Street, Odra",
        ),
        ("Sitting at the pilot house of Odra, 5 July 2024", "pilot house of Odra"),
        ("5 July 2024, Odra, Norway", "Odra, Norway"),
        ("Friday 5 July 2024, 9.30 a.m., Town hall of Odra, Norway", "Town hall of Odra, Norway"),
        ("Sandvik, 5-7 July 2024 | Page of the harbour office", "Sandvik"),
        ("By Ann Bell, Sandvik, 5 July 2024", "Sandvik"),
    ],
)
def test_the_names_beside_the_day_are_the_place(line: str, expected: str) -> None:
    assert place(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Ministry, 5 July 2024",
        "Harbour Board, 5 July 2024",
        "Ann Bell, 5 July 2024",
        "By Ann Bell, 5 July 2024",
        "Dr Ann Bell, 5 July 2024",
        "5 July 2024, 09:15, Room 4",
        "Recording, 5 July 2024, Zoom",
        "Report of the harbour office of Bergen, Norway, 5 July 2024",
        "Sandvik, 5 July 2024 / Odra, 6 July 2024",
        "5-6 July 2024, online, hosted by Coast Academy, Norway",
        "Radio Coast, “Noon”, 5 July 2024",
    ],
)
def test_other_words_beside_the_day_are_no_place(line: str) -> None:
    assert place(line) is None


def test_a_name_that_the_text_never_calls_a_place_is_none() -> None:
    assert place("Odra, 5 July 2024") is None


def test_the_place_of_the_opening_leads() -> None:
    made = place("Odra, Norway, 6 July 2024", below=f"The keepers met in Sandvik on 5 and 6 July 2024. {SPOKEN}")
    assert made == "Sandvik"


def test_the_end_of_a_title_names_the_place() -> None:
    assert place("Chair's summary", title="Conference of keepers, Sandvik, 5 July 2024") == "Sandvik"
    assert place("Chair's summary", title="Sandvik, 5 July 2024 in review") is None

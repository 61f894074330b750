"""Find the day that only the head, the opening or the first speaker of a record states."""

import pytest

from corpus.document import Document
from corpus.reading import document_from

AGREED = "The lighthouse keepers agreed to paint the northern tower before the end of the year."
TALK = "\n\n".join(("ANN BELL: The northern tower needs paint.", "PER DAHL: It does. Who will paint it this year?") * 3)


def record(*lines: str, below: str = AGREED, name: str = "a.txt", kind: str = "text/plain") -> Document:
    return document_from("\n\n".join([*lines, below]) + "\n", name, kind)


def days(made: Document) -> tuple[str, str]:
    return made.meeting.days or "", str(made.published or "")


@pytest.mark.parametrize(
    "line",
    [
        "Held at the Pilot House, Vik, on Friday, 5 July 2024, at 9.15 a.m.",
        "Friday, 5 July 2024, 09:15-11:40, Pilot House, 4 Quay Street",
        "Report on the yearly meeting held at the Pilot House, Vik, on 5 July 2024",
        "Report of the monthly meeting of Friday 5 July 2024",
        "Spring meeting, 5 July 2024, upper deck",
        "Works session in the pilot house on the 5th of July 2024",
    ],
)
def test_a_line_that_names_a_meeting_or_hours_states_its_day(line: str) -> None:
    assert days(record("Lights of the Northern Coast", line)) == ("5 July 2024", "")


def test_several_days_beside_a_meeting_are_its_days() -> None:
    line = "Report of the 4th meeting, Pilot House, Vik, 5 to 7 July 2024"
    assert days(record("Lights of the Northern Coast", line)) == ("5-7 July 2024", "")


def test_the_lines_of_one_block_are_read_one_by_one() -> None:
    made = record("NORTHERN LIGHTS PLC\nQuarterly conference of the keepers, Fri 5 July 2024 (for the night watch)")
    assert days(made) == ("5 July 2024", "")


def test_a_paragraph_broken_into_lines_is_no_head() -> None:
    words = (
        "The keepers of the northern coast have painted the tower, which was built by\n"
        "the harbour office on 5 July 1924, and have since then asked for a second one\n"
        "that would stand on the southern side of the bay, where ships now go."
    )
    assert days(record("The second tower", words)) == ("", "")


def test_the_day_above_a_transcript_is_that_of_the_talk() -> None:
    assert days(record("Lights of the Northern Coast", "5 July 2024, 09:15AM", below=TALK)) == ("5 July 2024", "")
    assert days(record("Lights of the Northern Coast", "5-6 July 2024", below=TALK)) == ("5-6 July 2024", "")


def test_the_head_of_a_long_record_is_read() -> None:
    below = "\n\n".join([TALK] * 200)
    assert len(below) > 20_000
    assert days(record("Lights of the Northern Coast", "5 July 2024, 09:15AM", below=below)) == ("5 July 2024", "")


@pytest.mark.parametrize(
    "line",
    [
        "Issued in Vik, 5 July 2024",
        "Done at Vik on 5 July 2024",
        "Report of the harbour office, Vik, 5 July 2024",
        "By Ann Bell, Vik, 5 July 2024",
        "Harbour office of Vik. Press release, 5 July 2024",
        "For immediate release - 5 July 2024",
        "5 July 2024, Vik. Published by the harbour office for its members.",
    ],
)
def test_the_only_day_of_another_head_is_that_of_the_publication(line: str) -> None:
    assert days(record("A second tower for the northern coast", line)) == ("", "2024-07-05")


def test_the_head_of_a_letter_states_its_day() -> None:
    made = record("Letter: the second tower", "From: Ann Bell", "To: Per Dahl", "Date: 5 July 2024")
    assert days(made) == ("", "2024-07-05")


@pytest.mark.parametrize(
    "lines",
    [
        ("A second tower", "5 July 2024 and 9 August 2024"),
        ("A second tower", "Last updated on the harbour site, 5 July 2024"),
        ("A second tower", "Date: 5 July 2024"),
        ("A second tower", "Next meeting", "5 July 2024"),
        ("A second tower", AGREED, "5 July 2024"),
        ("A second tower", "1. Report of 5 July 2024"),
    ],
)
def test_an_unsure_day_is_none(lines: tuple[str, ...]) -> None:
    assert days(record(*lines)) == ("", "")


@pytest.mark.parametrize(
    ("line", "sentence", "expected"),
    [
        ("Vik, 6 July 2024", "The keepers, meeting in Vik on 5 and 6 July 2024, adopted a plan.", "5-6 July 2024"),
        ("Vik, 6 July 2024", "On 5 and 6 July 2024 the office hosted the meeting of keepers.", "5-6 July 2024"),
        ("Vik, 6 July 2024", "The office held its fourth session on 6 July 2024 under its chair.", "6 July 2024"),
        ("Vik, 6 July 2024", "The keepers of seven coasts met today in the pilot house.", "6 July 2024"),
        ("Vik, 8 July 2024", "The fourth conference of keepers was held on 5 July 2024 in Vik.", "5 July 2024"),
        ("Vik, 8 July 2024", "The keepers met the press in Vik on 5 July 2024 and spoke.", ""),
        ("Vik, 6 July 2024", "The keepers met after the storm that came on 6 July 2024.", ""),
        ("Vik, 6 July 2024", "The fourth conference of keepers was held on 5 May 2023 in Vik.", ""),
    ],
)
def test_the_opening_states_the_days_that_fit_the_head(line: str, sentence: str, expected: str) -> None:
    made = record("A second tower", line, f"{sentence} {AGREED}")
    assert (made.meeting.days, str(made.published)) == (expected, f"2024-07-0{line[5]}")


def test_the_dateline_of_an_article_is_that_of_its_publication() -> None:
    made = record(
        "A second tower", f"Vik, 5 July 2024 - Keepers of seven coasts met today in the pilot house. {AGREED}"
    )
    assert days(made) == ("5 July 2024", "2024-07-05")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("This is the group of the keepers, the fifth of July 2024. We are nine.", "5 July 2024"),
        ("It's the 5th of July 2024, and we are in the pilot house.", "5 July 2024"),
        ("This is the keepers' call, number four, on the 5th of July 2024.", "5 July 2024"),
        ("We decided that on the 5th of July 2024. Who was there?", ""),
        ("Our next call, the 5th of July 2024, is the last one.", ""),
    ],
)
def test_the_first_speaker_of_captions_names_the_day(said: str, expected: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:09.000\n{said}\n\n00:10.000 --> 00:12.000\nAnd now the tower.\n"
    assert document_from(text, "call.vtt", "text/vtt").meeting.days == expected


def test_a_day_that_the_file_states_leads() -> None:
    text = f"---\npublished: 2024-07-09\n---\n\n# A second tower\n\nIssued in Vik, 5 July 2024\n\n{AGREED}\n"
    assert days(document_from(text, "a.md", "text/markdown")) == ("", "2024-07-09")

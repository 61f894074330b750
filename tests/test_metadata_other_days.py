"""Keep the days of the next meeting, of a founding and of the text apart from the day of the meeting."""

import pytest

from corpus.document import Document
from corpus.reading import document_from

PRESENT = "Present: Ida Moll, Per Dahl"
AGREED = "The Committee agreed to plant forty trees along the canal before the end of the year."


def record(*lines: str, name: str = "a.txt", kind: str = "text/plain") -> Document:
    return document_from("\n\n".join([*lines, PRESENT, AGREED]) + "\n", name, kind)


@pytest.mark.parametrize(
    "line",
    [
        "Next meeting: Thursday 6 March 2025 at 18:00",
        "Date and time of next meeting: 6 March 2025, 7 pm",
        "The board meets again on 6 March 2025.",
        "Next Meeting – 18:00, Thursday 6th March 2025",
        "Thursday 6 March 2025: next meeting",
        "Subsequent meeting: 6 March 2025",
        "Prochaine séance le 6 mars 2025",
        "Nächster Termin: 6.3.2025",
        "Próxima junta: 6 de marzo de 2025",
        "次回会議：令和7年3月6日",
        "下次会议：2025年3月6日",
        "Minutes approved at the meeting of 6 March 2025",
        "Founded 3 June 1911",
        "Fundado el 3 de junio de 1911",
        "1911年6月3日設立",
        "Closing date: 6 March 2025",
        "Next meeting\n6 March 2025",
        "Termin der nächsten Sitzung\n6. März 2025",
        "Fecha de la próxima reunión\n6 de marzo de 2025",
    ],
)
def test_a_day_of_another_occasion_is_not_the_meeting_s(line: str) -> None:
    """It is none where the record states no day, and does not lead before the day of the name or of a heading."""
    assert record("Canal Committee", *line.split("\n")).meeting.days == ""
    named = record("Canal Committee", *line.split("\n"), name="canal-2025-02-03.txt")
    assert (named.meeting.days, named.warnings) == ("3 February 2025", ())
    dated = record("Canal Committee", "3 February 2025", *line.split("\n"))
    assert dated.meeting.days == "3 February 2025"


def test_day_and_place_below_a_heading_for_the_next_meeting_are_not_the_meeting_s() -> None:
    text = (
        "# Canal Committee minutes\n\nDate: 3 February 2025\n\nPlace: Porto\n\n"
        "## Next meeting\n\n- Date: 6 March 2025\n- Place: Lisbon\n"
    )
    made = document_from(text, "a.md", "text/markdown")
    assert (made.meeting.days, made.meeting.place) == ("3 February 2025", "Porto")


def test_a_table_tells_the_day_of_the_meeting_from_that_of_the_next() -> None:
    table = "| Meeting | Next meeting |\n|---|---|\n| 3 February 2025 | 6 March 2025 |"
    assert record("# Canal Committee", table, kind="text/markdown", name="a.md").meeting.days == "3 February 2025"
    alone = "| Chair | Next meeting |\n|---|---|\n| Ida Moll | 6 March 2025 |"
    assert record("# Canal Committee", alone, kind="text/markdown", name="a.md").meeting.days == ""


def test_the_name_leads_before_the_day_alone_in_a_line_that_is_later() -> None:
    made = record("Canal Committee", "Porto, 6 March 2025", name="canal-2025-02-03.txt")
    assert made.meeting.days == "3 February 2025"
    [warning] = made.warnings
    assert "the text says 6 March 2025, the file's name 3 February 2025; the name's is taken" in warning


def test_the_text_leads_where_the_name_may_be_of_the_day_of_writing() -> None:
    made = record("Canal Committee", "Porto, 3 February 2025", name="canal-2025-02-06.txt")
    assert made.meeting.days == "3 February 2025"
    [warning] = made.warnings
    assert "the text's is taken" in warning


def test_the_origin_names_the_day_that_shows_the_order() -> None:
    made = record("Minutes", "Date: 11/03/2025", "The offer ends on 25/04/2025")
    assert dict(made.origins)["meeting_date"] == "first lines, in the order of 25/04/2025"


@pytest.mark.parametrize("name", ["canal.txt", "canal 2025-02-03.txt"])
def test_a_day_at_the_top_comes_before_that_of_a_coming_meeting_in_an_item(name: str) -> None:
    lines = ("Canal Committee", "3 February 2025, 18:00, Library", "1 Roll", "1.1 Two came.", "2 Close")
    made = record(*lines, "2.1 The spring meeting is on 6 March 2025.", name=name)
    assert (made.meeting.days, made.warnings) == ("3 February 2025", ())


def test_the_day_in_which_text_and_name_agree_is_taken() -> None:
    lines = ("Canal Committee", "3 February 2025, 18:00, Library", "The spring meeting is on 6 March 2025.")
    made = record(*lines, name="canal 2025-02-03.txt")
    assert (made.meeting.days, made.warnings) == ("3 February 2025", ())

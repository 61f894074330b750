"""Read an ambiguous day of a meeting in the order of day and month that other records of the body show."""

import pytest

from corpus.document import Document
from corpus.reading import document_from
from index.day_order import DayOrders


def record(name: str, title: str, day: str) -> Document:
    return document_from(f"{title}\n\nDate: {day}\n\nPresent: Ida Moll\n\nThe weir was mended.\n", name, "text/plain")


OPEN = record("a.txt", "Weir Committee minutes", "08/03/2025")
SHOWN = record("b.txt", "Weir Committee", "23/02/2025")


def days(document: Document, *others: Document) -> str | None:
    return DayOrders().read(document, lambda: others).meeting.days or None


@pytest.mark.parametrize("is_stored", [True, False])
def test_the_order_of_another_record_of_the_body_is_taken_and_named(is_stored: bool) -> None:
    orders = DayOrders()
    if not is_stored:
        orders.note(SHOWN)
    read = orders.read(OPEN, lambda: [SHOWN] if is_stored else [])
    assert (read.meeting.days, read.warnings) == ("8 March 2025", ())
    assert dict(read.origins)["meeting_date"] == "first lines, in the order of 23/02/2025 in b.txt"


def test_a_day_stays_open_without_one_order_of_the_body() -> None:
    assert not days(OPEN)
    assert not days(OPEN, record("c.txt", "Mill Committee", "23/02/2025"))
    assert not days(OPEN, SHOWN, record("c.txt", "Weir Committee", "02/23/2025"))
    assert not days(OPEN, record(OPEN.name, "Weir Committee", "23/02/2025"))  # the version that it replaces
    assert not days(record("a.txt", "Minutes", "08/03/2025"), record("b.txt", "Minutes", "23/02/2025"))
    assert days(OPEN, record("c.txt", "Weir Committee", "02/23/2025")) == "3 August 2025"


def test_other_days_stay_as_they_are() -> None:
    assert DayOrders().read(SHOWN, lambda: []) == SHOWN

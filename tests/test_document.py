"""A document checks its text, outline and facts when it is made."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.document import Block, Document, Kind, Meeting, Source, sha256_of
from corpus.span import Span

TEXT = "Results\n\nWe met."


def make(outline: tuple[Block, ...] = (), sha256: str = sha256_of(TEXT), publisher: str | None = None) -> Document:
    return Document("a.txt", "Results", TEXT, outline, Source(sha256, "text/plain"), publisher)


def body(start: int, end: int) -> Block:
    return Block(Kind.BODY, Span(start, end), Span(start, end))


def test_the_identity_of_a_document_is_the_hash_of_its_text() -> None:
    assert make().id == make().source.sha256
    assert sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_document_with_the_hash_of_another_text_cannot_be_built() -> None:
    with pytest.raises(ValueError, match=r"a\.txt: the text does not have the hash ba7816bf"):
        make(sha256=sha256_of("abc"))


def test_an_outline_that_overlaps_itself_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="the outline has"):
        make((body(0, 7), body(6, 16)))


@pytest.mark.parametrize("pages", [(1, 9), (0, 9, 8), (0, 17)])
def test_pages_that_begin_late_go_back_or_leave_the_text_cannot_be_built(pages: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="the pages begin at"):
        replace(make(), pages=pages)


def test_an_outline_that_leaves_the_text_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="in 16 characters"):
        make((body(9, 17),))


def test_the_words_of_a_block_lie_inside_it() -> None:
    with pytest.raises(ValueError, match="lie outside the block"):
        Block(Kind.LIST_ITEM, Span(2, 8), Span(1, 8))


def test_a_meeting_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end on 2023-04-29 when it begins on 2023-04-30"):
        Meeting(first_day=date(2023, 4, 30), last_day=date(2023, 4, 29))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, ""),
        (date(2021, 8, 5), None, "5 August 2021"),
        (date(2021, 8, 5), date(2021, 8, 5), "5 August 2021"),
        (date(2023, 4, 29), date(2023, 4, 30), "29-30 April 2023"),
        (date(2023, 4, 29), date(2023, 5, 1), "29 April 2023 - 1 May 2023"),
        (date(2022, 4, 29), date(2023, 4, 30), "29 April 2022 - 30 April 2023"),
    ],
)
def test_the_days_of_a_meeting_read_as_a_person_writes_them(first: date | None, last: date | None, days: str) -> None:
    assert Meeting(first_day=first, last_day=last).days == days


@pytest.mark.parametrize(
    ("publisher", "short"),
    [
        (None, None),
        ("Ministry of Economy, Trade and Industry (METI), Japan", "METI"),
        ("Digital Agency, Japan", "Digital Agency"),
        ("The White House", "The White House"),
        ("Ministry (formerly other), Japan", "Ministry (formerly other)"),
    ],
)
def test_a_publisher_is_called_by_its_abbreviation_or_without_its_country(publisher: str | None, short: str) -> None:
    assert make(publisher=publisher).short_publisher == short

"""Filter documents by forum, year and publisher."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.document import Document, Meeting, Source, sha256_of
from corpus.reading import founding_records
from index.search.filters import Filters, years_of


def record(published: date | None = None, first: date | None = None, last: date | None = None) -> Document:
    source = Source(sha256_of("They met."), "text/plain")
    return Document("a.txt", "Talks", "They met.", (), source, None, published, Meeting(first_day=first, last_day=last))


def kept(filters: Filters) -> list[str]:
    return [document.name[:10] for document in founding_records() if filters.keeps(document)]


MIC = "Ministry of Internal Affairs and Communications (MIC), Japan"


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["2020-04-30", "2020-07-22", "2021-08-05", "2021-08-05", "2023-04-29"]),
        (Filters(forums=frozenset({"G7"})), ["2023-04-29"]),
        (Filters(years=frozenset({2020})), ["2020-04-30", "2020-07-22"]),
        (Filters(years=frozenset({2020, 2023})), ["2020-04-30", "2020-07-22", "2023-04-29"]),
        (Filters(years=frozenset({2021}), publishers=frozenset({MIC})), ["2021-08-05"]),
        (Filters(forums=frozenset({"G7"}), years=frozenset({2021})), []),
    ],
)
def test_a_record_passes_when_it_fulfils_every_condition(filters: Filters, names: list[str]) -> None:
    assert kept(filters) == names


@pytest.mark.parametrize(
    ("document", "years"),
    [
        (record(), set()),
        (record(published=date(2021, 1, 2)), {2021}),
        (record(published=date(2021, 1, 2), first=date(2020, 12, 31)), {2020}),
        (record(first=date(2020, 12, 31), last=date(2022, 1, 1)), {2020, 2021, 2022}),
    ],
)
def test_the_years_of_a_record_are_its_meetings_or_else_its_publications(document: Document, years: set[int]) -> None:
    assert years_of(document) == years


def test_a_record_without_a_day_may_be_of_any_time() -> None:
    for filters in (Filters(years=frozenset({2021})), Filters(months=frozenset({3}))):
        assert filters.keeps(record())
        assert not filters.fits(record())
    assert Filters(years=frozenset({2021})).fits(replace(record(), **text_of("They met in 2021.")))


def text_of(text: str) -> dict[str, Any]:
    return {"text": text, "source": Source(sha256_of(text), "text/plain")}


def test_the_first_conditions_win_and_the_others_fill_in() -> None:
    first = Filters(years=frozenset({2021}))
    other = Filters(forums=frozenset({"G7"}), years=frozenset({2020}))
    assert first.and_then(other) == Filters(forums=frozenset({"G7"}), years=frozenset({2021}))


def test_filters_say_what_they_ask() -> None:
    filters = Filters(frozenset({"G7", "G20"}), frozenset({2021, 2020}), frozenset({"MIC"}))
    assert [str(filters), str(Filters())] == ["G20, G7, 2020, 2021, MIC", "all records"]
    assert [bool(filters), bool(Filters())] == [True, False]

"""Places of meetings and distinctive words of titles name records."""

# mypy: disable-error-code="comparison-overlap"

from collections.abc import Collection
from datetime import date

import pytest

from assistant.understanding.filters.question_filters import question_filters
from corpus.document import Document, Meeting, Source, sha256_of
from index.search.filters import Filters


def record(name: str, title: str, text: str, place: str | None = None, day: date | None = None) -> Document:
    return Document(
        f"{name}.txt",
        title,
        text,
        (),
        Source(sha256_of(text), "text/plain"),
        meeting=Meeting(place=place, first_day=day),
    )


RECORDS = (
    record("rye", "Harvest Panel, minutes", "Rye was dear.", "Odense, Denmark", date(2022, 3, 1)),
    record("tram", "Hearing on the night tram", "The tram cost 400,000 in 2022.", "Graz, Austria", date(2024, 5, 2)),
    record("choir", "Choir board", "The keys were lost in 2019.", "Graz, Austria", date(2023, 5, 2)),
    record("pool", "Bath house", "In 2021 the board of the bath house met.", None),
    record("kyoto", "京都の会合", "会合が開催された。", "京都, 日本", date(2020, 5, 2)),
)


def found(question: str) -> Collection[str]:
    filters = question_filters(question, RECORDS).filters
    return sorted(d.name.removesuffix(".txt") for d in RECORDS if filters.fits(d)) if filters else []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What was said about rye in Odense?", ["rye"]),
        ("Who spoke at the Graz meeting?", ["choir", "tram"]),
        ("What did the 2021 tram hearing cost?", []),
        ("What was agreed at graz in 2024?", ["tram"]),
        ("Who was at the meeting in Denmark?", ["rye"]),
        ("Who spoke at the Danish meeting?", ["rye"]),
        ("京都では何が決まりましたか", ["kyoto"]),
        ("What did the choir board decide?", ["choir"]),
        ("Who spoke at the tram hearing?", ["tram"]),
        ("What was asked at the harvest panel's meeting?", ["rye"]),
        ("What was agreed other than in Graz?", ["kyoto", "pool", "rye"]),
        ("What did the board decide in 2021?", ["pool"]),
    ],
)
def test_places_and_titles_narrow(question: str, names: list[str]) -> None:
    assert found(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "Did Denmark attend?",
        "What did Austria promise?",
        "What did Graz promise?",
        "What is the Graz Process?",
        "Does the tram stop at the mill?",
        "Was it by video conference?",
        "What did the bicycle committee decide?",
        "Is the choir meeting Mr. Voss at the mill?",
        "Was the tram meeting the bus?",
    ],
)
def test_subjects_do_not_narrow(question: str) -> None:
    assert question_filters(question, RECORDS).filters == Filters()


def test_the_year_of_another_thing_does_not_narrow() -> None:
    assert found("How much did the tram cost in 2022?") == []
    assert found("What was discussed in 2022?") == ["rye"]


def test_what_no_record_meets_together_is_said() -> None:
    read = question_filters("What was said in Graz in 2020?", RECORDS)
    assert (read.filters.places, read.filters.years, read.unmet) == ({"Graz"}, frozenset(), ("2020",))


def test_a_year_that_only_an_undated_text_names_is_not_missing() -> None:
    assert question_filters("What did they agree in 2021?", RECORDS).unmet == ()


def test_places_that_are_compared_are_both_kept() -> None:
    assert question_filters("How do Odense and Graz differ?", RECORDS).filters.places == {"Odense", "Graz"}


def test_a_year_is_of_a_meeting_where_the_record_that_fits_best_does_not_name_it() -> None:
    assert question_filters("How much did the lost keys cost in 2022?", RECORDS).filters.years == {2022}


def test_a_place_in_the_name_of_a_record_is_none_of_its_meeting() -> None:
    lima = record("lima", "Graz Declaration on rye", "They declared.", "Lima, Peru")
    read = question_filters("What did the Graz Declaration say?", (*RECORDS, lima))
    assert (read.filters, read.unmet) == (Filters(names=frozenset({"lima.txt"})), ())

"""Find dates in texts: single days, several days, and days without a year."""

from datetime import date

import pytest

from corpus.language.dates import (
    find_date_ranges,
    find_dates,
    find_era_years,
    find_months,
    find_slashed_days,
    find_years,
    leading_day,
    without_months,
)
from corpus.language.months import spell_days, weekday_named

WRITTEN = date(2021, 8, 6)


def dated(text: str) -> list[tuple[str, str] | None]:
    """The days of a text written on 6 August 2021, first and last as YYYY-MM-DD."""
    return [
        (days[0].isoformat(), days[1].isoformat()) if (days := found.resolve(WRITTEN)) else None
        for found in find_date_ranges(text)
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 1, 2020 Results of Talks", "2020-05-01"),
        ("on 30 April 2020", "2020-04-30"),
        ("the 5th of May 2021", "2021-05-05"),
        ("Sept. 5, 2020", "2020-09-05"),
        ("Washington, D.C., March 12, 2021", "2021-03-12"),
        ("8:00 pm to 10:30 pm on Wednesday, July 22, 2020 (Japan time)", "2020-07-22"),
        ("2023-04-30", "2023-04-30"),
        ("2023/4/30", "2023-04-30"),
        ("2023年4月30日", "2023-04-30"),
        ("令和5年4月30日", "2023-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成28年4月30日", "2016-04-30"),
        ("昭和60年1月2日", "1985-01-02"),
        ("2023年(令和5年)4月30日(日)", "2023-04-30"),
        ("the 5th day of May, 2021", "2021-05-05"),
        ("5-May-2021", "2021-05-05"),
        ("2021 May 5", "2021-05-05"),
        ("May 5, 2021 – 7:00 PM", "2021-05-05"),
        ("05.05.2021", "2021-05-05"),
        ("31.5.2021", "2021-05-31"),
        ("31/05/2021", "2021-05-31"),
        ("05/31/2021", "2021-05-31"),
        ("le mardi 1er mai 2021", "2021-05-01"),
        ("le 5 août 2021", "2021-08-05"),
        ("am 5. MÄRZ 2021", "2021-03-05"),
        ("5 de mayo de 2021", "2021-05-05"),
    ],
)
def test_a_day_is_read_in_the_forms_that_records_use(text: str, day: str) -> None:
    assert dated(text) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("29-30 April 2023", "2023-04-29", "2023-04-30"),
        ("April 29 and 30, 2023", "2023-04-29", "2023-04-30"),
        ("on 4 and 5 April 2024", "2024-04-04", "2024-04-05"),
        ("30 April - 2 May 2023", "2023-04-30", "2023-05-02"),
        ("April 30 to May 2, 2023", "2023-04-30", "2023-05-02"),
        ("December 30, 2020 - January 2, 2021", "2020-12-30", "2021-01-02"),
        ("December 30 - January 2, 2021", "2020-12-30", "2021-01-02"),
        ("2023-04-29/2023-04-30", "2023-04-29", "2023-04-30"),
        ("2023-04-29 to 2023-04-30", "2023-04-29", "2023-04-30"),
        ("2023年4月29日(土)及び30日(日)", "2023-04-29", "2023-04-30"),
        ("令和5年4月29日~5月1日", "2023-04-29", "2023-05-01"),
        ("3, 4 and 5 May 2021", "2021-05-03", "2021-05-05"),
        ("vom 30. April bis 2. Mai 2023", "2023-04-30", "2023-05-02"),
        ("29./30.04.2023", "2023-04-29", "2023-04-30"),
        ("30.04. - 02.05.2023", "2023-04-30", "2023-05-02"),
        ("les 29 et 30 avril 2023", "2023-04-29", "2023-04-30"),
        ("del 29 al 30 de abril de 2023", "2023-04-29", "2023-04-30"),
    ],
)
def test_several_days_have_a_first_and_a_last(text: str, first: str, last: str) -> None:
    assert dated(text) == [(first, last)]


@pytest.mark.parametrize(
    "text", ["February 31, 2020", "10 and 5 May 2021", "2021-13-01", "2023年2月30日", "1 January to 1 December 2021"]
)
def test_days_that_no_meeting_has_are_none(text: str) -> None:
    assert None in dated(text)
    assert not [day for day in dated(text) if day]


@pytest.mark.parametrize("text", ["1.2.2020.3", "may", "in May 2021", "12/5/2021", "+81 3 5253 5920", "第8号"])
def test_what_is_no_day_or_could_be_two_is_not_read(text: str) -> None:
    assert find_date_ranges(text) == []


def test_a_day_with_slashes_keeps_both_its_readings() -> None:
    [both, one] = find_slashed_days("from 05/04/2021 until 25-04-2021")
    assert both.readings == (date(2021, 4, 5), date(2021, 5, 4))
    assert one.readings == (date(2021, 4, 25),)


def test_a_weekday_is_read_in_several_languages() -> None:
    assert [
        weekday_named(text) for text in ("Tuesday", "am Dienstag, dem", "火曜日", "Monday or Tuesday", "today")
    ] == [
        1,
        1,
        1,
        None,
        None,
    ]


@pytest.mark.parametrize("month", ["Aprİl", "Auguſt", "O\u212aTOBER"])
def test_a_word_with_letters_that_fold_to_those_of_a_month_is_none(month: str) -> None:
    assert find_dates(f"on 5 {month} 2021, {month} 5, 2021, and in {month} 2021") == []


def test_the_number_of_a_day_in_a_series_is_no_date() -> None:
    assert dated("Exercise, day 2 - 4 May 2024 - Vik") == [("2024-05-04", "2024-05-04")]
    assert dated("Session 2 - 4 May 2024 - Vik") == [("2024-05-02", "2024-05-04")]
    assert dated("Vik, 2 - 4 May 2024 - tower") == [("2024-05-02", "2024-05-04")]


def test_a_day_without_a_year_is_the_last_one_before_the_text_was_written() -> None:
    assert dated("On August 5 (Thu.), a meeting was held") == [("2021-08-05", "2021-08-05")]
    assert dated("8月5日") == [("2021-08-05", "2021-08-05")]


@pytest.mark.parametrize("text", ["August 7", "January 3", "8月7日"])
def test_a_day_without_a_year_far_off_or_after_the_text_is_unknown(text: str) -> None:
    assert dated(text) == [None]
    assert [found.resolve() for found in find_date_ranges("August 5")] == [None]


def test_the_days_of_a_sentence_stand_in_its_order_and_never_overlap() -> None:
    text = "From 29 to 30 April 2023, before the Summit of May 19 to 21, 2023, and after 2023-01-02."
    found = find_date_ranges(text)
    assert [text[d.start : d.end] for d in found] == ["29 to 30 April 2023", "May 19 to 21, 2023", "2023-01-02"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("29 and 30 April 2023", [(2023, 4, 29), (2023, 4, 30)]),
        ("from October 31 to November 1, 2022", [(2022, 10, 31), (2022, 11, 1)]),
        ("held on 12 May", [(None, 5, 12)]),
        ("in March 2021", [(2021, 3, None)]),
        ("２０２３年４月３０日（日）", [(2023, 4, 30)]),
        ("on 40 May", []),
        ("Nothing in may.", []),
    ],
)
def test_dates_are_single_days_or_months(text: str, days: list[tuple[int | None, int, int | None]]) -> None:
    assert [(found.year, found.month, found.day) for found in find_dates(text)] == days


def test_a_date_matches_a_day_as_far_as_it_says() -> None:
    day, month = find_dates("on 5 August, and in August 2021")
    assert day.matches(date(2020, 8, 5))
    assert not day.matches(date(2020, 8, 6))
    assert month.matches(date(2021, 8, 6))


def test_years_stand_alone_or_in_dates() -> None:
    assert find_years("5 August 2021, the 2019 summit, no. 2020/17") == {2019, 2021}


def test_a_month_that_is_also_a_verb_needs_its_capital() -> None:
    assert find_months("What may they march for in April or 5月?") == {4, 5}
    assert find_months("May or March") == {3, 5}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Was geschah im Juni 2026?", {6}),
        ("im März und im Mai", {3, 5}),
        ("Qu'a-t-on dit en mars, puis à la mi-juin ?", {3, 6}),
        ("la séance d'août", {8}),
        ("¿Qué pasó en julio de 2026?", {7}),
        ("Julio from Mayo said that the set of two days ago in Mars is de facto sold", set()),
        ("EN AOÛT", {8}),
    ],
)
def test_months_of_other_languages_count_where_the_words_beside_them_say_so(text: str, months: set[int]) -> None:
    assert find_months(text) == months
    assert find_months(without_months(text)) == set()


def test_years_of_japanese_eras_are_years() -> None:
    assert find_era_years("令和8年6月と平成元年") == {2026: 0, 1989: 7}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-08-05T10:00Z", date(2021, 8, 5)),
        ("2021年8月5日", date(2021, 8, 5)),
        ("2021-13-05", None),
        ("August", None),
    ],
)
def test_a_value_begins_with_its_day(text: str, day: date | None) -> None:
    assert leading_day(text) == day


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2021, 8, 5), date(2021, 8, 5), "5 August 2021"),
        (date(2023, 4, 29), date(2023, 4, 30), "29-30 April 2023"),
        (date(2023, 4, 30), date(2023, 5, 2), "30 April 2023 - 2 May 2023"),
    ],
)
def test_days_are_written_out(first: date, last: date, words: str) -> None:
    assert spell_days(first, last) == words


@pytest.mark.parametrize(
    ("language", "one", "two", "months"),
    [
        ("de", "3. Mai 2026", "3.-4. Mai 2026", "30. April 2026 - 2. Mai 2026"),
        ("fr", "3 mai 2026", "3-4 mai 2026", "30 avril 2026 - 2 mai 2026"),
        ("es", "3 de mayo de 2026", "3-4 de mayo de 2026", "30 de abril de 2026 - 2 de mayo de 2026"),
        ("ja", "2026年5月3日", "2026年5月3日～4日", "2026年4月30日～2026年5月2日"),
    ],
)
def test_days_are_written_out_in_each_language(language: str, one: str, two: str, months: str) -> None:
    assert spell_days(date(2026, 5, 3), date(2026, 5, 3), language) == one
    assert spell_days(date(2026, 5, 3), date(2026, 5, 4), language) == two
    assert spell_days(date(2026, 4, 30), date(2026, 5, 2), language) == months

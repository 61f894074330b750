"""Names in a question become filters, and a filter that no record passes is reported."""

# mypy: disable-error-code="comparison-overlap"

import pytest

from assistant.understanding.filters.question_filters import question_filters
from corpus.reading import founding_records
from index.search.filters import Filters

RECORDS = list(founding_records())
MIC = "Ministry of Internal Affairs and Communications (MIC), Japan"
METI = "Ministry of Economy, Trade and Industry (METI), Japan"


def filters(**asked: set[object]) -> Filters:
    return Filters(**{name: frozenset(values) for name, values in asked.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was agreed on security in July 2020?", filters(years={2020}, months={7})),
        ("Who spoke at the 2021 meeting?", filters(years={2021})),
        ("What did the G7 say about AI?", filters(forums={"G7"})),
        ("What did METI report in August 2021?", filters(years={2021}, months={8}, publishers={METI})),
        ("According to METI, who attended?", filters(publishers={METI})),
        ("How do the METI and MIC releases differ?", filters(publishers={METI, MIC})),
        ("2021年8月に経済産業省は何を発表しましたか", filters(years={2021}, months={8}, publishers={METI})),
        ("What was said about data at the G20, not at the G7?", filters(forums={"G20"})),
        ("How did it change from April 2020 to August 2021?", filters(years={2020, 2021}, months={4, 8})),
    ],
)
def test_a_question_asks_for_the_records_it_names(question: str, expected: Filters) -> None:
    assert question_filters(question, RECORDS).filters == expected


@pytest.mark.parametrize(
    ("question", "meetings"),
    [
        ("What was said on AI, but not in Trieste?", {2020, 2023}),
        ("What was said on AI but not in 2021?", {2020, 2023}),
        ("Which meetings were held apart from Trieste?", {2020, 2023}),
        ("Who attended apart from Japan in July 2020?", {2020}),  # a participant is left out
        ("Who came to Trieste apart from Italy in August 2021?", {2021}),
    ],
)
def test_a_place_or_a_time_that_a_question_leaves_out_is_not_searched(question: str, meetings: set[int]) -> None:
    asked = question_filters(question, RECORDS).filters
    assert {d.meeting.first_day.year for d in RECORDS if asked.keeps(d) and d.meeting.first_day} == meetings


def test_a_year_that_belongs_to_a_thing_is_no_time() -> None:
    assert question_filters("What became of the 2020 roadmap?", RECORDS).filters == Filters()


def test_not_a_publisher_asks_for_the_others() -> None:
    asked = question_filters("Who attended, according to the record that is not METI?", RECORDS).filters
    assert METI not in asked.publishers
    assert MIC in asked.publishers


def test_naming_every_forum_narrows_nothing() -> None:
    assert question_filters("How do G7 and G20 differ?", RECORDS).filters == Filters()


def test_a_year_without_a_record_is_said_and_does_not_filter() -> None:
    found = question_filters("What was decided in Bali in 2022?", RECORDS)
    assert (found.filters, found.unmet) == (Filters(), ("2022",))


def test_a_month_without_a_meeting_does_not_filter() -> None:
    assert question_filters("Which forum was held in May 2021?", RECORDS).filters == filters(years={2021})


@pytest.mark.parametrize("question", ["They march on", "This may help", "A man named May be good"])
def test_march_and_may_are_months_only_as_names(question: str) -> None:
    assert 3 not in question_filters(question, RECORDS).filters.months


def test_the_words_that_became_filters_are_not_looked_for_again() -> None:
    assert (
        question_filters("What does METI say on AI in August 2021?", RECORDS).rest.split()
        == "What does say on AI in ?".split()
    )


def test_a_publisher_that_is_only_mentioned_is_preferred_and_does_not_filter() -> None:
    found = question_filters("When was the Digital Agency founded?", RECORDS)
    assert (found.filters, found.preferred) == (Filters(), {"Digital Agency, Japan"})


def test_a_question_of_nothing_but_filters_keeps_its_words() -> None:
    assert question_filters("G20 August 2021?", RECORDS).rest == "G20 August 2021?"


def test_without_records_nothing_is_a_filter() -> None:
    assert question_filters("What did METI say in 2021?", []).filters == Filters()


@pytest.mark.parametrize("question", ["What did the BRİCS say?", "What was said in Auguſt 2021?", "in Aprİl 2021?"])
def test_letters_that_fold_to_others_name_nothing(question: str) -> None:
    assert not question_filters(question, ()).filters.months

"""Convert questions into queries: intent, requested kinds, times of follow-ups and sides of comparisons."""

import pytest

from assistant.answer import Abstention, Answer, Reason
from assistant.conversation import Conversation, Turn
from assistant.query import Intent, Query
from assistant.reading.select import select_evidence
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Kind
from corpus.reading import founding_records
from index.library import open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

RECORDS = list(founding_records())


def query(question: str) -> Query:
    return understand(SubQuestion(question), Conversation(), RECORDS, Filters())


def sides(question: str) -> list[list[str]]:
    """The names of the records on each side."""
    return [[d.name for d in RECORDS if side.keeps(d)] for side in query(question).sides]


TRIESTE = [["2021-08-05-g20-trieste-meti.txt"], ["2021-08-05-g20-trieste-mic.txt"]]


@pytest.mark.parametrize(
    "question",
    [
        "How do the METI and MIC reports of 2021 differ on procurement?",
        "What on procurement in 2021 does METI have that MIC has not?",
        "Which of the two records of August 2021 mentions procurement?",
        "How do both accounts of the 2021 meeting put procurement?",
    ],
)
def test_each_of_two_records_is_a_side(question: str) -> None:
    assert sorted(sides(question)) == TRIESTE


def test_each_year_is_a_side() -> None:
    question = "What was said about smart cities in 2020 and in 2021?"
    assert [sorted(side.years) for side in query(question).sides] == [[2020], [2021]]
    assert query(question).intent is Intent.COMPARISON


def test_a_forum_named_with_one_year_is_let_go_for_the_other() -> None:
    found = sides("What did the G7 say on data in 2023, compared with the meeting of 2021?")
    assert sorted(found) == [TRIESTE[0] + TRIESTE[1], ["2023-04-29-g7-takasaki-digital-agency.txt"]]
    assert query("What did the G7 say on data in 2023, compared with the meeting of 2021?").filters.forums == set()


@pytest.mark.parametrize(
    "question",
    [
        "According to METI, what did the minister of MIC say?",
        "What was said about smart cities in 2020?",
        "What happened between 29 April and 30 April 2023?",
        "Do both ministers agree?",
    ],
)
def test_what_names_one_record_or_none_has_no_sides(question: str) -> None:
    assert query(question).sides == ()


def test_a_statement_before_the_question_does_not_set_its_time() -> None:
    asked = query("The roadmap was welcomed in 2020. What was reaffirmed in August 2021?")
    assert asked.filters.years == {2021}
    assert asked.sides == ()


def test_every_side_is_cited(tmp_path_factory: pytest.TempPathFactory) -> None:
    from assistant.assistant import Assistant

    library = open_library(tmp_path_factory.mktemp("sides") / "library", encoder=WordCounts())
    trace = Assistant(library).explain("What was said about smart cities in 2020 and in 2021?")
    assert isinstance(trace.reply, Answer)
    assert {c.document.meeting.first_day.year for c in trace.reply.citations if c.document.meeting.first_day} == {
        2020,
        2021,
    }
    with library.snapshot() as view:
        assert select_evidence(trace.query, trace.evidence, view).cited == trace.cited


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Who chaired the meeting?", Intent.FACT),
        ("Which countries were invited?", Intent.LIST),
        ("List the topics.", Intent.LIST),
        ("How do the records differ?", Intent.COMPARISON),
        ("Do METI and MIC agree on the title?", Intent.COMPARISON),
        ("Did the ministers agree on a levy?", Intent.TOPIC),
        ("What was said on trust?", Intent.TOPIC),
        ("会議はいつ開かれましたか", Intent.FACT),
    ],
)
def test_the_words_of_a_question_decide_its_intent(question: str, intent: Intent) -> None:
    assert query(question).intent is intent


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Which division is the contact?", {Kind.CONTACT}),
        ("What was the title of the session?", {Kind.TITLE, Kind.HEADING}),
        ("What was said on trust?", set()),
    ],
)
def test_contacts_and_titles_are_cited_on_request(question: str, kinds: set[Kind]) -> None:
    assert query(question).requested_kinds == kinds


def test_a_message_that_is_not_searched_keeps_its_intent() -> None:
    assert understand(SubQuestion("Hi", intent=Intent.SMALL_TALK), Conversation(), RECORDS, Filters()).intent is (
        Intent.SMALL_TALK
    )


def test_the_filters_of_the_user_override_those_of_the_question() -> None:
    chosen = Filters(forums=frozenset({"G7"}))
    read = understand(SubQuestion("What did the G20 say on AI?"), Conversation(), RECORDS, chosen)
    assert read.filters.forums == {"G7"}


def test_a_follow_up_with_a_year_of_its_own_drops_that_of_the_turn_before() -> None:
    before = query("What was said on trust in July 2020?")
    conversation = Conversation((Turn(before.text, before, Abstention(Reason.NOT_IN_RECORDS, "")),))
    read = understand(SubQuestion("And what in 2021?"), conversation, RECORDS, Filters())
    assert (read.filters.years, read.filters.months) == (frozenset({2021}), frozenset())
    assert read.latest == "And what in 2021?"


def test_names_of_a_long_message_are_searched_but_no_filters() -> None:
    read = understand(SubQuestion("What was said?", names=("Trieste",)), Conversation(), RECORDS, Filters())
    assert (read.text, read.filters) == ("Trieste - What was said?", Filters())

"""Follow-ups take over what they need of the turns before; questions that are complete stand alone."""

# mypy: disable-error-code="comparison-overlap"

import pytest

from assistant.answer import Abstention, Reason
from assistant.conversation import Conversation, Turn
from assistant.query import Intent, Query
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Document, Meeting, Source, sha256_of
from corpus.reading import founding_records
from index.search.filters import Filters

FOUNDING = tuple(founding_records())
NOTHING = Abstention(Reason.NOT_IN_RECORDS, "")


def record(name: str, title: str, text: str, place: str | None = None) -> Document:
    return Document(name, title, text, (), Source(sha256_of(text), "text/plain"), meeting=Meeting(place=place))


RECORDS = (
    *FOUNDING,
    record("harvest-panel.txt", "Harvest Panel, minutes", "Ms. Lund spoke of rye.", "Odense, Denmark"),
    record("tram-hearing.txt", "Hearing on the night tram", "Mr. Voss asked for a stop at the mill.", "Graz, Austria"),
    record("choir-board.txt", "Choir board", "Ms. Adler keeps the keys.", "Graz, Austria"),
)


def queries(*questions: str) -> list[Query]:
    """Return the query of each turn of a conversation whose replies are empty."""
    conversation, made = Conversation(), []
    for question in questions:
        made.append(understand(SubQuestion(question), conversation, RECORDS, Filters()))
        conversation = conversation.plus(Turn(question, made[-1], NOTHING))
    return made


@pytest.mark.parametrize(
    "question",
    [
        "When was the Odense meeting?",
        "Who looks after the tram stops?",
        "Who feeds the horses?",
        "Who paid for the Lakeland Expo?",
        "Where do farmers store rye in winter?",
        "Is it true that farmers were paid?",
        "Was there a quarrel about parking places?",
        "Which annexes accompany the Takasaki ministerial declaration on AI governance?",
        "What did Lund say?",
        "Which ministers said they would resign?",
        "Did Norway publish its forecast?",
        "DFFT",
        "大阪万博はどの企業が後援しましたか",
        "オデンセの会合はいつ開かれましたか",
        "オデンセは、これまでに何を提案しましたか",
        "それぞれの村の水道は、どの川から引かれていますか",
        "how many documents do you hold",
        "¿Qué ciudades firmaron el acuerdo del agua?",
    ],
)
def test_a_question_that_is_complete_stands_alone(question: str) -> None:
    asked = queries("Who attended the April 2020 meeting?", question)[-1]
    assert (asked.text, asked.is_follow_up) == (question, False)
    assert 2020 not in asked.filters.years


@pytest.mark.parametrize(
    "question",
    [
        "What did he say?",
        "And telework?",
        "Where was that held?",
        "Why?",
        "How many?",
        "Who didn't?",
        "Who did not?",
        "Was she alone?",
        "Who spoke about this?",
        "Since when?",
        "Did they publish it?",
        "Great, and who put it forward?",
        "なぜですか",
        "それは誰が提案しましたか",
    ],
)
def test_a_question_that_leaves_out_what_was_said_gets_the_words_before_it(question: str) -> None:
    asked = queries("Who attended the April 2020 meeting?", question)[-1]
    assert asked.text == f"Who attended the April 2020 meeting - {question}"
    assert (asked.filters.years, asked.latest) == ({2020}, question)


@pytest.mark.parametrize(
    "question", ["Who attended for Japan?", "Which countries were invited?", "議長国はどこでしたか"]
)
def test_a_question_without_a_subject_of_its_own_is_about_the_same_meeting(question: str) -> None:
    asked = queries("How long did the July 2020 talks last?", question)[-1]
    assert (asked.text, asked.latest) == (question, "")
    assert (asked.filters.years, asked.filters.months) == ({2020}, {7})
    assert asked.completed_text == f"{question} (July, 2020)"


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("What did Terada say in April 2020?", "And in July?", "What did Terada say in July 2020?"),
        ("What did Takeda say about AI in Trieste?", "And Sato?", "What did Sato say about AI in Trieste?"),
        ("What was said on roads in Odense?", "What about in Graz?", "What was said on roads in Graz?"),
        ("What did the G7 say on AI in 2023?", "And the G20 in 2021?", "What did the G20 say on AI in 2021?"),
        ("Was Spain invited in July 2020?", "Vietnam?", "Was Vietnam invited in July 2020?"),
        ("日本は2021年に何を提案しましたか", "2023年は？", "日本は2023年に何を提案しましたか"),
        ("What did the G20 say on AI in 2021?", "What about the G7?", "What did the G7 say on AI?"),
    ],
)
def test_a_name_alone_takes_the_place_of_one_of_its_kind(before: str, question: str, text: str) -> None:
    asked = queries(before, question)[-1]
    assert (asked.text, asked.latest, asked.is_follow_up) == (text, "", True)


def test_a_follow_up_of_a_person_keeps_the_meeting_and_drops_the_person() -> None:
    *_, asked = queries("Where did they meet in Trieste?", "What did Sato ask for?", "And what did Takeda ask for?")
    assert (asked.text, asked.filters.places) == ("And what did Takeda ask for?", {"Trieste"})


def test_a_person_whom_the_meeting_did_not_have_ends_it() -> None:
    assert queries("Who attended the Trieste meeting?", "What did Voss say?")[-1].filters == Filters()


def test_a_place_that_the_turns_before_do_not_have_ends_the_meeting() -> None:
    assert queries("What was said in July 2020?", "What did Terada say in Vienna?")[-1].named == Filters()


def test_the_next_meeting_needs_no_question_before() -> None:
    assert queries("What does DFFT stand for?", "When is the next meeting?")[-1].text == "When is the next meeting?"


def test_turns_do_not_pile_up() -> None:
    asked = queries(
        "What does DFFT stand for?", "Who wanted it?", "When?", "What was agreed on it?", "Where was that?"
    )[-1]
    assert asked.context == ("What does DFFT stand for", "What was agreed on it")


def test_a_year_of_its_own_replaces_that_of_the_turn_before() -> None:
    asked = queries("What was said on trust in July 2020?", "What was decided about it in 2021?")[-1]
    assert (asked.filters.years, asked.filters.months) == ({2021}, frozenset())
    assert "2020" not in asked.text


def test_a_place_of_its_own_ends_the_meeting_before() -> None:
    asked = queries("What was said on trust in July 2020?", "And what was decided in Takasaki?")[-1]
    assert (asked.filters.places, asked.filters.years) == ({"Takasaki"}, frozenset())


def test_the_meeting_is_the_last_one_unless_the_question_names_it() -> None:
    same, other = (
        queries("What was agreed in Trieste?", question)[-1]
        for question in ("Who chaired the meeting?", "Who chaired the meeting in Odense?")
    )
    assert (same.filters.places, other.filters.places) == ({"Trieste"}, {"Odense"})


def test_an_agreement_that_is_not_named_is_that_of_the_turn_before() -> None:
    same, other = (
        queries("What was agreed in Trieste?", question)[-1]
        for question in ("What does the memorandum say on rye?", "What does the memorandum on rye say?")
    )
    assert (same.filters.places, other.filters.places) == ({"Trieste"}, frozenset())


def test_thanks_between_two_questions_do_not_part_them() -> None:
    first = understand(SubQuestion("What does DFFT stand for?"), Conversation(), RECORDS, Filters())
    thanks = understand(SubQuestion("Thanks!", intent=Intent.SMALL_TALK), Conversation(), RECORDS, Filters())
    conversation = Conversation((Turn("What does DFFT stand for?", first, NOTHING), Turn("Thanks!", thanks, NOTHING)))
    asked = understand(SubQuestion("Who wanted it?"), conversation, RECORDS, Filters())
    assert asked.text == "What does DFFT stand for - Who wanted it?"


def test_what_no_record_meets_is_kept_for_a_follow_up_and_not_for_another_question() -> None:
    _, leans, alone = queries("What was decided in Bali in 2022?", "Who presided?", "Who looks after the tram stops?")
    assert (leans.unmet, alone.unmet) == (("2022",), ())


def test_the_filters_of_the_user_are_not_carried() -> None:
    chosen = Filters(forums=frozenset({"G7"}))
    first = understand(SubQuestion("What was agreed?"), Conversation(), RECORDS, chosen)
    conversation = Conversation((Turn("What was agreed?", first, NOTHING),))
    assert understand(SubQuestion("Why?"), conversation, RECORDS, Filters()).filters == Filters()


def test_a_title_of_one_meeting_narrows_no_question_on_two() -> None:
    asked = queries("Were the night tram hearing of May 2020 and the talks of June 2021 both held online?")[-1]
    assert not asked.filters.names


def test_another_record_with_nearly_the_same_title_is_named_too() -> None:
    records = (
        *RECORDS,
        record("call.txt", "Press call on the third Lakeland Declaration ministerial", "It is near."),
        record("facts.txt", "Fact sheet: third ministerial of Lakeland DeclarationOn Water", "It was held."),
    )
    question = SubQuestion("Who came to the third Lakeland Declaration ministerial?")
    assert understand(question, Conversation(), records, Filters()).filters.names == {"call.txt", "facts.txt"}

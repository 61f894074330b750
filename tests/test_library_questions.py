"""Recognize questions about meetings, records and the library by the words that are left of them."""

import pytest

from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.library_questions import LibraryQuestion, library_question
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import understand
from corpus.document import Document
from corpus.facts import correct_facts
from corpus.reading import document_from
from index.search.filters import Filters


def record(name: str, title: str, day: str = "", **facts: str) -> Document:
    plain = document_from(f"Words of {name}.", name, "text/plain")
    return correct_facts(plain, {"title": title, "meeting_date": day, **facts})


OSLO = record(
    "oslo.txt", "Results of the Ports Meeting", "2022-03-01", place="Oslo, Norway", presidency="Norway", mode="hybrid"
)
LIMA = record(
    "lima.txt",
    "Minutes of the Harbour Conference",
    "2023-05-02",
    place="Lima",
    publisher="Port Office (PO)",
    mode="in person",
)
NOTE = record("note.txt", "Joint Statement on Cables", published="2023-06-01", publisher="Cable Agency")
NET = record("net.txt", "Roundtable on Nets", "2024-01-05", mode="online")
RECORDS = (OSLO, LIMA, NOTE, NET)


def read(question: str, conversation: Conversation = Conversation()) -> LibraryQuestion | None:
    query = understand(SubQuestion(question), conversation, RECORDS, Filters())
    return library_question(query, RECORDS)


@pytest.mark.parametrize(
    ("question", "facts", "records"),
    [
        ("When was the Oslo meeting held?", ("meeting_date",), [OSLO]),
        ("On what date did the Harbour Conference take place?", ("meeting_date",), [LIMA]),
        ("Where was the 2023 conference?", ("place",), [LIMA]),
        ("Where did the three of the Harbour Conference meet?", ("place",), [LIMA]),
        ("Who chaired the ports meeting?", ("presidency",), [OSLO]),
        ("Which country hosted the meeting in Norway?", ("presidency",), [OSLO]),
        ("Was the Lima conference in person or online?", ("mode",), [LIMA]),
        ("When and where was the ports meeting?", ("meeting_date", "place"), [OSLO]),
        ("When was the statement on cables published?", ("published",), [NOTE]),
        ("Who issued the joint statement on cables?", ("publisher",), [NOTE]),
        ("What day of the week was the Oslo meeting?", ("weekday",), [OSLO]),
        ("How many days did the Oslo meeting last?", ("duration",), [OSLO]),
        ("How was the Oslo meeting held?", ("mode",), [OSLO]),
        ("Why was the Oslo meeting held online only?", ("mode",), [OSLO]),
        ("When were the meetings held?", ("meeting_date",), [OSLO, LIMA, NOTE, NET]),
        ("2022年の会合はどこで開催されましたか", ("place",), [OSLO]),
        ("2022年の会合の議長国はどこですか", ("presidency",), [OSLO]),
    ],
)
def test_a_question_about_a_meeting_itself_asks_for_its_facts(
    question: str, facts: tuple[str, ...], records: list[Document]
) -> None:
    found = read(question)
    assert found
    assert (found.intent, found.facts, list(found.documents)) == (Intent.MEETING_FACT, facts, records)


@pytest.mark.parametrize(
    "question",
    [
        "When was the Oslo office founded?",
        "Why was the Oslo meeting hybrid?",
        "Was Mr. Harbour in person in Lima?",
        "What is the name of the minister who chaired the Oslo meeting?",
        "At what time did the Oslo meeting begin?",
        "In which room was the Lima conference held?",
        "Where will the next conference be held?",
        "When was the Bergen meeting?",
        "Who chaired the working group?",
        "When was the declaration published?",
        "What was said about online safety in Oslo?",
        "When was the meeting of 2019 held?",
        "How many countries attended the Oslo meeting?",
        "Which documents were adopted?",
        "Which meetings were not chaired by Norway?",
        "Which records mention Ukraine?",
        "What did the meetings say about cables?",
        "What happened in 2019?",
        "What is the Oslo meeting about?",
        "Do you have anything on whales?",
    ],
)
def test_a_question_with_a_word_that_no_record_is_named_by_is_searched(question: str) -> None:
    assert read(question) is None


@pytest.mark.parametrize(
    ("question", "listed", "records"),
    [
        ("How many documents are there?", "records", [OSLO, LIMA, NOTE, NET]),
        ("Which meetings are covered?", "meetings", [OSLO, LIMA, NOTE, NET]),
        ("Name the meetings that are covered", "meetings", [OSLO, LIMA, NOTE, NET]),
        ("What years do the records cover?", "years", [OSLO, LIMA, NOTE, NET]),
        ("Which publishers are there?", "publishers", [OSLO, LIMA, NOTE, NET]),
        ("Which meetings were held in person?", "meetings", [LIMA]),
        ("Which of the meetings took place only by video conference?", "meetings", [NET]),
        ("Which meetings were not held online?", "meetings", [OSLO, LIMA]),
        ("What documents are there from the Cable Agency?", "records", [NOTE]),
        ("Do you have anything from 2023?", "records", [LIMA, NOTE]),
        ("Do you have anything on 2019?", "records", [OSLO, LIMA, NOTE, NET]),
        ("What is the latest record?", "records", [NET]),
        ("how many records are loaded right now?", "records", [OSLO, LIMA, NOTE, NET]),
        ("What is in your library?", "records", [OSLO, LIMA, NOTE, NET]),
        ("What can I ask?", "help", [OSLO, LIMA, NOTE, NET]),
        ("記録は何件ありますか", "records", [OSLO, LIMA, NOTE, NET]),
        ("どの会合の記録がありますか", "meetings", [OSLO, LIMA, NOTE, NET]),
    ],
)
def test_a_question_about_the_library_lists_what_it_names(question: str, listed: str, records: list[Document]) -> None:
    found = read(question)
    assert found
    assert (found.intent, found.listed, list(found.documents)) == (Intent.LIBRARY, listed, records)


@pytest.mark.parametrize(
    ("question", "records"),
    [
        ("Summarise the Oslo meeting", [OSLO]),
        ("What were the main outcomes of the 2023 conference?", [LIMA]),
        ("Give me an overview of the ports meeting, please", [OSLO]),
        ("What happened at the Lima conference?", [LIMA]),
        ("2022年の会合を要約してください", [OSLO]),
        ("Summarise the meeting of 2022 in two sentences", [OSLO]),
        ("key points of the Oslo meeting pls", [OSLO]),
        ("Hi, brief me on the Lima conference", [LIMA]),
    ],
)
def test_a_summary_is_an_outline_of_the_records_that_it_names(question: str, records: list[Document]) -> None:
    found = read(question)
    assert found
    assert (found.intent, list(found.documents)) == (Intent.OUTLINE, records)


def test_a_summary_of_a_subject_is_searched() -> None:
    assert read("Summarise the discussion on piracy") is None


def followed_up(question: str, cited: Document) -> LibraryQuestion | None:
    query = Query(
        f"When was the Oslo meeting? {question}", latest=question, last_citations=((cited.id, cited.outline[0].span),)
    )
    return library_question(query, RECORDS)


@pytest.mark.parametrize(
    ("question", "facts", "about"),
    [
        ("Who presided?", ("presidency",), OSLO),
        ("And where?", ("place",), OSLO),
        ("Was it online?", ("mode",), OSLO),
        ("And the Lima conference?", ("meeting_date",), LIMA),
    ],
)
def test_a_follow_up_is_about_the_record_that_was_cited(question: str, facts: tuple[str, ...], about: Document) -> None:
    found = followed_up(question, OSLO)
    assert found
    assert (found.facts, found.documents) == (facts, (about,))


def test_which_of_them_lists_what_was_listed_before() -> None:
    query = Query(
        "How many documents are there? Which of them are from 2023?",
        Filters(years=frozenset({2023})),
        latest="Which of them are from 2023?",
    )
    found = library_question(query, RECORDS)
    assert found
    assert (found.listed, found.documents) == ("records", (LIMA, NOTE))


def test_where_it_was_held_is_a_fact_of_the_meeting_that_was_spoken_of() -> None:
    query = Query(
        "What was said on ports in 2022? Where was it held?",
        Filters(years=frozenset({2022})),
        latest="Where was it held?",
    )
    found = library_question(query, RECORDS)
    assert found
    assert (found.facts, found.documents) == (("place",), (OSLO,))


def test_when_alone_after_a_question_on_something_else_is_searched() -> None:
    query = Query("Who proposed the fund? When?", latest="When?")
    assert library_question(query, RECORDS) is None


def test_small_talk_is_no_question() -> None:
    assert library_question(Query("When was it?", intent=Intent.SMALL_TALK), RECORDS) is None

"""Answer questions about meetings, records and the library from facts, each with the sentence that states it."""

from pathlib import Path

import pytest

from assistant.answer import Answer, Reply, ReplyKind
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(library=tmp_path_factory.mktemp("replies") / "library")
    return Assistant(open_library(settings=settings, encoder=WordCounts()))


def reply(assistant: Assistant, *questions: str) -> Answer:
    conversation = Conversation()
    for question in questions:
        conversation = conversation.plus(assistant.ask(question, conversation))
    found: Reply = conversation.turns[-1].reply
    assert isinstance(found, Answer), found
    return found


@pytest.mark.parametrize(
    ("question", "first_line", "quoted"),
    [
        ("When was the Takasaki meeting?", "29-30 April 2023 [1]", "On April 29 and 30, 2023"),
        ("Who chaired the July 2020 meeting?", "Saudi Arabia [1]", "Saudi Arabia (Presidency)"),
        ("Where was the 2021 meeting held?", "Trieste, Italy [1]", "was held in Trieste, Italy"),
        ("Where did the meeting of April 2020 take place?", "Online [1]", "in the form of a video conference"),
        ("In which form was the Trieste meeting held?", "Hybrid (in person and online) [1] [2]", "both physically and"),
        ("What day of the week was the July 2020 meeting?", "Wednesday, 22 July 2020 [1]", "on July 22, 2020"),
        ("How many days did the Takasaki meeting last?", "2 days (29-30 April 2023) [1]", "On April 29 and 30"),
        ("On which day was the record from Takasaki published?", "30 April 2023 [1]", "Published on April 30, 2023"),
        ("2020年7月の会合の議長国はどこですか", "サウジアラビア [1]", "Saudi Arabia (Presidency)"),
        ("2021年の会合はいつ開催されましたか", "2021年8月5日 [1] [2]", "On August 5"),
    ],
)
def test_a_fact_stands_above_the_sentence_that_states_it(
    assistant: Assistant, question: str, first_line: str, quoted: str
) -> None:
    found = reply(assistant, question)
    assert found.kind is ReplyKind.LIBRARY
    assert found.text.split("\n")[0] == first_line
    assert any(quoted in citation.quote for citation in found.citations)


def test_a_fact_that_no_sentence_states_has_its_origin(assistant: Assistant) -> None:
    found = reply(assistant, "In which form was the Takasaki meeting held?")
    assert (found.text, found.citations) == ("In person (from records.toml; not stated in the text)", ())


def test_several_meetings_have_a_line_each_without_repeated_quotations(assistant: Assistant) -> None:
    found = reply(assistant, "When were the meetings held?")
    assert found.text.split("\n") == [
        "Extraordinary G20 Digital Economy Ministerial Meeting: 30 April 2020 [1]",
        "G20 Digital Economy Ministerial Meeting: 22 July 2020 [2]",
        "G20 Digital Ministers' Meeting: 5 August 2021 [3] [4]",
        "G7 Digital and Tech Ministers' Meeting: 29-30 April 2023 [5]",
    ]


def test_meetings_that_share_a_fact_have_one_line(assistant: Assistant) -> None:
    assert reply(assistant, "Who chaired the 2020 meetings?").text.split("\n")[0] == "Saudi Arabia [1] [2]"


def test_a_follow_up_is_about_the_same_meeting(assistant: Assistant) -> None:
    assert reply(assistant, "On which day was the meeting in Trieste?", "Who presided?").text.startswith("Italy [1]")


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("How many documents are there?", ["5 records of 4 meetings:", "Results of Extraordinary G20"]),
        (
            "Which meetings were held online?",
            [
                "2 meetings in 2 records:",
                "Extraordinary G20 Digital Economy Ministerial Meeting, online, 30 April 2020 [1]",
                "G20 Digital Economy Ministerial Meeting, online, 22 July 2020 [2]",
            ],
        ),
        ("Do you have anything on 2022?", ["No record is from 2022. The records are from 2020, 2021 and 2023."]),
        (
            "Which years do the records cover?",
            ["3 years in 5 records of 4 meetings:", "2020 (2 records)", "2021 (2 records)", "2023 (1 record)"],
        ),
        ("Which forums are covered?", ["2 forums in 5 records of 4 meetings:", "G20 (4 records)", "G7 (1 record)"]),
        ("記録は何件ありますか", ["4の会合の5件の記録:"]),
    ],
)
def test_what_the_library_has_is_counted_and_listed(assistant: Assistant, question: str, lines: list[str]) -> None:
    found = reply(assistant, question)
    assert found.kind is ReplyKind.LIBRARY
    for line, beginning in zip(found.text.split("\n"), lines, strict=False):
        assert line.startswith(beginning)


def test_what_can_be_asked_is_told_in_the_language_of_the_question(assistant: Assistant) -> None:
    assert reply(assistant, "What can I ask?").text.endswith("The library has 5 records of 4 meetings.")
    assert "引用" in reply(assistant, "何ができますか").text


def test_the_same_question_has_the_same_reply_twice(assistant: Assistant) -> None:
    question = "When and where was the 2021 G20 meeting held?"
    assert reply(assistant, question) == reply(assistant, question)


def test_a_long_list_has_twenty_lines_and_counts_the_others(tmp_path: Path) -> None:
    library = open_library(settings=Settings(library=tmp_path / "long"), encoder=WordCounts(), founding=False)
    for number in range(1, 31):
        text = f"---\ntitle: Talks {number}\nmeeting_date: 2021-01-{number:02}\nforum: G7\n---\nThe talks were held."
        library.add(document_from(text, f"talks-{number}.md", "text/markdown"))
    assistant = Assistant(library)
    listed = reply(assistant, "Which meetings are covered?").text.split("\n")
    assert (listed[0], len(listed), listed[-1]) == ("30 meetings in 30 records:", 22, "… and 10 more.")
    days = reply(assistant, "When were the meetings held?")
    assert (len(days.statements), days.notes) == (20, ("10 more are not shown.",))
    assert days.statements[0].text == "Talks 1: 1 January 2021 (from front matter; not stated in the text)"

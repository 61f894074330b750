"""A message is split into the questions that it asks."""

import time

import pytest

from assistant.understanding.split_questions import SubQuestion, split_questions


def texts(message: str) -> list[str]:
    return [part.text for part in split_questions(message)]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "Who signed the panda treaty? And where was the Lisbon forum held?",
            ["Who signed the panda treaty?", "And where was the Lisbon forum held?"],
        ),
        (
            "Who opened the forum and what did they decide on tides?",
            ["Who opened the forum?", "what did they decide on tides?"],
        ),
        ("Who opened the forum, where was it held?", ["Who opened the forum?", "where was it held?"]),
        ("How many delegates came and was it held online?", ["How many delegates came?", "was it held online?"]),
        (
            "Tell me who opened the forum and where it was held.",
            ["Tell me who opened the forum.", "where it was held."],
        ),
        ("Summarize the opening talk and list the speakers.", ["Summarize the opening talk.", "list the speakers."]),
        (
            "what did they eat, when did they leave and who paid for the train?",
            ["what did they eat?", "when did they leave?", "who paid for the train?"],
        ),
        ("議長は誰ですか。どこで開催されましたか。", ["議長は誰ですか。", "どこで開催されましたか。"]),
        (
            "Was kostet das Dach und wann wird es gedeckt?",
            ["Was kostet das Dach?", "wann wird es gedeckt?"],
        ),
        (
            "Combien coûte le toit et quand commencent les travaux ?",
            ["Combien coûte le toit?", "quand commencent les travaux ?"],
        ),
        ("Wer leitete das Treffen? Wo fand es statt?", ["Wer leitete das Treffen?", "Wo fand es statt?"]),
    ],
)
def test_each_question_stands_by_itself(message: str, parts: list[str]) -> None:
    assert texts(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "When and where was it held?",
        "What time and where did it start?",
        "Do you know when and where the treaty was signed?",
        "Who signed the treaty? Where?",
        "I write a report on the panda treaty. Who signed it?",
        "Who signed the panda treaty? It matters to me. Thanks.",
        "When the delegates met in Lisbon, what did they sign?",
        "What did the delegates who came by train and who signed the treaty say?",
        "What does the treaty say about what a panda eats and what it should not eat?",
        "Which of the two accounts names the venue, and how does each describe the dinner?",
        "Which meetings were online and which had people in the room?",
        "What was decided on tides, and by whom?",
        "What did the U.S. and Mr. Tanaka say about the St. Lawrence river?",
        "What was the title and name of the speaker?",
        "What did Portugal say? Quote it exactly and briefly.",
        "Explain it.",
        "telework",
    ],
)
def test_one_question_stays_whole(message: str) -> None:
    assert split_questions(message) == [SubQuestion(message)]


def test_sentences_that_ask_nothing_stay_with_their_question() -> None:
    message = "I write about the panda treaty. Who signed it? And when was the Lisbon forum held? I need it today."
    assert texts(message) == [
        "I write about the panda treaty. Who signed it?",
        "And when was the Lisbon forum held? I need it today.",
    ]


@pytest.mark.parametrize(
    ("later", "leans"),
    [
        ("And where was it held?", True),
        ("Who paid?", True),
        ("What was decided on the high tides?", False),
        ("Where was the Lisbon forum of 1998 held?", False),
    ],
)
def test_a_later_question_leans_on_the_one_before_when_its_words_point_back(later: str, leans: bool) -> None:
    assert [part.is_follow_up for part in split_questions(f"Who signed the panda treaty? {later}")] == [None, leans]


@pytest.mark.parametrize(
    ("later", "leans"),
    [("what was decided on the high tides?", True), ("where was the Lisbon forum of 1998 held?", False)],
)
def test_in_the_same_sentence_it_leans_unless_it_names_its_own(later: str, leans: bool) -> None:
    assert [part.is_follow_up for part in split_questions(f"Who signed the panda treaty and {later}")] == [None, leans]


def test_a_message_of_marks_takes_no_time() -> None:
    start = time.process_time()
    split_questions("?" * 19_990 + "a")
    assert time.process_time() - start < 3

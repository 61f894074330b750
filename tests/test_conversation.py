"""Follow-ups are joined with the turn before; questions that are complete stay unchanged."""

import pytest

from assistant.answer import Abstention, Reason
from assistant.conversation import Conversation, Turn
from assistant.query import Query

BEFORE = "Who attended the April 2020 meeting?"
CONVERSATION = Conversation((Turn(BEFORE, Query(BEFORE), Abstention(Reason.NOT_IN_RECORDS, "")),))


@pytest.mark.parametrize(
    "question",
    ["What did he say?", "And telework?", "Where was that held?", "Why?", "What about the same person in 2021?"],
)
def test_a_follow_up_gets_the_words_it_leans_on(question: str) -> None:
    assert "April 2020 meeting" in CONVERSATION.standalone(question)
    assert question in CONVERSATION.standalone(question)


def test_a_question_with_a_topic_of_its_own_is_left_alone() -> None:
    question = "Which annexes accompany the Takasaki ministerial declaration on AI governance?"
    assert CONVERSATION.standalone(question) == question


def test_the_first_question_is_never_a_follow_up() -> None:
    assert Conversation().standalone("What did he say?") == "What did he say?"

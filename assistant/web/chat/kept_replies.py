"""Endpoints of the page for one kept reply of a conversation: its text for the clipboard, the judgement on it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.answer import Answer
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.history.feedback import Feedback, ReplyVerdict
from assistant.history.history import History, HistoryRefused
from assistant.web.chat.copy_answer import copy_answer
from assistant.web.endpoints import Body, json_reply
from assistant.web.language import text
from assistant.web.markup import excerpt
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

Place = Annotated[int, Field(ge=0, le=2**31)]
Id = Annotated[str, Field(max_length=64)]
_QUESTION_CHARACTERS = 60  # of the question in the line that says what was copied


class JudgedReply(Body):
    """A verdict of a user on a reply; None takes it back."""

    verdict: Annotated[ReplyVerdict, Field(strict=False)] | None


def add_kept_replies(app: "FastAPI", library: Library) -> None:
    """Let the page copy a kept answer with its sources, and judge a kept reply."""
    history, feedback = History(library), Feedback(library)

    def copied(conversation: Id, place: Place, style: str = "apa") -> Any:
        try:
            return json_reply(_copied(history, conversation, place, style))
        except RapporteurError as error:
            return json_reply({"error": str(error)})

    def verdicts(conversation: Id) -> Any:
        try:
            return json_reply({"verdicts": {str(place): v for place, v in feedback.verdicts(conversation).items()}})
        except RapporteurError as error:
            return json_reply({"error": str(error)})

    def judge(conversation: Id, place: Place, body: JudgedReply) -> Any:
        try:
            feedback.judge(conversation, place, body.verdict)
        except RapporteurError as error:
            return json_reply({"error": str(error)})
        return json_reply({"verdict": body.verdict})

    app.get("/replies/{conversation}/feedback")(verdicts)
    app.post("/replies/{conversation}/{place}/feedback")(judge)
    app.get("/replies/{conversation}/{place}/text")(copied)


def _copied(history: History, conversation: str, place: int, style: str) -> dict[str, Any]:
    """Return the forms in which an answer is copied, and the line that says what was copied."""
    if style not in STYLE_FILES:  # never a path: this comes from a browser
        raise HistoryRefused("there is no reference style of this name; choose another in the export's dialog")
    stored = history.turn(conversation, place)
    if stored.turn is None or not isinstance(stored.turn.reply, Answer):
        raise HistoryRefused("this question has no answer that could be copied; ask it again")
    answer = stored.turn.reply
    copied = copy_answer(stored.turn, answer, Style.of(style), date.today())
    question = excerpt(stored.question, _QUESTION_CHARACTERS)
    said = text("answer.copied", len(answer.citations), question=question)
    return {"plain": copied.plain, "html": copied.html, "said": said}

"""Endpoints of the page for the questions that it offers: below the last reply, and before the first question."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.answer import Answer, Reply
from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.replies.next_questions import questions_on
from assistant.web.endpoints import json_reply
from assistant.web.language import current_language
from corpus.document import Document
from corpus.reading import founding_records
from index.errors import RapporteurError
from index.search.filters import Filters

if TYPE_CHECKING:
    from fastapi import FastAPI

Place = Annotated[int, Field(ge=0, le=2**31)]
Id = Annotated[str, Field(max_length=64)]
_MOST = 3
_MOST_RECORDS = 3
_MOST_TRIED = 18  # all of three records
_NO_QUESTIONS: dict[str, list[str]] = {"questions": []}


def add_next_questions(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page offer questions that the records answer."""
    history = History(assistant.library)

    def following(conversation: Id, place: Place) -> Any:
        try:
            stored = history.turn(conversation, place)
            if stored.turn is None:
                return json_reply(_NO_QUESTIONS)
            asked = {question.strip() for question in history.questions(conversation)}
            reply = stored.turn.reply
            return json_reply(
                {"questions": _offered(assistant, _records_of(reply), reply.language, asked, stored.filters)}
            )
        except RapporteurError:
            return json_reply(_NO_QUESTIONS)

    def first() -> Any:
        try:
            documents = assistant.library.documents()
            founding = {record.id for record in founding_records()}
            is_founded = founding <= {document.id for document in documents}
            own = [d for d in documents if not is_founded or d.id not in founding][: -_MOST_RECORDS - 1 : -1]
            questions = _offered(assistant, own, current_language(), set(), Filters())
            return json_reply({"questions": questions, "founded": is_founded})
        except RapporteurError:
            return json_reply(_NO_QUESTIONS)

    app.get("/replies/{conversation}/{place}/next")(following)
    app.get("/examples")(first)


def _records_of(reply: Reply) -> list[Document]:
    """Return the records that a reply quotes or names as nearest, the first ones, each once."""
    if isinstance(reply, Answer):
        found = [citation.document for citation in reply.citations]
    else:
        found = [hit.passage.document for hit in reply.nearest]
    return list({document.id: document for document in found}.values())[:_MOST_RECORDS]


def _offered(
    assistant: Assistant, documents: Sequence[Document], language: str, asked: set[str], filters: Filters
) -> list[str]:
    """Return the first questions on records that are answered without a search and were not asked yet."""
    candidates = [q for q in dict.fromkeys(_in_turn(documents, language)) if q not in asked][:_MOST_TRIED]
    return assistant.answered_without_search(candidates, filters, _MOST)


def _in_turn(documents: Sequence[Document], language: str) -> Iterator[str]:
    """Yield the questions of the records, the first one of each, then the second ones."""
    by_record = zip_longest(*(questions_on(document, language) for document in documents))
    return (question for question in chain.from_iterable(by_record) if question)

"""`rapporteur ask`: questions are answered."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.batch import Fields, Identity, batch, text_of, texts_of
from assistant.commands.options import (
    AsJson,
    BatchFile,
    Forums,
    LibraryFolder,
    NoRecords,
    OutFile,
    Publishers,
    Years,
    filters,
    one_or_many,
    opening,
)
from assistant.commands.output import InputRefused, say, say_json, stages
from assistant.understanding.validate import QuestionRefused, validate

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversation import Conversation, Turn
    from index.search.filters import Filters


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What to ask, in quotation marks.", show_default=False)] = None,
    batch_file: BatchFile = None,
    out: OutFile = None,
    forum: Forums = None,
    year: Years = None,
    publisher: Publishers = None,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what each stage made of the question.")] = False,
) -> int:
    """Answer a question in the records' own words, with citations.

    With --batch, answer one question a line: {"id": "q1", "question": "...", "history": ["an earlier question"]}.
    """
    from assistant.assistant import Assistant

    one_or_many(context, "QUESTION", question, batch_file, out)
    chosen = opening(context, library, no_records)
    if question is not None:
        validate(question)
        assistant = Assistant.open(chosen.library())
        narrowed = filters(assistant.library, forum, year, publisher)
        if explain:
            _explain(assistant, question, narrowed)
        else:
            _answer(assistant, question, narrowed, as_json)
        return 0
    with batch(str(batch_file), out) as replied:
        assistant = Assistant.open(chosen.library())
        narrowed = filters(assistant.library, forum, year, publisher)
        _warm(assistant)
        return replied(lambda identity, fields: _reply(assistant, narrowed, identity, fields))


def _answer(assistant: "Assistant", question: str, narrowed: "Filters", as_json: bool) -> None:
    from assistant.commands.answer import answer_lines

    if as_json:
        _warm(assistant)
        say_json(_timed(assistant, None, question, None, narrowed))
        return
    with stages("Reading the question") as tell:
        turn = _turn(assistant, question, None, narrowed, tell)
    say(*answer_lines(turn))


def _explain(assistant: "Assistant", question: str, narrowed: "Filters") -> None:
    from assistant.commands.answer import answer_lines
    from assistant.commands.explain import explained_lines
    from assistant.conversation import Turn

    with stages("Reading the question") as tell:
        trace = assistant.explain(question, filters=narrowed, on_stage=tell)
    say(*explained_lines(trace), "", *answer_lines(Turn(question, trace.query, trace.reply)))


def _warm(assistant: "Assistant") -> None:
    """Load the library, the model and what else a question needs, before the first one's time is taken."""
    assistant.ask("Which meetings are there?")


def _reply(assistant: "Assistant", narrowed: "Filters", identity: Identity, fields: Fields) -> dict[str, Any]:
    """The object for one line of a batch, its conversation rebuilt by asking what was asked before."""
    from assistant.conversation import Conversation

    question = validate(text_of(fields, "question"))
    conversation = Conversation()
    for number, earlier in enumerate(texts_of(fields, "history"), start=1):
        try:
            validate(earlier)
        except QuestionRefused as error:
            raise InputRefused(f"history, question {number}: {error}") from error
        conversation = conversation.plus(_turn(assistant, earlier, conversation, narrowed))
    return _timed(assistant, identity, question, conversation, narrowed)


def _timed(
    assistant: "Assistant", identity: Identity, question: str, conversation: "Conversation | None", narrowed: "Filters"
) -> dict[str, Any]:
    from assistant.json_api import turn_object

    start = time.perf_counter()
    found = turn_object(identity, _turn(assistant, question, conversation, narrowed), 0)
    return {**found, "latency_ms": round((time.perf_counter() - start) * 1000, 1)}


def _turn(
    assistant: "Assistant",
    question: str,
    conversation: "Conversation | None",
    narrowed: "Filters",
    on_stage: Callable[[str], None] | None = None,
) -> "Turn":
    from assistant.conversation import Conversation

    return assistant.ask(question, conversation or Conversation(), narrowed, on_stage)

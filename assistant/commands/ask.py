"""Commands `rapporteur ask` and `search`: answer questions in the terminal or from a file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.batch import Fields, Identity, batch, text_of, texts_of
from assistant.commands.options import (
    AsJson,
    AsUser,
    BatchFile,
    Forums,
    LibraryFolder,
    NoRecords,
    OutFile,
    Places,
    Publishers,
    Records,
    Sets,
    Speakers,
    Years,
    conditions,
    library_options,
    one_or_many,
)
from assistant.commands.output import can_prompt, say, say_json, stages
from assistant.understanding.validate import validate

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.commands.session import LibraryOptions
    from assistant.history.conditions import Conditions
    from index.search.filters import Filters
    from index.search.hybrid import Hit

_ALL = 1_000


def ask(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="What to ask, in quotation marks.", show_default=False)
    ] = None,
    batch_file: BatchFile = None,
    out: OutFile = None,
    forum: Forums = None,
    year: Years = None,
    place: Places = None,
    publisher: Publishers = None,
    speaker: Speakers = None,
    record: Records = None,
    record_set: Sets = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
    more: Annotated[bool, typer.Option("--more", help="Show further passages that fit.")] = False,
    k: Annotated[
        int | None,
        typer.Option(
            "--k", metavar="N", min=1, help="Show at most N further passages.", show_default="with --more, all"
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what each stage made of the question.")] = False,
) -> int:
    """Answer a question in the records' own words, with citations.

    Without QUESTION, hold a conversation on the terminal: /help lists its commands, Ctrl-D ends it.
    With --batch, answer one question a line: {"id": "q1", "question": "...", "history": ["an earlier question"]}.
    """
    options = library_options(context, library_folder, no_records)
    chosen = conditions(forum, year, place, publisher, speaker, record, record_set)
    most_further = k or (_ALL if more else 0)
    if question is None and batch_file is None and out is None and not as_json and not explain and can_prompt():
        return _converse(options, chosen, most_further)
    one_or_many(context, "QUESTION", question, batch_file, out)
    if question is not None:
        validate(question)
        assistant = options.open_assistant()
        filters = chosen.filters(assistant.library)
        if explain:
            _explain(assistant, question, filters, most_further)
        else:
            _answer(assistant, question, filters, as_json, most_further)
        return 0
    with batch(str(batch_file), out) as reply_to_all:
        assistant = options.open_assistant()
        filters = chosen.filters(assistant.library)
        _warm(assistant)
        return reply_to_all(lambda identity, fields: _reply(assistant, filters, identity, fields))


def search(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="What to search, in quotation marks.", show_default=False)
    ] = None,
    k: Annotated[int, typer.Option("--k", metavar="N", min=1, help="How many passages.")] = 10,
    batch_file: BatchFile = None,
    out: OutFile = None,
    forum: Forums = None,
    year: Years = None,
    place: Places = None,
    publisher: Publishers = None,
    speaker: Speakers = None,
    record: Records = None,
    record_set: Sets = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show the passages that fit a query best, without an answer.

    With --batch, search one query a line: {"id": "q1", "query": "..."}.
    """
    one_or_many(context, "QUERY", query, batch_file, out)
    chosen = conditions(forum, year, place, publisher, speaker, record, record_set)
    options = library_options(context, library_folder, no_records)
    if query is not None:
        validate(query)
        assistant = options.open_assistant()
        filters = chosen.filters(assistant.library)
        with stages("Searching"):
            hits = assistant.search(query, k, filters)
        say_json(_hits_object(None, hits)) if as_json else say(*_hit_lines(hits))
        return 0
    with batch(str(batch_file), out) as reply_to_all:
        assistant = options.open_assistant()
        filters = chosen.filters(assistant.library)
        with assistant.library.snapshot():
            pass  # a stale library is refused before the first line
        return reply_to_all(
            lambda identity, fields: _hits_object(
                identity, assistant.search(text_of(fields, "query", "question"), k, filters)
            )
        )


def _converse(options: "LibraryOptions", chosen: "Conditions", more: int) -> int:
    from assistant.commands.terminal.prompt import Prompt

    assistant = options.open_assistant()
    Prompt(assistant, chosen.filters(assistant.library), more).hold()
    return 0


def _answer(assistant: "Assistant", question: str, filters: "Filters", as_json: bool, more: int) -> None:
    from assistant.commands.answer import answer_lines

    if as_json:
        from assistant.timed_reply import timed_reply

        _warm(assistant)
        say_json(timed_reply(assistant, question, filters=filters))
        return
    with stages("Reading the question") as show_stage:
        turn = assistant.ask(question, filters=filters, on_stage=show_stage)
    say(*answer_lines(turn, more))


def _explain(assistant: "Assistant", question: str, filters: "Filters", more: int) -> None:
    from assistant.commands.answer import answer_lines, trace_lines
    from assistant.conversation import Turn

    with stages("Reading the question") as show_stage:
        trace = assistant.explain(question, filters=filters, on_stage=show_stage)
    say(*trace_lines(trace), "", *answer_lines(Turn(question, trace.query, trace.reply), more))


def _warm(assistant: "Assistant") -> None:
    """Ask one question so that the library and the models are loaded before latency is measured."""
    assistant.ask("What was said?")


def _reply(assistant: "Assistant", filters: "Filters", identity: Identity, fields: Fields) -> dict[str, Any]:
    """Return the JSON object for one line of a batch, after asking the earlier questions of its history."""

    from assistant.timed_reply import timed_reply

    question = text_of(fields, "question")
    return timed_reply(assistant, question, texts_of(fields, "history"), filters, identity)


def _hits_object(identity: Identity, hits: "Sequence[Hit]") -> dict[str, Any]:
    from assistant.json_api import hits_object

    return hits_object(identity, hits)


def _hit_lines(hits: "Sequence[Hit]") -> Iterator[str]:
    if not hits:
        yield "No passage was found."
    for number, hit in enumerate(hits, start=1):
        passage = hit.passage
        yield f"{number}. {passage.document.name} [{passage.span.start}:{passage.span.end}], score {hit.score:.4f}"
        yield f"   {' '.join(passage.text.split())}\n"

"""Command `rapporteur search`: print the best passages for a query, without an answer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.batch import batch, text_of
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
    library_options,
    one_or_many,
)
from assistant.commands.output import say, say_json, stages
from assistant.understanding.validate import validate

if TYPE_CHECKING:
    from index.search.hybrid import Hit


def search(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="What to search, in quotation marks.", show_default=False)] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="How many passages.")] = 10,
    batch_file: BatchFile = None,
    out: OutFile = None,
    forum: Forums = None,
    year: Years = None,
    publisher: Publishers = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show the passages that fit a query best, without an answer.

    With --batch, search one query a line: {"id": "q1", "query": "..."}.
    """
    from assistant.assistant import Assistant
    from assistant.json_api import hits_object

    one_or_many(context, "QUERY", query, batch_file, out)
    options = library_options(context, library_folder, no_records)
    if query is not None:
        validate(query)
        library = options.open_library()
        conditions = filters(library, forum, year, publisher)
        with stages("Searching"):
            hits = Assistant.open(library).search(query, k, conditions)
        say_json(hits_object(None, hits)) if as_json else say(*_lines(hits))
        return 0
    with batch(str(batch_file), out) as reply_to_all:
        library = options.open_library()
        conditions = filters(library, forum, year, publisher)
        with library.snapshot():
            pass  # a stale library is refused before the first line
        assistant = Assistant.open(library)
        return reply_to_all(
            lambda identity, fields: hits_object(
                identity, assistant.search(text_of(fields, "query", "question"), k, conditions)
            )
        )


def _lines(hits: "Sequence[Hit]") -> Iterator[str]:
    if not hits:
        yield "No passage was found."
    for number, hit in enumerate(hits, start=1):
        passage = hit.passage
        yield f"{number}. {passage.document.name} [{passage.span.start}:{passage.span.end}], score {hit.score:.4f}"
        yield f"   {' '.join(passage.text.split())}\n"

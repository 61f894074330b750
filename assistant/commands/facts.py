"""`rapporteur facts`: what is known about a record, where each fact comes from, and what the user says against it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import InputRefused, columns, say, say_json, shown

if TYPE_CHECKING:
    from corpus.document import Document


def facts(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="A name that list shows.")],
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]...",
            help="Corrections, such as place='Trieste, Italy'; place= for none.",
            show_default=False,
        ),
    ] = None,
    forget: Annotated[
        list[str] | None,
        typer.Option("--forget", metavar="NAME", help="Take a correction back (repeatable)."),
    ] = None,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show the facts of a document with their origins, and correct them.

    The facts are title, publisher, published, address, language, forum, meeting, meeting_date, meeting_end, place,
    presidency and mode; days are written as 2021-08-05. A correction is kept when the file is added again.
    """  # fmt: skip
    wanted: dict[str, str | None] = {}
    for change in changes or ():
        name, equals, value = change.partition("=")
        if not equals:
            context.fail(f"{shown(change)}: give NAME=VALUE, or NAME= where there is none")
        wanted[name.strip()] = value
    held = opening(context, library, no_records).library()
    for name in forget or ():
        if name not in held.corrections(document):
            raise InputRefused(f"{shown(name)}: nothing of this name is corrected in {shown(document)}")
        wanted[name] = None
    found = held.correct(document, wanted) if wanted else held.document(document)
    corrections = held.corrections(found.name)
    if as_json:
        say_json(_object(found, corrections))
    else:
        say(*_lines(found, corrections))
    return 0


def _object(document: "Document", corrections: dict[str, str]) -> dict[str, Any]:
    from corpus.facts import known

    stated = [{"name": fact.name, "value": str(fact.value), "origin": fact.origin or None} for fact in known(document)]
    return {"document": document.name, "facts": stated, "corrections": corrections}


def _lines(document: "Document", corrections: dict[str, str]) -> list[str]:
    from corpus.facts import FACTS, known

    stated = {fact.name: (str(fact.value), fact.origin) for fact in known(document)}
    denied = {name: ("none", "you") for name, value in corrections.items() if not value}
    rows = [(name, *(stated.get(name) or denied.get(name) or ("", ""))) for name in FACTS]
    return [shown(document.name), *columns([("FACT", "VALUE", "FROM"), *rows])]

"""`rapporteur remove`, `list` and `show`: the documents of the library."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.errors import InputRefused
from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import columns, on_terminal, print_exactly, say, say_json, shown

if TYPE_CHECKING:
    from corpus.document import Document
    from index.library import Library


def remove(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Names that list shows.")],
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Remove documents; when one of them is unknown, none is removed."""
    held = opening(context, library, no_records).library()
    names = list(dict.fromkeys(_document(held, name).name for name in documents))
    removed = [held.remove(name) for name in names]
    if as_json:
        say_json([{"document": name} for name in removed])
    else:
        say(*(f"removed: {shown(name)}" for name in removed))
    return 0


def list_(
    context: typer.Context, library: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """List the documents by the day of their meeting or publication."""
    from assistant.contract import document_object

    documents = opening(context, library, no_records).library().documents()
    if as_json:
        say_json([document_object(document) for document in documents])
    elif documents:
        say(*columns([("DOCUMENT", "DAY", "FORUM", "PUBLISHER", "TITLE"), *map(_row, documents)]))
    else:
        say("The library is empty; take records in with: rapporteur add PATH")
    return 0


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="A name that list shows.")],
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Print a document's text: exactly as it is stored when piped, under its facts on a terminal."""
    from assistant.contract import whole_document_object

    found = _document(opening(context, library, no_records).library(), document)
    if as_json:
        say_json(whole_document_object(found))
    elif on_terminal():
        say(*_facts(found), "", found.text)
    else:
        print_exactly(found.text)
    return 0


def _document(library: "Library", name: str) -> "Document":
    if not _is_text(name):
        raise InputRefused(f"{name}: no such document in the library; rapporteur list names them all")
    return library.document(name)


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _row(document: "Document") -> tuple[str, ...]:
    day = document.meeting.first_day or document.published
    return (
        document.name,
        day.isoformat() if day else "",
        document.meeting.forum or "",
        document.short_publisher or "",
        document.title,
    )


def _facts(document: "Document") -> Iterator[str]:
    meeting = document.meeting
    known = {
        "document": document.name,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "meeting": ", ".join(filter(None, (meeting.forum, meeting.name, meeting.place, meeting.days))),
        "address": document.source.address,
    }
    return (f"{name:<10} {shown(value)}" for name, value in known.items() if value)

"""`rapporteur remove`, `list` and `show`: the documents of the library."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import InputRefused, columns, on_terminal, print_exactly, say, say_json, shown

if TYPE_CHECKING:
    from corpus.document import Document
    from index.library import Library


def remove(
    context: typer.Context,
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT...", help="Names that list shows; or folders or archives that were added."),
    ],
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Remove documents, or all that were added from a folder or archive; when one is unknown, none is removed.

    What was added from a folder, and from another file outside it with the same text, stays as that file's.
    """
    from index.sync import take_away

    held = opening(context, library, no_records).library()
    inside = {word: _inside(held, word) for word in documents}
    named = [word for word, paths in inside.items() if not paths]
    removed = dict.fromkeys(held.remove(*named), "") if named else {}
    for outcome in take_away(held, {path: name for paths in inside.values() for path, name in paths.items()}):
        removed.setdefault(str(outcome.document), outcome.reason or "")
    if as_json:
        say_json([{"document": name} for name in removed])
    else:
        say(*(f"removed: {shown(reason or name)}" for name, reason in removed.items()))
    return 0


def _inside(library: "Library", word: str) -> dict[str, str]:
    """What was added from a folder or archive, by path; nothing where the word is a document's name, or no path."""
    from index.errors import UnknownDocument

    try:
        library.document(word)
    except UnknownDocument:
        return (
            {source.path: source.document for source in library.sources_under(os.path.realpath(word))}
            if word.strip()
            else {}
        )
    return {}


def list_(
    context: typer.Context, library: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """List the documents by the day of their meeting or publication."""
    from assistant.json_api import document_object

    documents = opening(context, library, no_records).library().documents()
    if as_json:
        say_json([document_object(document) for document in documents])
    elif documents:
        say(*_table(documents))
    else:
        say("The library is empty; take records in with: rapporteur add PATH")
    return 0


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="A name that list shows.")],
    original: Annotated[
        str | None, typer.Option("--original", metavar="FILE", help="Write the file that was added here instead.")
    ] = None,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Print a document's text: exactly as it is stored when piped, under its facts on a terminal."""
    from assistant.json_api import whole_document_object

    held = opening(context, library, no_records).library()
    if original is not None:
        return _written(held, document, original, as_json)
    found = held.document(document)
    if as_json:
        say_json(whole_document_object(found))
    elif on_terminal():
        say(*_facts(found), "", found.text)
    else:
        print_exactly(found.text)
    return 0


def _written(library: "Library", name: str, target: str, as_json: bool) -> int:
    """Write the file that a document was read from; what is there already is never replaced."""
    from assistant.export.errors import TargetExists
    from assistant.export.save import save

    kept = library.original(name)
    if kept is None:
        raise InputRefused(f"{name}: no original file is kept of it; without --original show prints its text")
    try:
        save(kept[0], target, force=False)
    except TargetExists as error:
        raise InputRefused(f"{target}: exists already; name another file") from error
    say_json({"file": target, "bytes": len(kept[0])}) if as_json else say(f"written: {shown(target)}")
    return 0


def _table(documents: "list[Document]") -> list[str]:
    """The documents as a table; pages and warnings have a column where a document has some."""
    rows = [
        ("DOCUMENT", "DAY", "FORUM", "PUBLISHER", "PAGES", "WARNINGS", "TITLE"),
        *(_row(document) for document in documents),
    ]
    empty = {number for number in (4, 5) if not any(row[number] for row in rows[1:])}
    return columns([tuple(cell for number, cell in enumerate(row) if number not in empty) for row in rows])


def _row(document: "Document") -> tuple[str, ...]:
    day = document.meeting.first_day or document.published
    return (
        document.name,
        day.isoformat() if day else "",
        document.meeting.forum or "",
        document.short_publisher or "",
        str(len(document.pages) or ""),
        str(len(document.warnings) or ""),
        document.title,
    )


def _facts(document: "Document") -> Iterator[str]:
    """What is known about a document, each fact with where it comes from, and what a reader should know."""
    from corpus.facts import known

    yield f"{'document':<12} {shown(document.name)}"
    for fact in known(document):
        origin = f"  [{shown(fact.origin)}]" if fact.origin else ""
        yield f"{fact.name:<12} {shown(fact.value)}{origin}"
    if document.pages:
        yield f"{'pages':<12} {len(document.pages):,}"
    if document.source.path:
        yield f"{'path':<12} {shown(document.source.path)}"
    for warning in document.warnings:
        yield f"{'warning':<12} {shown(warning)}"

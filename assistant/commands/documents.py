"""Commands `rapporteur list`, `show` and `facts`: show the documents of the library, and correct their facts."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.memory import LIBRARY_BYTES, MODELS_BYTES
from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import InputRefused, columns, on_terminal, print_exactly, say, say_json, shown
from assistant.commands.terminal.completion import document_names

if TYPE_CHECKING:
    from corpus.document import Document
    from index.library import Library


_Changes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME=VALUE",
        help="Corrections, such as place='Trieste, Italy'; place= for none.",
        show_default=False,
    ),
]
_Forget = Annotated[
    list[str] | None,
    typer.Option("--forget", metavar="NAME", help="Take a correction back (repeatable)."),
]


def facts(
    context: typer.Context,
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A name that list shows.", autocompletion=document_names)
    ],
    changes: _Changes = None,
    forget: _Forget = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show the facts of a document with their origins, and correct them.

    The facts are title, publisher, published, address, language, forum, meeting, meeting_date, meeting_end, place,
    presidency and mode; days are written as 2021-08-05. A correction is kept when the file is added again.
    """  # fmt: skip
    corrected: dict[str, str | None] = dict(_name_and_value(context, change) for change in changes or ())
    options = library_options(context, library_folder, no_records)
    library = options.open_library(MODELS_BYTES if corrected or forget else LIBRARY_BYTES)
    if forget:
        _require_corrected(library, document, forget)
        corrected |= dict.fromkeys(forget)
    record = library.correct(document, corrected) if corrected else library.document(document)
    corrections = library.corrections(record.name)
    if as_json:
        say_json(_facts_object(record, corrections))
    else:
        say(*_facts_lines(record, corrections))
    return 0


def _name_and_value(context: typer.Context, change: str) -> tuple[str, str]:
    name, equals, value = change.partition("=")
    if not equals:
        context.fail(f"{shown(change)}: give NAME=VALUE, or NAME= where there is none")
    return name.strip(), value


def _require_corrected(library: "Library", document: str, names: list[str]) -> None:
    """Refuse to take back what the user has not corrected.

    Raises:
        InputRefused: nothing of one of the names is corrected in the document.
    """
    corrected = library.corrections(document)
    for name in names:
        if name not in corrected:
            raise InputRefused(f"{shown(name)}: nothing of this name is corrected in {shown(document)}")


def list_(
    context: typer.Context,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """List the documents by the day of their meeting or publication.

    On a terminal long names are shortened to its width; in a pipe they are whole.
    """
    from assistant.json_api import document_object
    from assistant.users.private_documents import private_names, private_object

    library = library_options(context, library_folder, no_records).open_library()
    documents, private = library.documents(), private_names(library)
    if as_json:
        say_json([document_object(document) | private_object(document, private) for document in documents])
    elif documents:
        say(*_table(documents, private))
    else:
        say("The library is empty; add records with: rapporteur add PATH")
    return 0


def show(
    context: typer.Context,
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A name that list shows.", autocompletion=document_names)
    ],
    original: Annotated[
        str | None, typer.Option("--original", metavar="FILE", help="Write the file that was added here instead.")
    ] = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Print a document's text: exactly as it is stored when piped, under its facts on a terminal."""
    from assistant.json_api import whole_document_object
    from assistant.users.private_documents import private_names, private_object

    library = library_options(context, library_folder, no_records).open_library()
    if original is not None:
        return _write_original(library, document, original, as_json)
    record = library.document(document)
    if as_json:
        say_json(whole_document_object(record) | private_object(record, private_names(library)))
    elif on_terminal():
        say(*_header(record), "", record.text)
    else:
        print_exactly(record.text)
    return 0


def _write_original(library: "Library", name: str, target: str, as_json: bool) -> int:
    """Write the file that a document was read from; an existing file is never replaced."""
    from assistant.export import TargetExists
    from assistant.export.save import save

    file = library.original(name)
    if file is None:
        raise InputRefused(f"{name}: no original file is kept of it; without --original show prints its text")
    try:
        save(file[0], target, force=False)
    except TargetExists as error:
        raise InputRefused(f"{target}: exists already; name another file") from error
    say_json({"file": target, "bytes": len(file[0])}) if as_json else say(f"written: {shown(target)}")
    return 0


def _table(documents: "list[Document]", private: Collection[str]) -> list[str]:
    """Return the documents as a table; columns for privacy, pages and warnings only when a document has any."""
    rows = [
        ("DOCUMENT", "DAY", "SEEN BY", "FORUM", "PUBLISHER", "PAGES", "WARNINGS", "TITLE"),
        *(_row(document, document.name in private) for document in documents),
    ]
    empty = {number for number in (2, 5, 6) if not any(row[number] for row in rows[1:])}
    return columns([tuple(cell for number, cell in enumerate(row) if number not in empty) for row in rows])


def _row(document: "Document", is_private: bool) -> tuple[str, ...]:
    day = document.meeting.first_day or document.published
    return (
        document.name,
        day.isoformat() if day else "",
        "you alone" if is_private else "",
        document.meeting.forum or "",
        document.short_publisher or "",
        str(len(document.pages) or ""),
        str(len(document.warnings) or ""),
        document.title,
    )


def _header(document: "Document") -> Iterator[str]:
    """Yield the lines above a document's text: its facts with their origins, its pages, path and warnings."""
    from corpus.facts import facts_of

    yield f"{'document':<12} {shown(document.name)}"
    for fact in facts_of(document):
        origin = f"  [{shown(fact.origin)}]" if fact.origin else ""
        yield f"{fact.name:<12} {shown(fact.value)}{origin}"
    if document.pages:
        yield f"{'pages':<12} {len(document.pages):,}"
    if document.source.path:
        yield f"{'path':<12} {shown(document.source.path)}"
    for warning in document.warnings:
        yield f"{'warning':<12} {shown(warning)}"


def _facts_object(document: "Document", corrections: dict[str, str]) -> dict[str, Any]:
    from corpus.facts import facts_of

    stated = [
        {"name": fact.name, "value": str(fact.value), "origin": fact.origin or None} for fact in facts_of(document)
    ]
    return {"document": document.name, "facts": stated, "corrections": corrections}


def _facts_lines(document: "Document", corrections: dict[str, str]) -> list[str]:
    from corpus.facts import FACTS, facts_of

    stated = {fact.name: (str(fact.value), fact.origin) for fact in facts_of(document)}
    denied = {name: ("none", "you") for name, value in corrections.items() if not value}
    rows = [(name, *(stated.get(name) or denied.get(name) or ("", ""))) for name in FACTS]
    return [shown(document.name), *columns([("FACT", "VALUE", "FROM"), *rows])]

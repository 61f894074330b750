"""`rapporteur add`, `remove`, `list` and `show`: the documents of the library."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.errors import InputRefused
from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import columns, on_terminal, print_exactly, progress, say, say_json, shown

if TYPE_CHECKING:
    from assistant.commands.files import Found
    from corpus.document import Document
    from index.library import Library

_OUTCOMES = ("added", "replaced", "unchanged", "same", "refused", "skipped")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one path: one of `_OUTCOMES`, with the document's name or the reason."""

    path: str
    outcome: str
    document: str | None = None
    reason: str | None = None

    def as_object(self) -> dict[str, str | None]:
        return {"path": self.path, "outcome": self.outcome, "document": self.document, "reason": self.reason}

    def __str__(self) -> str:
        if self.outcome == "same":
            return f"{shown(self.path)}: same as {shown(self.document)}"
        if self.reason:
            return f"{self.outcome}: {shown(self.reason)}"
        return f"{self.outcome}: {shown(self.document)}"


def add(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Text (.txt) and Markdown (.md) files, or folders of them.")
    ],
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Take files and folders into the library; hidden files and links in a folder are left out."""
    from assistant.commands.files import files_of

    found = files_of(paths)
    held = opening(context, library, no_records).library()
    outcomes = []
    with progress("Adding") as tell:
        for done, file in enumerate(found, start=1):
            outcomes.append(_added(held, file))
            if not as_json:
                say(str(outcomes[-1]))
            tell(done, len(found))
    counts = Counter(outcome.outcome for outcome in outcomes)
    if as_json:
        say_json([outcome.as_object() for outcome in outcomes])
    else:
        say(", ".join(f"{counts[name]:,} {name}" for name in _OUTCOMES if counts[name] or name != "skipped"))
    return 1 if counts["refused"] else 0


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


def _added(library: "Library", file: "Found") -> _Outcome:
    from corpus.errors import CorpusError
    from corpus.reading import read

    path = str(file.path)
    if file.skipped:
        return _Outcome(path, "skipped", reason=f"{path}: {file.skipped}")
    if file.refused:
        return _Outcome(path, "refused", reason=file.refused)
    if not _is_text(path):
        return _Outcome(path, "refused", reason=f"{path}: the name is not UTF-8 text; rename the file")
    try:
        added = library.add(read(file.path))
    except CorpusError as error:
        return _Outcome(path, "refused", reason=str(error))
    return _Outcome(path, "same" if added.outcome == "same as" else added.outcome, added.name)


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

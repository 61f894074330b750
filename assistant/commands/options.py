"""Options that several commands share, such as --library, --json and --year."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.output import InputRefused, shown
from assistant.commands.session import LibraryOptions

# Speakers that a message lists.
_MOST_LISTED = 20
NO_RECORDS_HELD = "the library holds no records; add some with rapporteur add"


def _folder(path: str | None) -> str | None:
    if path is not None and not path.strip():
        raise typer.BadParameter("give the path of a folder")
    return path


LibraryFolder = Annotated[
    str | None,
    typer.Option("--library", metavar="DIR", help="Folder of the library.", callback=_folder, show_default=False),
]
NoRecords = Annotated[bool, typer.Option("--no-records", help="Put no founding records into a new library.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Forums = Annotated[
    list[str] | None,
    typer.Option("--forum", metavar="FORUM", help="Only records of this forum, such as G20 (repeatable)."),
]
Years = Annotated[
    list[int] | None, typer.Option("--year", metavar="YEAR", help="Only records of this year (repeatable).")
]
Publishers = Annotated[
    list[str] | None,
    typer.Option(
        "--publisher", metavar="NAME", help="Only records of this publisher, name or abbreviation (repeatable)."
    ),
]
Speakers = Annotated[
    list[str] | None, typer.Option("--speaker", metavar="NAME", help="Only what this person says (repeatable).")
]
BatchFile = Annotated[
    str | None, typer.Option("--batch", metavar="IN", help="Take JSON lines from this file, - for standard input.")
]
OutFile = Annotated[str | None, typer.Option("--out", metavar="OUT", help="With --batch: write to this file.")]


def library_options(context: typer.Context, folder: str | None, no_records: bool) -> LibraryOptions:
    """Return the options that name the library, with the encoder of the running command line."""
    return LibraryOptions(context.obj, folder, no_records)


def one_or_many(context: typer.Context, named: str, single: Any, batch: str | None, out: str | None) -> None:
    """Require either one input or a batch of inputs.

    Raises:
        typer.TyperException: the options name neither or both, or --out without --batch.
    """
    if (single is None) == (batch is None):
        context.fail(f"give either {named} or --batch" if single is None else f"give {named} or --batch, not both")
    if out is not None and batch is None:
        context.fail("--out goes with --batch")


if TYPE_CHECKING:
    from corpus.document import Document
    from index.library import Library
    from index.search.filters import Filters


def filters(
    library: "Library",
    forums: Sequence[str] | None,
    years: Sequence[int] | None,
    publishers: Sequence[str] | None,
    speakers: Sequence[str] | None = None,
) -> "Filters":
    """Return the filters of the options; case is ignored, a publisher may be abbreviated, a speaker named in any way.

    Raises:
        InputRefused: no record has such a forum, year, publisher or speaker; the message lists the existing ones.
    """
    from index.search.filters import Filters, years_of

    if not (forums or years or publishers or speakers):
        return Filters()
    documents = library.documents()
    return Filters(
        _known("forum", forums, documents, lambda d: {d.meeting.forum: (d.meeting.forum,)}),
        frozenset(map(int, _known("year", years, documents, lambda d: {str(y): (str(y),) for y in years_of(d)}))),
        _known("publisher", publishers, documents, lambda d: {d.publisher: (d.publisher, d.short_publisher)}),
        speakers=frozenset().union(*(_speakers(name, documents) for name in speakers or ())),
    )


def _speakers(name: str, documents: Sequence["Document"]) -> set[str]:
    """Return the names of a speaker in the records.

    Raises:
        InputRefused: nobody of this name speaks in them.
    """
    from assistant.understanding.speakers.matching import all_speakers, speakers_named

    found = speakers_named(name, documents)
    if not found:
        existing = all_speakers(documents)
        listed = "; ".join(existing[:_MOST_LISTED]) or "none"
        more = f" and {len(existing) - _MOST_LISTED} more" if len(existing) > _MOST_LISTED else ""
        raise InputRefused(f"no record has words of {shown(name)}; the library has words of: {listed}{more}")
    return found


def _known(
    field: str,
    names: Iterable[object] | None,
    documents: Sequence["Document"],
    names_of: Callable[["Document"], dict[str | None, tuple[str | None, ...]]],
) -> frozenset[str]:
    """Return the values of the records that have these names.

    Args:
        field: forum, year or publisher.
        names: names as the user wrote them.
        documents: every document of the library.
        names_of: returns the values of a document, each with all its names.
    """
    by_name: dict[str, set[str]] = {}
    for document in documents:
        for value, value_names in names_of(document).items():
            for name in filter(None, value_names):
                by_name.setdefault(name.casefold(), set()).add(str(value))
    values: set[str] = set()
    for name in map(str, names or ()):
        if name.strip().casefold() not in by_name:
            existing = "; ".join(sorted(set().union(*by_name.values()))) or "none"
            raise InputRefused(f"no record has the {field} {shown(name)}; the library has: {existing}")
        values |= by_name[name.strip().casefold()]
    return frozenset(values)

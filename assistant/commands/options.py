"""The options that several commands share."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.output import InputRefused, shown
from assistant.commands.session import Opening

NO_RECORDS_HELD = "the library holds no records; add some with rapporteur add"


def _folder(given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise typer.BadParameter("give the path of a folder")
    return given


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
BatchFile = Annotated[
    str | None, typer.Option("--batch", metavar="IN", help="Take JSON lines from this file, - for standard input.")
]
OutFile = Annotated[str | None, typer.Option("--out", metavar="OUT", help="With --batch: write to this file.")]


def opening(context: typer.Context, folder: str | None, no_records: bool) -> Opening:
    """What the options say about the library."""
    return Opening(context.obj, folder, no_records)


def one_or_many(context: typer.Context, named: str, single: Any, batch: str | None, out: str | None) -> None:
    """Hold a command to one input or a batch of them.

    Raises:
        typer.TyperException: neither or both are given, or --out without --batch.
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
    library: "Library", forums: Sequence[str] | None, years: Sequence[int] | None, publishers: Sequence[str] | None
) -> "Filters":
    """The conditions that the options set; letters may be capital or not, a publisher may be abbreviated.

    Raises:
        InputRefused: no record has such a forum, year or publisher; the message lists those there are.
    """
    from index.search.filters import Filters, years_of

    if not (forums or years or publishers):
        return Filters()
    documents = library.documents()
    return Filters(
        _known("forum", forums, documents, lambda d: {d.meeting.forum: (d.meeting.forum,)}),
        frozenset(map(int, _known("year", years, documents, lambda d: {str(y): (str(y),) for y in years_of(d)}))),
        _known("publisher", publishers, documents, lambda d: {d.publisher: (d.publisher, d.short_publisher)}),
    )


def _known(
    what: str,
    asked: Iterable[object] | None,
    documents: Sequence["Document"],
    names: Callable[["Document"], dict[str | None, tuple[str | None, ...]]],
) -> frozenset[str]:
    """The values that these names mean.

    Args:
        what: forum, year or publisher.
        asked: names as the user wrote them.
        documents: every document of the library.
        names: the values of a document, each with all its names.
    """
    means: dict[str, set[str]] = {}
    for document in documents:
        for value, called in names(document).items():
            for name in filter(None, called):
                means.setdefault(name.casefold(), set()).add(str(value))
    found: set[str] = set()
    for name in map(str, asked or ()):
        if name.strip().casefold() not in means:
            there = "; ".join(sorted(set().union(*means.values()))) or "none"
            raise InputRefused(f"no record has the {what} {shown(name)}; the library has: {there}")
        found |= means[name.strip().casefold()]
    return frozenset(found)

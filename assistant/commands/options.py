"""The options that several commands share."""

from typing import Annotated, Any

import typer

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

"""Options that several commands share, such as --library, --json and --year."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.session import LibraryOptions
from assistant.history.conditions import Conditions
from index.default_library import default_library

NO_RECORDS_HELD = "the library holds no records; add some with rapporteur add"


def _folder(path: str | None) -> str | None:
    if path is not None and not path.strip():
        raise typer.BadParameter("give the path of a folder")
    return path


def _default_folder() -> str:
    """Return the words of the help on the library that is used without --library."""
    folder, home = default_library(), Path.home()
    return f"RAPPORTEUR_LIBRARY, or {Path('~') / folder.relative_to(home) if folder.is_relative_to(home) else folder}"


LibraryFolder = Annotated[
    str | None,
    typer.Option(
        "--library", metavar="DIR", help="Folder of the library.", callback=_folder, show_default=_default_folder()
    ),
]
NoRecords = Annotated[bool, typer.Option("--no-records", help="Put no founding records into a new library.")]
AsUser = Annotated[
    str | None,
    typer.Option("--as", metavar="USER", help="Act as this user of the library, with the user's private documents."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Forums = Annotated[
    list[str] | None,
    typer.Option("--forum", metavar="FORUM", help="Only records of this forum, such as G20 (repeatable)."),
]
Years = Annotated[
    list[int] | None, typer.Option("--year", metavar="YEAR", help="Only records of this year (repeatable).")
]
Places = Annotated[
    list[str] | None,
    typer.Option("--place", metavar="PLACE", help="Only records of meetings in this city or country (repeatable)."),
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
Records = Annotated[
    list[str] | None, typer.Option("--record", metavar="NAME", help="Only this record, its name or title (repeatable).")
]
Sets = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME", help="Only the records of this saved set (repeatable).")
]
BatchFile = Annotated[
    str | None, typer.Option("--batch", metavar="IN", help="Take JSON lines from this file, - for standard input.")
]
OutFile = Annotated[str | None, typer.Option("--out", metavar="OUT", help="With --batch: write to this file.")]


def library_options(context: typer.Context, folder: str | None, no_records: bool) -> LibraryOptions:
    """Return the options that name the library, with the encoder of the running command line and its user, if any."""
    return LibraryOptions(context.obj, folder, no_records, context.params.get("as_user"))


def conditions(
    forum: list[str] | None,
    year: list[int] | None,
    place: list[str] | None,
    publisher: list[str] | None,
    speaker: list[str] | None,
    record: list[str] | None,
    record_set: list[str] | None,
) -> Conditions:
    """Return what the options of these names state, of which each may be left out."""
    return Conditions(
        forum or (), year or (), place or (), publisher or (), speaker or (), record or (), record_set or ()
    )


def one_or_many(context: typer.Context, named: str, single: Any, batch: str | None, out: str | None) -> None:
    """Require either one input or a batch of inputs.

    Raises:
        typer.TyperException: the options name neither or both, or --out without --batch.
    """
    if (single is None) == (batch is None):
        context.fail(f"give either {named} or --batch" if single is None else f"give {named} or --batch, not both")
    if out is not None and batch is None:
        context.fail("--out goes with --batch")

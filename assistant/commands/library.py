"""`rapporteur status`, `reindex`, `backup` and `restore`: the library as a whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import progress, say, say_json, shown

if TYPE_CHECKING:
    from index.library import Library

Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


def status(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Verify every hash, span, vector and file; exit code 1 if any is wrong.")
    ] = False,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Tell where the library lies, what it holds, and whether it fits the model."""
    held = opening(context, library, no_records).library()
    if check:
        return _checked(held, as_json)
    model, stamp = held.stamp()
    stale = held.is_stale()
    found = {
        "library": held.location,
        "model": model,
        "stamp": stamp,
        "stale": stale,
        **held.counts(),
        "bytes": held.stored_bytes(),
    }
    say_json(found) if as_json else say(*_lines(found))
    return 0


def reindex(
    context: typer.Context, library: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """Cut and encode every document again, with the present model and settings."""
    held = opening(context, library, no_records).library()
    with progress("Encoding") as told:
        held.reindex(told)
    found = {"library": held.location, "model": held.stamp()[0], **held.counts()}
    told_people = (
        f"{found['passages']:,} passages of {found['documents']:,} documents encoded with {shown(found['model'])}"
    )
    say_json(found) if as_json else say(told_people)
    return 0


def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The file to write.", show_default=False)],
    force: Force = False,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Write the whole library into one file, while others go on using it."""
    held = opening(context, library, no_records).library()
    target = Path(file).expanduser()
    held.backup(target, force)
    documents, size = held.counts()["documents"], target.stat().st_size
    if as_json:
        say_json({"file": str(target), "documents": documents, "bytes": size})
    else:
        say(f"{documents:,} documents in {size / 1_000_000:.1f} MB written to {shown(target)}")
    return 0


def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A file that backup has written.", show_default=False)],
    force: Force = False,
    library: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Make the library what it was when the backup was written; the file is checked first.

    A library that holds more than the founding records is replaced only with --force, and kept beside.
    """
    from index.library import restore_library

    opened = opening(context, library, no_records)
    with progress("Checking") as told:
        kept = restore_library(Path(file).expanduser(), opened.folder or opened.settings().library, force, told)
    held = opened.library()
    found = {"library": held.location, **held.counts(), "kept": kept}
    lines = [f"{found['documents']:,} documents restored into {shown(held.location)}"]
    if kept:
        lines.append(f"the library that was there is kept in {shown(kept)}")
    say_json(found) if as_json else say(*lines)
    return 0


def _checked(held: "Library", as_json: bool) -> int:
    with progress("Checking") as told:
        problems = held.check(told)
    if as_json:
        say_json({"library": held.location, "problems": problems})
    elif problems:
        say(*map(shown, problems), f"{len(problems):,} problem{'s' * (len(problems) != 1)} in {shown(held.location)}")
    else:
        counts = held.counts()
        say(f"nothing is wrong with {counts['documents']:,} documents, {counts['passages']:,} passages")
    return 1 if problems else 0


def _lines(found: dict[str, Any]) -> list[str]:
    stale = "; stale, rebuild it with: rapporteur reindex" if found["stale"] else ""
    return [
        f"library    {shown(found['library'])}",
        f"model      {shown(found['model'])}{stale}",
        f"made of    {shown(found['stamp'])}",
        f"documents  {found['documents']:,}",
        f"passages   {found['passages']:,}",
        f"sentences  {found['sentences']:,}",
        f"size       {found['bytes'] / 1_000_000:.1f} MB",
    ]

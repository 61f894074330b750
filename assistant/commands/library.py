"""`rapporteur status` and `reindex`: the library as a whole."""

from pathlib import Path
from typing import Any

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, opening
from assistant.commands.output import progress, say, say_json, shown


def status(
    context: typer.Context, library: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """Tell where the library lies, what it holds, and whether it fits the model."""
    held = opening(context, library, no_records).library()
    model, stamp = held.stamp()
    stale = held.is_stale()
    found = {
        "library": str(held.folder),
        "model": model,
        "stamp": stamp,
        "stale": stale,
        **held.counts(),
        "bytes": _size(held.folder),
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
    found = {"library": str(held.folder), "model": held.stamp()[0], **held.counts()}
    told_people = (
        f"{found['passages']:,} passages of {found['documents']:,} documents encoded with {shown(found['model'])}"
    )
    say_json(found) if as_json else say(told_people)
    return 0


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


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())

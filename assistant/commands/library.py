"""Commands `rapporteur status`, `reindex`, `backup` and `restore`: maintain the whole library."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.memory import MODELS_BYTES
from assistant.commands.options import AsJson, LibraryFolder, NoRecords, library_options
from assistant.commands.output import progress, say, say_json, shown

if TYPE_CHECKING:
    from index.library import Library

Force = Annotated[bool, typer.Option("--force", help="Replace an existing file or library.")]


def status(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Verify every hash, span, vector and file; exit code 1 if any is wrong.")
    ] = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show the library's folder, its contents, and whether it fits the present model."""
    from assistant.users.private_documents import private_counts

    library = library_options(context, library_folder, no_records).open_library()
    if check:
        return _check(library, as_json)
    model, stamp = library.stamp()
    stale = library.is_stale()
    state = {
        "library": library.location,
        "model": model,
        "stamp": stamp,
        "stale": stale,
        **library.counts(),
        "bytes": library.stored_bytes(),
    }
    if private := private_counts(library):
        state |= {"private_documents": sum(filter(None, private.values())), "private_users": len(private)}
        state |= {"private_unreadable": unreadable} if (unreadable := [*private.values()].count(None)) else {}
    say_json(state) if as_json else say(*_lines(state))
    return 0


def reindex(
    context: typer.Context, library_folder: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """Cut and encode every document again, with the present model and settings."""
    library = library_options(context, library_folder, no_records).open_library(MODELS_BYTES)
    with progress("Encoding", "passages") as show:
        library.reindex(show)
    counts, model = library.counts(), library.stamp()[0]
    if as_json:
        say_json({"library": library.location, "model": model, **counts})
    else:
        say(f"{counts['passages']:,} passages of {counts['documents']:,} documents encoded with {shown(model)}")
    return 0


def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.", show_default=False)],
    force: Force = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Write the whole library into one file; other programs may use it meanwhile."""
    library = library_options(context, library_folder, no_records).open_library()
    target = Path(file).expanduser()
    library.backup(target, force)
    documents, size = library.counts()["documents"], target.stat().st_size
    if as_json:
        say_json({"file": str(target), "documents": documents, "bytes": size})
    else:
        say(f"{documents:,} documents in {size / 1_000_000:.1f} MB written to {shown(target)}")
    return 0


def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that backup wrote.", show_default=False)],
    force: Force = False,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Replace the library by a backup; the file is checked first.

    A library with more than the founding records is replaced only with --force, and kept beside the new one.
    """
    from index.library import restore_library

    options = library_options(context, library_folder, no_records)
    with progress("Checking", "documents") as show:
        former = restore_library(
            Path(file).expanduser(), options.folder or options.read_settings().library, force, show
        )
    library = options.open_library()
    counts = library.counts()
    lines = [f"{counts['documents']:,} documents restored into {shown(library.location)}"]
    if former:
        lines.append(f"the former library is kept in {shown(former)}")
    say_json({"library": library.location, **counts, "kept": former}) if as_json else say(*lines)
    return 0


def _check(library: "Library", as_json: bool) -> int:
    with progress("Checking", "documents") as show:
        problems = library.check(show)
    if as_json:
        say_json({"library": library.location, "problems": problems})
    elif problems:
        say(
            *map(shown, problems), f"{len(problems):,} problem{'s' * (len(problems) != 1)} in {shown(library.location)}"
        )
    else:
        counts = library.counts()
        say(f"nothing is wrong with {counts['documents']:,} documents, {counts['passages']:,} passages")
    return 1 if problems else 0


def _lines(state: dict[str, Any]) -> list[str]:
    stale = "; stale, rebuild it with: rapporteur reindex" if state["stale"] else ""
    private, users = state.get("private_documents", 0), state.get("private_users", 0)
    of_users = f"{private:,} document{'s' * (private != 1)} of {users:,} user{'s' * (users != 1)}, not counted here"
    if unreadable := state.get("private_unreadable", 0):
        of_users += f"; unreadable of {unreadable:,} user{'s' * (unreadable != 1)}, see: rapporteur status --check"
    return [
        f"library    {shown(state['library'])}",
        f"model      {shown(state['model'])}{stale}",
        f"made of    {shown(state['stamp'])}",
        f"documents  {state['documents']:,}",
        f"passages   {state['passages']:,}",
        f"sentences  {state['sentences']:,}",
        f"size       {state['bytes'] / 1_000_000:.1f} MB",
        *([f"private    {of_users}"] if users else []),
    ]

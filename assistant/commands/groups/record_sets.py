"""Commands `rapporteur set add`, `list`, `rename`, `remove` and `undo`: named sets of records for ask and search."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, LibraryFolder, NoRecords, library_options
from assistant.commands.output import say, say_json, shown
from assistant.commands.terminal.usage import PlainCommand

if TYPE_CHECKING:
    from assistant.history.record_sets import RecordSets

record_set = typer.Typer(help="Save, list, rename and remove sets of records; ask --set NAME asks one.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the set.", show_default=False)]


@record_set.command("add", cls=PlainCommand)
def add_set(
    context: typer.Context,
    name: Name,
    records: Annotated[
        list[str], typer.Argument(metavar="RECORD...", help="Records, by name or title.", show_default=False)
    ],
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Save records as a set, in place of one with this name."""
    from assistant.chosen_filters import chosen_filters
    from assistant.history.record_sets import RecordSets

    library = library_options(context, library_folder, no_records).open_library()
    saved = RecordSets(library).save(name, chosen_filters(library, records=records).asked)
    say(f"the set {shown(saved.name)} is saved: {saved.about}")
    return 0


@record_set.command("list", cls=PlainCommand)
def list_sets(
    context: typer.Context, library_folder: LibraryFolder = None, no_records: NoRecords = False, as_json: AsJson = False
) -> int:
    """List the sets with their records."""
    from assistant.json_api import record_set_object

    sets = _sets(context, library_folder, no_records).sets()
    if as_json:
        say_json([record_set_object(each.name, each.records, each.gone) for each in sets])
        return 0
    for each in sets:
        say(f"{shown(each.name)}: {each.about}")
        say(*(f"  {shown(record)}" for record in each.records))
        say(*(f"  {shown(record)} (no longer in the library)" for record in each.gone))
    if not sets:
        say("No set is saved yet; save one with rapporteur set add NAME RECORD..., or in the page's list of records")
    return 0


@record_set.command("rename", cls=PlainCommand)
def rename_set(
    context: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.", show_default=False)],
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Rename a set."""
    sets = _sets(context, library_folder, no_records)
    former = sets.named(name)
    say(f"the set {shown(former.name)} is now {shown(sets.rename(former.id, new_name))}")
    return 0


@record_set.command("remove", cls=PlainCommand)
def remove_set(
    context: typer.Context, name: Name, library_folder: LibraryFolder = None, no_records: NoRecords = False
) -> int:
    """Remove a set, not its records; set undo puts it back."""
    sets = _sets(context, library_folder, no_records)
    former = sets.named(name)
    sets.remove(former.id)
    say(f"the set {shown(former.name)} is removed; its records stay. rapporteur set undo puts it back")
    return 0


@record_set.command("undo", cls=PlainCommand)
def undo(context: typer.Context, library_folder: LibraryFolder = None, no_records: NoRecords = False) -> int:
    """Put back the set that was removed last."""
    sets = _sets(context, library_folder, no_records)
    name = sets.removed()
    sets.undo()
    say(f"the set {shown(name)} is put back" if name else "No set was removed")
    return 0


def _sets(context: typer.Context, library_folder: str | None, no_records: bool) -> "RecordSets":
    from assistant.history.record_sets import RecordSets

    return RecordSets(library_options(context, library_folder, no_records).open_library())

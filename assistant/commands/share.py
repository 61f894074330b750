"""Command `rapporteur share`: show private documents of a user to everybody."""

from typing import Annotated

import typer

from assistant.commands.memory import MODELS_BYTES
from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import say, say_json, shown


def share(
    context: typer.Context,
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT", help="Names that list --as USER shows.", show_default=False)
    ],
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """Show private documents of the user of --as to everybody, with their corrections; there is no undo."""
    if as_user is None:
        context.fail("give --as USER, whose private documents they are")
    from assistant.users.private_documents import share_documents

    library = library_options(context, library_folder, no_records).open_library(MODELS_BYTES)
    names = share_documents(library, [library.document(name) for name in documents])
    if as_json:
        say_json([{"document": name} for name in names])
    else:
        say(*(f"shared: {shown(name)}" for name in names))
    return 0

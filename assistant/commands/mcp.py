"""Command `rapporteur mcp`: offer ask, search, show and verify to other assistants by the Model Context Protocol."""

from typing import TYPE_CHECKING

import typer

from assistant.commands.options import AsUser, LibraryFolder, NoRecords, library_options

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def mcp(
    context: typer.Context, as_user: AsUser = None, library_folder: LibraryFolder = None, no_records: NoRecords = False
) -> int:
    """Serve the tools ask, search, show and verify on standard input and output, by the Model Context Protocol.

    An assistant that knows the protocol starts this command itself. It reads the library and changes nothing.
    """
    assistant: Assistant = library_options(context, library_folder, no_records).open_assistant()
    from assistant.commands.tool_server import tool_server

    tool_server(assistant).run("stdio")
    return 0

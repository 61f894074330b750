"""Command `rapporteur serve`: serve the page to a web browser."""

from typing import Annotated

import typer

from assistant.commands.options import LibraryFolder, NoRecords, library_options


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; the default is reached from this machine only.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Where to listen, 0 for any free port.",
            show_default="7860 or the next free one",
        ),
    ] = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Serve the page and print its address; Ctrl-C stops it."""
    from assistant.assistant import Assistant
    from assistant.web import serve as serve_page

    serve_page(Assistant.open(library_options(context, library_folder, no_records).open_library()), host, port)
    return 0

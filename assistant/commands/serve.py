"""Command `rapporteur serve`: serve the web page until Ctrl-C stops it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.memory import PAGE_BYTES
from assistant.commands.options import LibraryFolder, NoRecords, library_options
from assistant.commands.output import say
from assistant.commands.terminal.interrupts import interruptible

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.commands.session import LibraryOptions
    from assistant.web.users.who import Authentication

_STOPPED = "Rapporteur has stopped"

Host = Annotated[
    str,
    typer.Option(
        "--host", metavar="ADDRESS", help="Address to listen on; the default is reached from this machine only."
    ),
]
Port = Annotated[
    int | None,
    typer.Option(
        "--port",
        metavar="N",
        min=0,
        max=65535,
        help="Where to listen, 0 for any free port.",
        show_default="7860 or the next free one",
    ),
]
NoAuth = Annotated[
    bool,
    typer.Option("--no-auth", help="With --host: let whoever reaches that address read and change the library."),
]
Auth = Annotated[bool, typer.Option("--auth", help="Let users log in with a password; see rapporteur user.")]
AuthHeader = Annotated[
    str | None,
    typer.Option("--auth-header", metavar="NAME", help="Believe a proxy that names the user in this header."),
]
TrustedProxies = Annotated[
    list[str] | None,
    typer.Option("--trusted-proxy", metavar="ADDRESS", help="The address of that proxy (repeatable)."),
]
Notebooks = Annotated[
    list[str] | None,
    typer.Option(
        "--notebook",
        metavar="NAME=DIR",
        help="Serve this library as well, at /notebooks/NAME/; a new one is empty (repeatable).",
    ),
]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="NAME", help="Answer to this name as well (repeatable)."),
]


def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = None,
    no_auth: NoAuth = False,
    auth: Auth = False,
    auth_header: AuthHeader = None,
    trusted_proxy: TrustedProxies = None,
    allow_host: AllowedHosts = None,
    notebook: Notebooks = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
) -> int:
    """Serve the page and print its address; Ctrl-C stops it."""
    options = library_options(context, library_folder, no_records)
    with suppress(KeyboardInterrupt), interruptible(_STOPPED):
        authentication = _authentication(context, no_auth, auth, auth_header, trusted_proxy or ())
        _serve(options, host, port, no_auth, allow_host or (), authentication, notebook or ())
    say(_STOPPED)
    return 0


def _authentication(
    context: typer.Context, no_auth: bool, auth: bool, header: str | None, proxies: Sequence[str]
) -> "Authentication | None":
    """Return how users are told apart; None where nobody logs in.

    Raises:
        typer.TyperException: the options exclude each other.
    """
    if not (auth or header or proxies):
        return None
    if no_auth or (auth and header):
        context.fail("give one of --auth, --auth-header and --no-auth")
    from assistant.web.users.who import Authentication

    return Authentication.of(header, proxies)


def _serve(
    options: "LibraryOptions",
    host: str,
    port: int | None,
    no_auth: bool,
    allowed_hosts: Sequence[str],
    authentication: "Authentication | None",
    notebooks: Sequence[str],
) -> None:
    from assistant.assistant import Assistant
    from assistant.web.hosts import check_exposure, served_names
    from assistant.web.notebooks.notebook import Notebook, read_notebooks
    from assistant.web.server import serve as serve_page

    # Before the models and the library are opened, which takes seconds.
    check_exposure(host, no_auth or authentication is not None)
    served_names(host, allowed_hosts)
    folders = read_notebooks(notebooks, str(options.folder or options.read_settings().library))
    assistant = Assistant.open(options.open_library(PAGE_BYTES))
    others = [Notebook(name, _another(options, folder, assistant)) for name, folder in folders.items()]
    serve_page(assistant, host, port, no_auth, allowed_hosts, authentication, others)


def _another(options: "LibraryOptions", folder: str, first: "Assistant") -> "Assistant":
    """Return what answers from another library, with the models of the first one."""
    from assistant.assistant import Assistant

    encoder = first.library.encoder
    library = replace(options, open_encoder=lambda _: encoder, folder=folder, no_records=True).open_library()
    return Assistant(library, first.ranker, first.thresholds)

"""Serve the web page on a given port, or a free one, until it is interrupted; print its address."""

import errno
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.hosts import check_exposure, is_loopback, served_names
from assistant.web.notebooks.notebook import Notebook
from assistant.web.security import Application
from assistant.web.users.who import Authentication
from index.errors import RapporteurError

if TYPE_CHECKING:
    import uvicorn

    from assistant.web.connections import ConnectionLimits

PORT = 7860
_PORTS_TRIED = 20
STOPPED = "Rapporteur has stopped"
# From Ctrl-C to the end of the process at the latest; requests have a second of it to end by themselves.
_SECONDS_TO_END = 2.0
_SECONDS_BETWEEN_LOOKS = 0.1


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int | None = None,
    no_auth: bool = False,
    allowed_hosts: Sequence[str] = (),
    authentication: Authentication | None = None,
    notebooks: Sequence[Notebook] = (),
) -> None:
    """Serve the page until it is interrupted, and print its address once it can be opened.

    Args:
        assistant: answers the questions.
        host: the address to listen on; the default is reached from this machine only.
        port: the port, 0 for any free one; None takes 7860 or the next free one.
        no_auth: True to serve others, who are asked for no password.
        allowed_hosts: further names that the page answers to.
        authentication: how users are told apart; None where nobody logs in.
        notebooks: further libraries; the users of the first one log in to each.

    Raises:
        RapporteurError: the port is in use, the address is not one of this machine, or others reach it and `no_auth` is
            not set; or users are to log in, and there are none.
    """
    check_exposure(host, no_auth or authentication is not None)
    if authentication and not assistant.library.user_rows():
        no_password = " --no-password" if authentication.header else ""
        raise RapporteurError(
            f"the library has no users; add the first one with: rapporteur user add NAME --role admin{no_password}"
        )
    _check_users(notebooks, authentication)
    names = served_names(host, allowed_hosts)
    with listening(host, port) as listener:
        loading = threading.Thread(
            target=_warm_up, args=([assistant, *(each.assistant for each in notebooks)],), daemon=True
        )
        app = application(assistant, names, loading, authentication, notebooks)
        loading.start()  # side by side they take longer, and the page would open with the models instead of before them
        address = _address(listener)
        print(f"Rapporteur is at {address} (Ctrl-C stops it)", flush=True)
        if authentication is None and not is_loopback(host):
            sys.stderr.write(
                f"warning: whoever reaches {address} can read, change and remove this library; no password is asked\n"
            )
        server = server_of(app, believes_proxies=not (authentication and authentication.header))
        threading.Thread(target=_end_late, args=(server,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run([listener])


def server_of(
    app: Application, limits: "ConnectionLimits | None" = None, believes_proxies: bool = True
) -> "uvicorn.Server":
    """Return a server of the page; run it on a socket.

    Args:
        app: the page.
        limits: of connections; the usual ones when None.
        believes_proxies: take the sender's address and scheme from the headers of a proxy on this machine. Where a
            proxy also names the user, its own address is what counts.
    """
    import uvicorn

    from assistant.web.connections import ConnectionLimits, limited_connection

    config = uvicorn.Config(
        app,
        http=limited_connection(limits or ConnectionLimits()),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=believes_proxies,
        timeout_graceful_shutdown=1,  # the chat's event streams never end by themselves
    )
    return uvicorn.Server(config)


def listening(host: str, port: int | None) -> socket.socket:
    """Return a listening socket: connections made from now on wait until the server accepts them.

    Raises:
        RapporteurError: see `serve`.
    """
    if port is not None:
        return _bound(host, port)
    for candidate in range(PORT, PORT + _PORTS_TRIED):
        try:
            return _bound(host, candidate)
        except _PortInUse:
            continue
    return _bound(host, 0)


class _PortInUse(RapporteurError):
    pass


def _bound(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise RapporteurError(f"port {port} does not exist: give one from 1 to 65535, or --port 0 for a free one")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise RapporteurError(f"{host} is no address of this machine ({error.strerror}): use 127.0.0.1") from error
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _refused(error, host, port) from error
    return listener


def _refused(error: OSError, host: str, port: int) -> RapporteurError:
    if error.errno == errno.EADDRINUSE:
        return _PortInUse(f"port {port} of {host} is in use: give another one, or --port 0 for a free one")
    if error.errno == errno.EACCES:
        return RapporteurError(f"port {port} of {host} is not allowed to this user: give one above 1023")
    return RapporteurError(f"cannot listen on {host}, port {port} ({error.strerror}): use 127.0.0.1")


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _end_late(server: "uvicorn.Server") -> None:
    """End the process some seconds after it was told to, whatever still runs in it; the system frees all it holds."""
    while not server.should_exit:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # it names each request that is cut off
    time.sleep(_SECONDS_TO_END)
    print(STOPPED, flush=True)
    os._exit(0)


def _warm_up(assistants: Sequence[Assistant]) -> None:
    """Load models and libraries by a question of our own; an error is shown when a user's question meets it."""
    for assistant in assistants:
        with suppress(Exception):
            assistant.explain("What was said?")  # not counted as a question


def _check_users(notebooks: Sequence[Notebook], authentication: Authentication | None) -> None:
    for each in notebooks:
        if authentication and each.assistant.library.user_rows():
            raise RapporteurError(
                f"--notebook {each.name}: this library has users of its own, and only those of --library could log in;"
                " serve it by itself, or remove its users with rapporteur user remove"
            )

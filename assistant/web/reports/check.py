"""Check a report that a browser sends, and stream the progress and then the findings; the report is not kept."""

import asyncio
import json
import os
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.users.current import current_user
from assistant.web.endpoints import NO_STORE
from assistant.web.hosts import is_loopback_address
from assistant.web.language import current_language
from assistant.web.reports.events import error_event
from assistant.web.temporary import PageFolder

if TYPE_CHECKING:
    from fastapi import FastAPI

PATH = "/check"
# Each check is a process of low priority, so that many share the processor with each other and leave it to questions.
_AT_ONCE = 8
# Of these one other machine may have so many.
_OF_ONE_CLIENT = 4
_SECONDS = 300.0
# All reports that are being received or checked together.
_MOST_BYTES = 512 * 1024 * 1024
_LONGEST_NAME = 120
TOO_MANY = "Too many reports are being checked just now; try again in a minute."
_TOO_LONG = f"The check was given up after {_SECONDS:.0f} seconds; split the report."
_GIVEN_UP = "The check ended before its end; check the report again."
NO_ROOM = "The report cannot be kept on this machine while it is checked; free some space."
_ROOT = str(Path(__file__).resolve().parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from assistant.web.reports.process import main; main(*sys.argv[2:])"
)


class Checks:
    """The checks at work: how many there are, of whom, and how much they take on the disk.

    Args:
        location: of the library.
    """

    def __init__(self, location: str) -> None:
        self._location = location
        self._clients: Counter[str] = Counter()
        self._bytes = 0

    async def receive(self, request: Any, path: Path) -> bool:
        """Write a report into a file; return False when there is no room for it."""
        size = 0
        try:
            with path.open("wb") as file:
                async for part in request.stream():
                    size += len(part)
                    self._bytes += len(part)
                    if self._bytes > _MOST_BYTES:
                        return False
                    file.write(part)
            return True
        finally:
            self._bytes -= size

    @property
    def running(self) -> int:
        """The number of checks at work."""
        return self._clients.total()

    async def lines(self, client: str, path: Path, name: str, is_for_page: bool = True) -> AsyncIterator[bytes]:
        """Yield the lines of one check; its process ends when nobody reads them any more.

        Args:
            client: the address of who asks.
            path: of the report; it is removed at the end.
            name: of the report, as the user knows it.
            is_for_page: False to get the findings in `findings`, as `rapporteur verify --json` has them, without HTML.
        """
        if not self._has_place(client):
            yield _error_line(TOO_MANY)
            return
        self._clients[client] += 1
        process: asyncio.subprocess.Process | None = None
        try:
            process = await _start(self._location, path, name, is_for_page)
            async for line in _whole_lines(process):
                yield line
        except TimeoutError:
            yield _error_line(_TOO_LONG)
        finally:
            if process:
                with suppress(ProcessLookupError):
                    process.kill()
            self._clients[client] -= 1
            path.unlink(missing_ok=True)

    def _has_place(self, client: str) -> bool:
        has_share = is_loopback_address(client) or self._clients[client] < _OF_ONE_CLIENT
        return has_share and self._clients.total() < _AT_ONCE


def add_check(app: "FastAPI", checks: Checks, folder: PageFolder) -> None:
    """Let the page check a report: its bytes come as the body, its name in the address.

    The reply is lines of JSON: `{"done": n, "of": m}` now and then; at last `{"html": findings, "copy": the annotated
    report in base64 or null, "name": its file name}`, or `{"error": one line as HTML}`.

    Args:
        app: the page.
        checks: runs the checks.
        folder: for the reports while they are checked.
    """
    from fastapi import Request
    from fastapi.responses import StreamingResponse
    from starlette.background import BackgroundTask

    def reply(lines: AsyncIterator[bytes], path: Path | None = None) -> StreamingResponse:
        # The lines of a reply whose reader has left before the first one are never asked for: no `finally` runs there.
        clean_up = BackgroundTask(path.unlink, missing_ok=True) if path else None
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=NO_STORE, background=clean_up)

    async def check(request: Request, name: str) -> StreamingResponse:
        path: Path | None = None
        try:
            path = folder.new_path(report_suffix(name))
            is_here = await checks.receive(request, path)
        except BaseException as error:
            if path:
                path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                return reply(_one(NO_ROOM))
            raise
        if not is_here:
            return reply(_one(TOO_MANY), path)
        client = request.client.host if request.client else ""
        return reply(checks.lines(client, path, report_name(name)), path)

    # FastAPI looks names up in the module, where these are not.
    check.__annotations__.update({"request": Request, "return": Any})
    app.post(PATH)(check)


async def _start(location: str, path: Path, name: str, is_for_page: bool) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "utf8", "-c", _START, _ROOT, location, current_user().id, str(path), json.dumps(name)),
        *([current_language()] if is_for_page else []),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        # Ctrl-C in the terminal reaches the server, which then ends this process.
        process_group=0 if os.name == "posix" else None,
    )


async def _whole_lines(process: asyncio.subprocess.Process) -> AsyncIterator[bytes]:
    """Yield the lines that a process prints; the last one is an error where the process did not come to its end.

    Raises:
        TimeoutError: it takes too long.
    """
    assert process.stdout
    ends = asyncio.get_running_loop().time() + _SECONDS
    begun, is_found = b"", False
    while True:
        async with asyncio.timeout_at(ends):
            part = await process.stdout.read(1 << 16)
        if not part:
            break
        *lines, begun = (begun + part).split(b"\n")
        for line in lines:
            is_found = not line.startswith(b'{"done"')
            yield line + b"\n"
    if not is_found:
        yield _error_line(_GIVEN_UP)


def _error_line(message: str) -> bytes:
    return json.dumps(error_event(message)).encode() + b"\n"


async def _one(message: str) -> AsyncIterator[bytes]:
    yield _error_line(message)


def report_name(sent: str) -> str:
    """Return the report's file name without its folders, as it is shown and given back."""
    name = sent.replace("\\", "/").rsplit("/", 1)[-1].strip() or "report"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 20]}…{report_suffix(name)}"


def report_suffix(name: str) -> str:
    """Return the suffix of a name, where it is one of a few letters; nothing else of the name reaches the disk."""
    suffix = re.search(r"\.[a-z0-9]{1,8}$", name.strip().lower())
    return suffix.group() if suffix else ""

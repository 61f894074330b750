"""Checking a report that the browser sends: how far it is, then what was found. Nothing of it stays on this machine."""

import asyncio
import base64
import json
import logging
import re
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.verification.annotate import ANNOTATED_SUFFIXES, annotate_report
from assistant.verification.checker import Checker
from assistant.verification.readers.reader import read_report
from assistant.verification.readers.report import ReportRefused
from assistant.web.escaping import one_line
from assistant.web.reports.findings import findings
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

PATH = "/check"
# One keeps a core busy; more than these are told to come again.
_AT_ONCE = 1
_MOST_WAITING = 8
_LONGEST_NAME = 120
_BROKEN = "Something went wrong inside Rapporteur. The terminal that it runs in shows what."
_TOO_MANY = "Too many reports are being checked just now; try again in a minute."

# How many are checked between two lines that say how far it is.
_PARAGRAPHS = 20

Line = dict[str, Any]
Tell = Callable[[int, int], None]


class _Left(Exception):
    """Who asked for the check has gone."""


def add_check(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page check a report: its bytes come as the body, its name in the address.

    The reply is lines of JSON: `{"done": n, "of": m}` now and then; at last `{"html": findings, "copy": the annotated
    report in base64 or null, "name": its file name}`, or `{"trouble": one line as HTML}`.
    """
    from fastapi import Request
    from fastapi.responses import StreamingResponse

    workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="report")
    places = threading.Semaphore(_AT_ONCE + _MOST_WAITING)

    async def check(request: Request, name: str) -> Any:
        folder = tempfile.TemporaryDirectory(prefix="rapporteur-check-")
        path = Path(folder.name) / f"report{_suffix(name)}"
        try:
            with path.open("wb") as file:
                async for part in request.stream():
                    file.write(part)
        except BaseException:
            folder.cleanup()
            raise
        if not places.acquire(blocking=False):
            folder.cleanup()
            return reply(_one(_trouble(_TOO_MANY)))

        def done() -> None:
            places.release()
            folder.cleanup()

        return reply(_lines(workers, lambda tell: _outcome(assistant, path, _named(name), tell), done))

    def reply(lines: AsyncIterator[Line]) -> StreamingResponse:
        sent = ((json.dumps(line) + "\n").encode() async for line in lines)
        return StreamingResponse(sent, media_type="application/x-ndjson", headers={"cache-control": "no-store"})

    # FastAPI looks names up in the module, where Request is not.
    check.__annotations__["request"] = Request
    app.post(PATH)(check)


async def _one(line: Line) -> AsyncIterator[Line]:
    yield line


def _lines(workers: ThreadPoolExecutor, work: Callable[[Tell], Line], done: Callable[[], None]) -> AsyncIterator[Line]:
    """Begin the work; how far it is, then its outcome. It is given up when nobody takes the lines any more."""
    loop = asyncio.get_running_loop()
    said: asyncio.Queue[Line | None] = asyncio.Queue()
    left = threading.Event()

    def tell(part: int, of: int) -> None:
        if left.is_set():
            raise _Left
        if part == of or part % _PARAGRAPHS == 0:
            loop.call_soon_threadsafe(said.put_nowait, {"done": part, "of": of})

    working = workers.submit(work, tell)

    def ended(_: Any) -> None:
        done()
        if not loop.is_closed():
            loop.call_soon_threadsafe(said.put_nowait, None)

    working.add_done_callback(ended)

    async def lines() -> AsyncIterator[Line]:
        try:
            while (line := await said.get()) is not None:
                yield line
            yield working.result()
        finally:
            left.set()
            working.cancel()

    return lines()


def _outcome(assistant: Assistant, path: Path, name: str, tell: Tell) -> Line:
    try:
        report = replace(read_report(path), name=name)
        documents = assistant.library.documents()
        found = Checker(documents).check(report, tell)
        can_annotate = path.suffix in ANNOTATED_SUFFIXES
        copy = base64.b64encode(annotate_report(path, report, found)).decode() if can_annotate else None
        html = findings(found, len(documents), can_annotate)
        return {"html": html, "copy": copy, "name": _copy_name(name)}
    except ReportRefused as error:
        return _trouble(str(error).replace(str(path), name))
    except RapporteurError as error:
        return _trouble(str(error))
    except _Left:
        return _trouble("The check was given up.")
    except Exception:
        logging.getLogger(__name__).exception("a report could not be checked")
        return _trouble(_BROKEN)


def _trouble(line: str) -> Line:
    return {"trouble": f'<p class="refused" role="alert">{one_line(line)}</p>'}


def _named(sent: str) -> str:
    """The report's file name without its folders, as it is shown and given back."""
    name = sent.replace("\\", "/").rsplit("/", 1)[-1].strip() or "report"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 20]}…{_suffix(name)}"


def _suffix(name: str) -> str:
    """The ending of a name, where it is one of a few letters; of the name itself nothing reaches the disk."""
    found = re.search(r"\.[a-z0-9]{1,8}$", name.strip().lower())
    return found.group() if found else ""


def _copy_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} checked.{suffix}" if dot else f"{name} checked"

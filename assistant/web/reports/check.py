"""Check a report that a browser sends, and stream the progress and then the findings; the report is not kept."""

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
from assistant.verification.own_record import without_report
from assistant.verification.readers.report import ReportRefused, read_report
from assistant.web.endpoints import BROKEN, NO_STORE
from assistant.web.markup import alert
from assistant.web.reports.findings import render_findings
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

PATH = "/check"
# One check keeps a core busy; when this many more wait, the next ones are refused.
_AT_ONCE = 1
_MOST_WAITING = 8
_LONGEST_NAME = 120
_TOO_MANY = "Too many reports are being checked just now; try again in a minute."
_PARAGRAPHS = 20  # between two reports of the progress

Event = dict[str, Any]
ReportProgress = Callable[[int, int], None]


class _Cancelled(Exception):
    """Raised inside a check whose page was closed."""


def add_check(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page check a report: its bytes come as the body, its name in the address.

    The reply is lines of JSON: `{"done": n, "of": m}` now and then; at last `{"html": findings, "copy": the annotated
    report in base64 or null, "name": its file name}`, or `{"error": one line as HTML}`.
    """
    from fastapi import Request
    from fastapi.responses import StreamingResponse

    workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="report")
    places = threading.Semaphore(_AT_ONCE + _MOST_WAITING)

    async def check(request: Request, name: str) -> StreamingResponse:
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
            return reply(_one(_error(_TOO_MANY)))

        def clean_up() -> None:
            places.release()
            folder.cleanup()

        work = _events(workers, lambda report: _result(assistant, path, _file_name(name), report), clean_up)
        return reply(work)

    def reply(events: AsyncIterator[Event]) -> StreamingResponse:
        lines = ((json.dumps(event) + "\n").encode() async for event in events)
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=NO_STORE)

    # FastAPI looks names up in the module, where these are not.
    check.__annotations__.update({"request": Request, "return": Any})
    app.post(PATH)(check)


async def _one(event: Event) -> AsyncIterator[Event]:
    yield event


def _events(
    workers: ThreadPoolExecutor, work: Callable[[ReportProgress], Event], clean_up: Callable[[], None]
) -> AsyncIterator[Event]:
    """Start the work, and return its progress and then its result; it is cancelled when nobody reads them any more."""
    loop = asyncio.get_running_loop()
    progress: asyncio.Queue[Event | None] = asyncio.Queue()
    cancelled = threading.Event()

    def report(done: int, of: int) -> None:
        if cancelled.is_set():
            raise _Cancelled
        if done == of or done % _PARAGRAPHS == 0:
            loop.call_soon_threadsafe(progress.put_nowait, {"done": done, "of": of})

    result = workers.submit(work, report)

    def end(_: Any) -> None:
        clean_up()
        if not loop.is_closed():
            loop.call_soon_threadsafe(progress.put_nowait, None)

    result.add_done_callback(end)

    async def events() -> AsyncIterator[Event]:
        try:
            while (event := await progress.get()) is not None:
                yield event
            yield result.result()
        finally:
            cancelled.set()
            result.cancel()

    return events()


def _result(assistant: Assistant, path: Path, name: str, progress: ReportProgress) -> Event:
    try:
        report = replace(read_report(path), name=name)
        documents, own = without_report(assistant.library.documents(), report, path.read_bytes())
        findings = replace(Checker(documents).check(report, progress), own=own)
        can_annotate = path.suffix in ANNOTATED_SUFFIXES
        copy = base64.b64encode(annotate_report(path, report, findings)).decode() if can_annotate else None
        html = render_findings(findings, len(documents), can_annotate)
        return {"html": html, "copy": copy, "name": _copy_name(name)}
    except ReportRefused as error:
        return _error(str(error).replace(str(path), name))
    except RapporteurError as error:
        return _error(str(error))
    except _Cancelled:
        return _error("The check was given up.")
    except Exception:
        logging.getLogger(__name__).exception("a report could not be checked")
        return _error(BROKEN)


def _error(message: str) -> Event:
    return {"error": alert(message)}


def _file_name(sent: str) -> str:
    """Return the report's file name without its folders, as it is shown and given back."""
    name = sent.replace("\\", "/").rsplit("/", 1)[-1].strip() or "report"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 20]}…{_suffix(name)}"


def _suffix(name: str) -> str:
    """Return the suffix of a name, where it is one of a few letters; nothing else of the name reaches the disk."""
    suffix = re.search(r"\.[a-z0-9]{1,8}$", name.strip().lower())
    return suffix.group() if suffix else ""


def _copy_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} checked.{suffix}" if dot else f"{name} checked"

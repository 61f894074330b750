"""Endpoints of uploads: receive files for the ingest queue, report its progress, and cancel a batch."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.users.current import current_user
from assistant.users.private_documents import require_addition
from assistant.web.endpoints import Body, json_reply
from assistant.web.escaping import visible_line
from assistant.web.library.batch import Outcome
from assistant.web.library.queue import IngestQueue
from assistant.web.translated import translated
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

UPLOAD = "/library/files"
LONGEST_NAME = 255  # bytes of a file name, as most file systems have it
_LONGEST_PATH = 1_024  # characters of a name with the folders that it was dropped with
_FULL = "too much is waiting already"

# Drawn by the page: it cannot be guessed, and it means nothing to a file system.
BatchName = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class BatchRequest(Body):
    """The files that one page has sent."""

    batch: BatchName


class UploadRefused(Exception):
    """Raised for a file with an impossible name or too many bytes; the message says why."""


def add_uploads(app: "FastAPI", queue: IngestQueue, most: int) -> None:
    """Add the endpoints that receive files of at most `most` bytes, report their progress, and cancel waiting ones.

    Each reply is JSON. A refused file gets `{"refused": reason}`; one that must be sent again, since too much is
    waiting, `{"full": true}`.
    """
    from fastapi import Request

    async def send(request: Request, batch: BatchName, name: str, private: bool = False) -> Any:
        try:
            require_addition(private)
        except RapporteurError as error:
            return json_reply({"refused": translated(str(error))}, 200)
        return json_reply(await receive(queue, request, _own(batch), name, most, private))

    def status(batch: BatchName, after: Annotated[int, Field(ge=0, le=2**53)] = 0) -> Any:
        values = queue.status(_own(batch), after)
        values["progress"] = translated(values["progress"])
        for file in values["files"]:
            file["name"] = visible_line(file["name"])
            file["outcomes"] = [_translated(outcome) for outcome in file["outcomes"]]
        return json_reply(values)

    def cancel(body: BatchRequest) -> Any:
        queue.cancel(_own(body.batch))
        return json_reply({})

    def forget(body: BatchRequest) -> Any:
        queue.forget(_own(body.batch))
        return json_reply({})

    # FastAPI looks names up in the module, where Request is not.
    send.__annotations__["request"] = Request
    app.post(UPLOAD)(send)
    app.get(UPLOAD)(status)
    app.post(f"{UPLOAD}/cancel")(cancel)
    app.post(f"{UPLOAD}/forget")(forget)


def _translated(outcome: Outcome) -> Outcome:
    """Return an outcome in the language of the page."""
    known = {name: translated(outcome[name]) for name in ("reason", "citations") if outcome.get(name)}
    return {**outcome, **known, "warnings": [*map(translated, outcome.get("warnings", ()))]}


def _own(batch: str) -> str:
    """Return the name of a batch among those of all users: that of somebody else is one that does not exist."""
    return f"{current_user().id}/{batch}"


async def receive(
    queue: IngestQueue, request: Any, batch: str, sent_name: str, most: int, is_private: bool = False
) -> dict[str, Any]:
    """Put a file from the body of a request into the queue, and return the values of the reply."""
    from starlette.requests import ClientDisconnect

    try:
        name = file_name(sent_name)
        # The guard refuses requests that do not state their length, and the server holds them to it.
        size = int(request.headers.get("content-length", "0"))
        _check_size(size, most)
        path = queue.reserve(size)
        if path is None:
            return {"full": True, "reason": _FULL}
        try:
            if await _save(request, path, most, queue):
                return {"number": queue.put(batch, name, path, is_private).number}
        except BaseException:
            queue.discard(path)
            raise
        queue.discard(path)
        return {"full": True, "reason": _FULL}
    except UploadRefused as refused:
        return {"refused": translated(str(refused))}
    except OSError as error:
        return {"refused": translated(f"it cannot be kept on this machine ({error.strerror}); free some space")}
    except ClientDisconnect:  # nobody reads the reply
        return {}


async def _save(request: Any, path: Path, most: int, queue: IngestQueue) -> bool:
    """Write the body of a request into a file; return False when there is no room for the rest of it."""
    size = 0
    with path.open("wb") as file:
        async for part in request.stream():
            size += len(part)
            _check_size(size, most)
            if not queue.received(path, len(part)):
                return False
            file.write(part)
    return True


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise UploadRefused(f"it is over the limit of {most // 1024**2:,} MiB for a file; split it")


def file_name(sent: str) -> str:
    """Return a file's name as the browser sent it, with the folders that it was dropped with, joined by "/".

    Raises:
        UploadRefused: it holds no name, or a longer one than files have.
    """
    parts = [part for part in re.split(r"[/\\]", sent) if part.strip() and part not in (".", "..")]
    if not parts:
        raise UploadRefused("the file has no name")
    if len(parts[-1].encode()) > LONGEST_NAME:
        raise UploadRefused(f"its name has over {LONGEST_NAME} bytes; rename it")
    if sum(map(len, parts)) + len(parts) > _LONGEST_PATH:
        raise UploadRefused(
            f"its folders' names have over {_LONGEST_PATH:,} characters; add it from a folder nearer by"
        )
    return "/".join(parts)

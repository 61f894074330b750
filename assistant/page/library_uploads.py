"""Files that the browser sends to the library: each comes as the body of one request and is put in line."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.web.escaping import plain
from assistant.web.library.queue import AddingLine

if TYPE_CHECKING:
    from fastapi import FastAPI

UPLOAD = "/library/files"
LONGEST_NAME = 255  # bytes of a file name, as most file systems have it
_LONGEST_PATH = 1_024  # characters of a name with the folders that it was dropped with
_FULL = "too much is waiting already"

# Drawn by the page: nobody guesses it, and it means nothing to a file system.
SetName = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class OneSet(BaseModel):
    """The files that one page has sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    set: SetName


class NameRefused(Exception):
    """A file cannot have this name; the message says why."""


def add_uploads(app: "FastAPI", line: AddingLine, most: int) -> None:
    """Let the page send files, ask how far they are, and give up what is left.

    Each reply is JSON. A file that is not taken gets `{"refused": reason}`; one that must be sent again, since too much
    is waiting, `{"full": true}`.

    Args:
        app: what gets the endpoints.
        line: takes the files in.
        most: how large one file may be, in bytes.
    """
    from fastapi import Request
    from fastapi.responses import JSONResponse

    def reply(told: dict[str, Any]) -> JSONResponse:
        return JSONResponse(told, headers={"cache-control": "no-store"})

    async def send(request: Request, set: SetName, name: str) -> Any:
        return reply(await _put_in_line(line, request, set, name, most))

    def told(set: SetName, after: Annotated[int, Field(ge=0, le=2**53)] = 0) -> Any:
        said = line.told(set, after)
        for file in said["files"]:
            file["name"] = plain(file["name"])
        return reply(said)

    def give_up(sent: OneSet) -> Any:
        line.give_up(sent.set)
        return reply({})

    def forget(sent: OneSet) -> Any:
        line.forget(sent.set)
        return reply({})

    # FastAPI looks names up in the module, where Request is not.
    send.__annotations__["request"] = Request
    app.post(UPLOAD)(send)
    app.get(UPLOAD)(told)
    app.post("/library/files/give-up")(give_up)
    app.post("/library/files/forget")(forget)


async def _put_in_line(line: AddingLine, request: Any, of: str, name: str, most: int) -> dict[str, Any]:
    """Take a file from the body of a request; what the page is told of it."""
    from starlette.requests import ClientDisconnect

    try:
        known_as = named(name)
        # The guard lets no request through that does not say its length, and the server holds it to that.
        size = int(request.headers.get("content-length", "0"))
        if size > most:
            raise NameRefused(too_large(most))
        path = line.place(size)
        if path is None:
            return {"full": True, "reason": _FULL}
        try:
            await _received(request, path, most)
            return {"number": line.put(of, known_as, path).number}
        except BaseException:
            line.give_back(path)
            raise
    except NameRefused as refused:
        return {"refused": str(refused)}
    except OSError as error:
        return {"refused": f"it cannot be kept on this machine ({error.strerror}); free some space"}
    except ClientDisconnect:  # nobody is there to read a reply
        return {}


def named(sent: str) -> str:
    """A file's name as the browser sent it, with the folders that it was dropped with; only text, parted by "/".

    Raises:
        NameRefused: it holds no name, or a longer one than files have.
    """
    parts = [part for part in re.split(r"[/\\]", sent) if part.strip() and part not in (".", "..")]
    if not parts:
        raise NameRefused("the file has no name")
    if len(parts[-1].encode()) > LONGEST_NAME:
        raise NameRefused(f"its name has over {LONGEST_NAME} bytes; rename it")
    if sum(map(len, parts)) + len(parts) > _LONGEST_PATH:
        raise NameRefused(f"its folders' names have over {_LONGEST_PATH:,} characters; add it from a folder nearer by")
    return "/".join(parts)


def too_large(most: int) -> str:
    """Why a file of more than so many bytes is refused."""
    return f"it is over the limit of {most // 1024**2:,} MiB for a file; split it"


async def _received(request: Any, path: Path, most: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise NameRefused(too_large(most))
            file.write(part)

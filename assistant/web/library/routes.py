"""The open endpoints of the library's table: each takes what a browser sent, checks it, and answers in JSON."""

import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from assistant.evidence.evidence_list import EvidenceList
from assistant.web.escaping import plain
from assistant.web.library import facts as library_facts
from assistant.web.library.facts import FactRefused
from assistant.web.library.queue import IngestQueue
from assistant.web.library.table import chosen, rows
from corpus.discovery.find import SUFFIXES
from corpus.document import Document
from corpus.facts import FACTS
from index.errors import LibraryError, RapporteurError
from index.library import Library
from index.values import DocumentSummary

if TYPE_CHECKING:
    from fastapi import FastAPI

# More than one removal is ever asked for, and the ids fit the body.
_MOST_CHOSEN = 20_000
# More than any fact may have, so that a long one is refused in words.
_LONGEST_SENT = 20_000
_BROKEN = "Something went wrong inside Rapporteur. The terminal that it runs in shows what."
RecordId = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Chosen(_Asked):
    """Some records of the table."""

    records: Annotated[list[RecordId], Field(min_length=1, max_length=_MOST_CHOSEN)]


class Correction(_Asked):
    """A record, and what its facts are; null takes a correction back."""

    record: RecordId
    changes: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=_LONGEST_SENT)] | None],
        Field(min_length=1, max_length=len(FACTS)),
    ]


def add_library(app: "FastAPI", library: Library, most: int) -> None:
    """Let the page show the library's records, correct and remove them, and give their originals back.

    What cannot be done is `{"trouble": one line}`; a fact that cannot be so `{"field": its name, "wrong": one line}`.

    Args:
        app: what gets the endpoints.
        library: what is shown and changed.
        most: how large a file may be that is added, in bytes; the page says so before it sends one.
    """
    from fastapi.responses import JSONResponse, Response

    def reply(work: Callable[[], dict[str, Any]], wrong: int = 200) -> JSONResponse:
        told = _told(work)
        status = wrong if "trouble" in told else 200
        return JSONResponse(told, status, headers={"cache-control": "no-store"})

    def records() -> Any:
        return reply(lambda: {"records": rows(library), "most": most, "kinds": [*SUFFIXES]})

    def facts(record: RecordId) -> Any:
        return reply(lambda: _with(library, [record], lambda held: _facts(library, record, _document(library, held))))

    def correct(sent: Correction) -> Any:
        def work(held: Sequence[DocumentSummary]) -> dict[str, Any]:
            found = library_facts.correct(library, _document(library, held), sent.changes)
            return _facts(library, sent.record, found)

        return reply(lambda: _with(library, [sent.record], work))

    def removal(sent: Chosen) -> Any:
        return reply(lambda: _with(library, sent.records, lambda held: {"asks": asked(library, held)}))

    def remove(sent: Chosen) -> Any:
        def work(held: Sequence[DocumentSummary]) -> dict[str, Any]:
            return {"removed": len(library.remove_texts(*(record.id for record in held)))}

        return reply(lambda: _with(library, sent.records, work))

    def original(record: RecordId) -> Any:
        kept: list[Response] = []

        def work(held: Sequence[DocumentSummary]) -> dict[str, Any]:
            (found,) = held
            file = library.original(found.name)
            if file is None:
                raise LibraryError("The file of this record was not kept; its text is shown by a click on its title.")
            headers = {"content-disposition": attachment(found.name), "cache-control": "no-store"}
            # Never what the file says it is: a browser is to save it, not to show it.
            kept.append(Response(file[0], media_type="application/octet-stream", headers=headers))
            return {}

        refused = reply(lambda: _with(library, [record], work), 404)
        return kept[0] if kept else refused

    app.get("/library/records")(records)
    app.get("/library/facts/{record}")(facts)
    app.get("/library/original/{record}")(original)
    app.post("/library/correct")(correct)
    app.post("/library/removal")(removal)
    app.post("/library/remove")(remove)


def asked(library: Library, records: Sequence[DocumentSummary]) -> str:
    """What a removal takes away, and what it leaves without its record, in a line or two."""
    goes = f"{_many(len(records), 'record')} with {_many(sum(record.passages for record in records), 'passage')}"
    ids = {record.id for record in records}
    cited = [item.citation for item in EvidenceList(library).items() if item.citation]
    count = sum(citation.document.id in ids for citation in cited)
    them = "it" if len(records) == 1 else "them"
    if not count:
        return f"{goes}. No quotation in your evidence list cites {them}."
    cites = (
        "1 quotation in your evidence list cites" if count == 1 else f"{count} quotations in your evidence list cite"
    )
    return f"{goes}. {cites} {them}; the words stay in the list, marked as gone."


def attachment(name: str) -> str:
    """The header that has a browser save a file under the last part of a name, and never show it."""
    return f"attachment; filename*=UTF-8''{quote(name.rsplit('/', 1)[-1], safe='')}"


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except FactRefused as refused:
        return {"field": refused.field, "wrong": plain(str(refused))}
    except RapporteurError as error:
        return {"trouble": plain(str(error))}
    except Exception:
        logging.getLogger(__name__).exception("the library could not do what the page asked for")
        return {"trouble": _BROKEN}


def _with(
    library: Library, ids: Sequence[str], work: Callable[[Sequence[DocumentSummary]], dict[str, Any]]
) -> dict[str, Any]:
    try:
        return work(chosen(library, ids))
    except LibraryError:
        chosen(library, ids)  # says it in the table's words where one of them went meanwhile
        raise


def _document(library: Library, held: Sequence[DocumentSummary]) -> Document:
    (found,) = held
    return library.document(found.name)


def _facts(library: Library, record: str, document: Document) -> dict[str, Any]:
    return {"record": record, **library_facts.facts(library, document)}


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


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


def add_uploads(app: "FastAPI", line: IngestQueue, most: int) -> None:
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


async def _put_in_line(line: IngestQueue, request: Any, of: str, name: str, most: int) -> dict[str, Any]:
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

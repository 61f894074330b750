"""The open endpoints of the library's table: each takes what a browser sent, checks it, and answers in JSON."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from assistant.evidence_list import EvidenceList
from assistant.page.escaping import plain
from assistant.page.library_records import chosen, passages_of, rows
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.reading import MEDIA_TYPES
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

# More than one removal is ever asked for, and its names fit the body.
_MOST_CHOSEN = 20_000
RecordId = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Chosen(BaseModel):
    """Some records of the table."""

    model_config = ConfigDict(extra="forbid", strict=True)

    records: Annotated[list[RecordId], Field(min_length=1, max_length=_MOST_CHOSEN)]


def add_library(app: "FastAPI", library: Library, most: int) -> None:
    """Let the page show the library's records, correct and remove them, and give their originals back.

    What cannot be done is `{"trouble": one line}`.

    Args:
        app: what gets the endpoints.
        library: what is shown and changed.
        most: how large a file may be that is added, in bytes; the page says so before it sends one.
    """
    from fastapi.responses import JSONResponse

    def reply(work: Callable[[], dict[str, Any]]) -> JSONResponse:
        try:
            told = work()
        except (RapporteurError, CorpusError) as error:
            told = {"trouble": plain(str(error))}
        return JSONResponse(told, headers={"cache-control": "no-store"})

    def removal(sent: Chosen) -> Any:
        return reply(lambda: {"asks": asked(library, chosen(library, sent.records))})

    def remove(sent: Chosen) -> Any:
        def work() -> dict[str, Any]:
            names = [document.name for document in chosen(library, sent.records)]
            for name in names:
                library.remove(name)
            return {"removed": len(names)}

        return reply(work)

    def records() -> Any:
        return reply(lambda: {"records": rows(library), "most": most, "kinds": [*MEDIA_TYPES, ".zip"]})

    app.get("/library/records")(records)
    app.post("/library/removal")(removal)
    app.post("/library/remove")(remove)


def asked(library: Library, documents: Sequence[Document]) -> str:
    """What a removal takes away, and what it leaves without its record, in a line or two."""
    passages = passages_of(library)
    count = sum(passages.get(document.name, 0) for document in documents)
    goes = f"{_many(len(documents), 'record')} with {_many(count, 'passage')}"
    ids = {document.id for document in documents}
    cited = sum(
        item.citation is not None and item.citation.document.id in ids for item in EvidenceList(library).items()
    )
    if not cited:
        return f"{goes}. No quotation in your evidence list cites {'it' if len(documents) == 1 else 'them'}."
    cites = (
        "1 quotation in your evidence list cites" if cited == 1 else f"{cited} quotations in your evidence list cite"
    )
    return f"{goes}. {cites} {'it' if len(documents) == 1 else 'them'}; the words stay in the list, marked as gone."


def attachment(name: str) -> str:
    """The header that has a browser save a file under its name, and never show it."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"

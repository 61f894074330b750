"""The open endpoints of the evidence list: each takes what a browser sent, checks it, and gives the list back."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.evidence.evidence_list import EvidenceList
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.web.chat.clipboard import Form, copy
from assistant.web.chat.source_links import Mark, Place, marked, resolve
from assistant.web.chat.sources import section_of
from assistant.web.escaping import one_line
from assistant.web.evidence.panel import evidence
from index.errors import LibraryError, RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

Id = Annotated[int, Field(ge=1, le=2**53)]
Offset = Annotated[int, Field(ge=0, le=2**40)]
# More than any note may have, so that a long one is refused in words.
_LONGEST_SENT = 20_000


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Added(_Sent):
    """A quotation of the page, by the name of its place."""

    place: Annotated[str, Field(max_length=64)]


class Marked(_Sent):
    """Words marked in a record: the record, and for both ends the piece and the code points before it."""

    record: Annotated[str, Field(max_length=64)]
    first: Offset
    first_offset: Offset
    last: Offset
    last_offset: Offset


class Chosen(_Sent):
    """One item."""

    id: Id


class Moved(Chosen):
    """One item and its way."""

    by: Literal[-1, 1]


class Written(Chosen):
    """One item and what stands in one of its fields."""

    field: Literal["note", "heading"]
    words: Annotated[str, Field(max_length=_LONGEST_SENT)]


def add_evidence(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page show and change the library's evidence list."""
    from fastapi.responses import HTMLResponse

    kept = EvidenceList(assistant.library)

    def listed(change: Callable[[], Any]) -> HTMLResponse:
        refused = ""
        try:
            change()
        except RapporteurError as error:
            refused = str(error)
        try:
            html = evidence(kept.items(), kept.removed(), refused)
        except RapporteurError as error:
            html = f'<p class="refused" role="alert">{one_line(str(error))}</p>'
        return HTMLResponse(html, headers={"cache-control": "no-store"})

    def cite(place: Place) -> int:
        if place.span is None:
            raise LibraryError("This link names a whole record. Mark the words that you want to add.")
        return kept.add(Citation(place.document, place.span, section_of(place, assistant.settings)))

    def add(sent: Added) -> Any:
        return listed(lambda: cite(resolve(assistant.library, sent.place)))

    def mark(sent: Marked) -> Any:
        first, last = Mark(sent.first, sent.first_offset), Mark(sent.last, sent.last_offset)
        return listed(lambda: cite(marked(resolve(assistant.library, sent.record).document, first, last)))

    def write(sent: Written) -> Any:
        change = kept.note if sent.field == "note" else kept.heading
        return listed(lambda: change(sent.id, sent.words))

    app.get("/evidence")(lambda: listed(lambda: None))
    app.post("/evidence/add")(add)
    app.post("/evidence/mark")(mark)
    app.post("/evidence/write")(write)
    _add_order(app, kept, listed)
    _add_copy(app, assistant)


def _add_order(app: "FastAPI", kept: EvidenceList, listed: Callable[[Callable[[], Any]], Any]) -> None:
    def move(sent: Moved) -> Any:
        return listed(lambda: kept.move(sent.id, sent.by))

    def remove(sent: Chosen) -> Any:
        return listed(lambda: kept.remove(sent.id))

    app.post("/evidence/move")(move)
    app.post("/evidence/remove")(remove)
    app.post("/evidence/remove-all")(lambda: listed(lambda: kept.remove(*(item.id for item in kept.items()))))
    app.post("/evidence/undo")(lambda: listed(kept.undo))


def _add_copy(app: "FastAPI", assistant: Assistant) -> None:
    from fastapi.responses import JSONResponse

    def copied(place: str, form: Form, style: str = "apa") -> Any:
        try:
            found = resolve(assistant.library, place)
            if found.span is None or style not in STYLE_FILES:  # never a path: this comes from a browser
                raise LibraryError("This link names no citation.")
            citation = Citation(found.document, found.span, section_of(found, assistant.settings))
            made = copy(citation, form, Style.of(style), date.today())
        except RapporteurError as error:
            return JSONResponse({"trouble": str(error)}, headers={"cache-control": "no-store"})
        return JSONResponse({"plain": made.plain, "html": made.html}, headers={"cache-control": "no-store"})

    app.get("/citation/{place}")(copied)

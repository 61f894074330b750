"""Endpoints of the evidence list: each checks the request, makes one change, and replies with the list."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from assistant.assistant import Assistant
from assistant.evidence.evidence_list import EvidenceList
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.web.chat.clipboard import CopyFormat, copy_citation
from assistant.web.chat.source_links import SelectionEnd, SourceLink, link_selection, resolve_link
from assistant.web.chat.sources import cite
from assistant.web.endpoints import LONGEST_TEXT, Body, html_reply, json_reply
from assistant.web.evidence.panel import render_evidence
from assistant.web.markup import alert
from index.errors import LibraryError, RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

Id = Annotated[int, Field(ge=1, le=2**53)]
Offset = Annotated[int, Field(ge=0, le=2**40)]
LinkName = Annotated[str, Field(max_length=64)]


class AddLink(Body):
    """A quotation of the page, by the name of its link."""

    place: LinkName


class AddSelection(Body):
    """Words selected in a record: for both ends the start of the block and the code points before it in the block."""

    record: LinkName
    first: Offset
    first_offset: Offset
    last: Offset
    last_offset: Offset


class ListedItem(Body):
    """One item of the list."""

    id: Id


class Move(ListedItem):
    """One item and the direction in which it moves."""

    by: Literal[-1, 1]


class Write(ListedItem):
    """One item and the text of one of its fields."""

    field: Literal["note", "heading"]
    words: Annotated[str, Field(max_length=LONGEST_TEXT)]


def add_evidence(app: "FastAPI", assistant: Assistant) -> None:
    """Let the page show and change the library's evidence list."""
    evidence = EvidenceList(assistant.library)

    def reply(change: Callable[[], Any] = lambda: None) -> Any:
        refused = ""
        try:
            change()
        except RapporteurError as error:
            refused = str(error)
        try:
            return html_reply(render_evidence(evidence.items(), evidence.removed(), refused))
        except RapporteurError as error:
            return html_reply(alert(str(error)))

    def add_quotation(link: SourceLink) -> None:
        if link.span is None:
            raise LibraryError("This link names a whole record. Mark the words that you want to add.")
        evidence.add(cite(link, assistant.settings))

    def add(body: AddLink) -> Any:
        return reply(lambda: add_quotation(resolve_link(assistant.library, body.place)))

    def mark(body: AddSelection) -> Any:
        first, last = SelectionEnd(body.first, body.first_offset), SelectionEnd(body.last, body.last_offset)
        return reply(
            lambda: add_quotation(link_selection(resolve_link(assistant.library, body.record).document, first, last))
        )

    app.get("/evidence")(lambda: reply())
    app.post("/evidence/add")(add)
    app.post("/evidence/mark")(mark)
    _add_changes(app, evidence, reply)
    _add_copy(app, assistant)


def _add_changes(app: "FastAPI", evidence: EvidenceList, reply: Callable[[Callable[[], Any]], Any]) -> None:
    def write(body: Write) -> Any:
        change = evidence.note if body.field == "note" else evidence.heading
        return reply(lambda: change(body.id, body.words))

    def move(body: Move) -> Any:
        return reply(lambda: evidence.move(body.id, body.by))

    def remove(body: ListedItem) -> Any:
        return reply(lambda: evidence.remove(body.id))

    app.post("/evidence/write")(write)
    app.post("/evidence/move")(move)
    app.post("/evidence/remove")(remove)
    app.post("/evidence/remove-all")(lambda: reply(lambda: evidence.remove(*(item.id for item in evidence.items()))))
    app.post("/evidence/undo")(lambda: reply(evidence.undo))


def _add_copy(app: "FastAPI", assistant: Assistant) -> None:
    def copy(place: str, form: CopyFormat, style: str = "apa") -> Any:
        try:
            link = resolve_link(assistant.library, place)
            if link.span is None or style not in STYLE_FILES:  # never a path: this comes from a browser
                raise LibraryError("This link names no citation.")
            text = copy_citation(cite(link, assistant.settings), form, Style.of(style), date.today())
        except RapporteurError as error:
            return json_reply({"error": str(error)})
        return json_reply({"plain": text.plain, "html": text.html})

    app.get("/citation/{place}")(copy)

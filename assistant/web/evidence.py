"""Evidence view of the web page: the saved quotations as HTML, and the endpoints that change the list."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from assistant.assistant import Assistant
from assistant.evidence.evidence_list import LONGEST_HEADING, LONGEST_NOTE, EvidenceItem, EvidenceList
from assistant.export.bibliography.style import STYLE_FILES, Style
from assistant.heading import source_heading
from assistant.web.chat.clipboard import CopyFormat, copy_citation
from assistant.web.chat.source_links import SelectionEnd, SourceLink, link_selection, resolve_link
from assistant.web.chat.sources import cite
from assistant.web.endpoints import LONGEST_TEXT, Body, changed_reply, json_reply
from assistant.web.escaping import escape, escape_input, escape_line
from assistant.web.language import current_language, text
from assistant.web.markup import action_row, alert, copy_buttons, excerpt, open_link
from index.errors import LibraryError, RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

Id = Annotated[int, Field(ge=1, le=2**53)]
Offset = Annotated[int, Field(ge=0, le=2**40)]
LinkName = Annotated[str, Field(max_length=64)]
_UNDO_CHARACTERS = 36  # of a removed quotation on the button that puts it back


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
        return changed_reply(change, lambda refused: render_evidence(evidence.items(), evidence.removed(), refused))

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


def render_evidence(items: Sequence[EvidenceItem], removed: Sequence[str], refused: str) -> str:
    """Render the list with its fields and buttons.

    Args:
        items: the items in order.
        removed: the quotations that an undo would put back.
        refused: the reason why the last change was refused, in one line; empty when it was made.
    """
    about = text("evidence.count", len(items)) if items else text("evidence.none")
    listed = "".join(_item(number, item, len(items)) for number, item in enumerate(items, start=1))
    return (
        f'<section class="evidence"><h2 tabindex="-1">{text("evidence.title")}</h2>{alert(refused)}'
        f'<p class="count">{about}</p>'
        f'{_buttons(items, removed)}<ol class="items">{listed}</ol></section>'
    )


def _buttons(items: Sequence[EvidenceItem], removed: Sequence[str]) -> str:
    buttons = []
    if items:
        buttons.append(
            f'<button type="button" class="primary" data-export="evidence">{text("evidence.export")}</button>'
        )
        buttons.append(f'<button type="button" data-remove-all>{text("evidence.remove_all")}</button>')
    if removed:
        one = text("evidence.undo", quotation=escape(excerpt(removed[0], _UNDO_CHARACTERS)))
        words = one if len(removed) == 1 else text("evidence.undo_several", len(removed))
        buttons.append(f'<button type="button" data-undo>{words}</button>')
    return action_row(*buttons)


def _item(number: int, item: EvidenceItem, total: int) -> str:
    link = SourceLink(item.citation.document, item.citation.span) if item.citation else None
    place = f' data-place="{link.name}"' if link else ""
    return (
        f'<li data-item="{item.id}"{place}>{_heading(number, item)}'
        f"<blockquote>{escape_line(item.quote)}</blockquote>{_source(item, link)}{_note(number, item)}"
        f'<div class="tools">{_move_buttons(number, total)}{copy_buttons(link) if link else ""}'
        f'<button type="button" data-remove aria-label="{text("evidence.remove_label", n=number)}">'
        f"{text('evidence.remove')}</button></div></li>"
    )


def _heading(number: int, item: EvidenceItem) -> str:
    return (
        f'<input class="heading" data-write="heading" maxlength="{LONGEST_HEADING}" autocomplete="off"'
        f' aria-label="{text("evidence.heading_label", n=number)}" placeholder="{text("evidence.heading")}"'
        f' value="{escape_input(item.heading)}">'
    )


def _source(item: EvidenceItem, link: SourceLink | None) -> str:
    state = item.resolution.state.value
    if item.citation and link:
        about = (item.citation.said_by, str(item.citation.pages or ""))
        pages = "".join(f" · {escape_line(words)}" for words in about if words)
        moved = f" · {text('evidence.moved')}" if state == "moved" else ""
        heading = source_heading(item.citation.document, current_language())
        return f'<p class="about">{open_link(link, heading)}{pages}{moved}</p>'
    label = f"{text(f'evidence.state_{state}')}{text('evidence.colon')}"
    return (
        f'<p class="about">{escape_line(item.reference)}</p><p class="lost"><strong>{label}</strong>'
        f" {escape_line(item.trouble)}</p>"
    )


def _note(number: int, item: EvidenceItem) -> str:
    return (
        f'<textarea data-write="note" rows="1" maxlength="{LONGEST_NOTE}" placeholder="{text("evidence.note")}"'
        f' aria-label="{text("evidence.note_label", n=number)}">\n{escape_input(item.note)}</textarea>'
    )


def _move_buttons(number: int, total: int) -> str:
    buttons = []
    for by, sign, direction, at_end in ((-1, "↑", "up", number == 1), (1, "↓", "down", number == total)):
        label = f'aria-label="{text(f"evidence.{direction}_label", n=number)}"{" disabled" if at_end else ""}'
        buttons.append(f'<button type="button" data-move="{by}" {label}>{sign}</button>')
    return "".join(buttons)

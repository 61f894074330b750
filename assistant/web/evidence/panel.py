"""Render the evidence list of the web page: each quotation with its source, note, heading and buttons."""

from collections.abc import Sequence

from assistant.answer import source_heading
from assistant.evidence.evidence_list import LONGEST_HEADING, LONGEST_NOTE, EvidenceItem
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_input, escape_line
from assistant.web.markup import action_row, alert, copy_buttons, count, excerpt, open_link

_EMPTY = (
    "Nothing is put aside yet. “Add to evidence” stands beside every quotation of an answer, and below a record whose"
    " words you have marked."
)
_UNDO_CHARACTERS = 36  # of a removed quotation on the button that puts it back


def render_evidence(items: Sequence[EvidenceItem], removed: Sequence[str], refused: str = "") -> str:
    """Render the list with its fields and buttons.

    Args:
        items: the items in order.
        removed: the quotations that an undo would put back.
        refused: the reason why the last change was refused, in one line; empty when it was made.
    """
    total = count(len(items), "quotation")
    about = f"{total}, kept in the library for your report. They stay when you close the page." if items else _EMPTY
    listed = "".join(_item(number, item, len(items)) for number, item in enumerate(items, start=1))
    return (
        f'<section class="evidence"><h2 tabindex="-1">Evidence</h2>{alert(refused)}<p class="count">{about}</p>'
        f'{_buttons(items, removed)}<ol class="items">{listed}</ol></section>'
    )


def _buttons(items: Sequence[EvidenceItem], removed: Sequence[str]) -> str:
    buttons = []
    if items:
        buttons.append('<button type="button" class="primary" data-export="evidence">Export …</button>')
        buttons.append('<button type="button" data-remove-all>Remove all</button>')
    if removed:
        quotation = f"“{escape(excerpt(removed[0], _UNDO_CHARACTERS))}”"
        words = quotation if len(removed) == 1 else count(len(removed), "quotation")
        buttons.append(f'<button type="button" data-undo>Undo: put {words} back</button>')
    return action_row(*buttons)


def _item(number: int, item: EvidenceItem, total: int) -> str:
    link = SourceLink(item.citation.document, item.citation.span) if item.citation else None
    place = f' data-place="{link.name}"' if link else ""
    return (
        f'<li data-item="{item.id}"{place}>{_heading(number, item)}'
        f"<blockquote>{escape_line(item.quote)}</blockquote>{_source(item, link)}{_note(number, item)}"
        f'<div class="tools">{_move_buttons(number, total)}{copy_buttons(link) if link else ""}'
        f'<button type="button" data-remove aria-label="Remove quotation {number}">Remove</button></div></li>'
    )


def _heading(number: int, item: EvidenceItem) -> str:
    return (
        f'<input class="heading" data-write="heading" maxlength="{LONGEST_HEADING}" autocomplete="off"'
        f' aria-label="Heading above quotation {number}" placeholder="Heading above (optional)"'
        f' value="{escape_input(item.heading)}">'
    )


def _source(item: EvidenceItem, link: SourceLink | None) -> str:
    state = item.resolution.state.value
    if item.citation and link:
        pages = f" · {escape_line(str(item.citation.pages))}" if item.citation.pages else ""
        moved = " · moved since it was added" if state == "moved" else ""
        return f'<p class="about">{open_link(link, source_heading(item.citation))}{pages}{moved}</p>'
    return (
        f'<p class="about">{escape_line(item.reference)}</p><p class="lost"><strong>{state.capitalize()}:</strong>'
        f" {escape_line(item.trouble)}</p>"
    )


def _note(number: int, item: EvidenceItem) -> str:
    return (
        f'<textarea data-write="note" rows="1" maxlength="{LONGEST_NOTE}" aria-label="Note on quotation {number}"'
        f' placeholder="Note">\n{escape_input(item.note)}</textarea>'
    )


def _move_buttons(number: int, total: int) -> str:
    buttons = []
    for by, sign, direction, at_end in ((-1, "↑", "up", number == 1), (1, "↓", "down", number == total)):
        label = f'aria-label="Move quotation {number} {direction}"{" disabled" if at_end else ""}'
        buttons.append(f'<button type="button" data-move="{by}" {label}>{sign}</button>')
    return "".join(buttons)

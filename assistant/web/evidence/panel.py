"""The evidence list as the panel shows it."""

from collections.abc import Sequence

from assistant.answer import source_heading
from assistant.evidence.evidence_list import LONGEST_HEADING, LONGEST_NOTE, EvidenceItem
from assistant.web.chat.clipboard import Form
from assistant.web.chat.source_links import Place
from assistant.web.escaping import one_line, shown, typed

_EMPTY = (
    "Nothing is put aside yet. “Add to evidence” stands beside every quotation of an answer, and below a record whose"
    " words you have marked."
)
_LABELS = {Form.TEXT: "Copy as citation", Form.MARKDOWN: "Markdown", Form.BIBTEX: "BibTeX"}
_UNDONE = 36  # characters of a removed quotation on the button that puts it back


def evidence(items: Sequence[EvidenceItem], removed: Sequence[str], refused: str = "") -> str:
    """The list with its fields and buttons.

    Args:
        items: in their order.
        removed: the quotations that an undo would put back.
        refused: why the last change was not made, in one line; empty when it was.
    """
    told = f'<p class="refused" role="alert">{one_line(refused)}</p>' if refused else ""
    many = "1 quotation" if len(items) == 1 else f"{len(items)} quotations"
    count = f"{many}, kept in the library for your report. They stay when you close the page." if items else _EMPTY
    listed = "".join(_item(number, item, len(items)) for number, item in enumerate(items, start=1))
    return (
        f'<section class="evidence"><h2 tabindex="-1">Evidence</h2>{told}<p class="count">{count}</p>'
        f'{_buttons(items, removed)}<ol class="items">{listed}</ol></section>'
    )


def copies(place: Place) -> str:
    """The buttons that copy a citation; the first as formatted text."""
    made = []
    for form, label in _LABELS.items():
        named = "" if form is Form.TEXT else f' aria-label="Copy as {label}"'
        made.append(f'<button type="button" data-copy="{place.name}" data-form="{form}"{named}>{label}</button>')
    return f'<span class="copies">{"".join(made)}</span>'


def _buttons(items: Sequence[EvidenceItem], removed: Sequence[str]) -> str:
    made = []
    if items:
        made.append('<button type="button" class="primary" data-export="evidence">Export …</button>')
        made.append('<button type="button" data-remove-all>Remove all</button>')
    if removed:
        made.append(f'<button type="button" data-undo>Undo: put {_named(removed)} back</button>')
    return f'<div class="actions">{"".join(made)}</div>' if made else ""


def _named(removed: Sequence[str]) -> str:
    if len(removed) > 1:
        return f"{len(removed)} quotations"
    words = " ".join(removed[0].split())
    return f"“{shown(words if len(words) <= _UNDONE else words[:_UNDONE].rsplit(' ', 1)[0] + ' …')}”"


def _item(number: int, item: EvidenceItem, count: int) -> str:
    citation = item.citation
    place = Place(citation.document, citation.span) if citation else None
    named = f' data-place="{place.name}"' if place else ""
    return (
        f'<li data-item="{item.id}"{named}>{_heading(number, item)}'
        f"<blockquote>{one_line(item.quote)}</blockquote>{_source(item, place)}{_note(number, item)}"
        f'<div class="tools">{_moves(number, count)}{copies(place) if place else ""}'
        f'<button type="button" data-remove aria-label="Remove quotation {number}">Remove</button></div></li>'
    )


def _heading(number: int, item: EvidenceItem) -> str:
    return (
        f'<input class="heading" data-write="heading" maxlength="{LONGEST_HEADING}" autocomplete="off"'
        f' aria-label="Heading above quotation {number}" placeholder="Heading above (optional)"'
        f' value="{typed(item.heading)}">'
    )


def _source(item: EvidenceItem, place: Place | None) -> str:
    if item.citation and place:
        link = f'<a class="open" href="#cite-{place.name}">{one_line(source_heading(item.citation))}</a>'
        pages = f" · {one_line(str(item.citation.pages))}" if item.citation.pages else ""
        moved = " · moved since it was added" if item.resolution.state.value == "moved" else ""
        return f'<p class="about">{link}{pages}{moved}</p>'
    state = item.resolution.state.value
    return (
        f'<p class="about">{one_line(item.reference)}</p><p class="lost"><strong>{state.capitalize()}:</strong>'
        f" {one_line(item.trouble)}</p>"
    )


def _note(number: int, item: EvidenceItem) -> str:
    return (
        f'<textarea data-write="note" rows="1" maxlength="{LONGEST_NOTE}" aria-label="Note on quotation {number}"'
        f' placeholder="Note">\n{typed(item.note)}</textarea>'
    )


def _moves(number: int, count: int) -> str:
    made = []
    for by, sign, way, at_end in ((-1, "↑", "up", number == 1), (1, "↓", "down", number == count)):
        named = f'aria-label="Move quotation {number} {way}"{" disabled" if at_end else ""}'
        made.append(f'<button type="button" data-move="{by}" {named}>{sign}</button>')
    return "".join(made)

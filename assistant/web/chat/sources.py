"""Source panel of the web page: a record with the cited words highlighted, the list of all records, their endpoints."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.users.private_documents import private_names
from assistant.web.chat.source_links import RecordGone, SourceLink, resolve_link
from assistant.web.endpoints import html_reply
from assistant.web.escaping import escape, escape_line
from assistant.web.language import day_text, days_text, fill, mode_text, text
from assistant.web.markup import (
    action_row,
    add_button,
    address_link,
    copy_buttons,
    online_link,
    open_link,
    read_static,
)
from assistant.web.record.facts import render_facts
from assistant.web.record.outline import render_outline
from assistant.web.record.page_pictures import render_page_button
from assistant.web.translated import translated
from corpus.document import Block, Document, Kind
from corpus.passages import Passage, split
from corpus.span import Span
from index.errors import RapporteurError
from index.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_SURROUNDINGS = 400  # characters shown before and after the cited words, rounded up to whole blocks
_SHOWN_WHOLE = 200_000  # characters of a record that is shown whole at once, about eighty pages


def add_sources(app: "FastAPI", assistant: Assistant) -> None:
    """Add the endpoints of the source panel: the list of records, and one record or words of it."""

    def records() -> Any:
        try:
            return html_reply(render_list(assistant.library.documents(), private_names(assistant.library)))
        except RapporteurError as error:
            return html_reply(render_message(str(error)), 503)

    def source(name: str, whole: bool = False) -> Any:
        try:
            link = resolve_link(assistant.library, name)
            is_private = link.document.name in private_names(assistant.library)
            return html_reply(render_source(link, assistant.settings, whole, is_private))
        except RecordGone as error:
            return html_reply(render_gone(str(error)), 404)
        except RapporteurError as error:
            return html_reply(render_message(str(error)), 404)

    app.get("/records")(records)
    app.get("/source/{name:path}")(source)  # a path, so that a name with a slash is refused in words, too


def render_source(link: SourceLink, settings: Settings, whole: bool = False, is_private: bool = False) -> str:
    """Render a record with the link's words highlighted, of a long one their surroundings unless `whole` is True.

    A link without a span shows the whole record, with nothing highlighted; a private one says that it is private.
    """
    document, passages = link.document, split(link.document, settings.passage_characters)
    whole = whole or not link.span or len(document.text) <= _SHOWN_WHOLE
    if not link.span:
        parts = [_place(), _text(document, None, whole), _record_actions(document)]
    else:
        citation = _citation(link, passages)
        parts = [_section(citation), _text(document, link.span, whole), _citation_actions(citation, link, whole)]
    tools = f'<div class="within">{fill(read_static("record_tools.html"))}{render_outline(document)}</div>'
    about = f"{render_facts(document, passages)}{_only_you() if is_private else ''}{tools}"
    return f'<article class="source" data-source="{link.name}">{about}{"".join(parts)}</article>'


def render_list(documents: Sequence[Document], private: Collection[str] = ()) -> str:
    """Render the list of all records, each with a link that opens its text; those that are private say so."""
    if not documents:
        return render_message(text("records.none"))
    items = "".join(
        f"<li>{_tick_box(d)}<div>{_list_item(d)}{_only_you() if d.name in private else ''}</div></li>"
        for d in documents
    )
    total = f'<p class="count">{text("records.count", len(documents))}</p>'
    buttons = "".join(
        f'<button type="button" data-ask-{which}>{text(f"records.ask_{which}")}</button>' for which in ("all", "none")
    )
    choice = f'<p class="choice"><span class="asked" role="status"></span>{buttons}</p>'
    sets = f'<details class="sets"><summary>{text("sets.title")}</summary><div class="listed"></div></details>'
    return f'<h2 tabindex="-1">{text("records.title")}</h2>{total}{choice}{sets}<ol class="records">{items}</ol>'


def render_gone(message: str) -> str:
    """Render the page of a record that was quoted and is no longer in the library."""
    quotations = text("record.gone")
    heading = f'<h2 tabindex="-1">{text("record.gone_title")}</h2>'
    return f'<article class="source">{heading}{render_message(message)}{render_message(quotations)}</article>'


def render_message(message: str) -> str:
    """Render one line in place of a source."""
    return f'<p class="empty">{escape_line(translated(message))}</p>'


def cite(link: SourceLink, settings: Settings) -> Citation:
    """Return the citation of a link's words, with the headings above them; the link has a span."""
    return _citation(link, split(link.document, settings.passage_characters))


def _citation(link: SourceLink, passages: Sequence[Passage]) -> Citation:
    assert link.span
    section = next((p.headings for p in passages if p.span.overlaps(link.span)), ())
    return Citation(link.document, link.span, section)


def _only_you() -> str:
    """Render the mark of a private record."""
    return f'<p class="only-you">{text("records.only_you")}</p>'


def _tick_box(document: Document) -> str:
    label = escape(text("records.ask", title=" ".join(document.title.split())))
    return f'<input type="checkbox" checked data-ask="{quote(document.name, safe="")}" aria-label="{label}">'


def _list_item(document: Document) -> str:
    meeting = document.meeting
    about = " · ".join(filter(None, (meeting.forum, days_text(meeting), meeting.place or mode_text(meeting))))
    published = text("records.published", day=day_text(document.published)) if document.published else ""
    lines = [
        open_link(SourceLink(document), document.title),
        f'<span class="about">{escape_line(about)}</span>' if about else "",
        f'<span class="about">{escape_line(", ".join(filter(None, (document.publisher, published))))}</span>',
        address_link(document.source.address or ""),
    ]
    return "".join(lines)


def _section(citation: Citation) -> str:
    """Render the headings above the cited words, their speaker and their page; the script states other places here."""
    headings = " <b>›</b> ".join(escape_line(heading) for heading in citation.section)
    pages = f'<span class="pages">{escape_line(str(citation.pages))}</span>' if citation.pages else ""
    speaker = f'<span class="speaker">{escape_line(citation.said_by)}</span>' if citation.said_by else ""
    return _place(" · ".join(filter(None, (headings, speaker, pages))))


def _place(words: str = "") -> str:
    return f'<p class="path">{words}</p>'


def _citation_actions(citation: Citation, link: SourceLink, whole: bool) -> str:
    whole_record = "" if whole else f'<button type="button" data-whole="{link.name}">{text("record.whole")}</button>'
    pages = render_page_button(link)
    buttons = (add_button(link, "primary"), _add_selected(link.document), whole_record, pages)
    status = f'<p class="told" role="status">{text("record.leaves")}</p>'
    return action_row(*buttons, copy_buttons(link), online_link(citation)) + status


def _record_actions(document: Document) -> str:
    status = f'<p class="told" role="status">{text("record.mark")}</p>'
    return action_row(_add_selected(document), render_page_button(SourceLink(document))) + status


def _add_selected(document: Document) -> str:
    name = SourceLink(document).name
    return f'<button type="button" data-add-marked="{name}" disabled>{text("record.add_marked")}</button>'


def _text(document: Document, span: Span | None, whole: bool) -> str:
    blocks = list(document.outline) if whole or not span else _around(document.outline, span)
    before = '<p class="cut">…</p>' if blocks and blocks[0] != document.outline[0] else ""
    after = '<p class="cut">…</p>' if blocks and blocks[-1] != document.outline[-1] else ""
    inside = f"{before}{''.join(_blocks(document, blocks, span))}{after}"
    # It scrolls by the arrow keys once it has the focus.
    return f'<div class="text" role="region" aria-label="{text("record.text")}" tabindex="0">{inside}</div>'


def _around(outline: tuple[Block, ...], span: Span) -> list[Block]:
    surroundings = Span(max(0, span.start - _SURROUNDINGS), span.end + _SURROUNDINGS)
    return [block for block in outline if block.span.overlaps(surroundings)]


def _blocks(document: Document, blocks: list[Block], span: Span | None) -> Iterator[str]:
    """Yield the blocks as HTML, with a mark wherever a page begins, between blocks or inside one."""
    previous_ends = {block.span.start: before.span.end for before, block in pairwise(document.outline)}
    for block in blocks:
        between = _page_marks(document, previous_ends.get(block.span.start, 0), block.span.start + 1)
        yield from (f'<p class="page-begins">{mark}</p>' for _, mark in between)
        # A heading without its number would be another heading; the text of a list item has its bullet or number.
        tag = "h3" if block.kind in (Kind.TITLE, Kind.HEADING) else "p"
        name = block.kind.value.replace(" ", "-")
        # With its offset, so that words selected in it can be found in the document.
        yield f'<{tag} class="{name}" data-at="{block.span.start}">{_highlighted(document, block.span, span)}</{tag}>'


def _highlighted(document: Document, block: Span, span: Span | None) -> str:
    if span is None or not span.overlaps(block):
        return _paged(document, block, block.start, block.end)
    start, end = max(block.start, span.start), min(block.end, span.end)
    before, behind = _paged(document, block, block.start, start), _paged(document, block, end, block.end)
    return f"{before}<mark>{_paged(document, block, start, end)}</mark>{behind}"


def _paged(document: Document, block: Span, start: int, end: int) -> str:
    """Return words of a block, with marks where a page begins among them."""
    parts: list[str] = []
    last = start
    for offset, mark in _page_marks(document, max(start, block.start + 1), end):
        parts += (escape(document.text[last:offset]), mark)
        last = offset
    return "".join((*parts, escape(document.text[last:end])))


def _page_marks(document: Document, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the offsets in a range at which pages begin, each with its mark.

    A mark is an empty element, whose number only the style sheet writes: it is read aloud, but is no text, so that it
    is neither selected nor copied with the words around it, nor counted among them.
    """
    for number in range(bisect_left(document.pages, start), bisect_left(document.pages, end)):
        label = text("record.page", number + 1)
        at = f'data-from="{document.pages[number]}" data-number="{number + 1}"'
        mark = f'<span class="page-mark" role="doc-pagebreak" aria-label="{label}" data-page="{label}" {at}></span>'
        yield document.pages[number], mark

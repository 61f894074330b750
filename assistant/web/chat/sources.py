"""The source panel: a record's facts, the cited words in their surroundings, the whole record, the list of all."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.citations.citation import Citation
from assistant.web.chat.source_links import Place
from assistant.web.escaping import one_line, shown
from assistant.web.evidence.panel import copies
from corpus.document import Block, Document, Kind
from corpus.language.months import spell_day
from corpus.passages import split
from corpus.span import Span
from index.settings import Settings

_SURROUNDINGS = 400  # characters shown before and after the cited words, rounded up to whole pieces of the outline
_LEAVES = 'target="_blank" rel="noopener noreferrer"'


def source(place: Place, settings: Settings, whole: bool = False) -> str:
    """A record with the place's words highlighted.

    Args:
        place: what to show; without a span the whole record is shown and nothing is highlighted.
        settings: how passages are cut, which gives the headings above the words.
        whole: show the whole record, not only the words in their surroundings.
    """
    document, span = place.document, place.span
    parts = [_facts(document)]
    if span:
        citation = Citation(document, span, section_of(place, settings))
        parts += [_path(citation), _text(document, span, whole), _actions(citation, place, whole)]
    else:
        parts += [_text(document, None, whole=True), _record_actions(document)]
    return f'<article class="source">{"".join(parts)}</article>'


def records(documents: Sequence[Document]) -> str:
    """The list of all records, each opening its text."""
    if not documents:
        how = "Add some in the Library, or with: rapporteur add FOLDER"
        return f'<p class="empty">The library holds no records yet. {how}</p>'
    count = "1 record" if len(documents) == 1 else f"{len(documents)} records"
    items = "".join(f"<li>{_record(d)}</li>" for d in documents)
    count = f'<p class="count">{count} on this machine. Open one to read it.</p>'
    return f'<h2 tabindex="-1">The records</h2>{count}<ol class="records">{items}</ol>'


def online(citation: Citation) -> str:
    """The link to the quoted words on the official page; nothing where there is none."""
    if not citation.link or not _is_web(citation.link):
        return ""
    return f'<a class="leaves" href="{shown(citation.link)}" {_LEAVES}>Find it online</a>'


def gone(line: str) -> str:
    """What stands in place of a record that was quoted and is there no more."""
    told = "What was quoted from it stays in the conversation as it was said; nothing new is quoted from it."
    return (
        f'<article class="source"><h2 tabindex="-1">No longer in the library</h2><p class="empty">{one_line(line)}</p>'
        f'<p class="empty">{told}</p></article>'
    )


def trouble(line: str) -> str:
    """One line in place of a source."""
    return f'<p class="empty">{one_line(line)}</p>'


def _record(document: Document) -> str:
    meeting = document.meeting
    about = " · ".join(filter(None, (meeting.forum, meeting.days, meeting.place or meeting.mode)))
    published = f"published {spell_day(document.published)}" if document.published else ""
    lines = [
        f'<a class="open" href="#cite-{Place(document).name}">{one_line(document.title)}</a>',
        f'<span class="about">{one_line(about)}</span>' if about else "",
        f'<span class="about">{one_line(", ".join(filter(None, (document.publisher, published))))}</span>',
        _address(document),
    ]
    return "".join(lines)


def _facts(document: Document) -> str:
    meeting = document.meeting
    presidency = f"presidency of {meeting.presidency}" if meeting.presidency else None
    rows = [
        ("Publisher", document.publisher),
        ("Meeting", meeting.name or meeting.forum),
        ("Held", ", ".join(filter(None, (meeting.days, meeting.place, meeting.mode, presidency)))),
        ("Published", spell_day(document.published) if document.published else None),
        ("File", document.name),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{one_line(value)}</dd>" for name, value in rows if value)
    address = _address(document)
    official = f"<dt>Official page</dt><dd>{address}</dd>" if address else ""
    return f'<h2 tabindex="-1">{one_line(document.title)}</h2><dl class="facts">{listed}{official}</dl>'


def _address(document: Document) -> str:
    address = document.source.address or ""
    if not _is_web(address):
        return f'<span class="address">{one_line(address)}</span>' if address else ""
    return f'<a class="address leaves" href="{shown(address)}" {_LEAVES}>{one_line(address)}</a>'


def _is_web(address: str) -> bool:
    # Front matter names the address, and whoever wrote the file wrote that: no javascript: or data: becomes a link.
    return address.lower().startswith(("https://", "http://"))


def _path(citation: Citation) -> str:
    steps = " <b>›</b> ".join(one_line(heading) for heading in citation.section)
    pages = f'<span class="pages">{one_line(str(citation.pages))}</span>' if citation.pages else ""
    return f'<p class="path">{" · ".join(filter(None, (steps, pages)))}</p>' if steps or pages else ""


def section_of(place: Place, settings: Settings) -> tuple[str, ...]:
    """The headings above the words of a place, highest first."""
    passages = split(place.document, settings.passage_characters)
    return next((p.headings for p in passages if place.span and p.span.overlaps(place.span)), ())


def _actions(citation: Citation, place: Place, whole: bool) -> str:
    buttons = [_add(place), _add_marked(citation.document)]
    if not whole:
        buttons.append(f'<button type="button" data-whole="{place.name}">Whole record</button>')
    buttons += [copies(place), online(citation)]
    told = '<p class="told" role="status">Links marked ↗ leave this machine.</p>'
    return f'<div class="actions">{"".join(buttons)}</div>{told}'


def _record_actions(document: Document) -> str:
    told = '<p class="told" role="status">Mark words in the text to add them to the evidence.</p>'
    return f'<div class="actions">{_add_marked(document)}</div>{told}'


def _add(place: Place) -> str:
    return f'<button type="button" class="primary" data-add="{place.name}">Add to evidence</button>'


def _add_marked(document: Document) -> str:
    record = Place(document).name
    return f'<button type="button" data-add-marked="{record}" disabled>Add marked text</button>'


def _text(document: Document, span: Span | None, whole: bool) -> str:
    blocks = list(document.outline) if whole or not span else _around(document.outline, span)
    before = '<p class="cut">…</p>' if blocks and blocks[0] != document.outline[0] else ""
    after = '<p class="cut">…</p>' if blocks and blocks[-1] != document.outline[-1] else ""
    return f'<div class="text">{before}{"".join(_pieces(document, blocks, span))}{after}</div>'


def _around(outline: tuple[Block, ...], span: Span) -> list[Block]:
    within = Span(max(0, span.start - _SURROUNDINGS), span.end + _SURROUNDINGS)
    return [block for block in outline if block.span.overlaps(within)]


def _pieces(document: Document, blocks: list[Block], span: Span | None) -> Iterator[str]:
    """The blocks as HTML, with a mark wherever a page begins, between blocks or inside one."""
    behind = {block.span.start: before.span.end for before, block in pairwise(document.outline)}
    for block in blocks:
        between = _page_marks(document, behind.get(block.span.start, 0), block.span.start + 1)
        yield from (f'<p class="page-begins">{mark}</p>' for _, mark in between)
        # A heading without its number would be another heading; a list item gets its bullet or number as it stands.
        tag = "h3" if block.kind in (Kind.TITLE, Kind.HEADING) else "p"
        name = block.kind.value.replace(" ", "-")
        # Where it begins, so that words marked in it can be found again.
        yield f'<{tag} class="{name}" data-at="{block.span.start}">{_highlighted(document, block.span, span)}</{tag}>'


def _highlighted(document: Document, block: Span, span: Span | None) -> str:
    if span is None or not span.overlaps(block):
        return _paged(document, block, block.start, block.end)
    start, end = max(block.start, span.start), min(block.end, span.end)
    before, behind = _paged(document, block, block.start, start), _paged(document, block, end, block.end)
    return f"{before}<mark>{_paged(document, block, start, end)}</mark>{behind}"


def _paged(document: Document, block: Span, start: int, end: int) -> str:
    """Words of a block, with marks where a page begins in its midst."""
    parts: list[str] = []
    last = start
    for place, mark in _page_marks(document, max(start, block.start + 1), end):
        parts += (shown(document.text[last:place]), mark)
        last = place
    return "".join((*parts, shown(document.text[last:end])))


def _page_marks(document: Document, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where pages begin in a range, each with its mark.

    A mark is an empty element, whose number only the style sheet writes: it is read aloud, but is no text, so that it
    is neither marked nor copied with the words around it, nor counted among them.
    """
    for number in range(bisect_left(document.pages, start), bisect_left(document.pages, end)):
        label = f"page {number + 1}"
        yield (
            document.pages[number],
            f'<span class="page-mark" role="doc-pagebreak" aria-label="{label}" data-page="{label}"></span>',
        )

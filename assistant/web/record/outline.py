"""Outline of an open record: its headings, agenda items and speakers, each with its place and its page or time."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.minutes.items import titled_items
from assistant.minutes.record import read_record
from assistant.web.escaping import escape_line, shown_offset
from assistant.web.language import text
from assistant.web.markup import excerpt
from corpus.document import Document, Kind
from corpus.outline.plain_words import plain
from corpus.speech import spell_time
from corpus.transcript import turns

_LABEL_CHARACTERS = 90
# Of what is said in a turn, behind the name of its speaker.
_SAID_CHARACTERS = 60


@dataclass(frozen=True, slots=True, order=True)
class OutlineEntry:
    """One line of the outline.

    Attributes:
        start: the offset in the text that it leads to.
        label: a heading, the title of an item, or a speaker.
        level: its depth, 1 the highest.
        about: the page or the time of the talk; empty where there is none.
        said: the first words of a turn; empty for others.
    """

    start: int
    label: str
    level: int
    about: str = ""
    said: str = ""


def outline_entries(document: Document) -> list[OutlineEntry]:
    """Return the outline of a document in the order of its text; empty where it has fewer than two parts."""
    entries: dict[int, OutlineEntry] = {}
    for entry in (*_headings(document), *_turns(document), *_items(document)):
        entries.setdefault(entry.start, entry)
    return [entries[start] for start in sorted(entries)] if len(entries) > 1 else []


def render_outline(document: Document) -> str:
    """Render the outline as a folded list of links; nothing for a document without parts."""
    entries = outline_entries(document)
    if not entries:
        return ""
    starts = [block.span.start for block in document.outline]
    items = "".join(_item(document, entry, starts) for entry in entries)
    summary = (
        f'<summary>{text("record.outline")} <span class="quiet">{text("record.parts", len(entries))}</span></summary>'
    )
    return f'<details class="outline">{summary}<ol>{items}</ol></details>'


def _item(document: Document, entry: OutlineEntry, starts: list[int]) -> str:
    at = max(0, bisect_right(starts, entry.start) - 1)
    block = document.outline[at].span
    offset = shown_offset(block.of(document.text), entry.start - block.start)
    said = f' <span class="said-first">{escape_line(entry.said)}</span>' if entry.said else ""
    about = f' <span class="about">{escape_line(entry.about)}</span>' if entry.about else ""
    label = escape_line(excerpt(entry.label, _LABEL_CHARACTERS))
    return (
        f'<li class="level-{min(entry.level, 4)}"><a href="#part-{entry.start}" data-part="{entry.start}"'
        f' data-block="{block.start}" data-offset="{offset}"><span class="label">{label}</span>{said}{about}</a></li>'
    )


def _headings(document: Document) -> Iterator[OutlineEntry]:
    for block in document.outline:
        if block.kind is Kind.HEADING:
            words = block.span.of(document.text)
            words = plain(words).lstrip("# ") if document.source.media_type == "text/markdown" else words
            yield OutlineEntry(block.span.start, words, max(1, block.level), _page(document, block.span.start))


def _turns(document: Document) -> Iterator[OutlineEntry]:
    for turn in turns(document):
        if turn.speaker:
            time = spell_time(turn.seconds) if turn.seconds is not None else _page(document, turn.span.start)
            said = excerpt(turn.words.of(document.text)[: 2 * _SAID_CHARACTERS], _SAID_CHARACTERS)
            yield OutlineEntry(turn.span.start, turn.speaker, 2, time, said)


def _items(document: Document) -> Iterator[OutlineEntry]:
    for item in titled_items(read_record(document)):
        start = item.title.span.start
        yield OutlineEntry(start, item.title.text, min(3, len(item.number.parts)), _page(document, start))


def _page(document: Document, offset: int) -> str:
    page = document.page_at(offset)
    return text("record.page_short", page) if page else ""

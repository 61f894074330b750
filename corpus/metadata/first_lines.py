"""The facts that the first lines of a text state about the record and its meeting."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from corpus.document import Block, Kind
from corpus.facts import Fact
from corpus.language.dates import DateRange, find_date_ranges
from corpus.language.forums import forum_in
from corpus.language.scripts import CJK
from corpus.metadata.meeting import LABEL, meeting_facts
from corpus.metadata.publisher import publisher_in
from corpus.outline import plain

ORIGIN = "first lines"
# A page of a release: its head, its opening, and the lines that say when and where.
_BLOCKS = 40
_CHARACTERS = 6_000
_LONGEST_LINE = 120
_SENTENCE = re.compile(r"[.!?。][\"'”’」）)]*$")
_PUBLISHED = re.compile(
    r"(?:\b(?:published|posted|issued|released|for immediate release|date of (?:publication|issue|release)"
    r"|release date|publication date)\b"
    r"|公表日?|掲載日?|公開日?|発表日?)\s*(?:on|:|：)?\s*$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|revised|reviewed|retrieved|accessed)\b|更新|最終|閲覧|取得", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:meeting|summit|conference|session)\b|会合|会議|サミット", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:minutes|agenda|program(?:me)?|schedule)\b|議事|次第|日程", re.IGNORECASE)
# What may stand beside the day in a line of its own: a weekday or a place, a few names with a capital.
_WORDS_BESIDE = 4
_BESIDE = re.compile(rf"[A-Z{CJK}(][\w.'’-]*[,.)]*|[|,–—-]")
_NO_PLACE = re.compile(
    r"meeting|summit|conference|session|statement|declaration|council|updated|revised|date|agenda|会|更新",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the first lines: its plain words in compatibility form, and what it is."""

    words: str
    kind: Kind


def facts_in_first_lines(
    text: str, blocks: tuple[Block, ...], title: str | None = None, published: date | None = None
) -> Iterator[Fact]:
    """The facts stated before and in the opening of a text, each from words that can mean nothing else.

    Args:
        text: the whole text.
        blocks: its outline.
        title: the title that the file states elsewhere, where it does.
        published: the day of publication that the file states elsewhere: it tells the year of a day without one.
    """
    lines = _first(text, blocks)
    own = _title(lines)
    if title is None and own:
        leading = _leading(own)
        if leading:
            yield from _published(leading)
            own = own[leading.end :].strip()
        if own:
            yield Fact("title", own, ORIGIN)
    title = unicodedata.normalize("NFKC", title or own or "")
    day = _publication(lines) or (_leading(own) if own else None)
    if day:
        yield from _published(day)
    if published is None and day and (dated := day.resolve()):
        published = dated[0]
    if forum := forum_in(title):
        yield Fact("forum", forum, "title")
    head, opening = _head(lines)
    yield from _range(head, title)
    yield from meeting_facts(title, opening, [line.words for line in lines], published)
    yield from publisher_in([line.words for line in head], text, blocks)


def _title(lines: list[Line]) -> str | None:
    """The title that the text shows; where that is a dateline ("Takasaki, 30 April 2023"), the heading below it."""
    at = next((i for i, line in enumerate(lines) if line.kind is Kind.TITLE), None)
    if at is None:
        return None
    is_dateline = any(_is_dateline(lines[at], days) for days in find_date_ranges(lines[at].words))
    below = lines[at + 1] if is_dateline and at + 1 < len(lines) else None
    return below.words if below and below.kind is Kind.HEADING and len(below.words) <= 200 else lines[at].words


def _first(text: str, blocks: tuple[Block, ...]) -> list[Line]:
    lines: list[Line] = []
    read = 0
    for block in islice((b for b in blocks if b.kind is not Kind.MENU), _BLOCKS):
        if read < _CHARACTERS:
            words = unicodedata.normalize("NFKC", plain(block.words.of(text)[:_CHARACTERS]))
            lines.append(Line(words, block.kind))
            read += len(words)
    return lines


def _head(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines above the first paragraph, and the first two paragraphs."""
    first = next((i for i, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    paragraphs = [line.words for line in lines[first : first + 6] if _is_paragraph(line)]
    return lines[:first], paragraphs[:2]


def _is_paragraph(line: Line) -> bool:
    running = len(line.words) > _LONGEST_LINE or (len(line.words) > 40 and bool(_SENTENCE.search(line.words)))
    return running and line.kind in (Kind.BODY, Kind.LIST_ITEM)


def _leading(title: str) -> DateRange | None:
    """A day in front of a title: "May 1, 2020 Results of ..."."""
    found = next(iter(find_date_ranges(title)), None)
    alone = found and found.start == 0 and found.year and found.first == found.last
    return found if found and alone and title[found.end :].strip() else None


def _publication(lines: list[Line]) -> DateRange | None:
    """The day that a line of the head says it was published on, or that stands in a line of its own."""
    head, _ = _head(lines)
    single = [
        (line, found, i)
        for i, line in enumerate(head)
        for found in find_date_ranges(line.words)
        if found.year and found.first == found.last
    ]
    for line, found, _ in single:
        before = line.words[: found.start]
        if _PUBLISHED.search(before) and not _UPDATED.search(before):
            return found
    if any(_MINUTES.search(line.words) for line in head):
        return None
    alone = [
        found for line, found, i in single if _is_dateline(line, found) and not (i and LABEL.match(head[i - 1].words))
    ]
    return alone[0] if len({(found.year, found.first) for found in alone}) == 1 else None


def _is_dateline(line: Line, found: DateRange) -> bool:
    """Whether a line holds only its day: at most a weekday and a place stand beside it."""
    beside = (line.words[: found.start] + " " + line.words[found.end :]).strip()
    if line.kind is Kind.TITLE and beside and not re.match(r"\s*,", line.words[found.end :] or beside[-1]):
        return False
    words = beside.split()
    return len(words) <= _WORDS_BESIDE and all(_BESIDE.fullmatch(w) and not _NO_PLACE.search(w) for w in words)


def _range(head: list[Line], title: str) -> Iterator[Fact]:
    """Several days in the title, or in a line of the head of their own, are the meeting's: a release has one day."""
    if not (forum_in(title) or _MEETING.search(title)):
        return
    found = [
        days.resolve()
        for line in head
        for days in find_date_ranges(line.words)
        if days.year and days.first != days.last and (line.kind is Kind.TITLE or _is_dateline(line, days))
    ]
    if len(set(found)) == 1 and found[0]:
        yield Fact("meeting_date", found[0][0], ORIGIN)
        yield Fact("meeting_end", found[0][1], ORIGIN)


def _published(days: DateRange) -> Iterator[Fact]:
    if dated := days.resolve():
        yield Fact("published", dated[0], ORIGIN)

"""Figures, dates and names that a report states with a citation but without quotation marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.attribution import ACCESSED, Attribution
from assistant.verification.quantities import figures
from assistant.verification.quotations import ADDRESS
from corpus.document import Document
from corpus.language.countries import also_called, is_country
from corpus.language.dates import DateMention, find_dates
from corpus.language.months import CALENDAR_WORDS, MONTH_NUMBERS
from corpus.language.tokens import STOP_WORDS
from corpus.span import Span

_NAME = re.compile(r"(?<![\w-])(?:[A-Z][\w]*(?:[-’'&][\w]+)*)")
_CALENDAR = CALENDAR_WORDS | MONTH_NUMBERS.keys()
# Words that a sentence of a report writes with a capital though they name nothing in particular.
_TITLES = frozenset(
    "mr mrs ms dr prof minister ministers ministry president state ibid section paragraph annex".split()
)
_ORDINAL = re.compile(
    r"\b(?:para(?:graph)?s?|section|annex|article|table|figure|chapter|p|pp|no|n)\.?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, date or name that a sentence ascribes to a record.

    Attributes:
        sentence: the sentence of the report.
        where: its paragraph's place for a reader.
        paragraph: which paragraph, from 0.
        span: where the value stands in the paragraph's text.
        kind: "figure", "date" or "name".
        value: as the report has it.
        document: the record that the sentence cites.
        is_found: whether the value stands in the cited passage or, where only a record is cited, in the record.
        is_elsewhere: whether it stands in the record, though not in the cited passage.
    """

    sentence: str
    where: str
    paragraph: int
    span: Span
    kind: str
    value: str
    document: Document
    is_found: bool
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that cites records without quoting them.

    Attributes:
        paragraph: which paragraph of the report, from 0.
        where: its place for a reader.
        span: the sentence in the paragraph's text.
        text: the paragraph's text.
        attribution: what the sentence's footnote or link names.
        documents: the records that are meant.
    """

    paragraph: int
    where: str
    span: Span
    text: str
    attribution: Attribution
    documents: tuple[Document, ...]


def claims(cited: Cited) -> Iterator[Claim]:
    """Check each figure, date and name of a sentence against what it cites."""
    sentence = cited.span.of(cited.text)
    for unread in (ACCESSED, ADDRESS):
        sentence = unread.sub(lambda m: " " * len(m.group()), sentence)
    passages = [_passage(document, span) for document, span in cited.attribution.spans]
    for kind, value, start, end in _values(sentence):
        inside = not passages or any(_stands(kind, value, text, cited.documents) for text in passages)
        anywhere = any(
            _stands(kind, value, d.text, cited.documents) or _is_fact(kind, value, d) for d in cited.documents
        )
        yield Claim(
            cited.span.of(cited.text),
            cited.where,
            cited.paragraph,
            Span(cited.span.start + start, cited.span.start + end),
            kind,
            sentence[start:end],
            cited.documents[0],
            is_found=anywhere and (inside or any(_is_fact(kind, value, d) for d in cited.documents)),
            is_elsewhere=anywhere and not inside,
        )


def _values(sentence: str) -> Iterator[tuple[str, object, int, int]]:
    named = find_dates(sentence)
    for d in named:
        yield "date", d, d.start, d.end
    taken = [(d.start, d.end) for d in named]
    for figure, (start, end) in figures(sentence).items():
        spelled = sentence[start:end].isalpha()
        if (
            not _inside(start, taken)
            and not (spelled and figure in ("0", "1", "2"))
            and not _ORDINAL.search(sentence[:start])
        ):
            yield "figure", figure, start, end
    seen = set()
    for m in _NAME.finditer(sentence):
        word = re.sub(r"['’]s?$", "", m.group())
        if _is_name(word, sentence, m.start()) and word not in seen and not _inside(m.start(), taken):
            seen.add(word)
            yield "name", word, m.start(), m.start() + len(word)


def _is_name(word: str, sentence: str, start: int) -> bool:
    plain = word.casefold()
    if len(word) < 2 or plain in _CALENDAR or plain in _TITLES or plain in STOP_WORDS:
        return False
    begins = not sentence[:start].strip(" \t\n\"'“”‘’(«»[")
    # A sentence's first word has a capital anyhow, unless it is one of several or an abbreviation.
    return not begins or any(c.isupper() or c.isdigit() for c in word[1:]) or _country(word) is not None


def _stands(kind: str, value: object, text: str, documents: Sequence[Document]) -> bool:
    if kind == "figure":
        return value in _figures(text)
    if kind == "date" and isinstance(value, DateMention):
        known = {d.published.year for d in documents if d.published} | {
            d.meeting.first_day.year for d in documents if d.meeting.first_day
        }
        return any(_is_same(value, other, known) for other in _dates(text))
    words = _words(text)
    alias = _country(str(value))
    return str(value).casefold() in words or (alias is not None and alias in _countries(text))


def _is_same(one: DateMention, other: DateMention, known_years: set[int]) -> bool:
    """Whether two dates agree; a day without a year is of the record's own year."""
    if one.month != other.month or (one.day and other.day and one.day != other.day):
        return False
    if one.day and not other.day:
        return False
    if one.year is None or other.year == one.year:
        return True
    return other.year is None and one.year in known_years


def _is_fact(kind: str, value: object, document: Document) -> bool:
    """Whether the value is among what is known of the record beside its text."""
    meeting = document.meeting
    if kind == "date" and isinstance(value, DateMention):
        days = (document.published, meeting.first_day, meeting.last_day)
        return any(value.matches(day) for day in days if day)
    facts = (document.title, document.publisher, meeting.forum, meeting.name, meeting.place, meeting.presidency)
    known = " ".join(fact for fact in facts if fact)
    if kind == "figure":
        years = {str(d.year) for d in (document.published, meeting.first_day) if d}
        return value in figures(known) or value in years
    return _stands(kind, value, known, (document,))


def _passage(document: Document, span: Span) -> str:
    """The blocks that a cited span touches, with the headings they stand under left out."""
    blocks = [b.span for b in document.outline if b.span.overlaps(span)]
    start = min([span.start, *(b.start for b in blocks)])
    end = max([span.end, *(b.end for b in blocks)])
    return document.text[start:end]


def _country(word: str) -> str | None:
    """One name for all names and adjectives of a country; None for another word."""
    return min((word.casefold(), *also_called(word))) if is_country(word) else None


def _inside(start: int, taken: list[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in taken)


@lru_cache(maxsize=64)
def _figures(text: str) -> frozenset[str]:
    return frozenset(figures(text))


@lru_cache(maxsize=64)
def _dates(text: str) -> tuple[DateMention, ...]:
    return tuple(find_dates(text))


@lru_cache(maxsize=64)
def _words(text: str) -> frozenset[str]:
    whole = {word.casefold() for word in re.findall(r"[^\W_]+(?:[-’'&][^\W_]+)*", text)}
    parts = {part for word in whole for part in re.split(r"[-’'&]", word)}
    return frozenset(whole | parts | {re.sub(r"['’]s?$", "", word) for word in whole})


@lru_cache(maxsize=64)
def _countries(text: str) -> frozenset[str]:
    return frozenset(found for word in _words(text) if (found := _country(word)))

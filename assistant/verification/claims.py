"""Check the figures, dates and names that a report states with a citation but without quotation marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.verification.attribution import ACCESSED, Attribution, record_days
from assistant.verification.quotations import ADDRESS
from corpus.document import Document
from corpus.language.countries import also_called, is_country
from corpus.language.dates import DateMention, find_dates
from corpus.language.english import HONORIFIC
from corpus.language.figures import figures
from corpus.language.months import CALENDAR_WORDS, MONTH_NUMBERS
from corpus.language.tokens import STOP_WORDS
from corpus.span import Span

_NAME = re.compile(r"(?<![\w-])(?:[A-Z][\w]*(?:[-’'&][\w]+)*)")
_CALENDAR = CALENDAR_WORDS | MONTH_NUMBERS.keys()
# Words that reports write with a capital although they are no names.
_TITLES = frozenset(HONORIFIC.lower().split("|")).union(
    "prof minister ministers ministry president state ibid section paragraph annex".split()
)
_ORDINAL = re.compile(
    r"\b(?:para(?:graph)?s?|section|annex|article|table|figure|chapter|p|pp|no|n)\.?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, date or name that a sentence ascribes to a record.

    Attributes:
        sentence: the sentence of the report.
        where: description of its paragraph's place for a reader.
        paragraph: index of the paragraph.
        span: place of the value in the paragraph's text.
        kind: "figure", "date" or "name".
        value: the value as the report writes it.
        document: the record that the sentence cites.
        is_found: whether the cited passage has the value or, where only a record is cited, the record.
        is_elsewhere: whether the record has the value outside the cited passage only.
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
class CitingSentence:
    """A sentence that cites records without quoting them.

    Attributes:
        paragraph: index of the report's paragraph.
        where: description of its place for a reader.
        span: the sentence in the paragraph's text.
        text: the paragraph's text.
        attribution: the sources that the sentence's footnote or link names.
        documents: the cited records.
    """

    paragraph: int
    where: str
    span: Span
    text: str
    attribution: Attribution
    documents: tuple[Document, ...]


def claims(citing: CitingSentence) -> Iterator[Claim]:
    """Check each figure, date and name of a sentence against the records that it cites."""
    sentence = citing.span.of(citing.text)
    for ignored in (ACCESSED, ADDRESS):
        sentence = ignored.sub(lambda m: " " * len(m.group()), sentence)
    documents = citing.documents
    passages = [_passage(document, span) for document, span in citing.attribution.spans]
    for kind, value, start, end in _values(sentence):
        is_inside = not passages or any(_occurs(kind, value, text, documents) for text in passages)
        is_fact = any(_is_fact(kind, value, document) for document in documents)
        is_anywhere = is_fact or any(_occurs(kind, value, document.text, documents) for document in documents)
        yield Claim(
            citing.span.of(citing.text),
            citing.where,
            citing.paragraph,
            Span(citing.span.start + start, citing.span.start + end),
            kind,
            sentence[start:end],
            documents[0],
            is_found=is_anywhere and (is_inside or is_fact),
            is_elsewhere=is_anywhere and not is_inside,
        )


def _values(sentence: str) -> Iterator[tuple[str, object, int, int]]:
    """Yield the kind, value, start and end of each date, figure and name of a sentence."""
    stated_dates = find_dates(sentence)
    for d in stated_dates:
        yield "date", d, d.start, d.end
    date_ranges = [(d.start, d.end) for d in stated_dates]
    for figure, (start, end) in figures(sentence).items():
        is_spelled = sentence[start:end].isalpha()
        if (
            not _is_inside(start, date_ranges)
            and not (is_spelled and figure in ("0", "1", "2"))
            and not _ORDINAL.search(sentence[:start])
        ):
            yield "figure", figure, start, end
    seen = set()
    for m in _NAME.finditer(sentence):
        word = re.sub(r"['’]s?$", "", m.group())
        if _is_name(word, sentence, m.start()) and word not in seen and not _is_inside(m.start(), date_ranges):
            seen.add(word)
            yield "name", word, m.start(), m.start() + len(word)


def _is_name(word: str, sentence: str, start: int) -> bool:
    plain = word.casefold()
    if len(word) < 2 or plain in _CALENDAR or plain in _TITLES or plain in STOP_WORDS:
        return False
    begins = not sentence[:start].strip(" \t\n\"'“”‘’(«»[")
    # A sentence's first word always has a capital, so only a second capital, a digit or a country makes it a name.
    return not begins or any(c.isupper() or c.isdigit() for c in word[1:]) or _country(word) is not None


def _occurs(kind: str, value: object, text: str, documents: Sequence[Document]) -> bool:
    """Return True if a text has the value, also in another form."""
    if kind == "figure":
        return value in _figures(text)
    if kind == "date" and isinstance(value, DateMention):
        known_years = {day.year for document in documents for day in _first_days(document)}
        return any(_is_same(value, other, known_years) for other in _dates(text))
    words = _words(text)
    alias = _country(str(value))
    return str(value).casefold() in words or (alias is not None and alias in _countries(text))


def _is_same(one: DateMention, other: DateMention, known_years: set[int]) -> bool:
    """Return True if two dates agree; a day without a year is of the record's own year."""
    if one.month != other.month or (one.day and other.day and one.day != other.day):
        return False
    if one.day and not other.day:
        return False
    if one.year is None or other.year == one.year:
        return True
    return other.year is None and one.year in known_years


def _is_fact(kind: str, value: object, document: Document) -> bool:
    """Return True if the value is among the facts known about the record."""
    meeting = document.meeting
    if kind == "date" and isinstance(value, DateMention):
        return any(value.matches(day) for day in record_days(document))
    facts = (document.title, document.publisher, meeting.forum, meeting.name, meeting.place, meeting.presidency)
    known = " ".join(fact for fact in facts if fact)
    if kind == "figure":
        return value in figures(known) or value in {str(day.year) for day in _first_days(document)}
    return _occurs(kind, value, known, (document,))


def _first_days(document: Document) -> list[date]:
    """Return the known days of a record that state its year: of publication, and the meeting's first."""
    return [day for day in (document.published, document.meeting.first_day) if day]


def _passage(document: Document, span: Span) -> str:
    """Return the text of the blocks that a cited span touches, without the headings above them."""
    blocks = [b.span for b in document.outline if b.span.overlaps(span)]
    start = min([span.start, *(b.start for b in blocks)])
    end = max([span.end, *(b.end for b in blocks)])
    return document.text[start:end]


def _country(word: str) -> str | None:
    """Return one name for all names and adjectives of a country; None for another word."""
    return min((word.casefold(), *also_called(word))) if is_country(word) else None


def _is_inside(start: int, ranges: list[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in ranges)


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
    return frozenset(country for word in _words(text) if (country := _country(word)))

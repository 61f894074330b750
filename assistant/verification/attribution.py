"""Read which record a citation names: by anchor, address, name, title, publisher, forum, place or date."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from assistant.citations.anchor import COMPACT, Anchor
from assistant.citations.resolve import cited_document, resolve
from assistant.understanding.filters.publishers import publishers_in
from assistant.verification.normalize import fold
from corpus.document import Document
from corpus.language.countries import is_country
from corpus.language.dates import DateMention, find_dates, find_years
from corpus.language.organizations import find_forums
from corpus.language.word_lists import alternatives, word_list, word_table
from corpus.span import Span
from index.errors import AnchorError

_WORDS = "source_words.toml"
ACCESSED = re.compile(
    rf"(?:\(|\b)(?:(?:{alternatives(_WORDS, 'before_access')})\s+)?(?:{alternatives(_WORDS, 'access')})\b[^;()]*",
    re.IGNORECASE,
)
"""The date of access in a reference."""
_ADDRESS = re.compile(r"https?://[^\s<>\"”“„«»「」]+")
_ANCHOR_LIKE = re.compile(r"rap1:\S+")
_MEETINGS = "|".join(sorted(word_list("record_nouns.txt") | frozenset(word_table(_WORDS)["meetings"])))
MEETING_IN = re.compile(
    rf"\b(?:{_MEETINGS})\s+(?:(?:{alternatives(_WORDS, 'held')})\s+)?(?:{alternatives(_WORDS, 'before_place')})\s+$",
    re.IGNORECASE,
)
"""The words before the place of a meeting."""
_LEAST_TITLE = 12
WORD = re.compile(r"[^\W_]+(?:['’\-.,/][^\W_]+)*")
"""A word or a number, with the marks inside it."""
# Share of a title's long words that begin with a capital.
_CAPITALS = 0.7


@dataclass(frozen=True)
class Attribution:
    """The sources that a citation names.

    Attributes:
        documents: the records named by anchor, address, name or title; any of them may be the source.
        publishers: publishers of records.
        forums: forums such as G20.
        places: places of meetings of the library.
        dates: dates, without those of access.
        years: years, where no date is named.
        unknown: the first anchor, address or footnote that leads to no record; None for none.
        spans: the unchanged places that its anchors point at.
    """

    documents: tuple[Document, ...] = ()
    publishers: frozenset[str] = frozenset()
    forums: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    dates: tuple[DateMention, ...] = ()
    years: frozenset[int] = frozenset()
    unknown: str | None = None
    spans: tuple[tuple[Document, Span], ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.documents or self.publishers or self.forums or self.places or self.dates or self.years)

    @property
    def named_record(self) -> str | None:
        """Name of the first record that it names; None where it names none."""
        return self.documents[0].name if self.documents else None

    def cited_documents(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Return the records that it names, or those of a library that it fits, unless it fits all or leads nowhere."""
        if self.documents or not self or self.unknown:
            return self.documents
        fitting = tuple(document for document in documents if self.objection(document) is None)
        return fitting if 0 < len(fitting) < len(documents) else ()

    @property
    def is_unsupported(self) -> bool:
        """True if it points at something that is no record, and names none."""
        return self.unknown is not None and not self.documents

    def objection(self, document: Document) -> str | None:
        """Return the reason why the citation does not name this record; None when it may."""
        if self.documents:
            if document.id not in {named.id for named in self.documents}:
                return f"names {self.documents[0].name}"
            return self._wrong_day(self.documents)
        if self.publishers and document.publisher and document.publisher not in self.publishers:
            return f"names {', '.join(sorted(self.publishers))}"
        forum = document.meeting.forum
        if self.forums and forum and forum not in self.forums:
            return f"names {', '.join(sorted(self.forums))}"
        place = document.meeting.place
        if self.places and place and _town(place) not in self.places:
            return f"names {', '.join(sorted(self.places))}"
        return self._wrong_day((document,))

    def _wrong_day(self, documents: Sequence[Document]) -> str | None:
        if not any(day for document in documents for day in record_days(document)):
            return None
        for named in self.dates:
            if not any(_is_day_of(named, document) for document in documents):
                return f"names the date {_format_date(named)}"
        known = {day.year for document in documents for day in record_days(document)}
        known |= {year for document in documents for year in find_years(document.title)}
        if self.years and not self.years & known:
            return f"names the year {min(self.years)}"
        return None


def attribution(
    text: str, addresses: Sequence[str], documents: Sequence[Document], is_citation: bool = True
) -> Attribution:
    """Read the sources that a text names.

    Args:
        text: a footnote, or the sentence around a quotation without its quotations.
        addresses: the addresses of its links.
        documents: all records.
        is_citation: True if the text is a footnote. A sentence may mention years and publishers that are not its
            source, so only its dates and the publishers that it ascribes words to count.
    """
    text = ACCESSED.sub(" ", text)
    cited, spans, unknown = _pointed_at(text, addresses, documents)
    plain = _ADDRESS.sub(" ", text)
    folded = fold(plain).text
    if not cited:
        cited.update((d.id, d) for d in documents if d.name in text)
    titled = [d for d in documents if len(d.title) >= _LEAST_TITLE and _folded(d.title) in folded]
    if not cited:
        cited.update((d.id, d) for d in titled)
    # A title may contain years and places of its own, which are not those of the citation.
    for d in titled:
        folded = folded.replace(_folded(d.title), " ")
    rest = folded if titled else plain
    stated_dates = tuple(find_dates(rest))
    publishers, mentioned = publishers_in(rest, list(documents))
    forums = frozenset(name for name, _ in find_forums(rest))
    places = {_town(d.meeting.place) for d in documents if d.meeting.place}
    return Attribution(
        documents=tuple(cited.values()),
        publishers=publishers | mentioned if is_citation else publishers,
        forums=forums if len(forums) == 1 else frozenset(),
        places=frozenset(p for p in places if _is_source(p, rest, is_citation)),
        dates=tuple(d for d in stated_dates if is_citation or (d.day and d.year)),
        years=frozenset(find_years(rest)) if is_citation and not stated_dates else frozenset(),
        unknown=unknown,
        spans=tuple(spans),
    )


def _pointed_at(
    text: str, addresses: Sequence[str], documents: Sequence[Document]
) -> tuple[dict[str, Document], list[tuple[Document, Span]], str | None]:
    """Return the records of anchors and addresses, the places of the anchors, and the first of no record."""
    cited: dict[str, Document] = {}
    spans: list[tuple[Document, Span]] = []
    unknown: str | None = None
    for anchor in anchors_in(" ".join((text, *addresses))):
        place = resolve_compact(anchor, documents)
        if place is None:
            unknown = unknown or anchor
        else:
            document, span = place
            cited[document.id] = document
            spans += [(document, span)] if span else []
    if not cited and not spans and (broken := _ANCHOR_LIKE.search(text)):
        unknown = unknown or broken.group()
    for address in (*_ADDRESS.findall(text), *addresses):
        linked = [d for d in documents if d.source.address and _bare(d.source.address) == _bare(address)]
        if not linked and not address.startswith("#") and "rap1:" not in address:
            unknown = unknown or address
        cited.update((d.id, d) for d in linked)
    return cited, spans, unknown


def anchors_in(text: str) -> list[str]:
    """Return the compact anchors of a text, each once."""
    return list(dict.fromkeys(m.group() for m in COMPACT.finditer(text)))


def resolve_compact(compact: str, documents: Sequence[Document]) -> tuple[Document, Span | None] | None:
    """Return the record of a compact anchor, and the place of its words there if they are unchanged.

    Returns:
        None when no record has the anchor's text or name, or the anchor was miscopied.
    """
    try:
        anchor = Anchor.parse(compact)
    except AnchorError:
        return None
    document = cited_document(anchor, documents)
    return (document, resolve(anchor, document).exact_span) if document else None


def record_days(document: Document) -> list[date]:
    """Return the known days of a record: of publication, and the first and last of its meeting."""
    meeting = document.meeting
    return [day for day in (document.published, meeting.first_day, meeting.last_day) if day]


def _is_day_of(named: DateMention, document: Document) -> bool:
    meeting = document.meeting
    if any(named.matches(day) for day in record_days(document)):
        return True
    if meeting.first_day and meeting.last_day and named.day:
        day = (named.year or meeting.first_day.year, named.month, named.day)
        if meeting.first_day.timetuple()[:3] <= day <= meeting.last_day.timetuple()[:3]:
            return True
    return any((named.month, named.day, named.year) == (d.month, d.day, d.year) for d in find_dates(document.title))


def _format_date(named: DateMention) -> str:
    return "-".join(f"{part:02}" for part in (named.year, named.month, named.day) if part)


def towns_of(document: Document) -> tuple[str, ...]:
    """Return the parts of the place of a record's meeting: "Town Hall, Oslo" has two; none where it is unknown."""
    parts = (part.strip() for part in (document.meeting.place or "").split(","))
    return tuple(part for part in parts if part)


def is_other_place(named: str, own: Sequence[str], places: Iterable[Sequence[str]]) -> bool:
    """Return True if the first or last part of a place is another than the same part of a record's own place.

    A part that the record does not state, such as the country of "Oslo", is no other.

    Args:
        named: the part.
        own: the parts of the record's place.
        places: the parts of all places, with `named` among them.
    """
    if not own or named in ", ".join(own):
        return False
    firsts = {own[0] for parts in places if parts and parts[0] == named}
    lasts = {own[-1] for parts in places if len(own) > 1 and len(parts) > 1 and parts[-1] == named}
    return any(is_country(part) == is_country(named) for part in firsts | lasts)


def _is_source(place: str, text: str, is_citation: bool) -> bool:
    """Return True if a text names a place; a sentence that names it as that of a meeting may speak of another one."""
    named = re.finditer(rf"\b{re.escape(place)}\b", text)
    return any(is_citation or not MEETING_IN.search(text[: m.start()]) for m in named)


def _town(place: str) -> str:
    return place.partition(",")[0].strip()


@lru_cache(maxsize=4096)
def _folded(title: str) -> str:
    return fold(title).text


@lru_cache(maxsize=4096)
def _bare(address: str) -> str:
    """Return an address without its scheme, its fragment and the marks of the sentence behind it."""
    return re.sub(r"^https?://(?:www\.)?", "", address.partition("#")[0]).rstrip(".,;:)/").lower()


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """Return which of some spans in order an offset is in; None for none."""
    number = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[number] if number >= 0 and at < spans[number].end else None


def is_title(text: str) -> bool:
    """Return True if words are written as the title of a work: most of the long ones with a capital."""
    long = [word for word in WORD.findall(text) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) >= _CAPITALS * len(long)

"""Which record the words beside a quotation name: by anchor, address, name, title, publisher, forum, place or date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.understanding.filters import publishers_named
from assistant.verification.normalize import fold
from assistant.verification.quotations import Quotation, outside, quotations
from assistant.verification.readers.report import Paragraph, Report
from corpus.document import Document
from corpus.language.dates import DateMention, find_dates, find_years
from corpus.span import Span
from index.errors import AnchorError

ACCESSED = re.compile(
    r"(?:\(|\b)(?:last\s+)?(?:accessed|retrieved|viewed|visited|consulted|checked|abgerufen|consulté)\b[^;()]*",
    re.IGNORECASE,
)
"""The part of a reference that says when it was looked up."""
_ADDRESS = re.compile(r"https?://[^\s<>\"”“]+")
_FORUM = re.compile(r"(?<![A-Za-z0-9])(G7|G8|G20|G77|OECD|APEC|ASEAN|BRICS|Quad)(?![A-Za-z0-9])")
_LEAST_TITLE = 12


@dataclass(frozen=True)
class Attribution:
    """What some words name.

    Attributes:
        documents: the records that they name by anchor, address, name or title; any of them may be meant.
        publishers: publishers of records.
        forums: such as G20.
        places: places of meetings of the library.
        dates: dates, without those of access.
        years: years, where no date is named.
        unknown: an anchor or address that no record has; None where there is none.
        spans: the places at which its anchors point, where the words still stand.
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

    def objection(self, document: Document) -> str | None:
        """Why the words do not name this record; None when they may."""
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
        if not any(day for document in documents for day in _days(document)):
            return None
        for named in self.dates:
            if not any(_is_day_of(named, document) for document in documents):
                return f"names the date {_shown(named)}"
        known = {day.year for document in documents for day in _days(document)}
        known |= {year for document in documents for year in find_years(document.title)}
        if self.years and not self.years & known:
            return f"names the year {min(self.years)}"
        return None


def attribution(
    text: str, addresses: Sequence[str], documents: Sequence[Document], is_citation: bool = True
) -> Attribution:
    """Read what some words name.

    Args:
        text: a footnote, or the sentence around a quotation without its quotations.
        addresses: what its links lead to.
        documents: all records.
        is_citation: whether the words are a footnote. A sentence may name years and publishers that it is merely about,
            so of it count the dates and the publishers to whom it ascribes.
    """
    text = ACCESSED.sub(" ", text)
    found, spans, unknown = _pointed_at(text, addresses, documents)
    plain = _ADDRESS.sub(" ", text)
    folded = fold(plain).text
    if not found:
        found.update((d.id, d) for d in documents if d.name in text)
    titled = [d for d in documents if len(d.title) >= _LEAST_TITLE and _folded_title(d) in folded]
    if not found:
        found.update((d.id, d) for d in titled)
    # A title may hold years and places of its own: what it says is the record's.
    for d in titled:
        folded = folded.replace(_folded_title(d), " ")
    rest = folded if titled else plain
    named = tuple(find_dates(rest))
    publishers, mentioned = publishers_named(rest, list(documents))
    forums = frozenset(_FORUM.findall(rest))
    places = {_town(d.meeting.place) for d in documents if d.meeting.place}
    return Attribution(
        documents=tuple(found.values()),
        publishers=publishers | mentioned if is_citation else publishers,
        forums=forums if len(forums) == 1 else frozenset(),
        places=frozenset(p for p in places if re.search(rf"\b{re.escape(p)}\b", rest)),
        dates=tuple(d for d in named if is_citation or (d.day and d.year)),
        years=frozenset(find_years(rest)) if is_citation and not named else frozenset(),
        unknown=unknown,
        spans=tuple(spans),
    )


def _pointed_at(
    text: str, addresses: Sequence[str], documents: Sequence[Document]
) -> tuple[dict[str, Document], list[tuple[Document, Span]], str | None]:
    """The records that anchors and addresses lead to, the places of the anchors, and the first that leads to none."""
    found: dict[str, Document] = {}
    spans: list[tuple[Document, Span]] = []
    unknown: str | None = None
    for anchor in anchors_in(" ".join((text, *addresses))):
        cited = anchored(anchor, documents)
        if cited is None:
            unknown = unknown or anchor
        else:
            found[cited[0].id] = cited[0]
            spans += [(cited[0], cited[1])] if cited[1] else []
    for address in (*_ADDRESS.findall(text), *addresses):
        linked = [d for d in documents if d.source.address and _bare(d.source.address) == _bare(address)]
        if not linked and not address.startswith("#") and "rap1:" not in address:
            unknown = unknown or address
        found.update((d.id, d) for d in linked)
    return found, spans, unknown


def anchors_in(text: str) -> list[str]:
    """The compact anchors of a text, each once."""
    from assistant.citations.anchor import COMPACT

    return list(dict.fromkeys(m.group() for m in COMPACT.finditer(text)))


def anchored(compact: str, documents: Sequence[Document]) -> tuple[Document, Span | None] | None:
    """The record that an anchor points into, with the place of its words if they stand there unchanged.

    Returns:
        None when no record is the anchor's, or it was miscopied.
    """
    from assistant.citations.anchor import Anchor
    from assistant.citations.resolve import State, resolve

    try:
        anchor = Anchor.parse(compact)
    except AnchorError:
        return None
    owners = [d for d in documents if anchor.is_version(d)] or [d for d in documents if anchor.names(d.name)]
    if not owners:
        return None
    resolution = resolve(anchor, owners[0])
    return owners[0], resolution.span if resolution.state in (State.SAME, State.MOVED) else None


def _days(document: Document) -> list:  # type: ignore[type-arg]
    meeting = document.meeting
    return [day for day in (document.published, meeting.first_day, meeting.last_day) if day]


def _is_day_of(named: DateMention, document: Document) -> bool:
    meeting = document.meeting
    if any(named.matches(day) for day in _days(document)):
        return True
    first, last = meeting.first_day, meeting.last_day
    inside = first and last and named.day and (named.year or first.year, named.month, named.day)
    if inside and (first.year, first.month, first.day) <= inside <= (last.year, last.month, last.day):  # type: ignore[union-attr]
        return True
    return any((named.month, named.day, named.year) == (d.month, d.day, d.year) for d in find_dates(document.title))


def _shown(named: DateMention) -> str:
    return "-".join(f"{part:02}" for part in (named.year, named.month, named.day) if part)


def _town(place: str) -> str:
    return place.partition(",")[0].strip()


def _folded_title(document: Document) -> str:
    return _folded(document.title)


@lru_cache(maxsize=4096)
def _folded(title: str) -> str:
    return fold(title).text


@lru_cache(maxsize=4096)
def _bare(address: str) -> str:
    """An address without its fragment, its scheme and the marks behind it that belong to the sentence."""
    return re.sub(r"^https?://(?:www\.)?", "", address.partition("#")[0]).rstrip(".,;:)/").lower()


WORD = re.compile(r"[^\W_]+(?:['’\-.,/][^\W_]+)*")
"""A word or a number, with the marks inside it."""
_IBID = re.compile(r"\s*(?:ibid|ibidem|id|ebd|ebenda|loc\. cit|同上)\b", re.IGNORECASE)
# Of a title's long words, the share that begins with a capital.
_CAPITALS = 0.7


class Naming:
    """What footnotes, links and sentences of one report name."""

    def __init__(self, report: Report, documents: Sequence[Document]) -> None:
        self._report = report
        self._documents = documents
        self._notes: dict[str, Attribution] = {}
        self._last: Attribution = Attribution()
        self.used_notes: set[str] = set()

    def beside(self, number: int, quotation: Quotation, quoted: list[Span], cut: list[Span]) -> Attribution:
        """What names the source of a quotation: the next footnote or link of its sentence, else the sentence itself."""
        paragraph = self._report.paragraphs[number]
        end = next((s.end for s in cut if s.start < quotation.span.end <= s.end), len(paragraph.text))
        if quotation.is_block:
            end = len(paragraph.text)
        end = max(end, quotation.span.end)
        while (
            end < len(paragraph.text)
            and not paragraph.text[end - 1 : end + 1].isspace()
            and paragraph.text[end] in ".,;:)”\"’'»」 "
        ):
            end += 1
        following = min((s.start for s in quoted if s.start > quotation.span.end), default=end)
        for limit in dict.fromkeys((min(end, max(following, quotation.span.end + 2)), end)):
            pointers = [p.note for p in paragraph.pointers if quotation.span.start < p.place <= limit]
            behind = [
                note for note, p in ((p.note, p.place) for p in paragraph.pointers) if quotation.span.end <= p <= limit
            ]
            addresses = [
                k.address for k in paragraph.links if k.span.end > quotation.span.start and k.span.start <= limit
            ]
            stated = paragraph.text[quotation.span.end : limit] if paragraph.note is None else ""
            if behind or pointers:
                return self._note((behind or pointers)[0])
            if addresses or "rap1:" in stated or "http" in stated:
                return attribution(stated, addresses, self._documents)
        sentence = next((s for s in cut if s.start <= quotation.span.start < s.end), Span(0, len(paragraph.text)))
        whole = Span(sentence.start, max(end, sentence.end))
        words = outside(paragraph, whole, [s for s in quoted if s.start < s.end])
        if quotation.is_block and not words.strip() and number:
            words = self._report.paragraphs[number - 1].text
        return attribution(words, (), self._documents, is_citation=paragraph.note is not None)

    def of_sentence(self, number: int, sentence: Span) -> Attribution:
        """What a sentence cites by footnote, link, address or anchor; what it merely mentions is no citation."""
        paragraph = self._report.paragraphs[number]
        notes = [p.note for p in paragraph.pointers if sentence.start < p.place <= sentence.end]
        if notes:
            return self._note(notes[0])
        addresses = [k.address for k in paragraph.links if k.span.overlaps(sentence)]
        words = sentence.of(paragraph.text)
        if addresses or "rap1:" in words or "http" in words:
            return attribution(words if "rap1:" in words or "http" in words else "", addresses, self._documents)
        return Attribution()

    def _note(self, name: str) -> Attribution:
        self.used_notes.add(name)
        if name not in self._notes:
            paragraphs = self._report.note(name)
            text = " ".join(paragraph.text for paragraph in paragraphs)
            addresses = [link.address for paragraph in paragraphs for link in paragraph.links]
            self._notes[name] = (
                self._last
                if _IBID.match(text) and self._last
                else attribution(_naming_words(paragraphs), addresses, self._documents)
            )
        self._last = self._notes[name]
        return self._last


def _naming_words(paragraphs: list[Paragraph]) -> str:
    """The words of a footnote without what it quotes itself, other than the titles of works."""
    kept = []
    for paragraph in paragraphs:
        text = paragraph.text
        quoted = [q.span for q in quotations(Report("", (paragraph,))) if not is_title(q.text)]
        kept.append(outside(paragraph, Span(0, len(text)), quoted) if text else "")
    return " ".join(kept)


def is_title(text: str) -> bool:
    """Whether words are written as the title of a work: most of the long ones with a capital."""
    long = [word for word in WORD.findall(text) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) >= _CAPITALS * len(long)

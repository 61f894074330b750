"""Read which record a citation names: by anchor, address, name, title, publisher, forum, place or date."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from assistant.citations.anchor import COMPACT, Anchor
from assistant.citations.resolve import cited_document, resolve
from assistant.understanding.filters.publishers import publishers_in
from assistant.verification.extraction.trailing_citation import is_citation
from assistant.verification.normalize import fold
from assistant.verification.quotations import Quotation, quotations, source_line_behind, unquoted_text
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.document import Document
from corpus.language.dates import DateMention, find_dates, find_years
from corpus.language.months import CALENDAR_WORDS
from corpus.language.organizations import find_forums
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list
from corpus.span import Span
from index.errors import AnchorError

ACCESSED = re.compile(
    r"(?:\(|\b)(?:last\s+)?(?:accessed|retrieved|viewed|visited|consulted|checked|abgerufen|consulté)\b[^;()]*",
    re.IGNORECASE,
)
"""The date of access in a reference."""
_ADDRESS = re.compile(r"https?://[^\s<>\"”“„«»「」]+")
_ANCHOR_LIKE = re.compile(r"rap1:\S+")
_LEAST_TITLE = 12
WORD = re.compile(r"[^\W_]+(?:['’\-.,/][^\W_]+)*")
"""A word or a number, with the marks inside it."""
_IBID = re.compile(r"\s*(?:ibid|ibidem|id|ebd|ebenda|loc\. cit|同上)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[ \"'”’»」.,!?]*[(\[（]([^()\[\]（）]{2,240})[)\]）]")
_COMPARE = re.compile(
    r"\s*(?:cf\b|compare|contrast|see also|for (?:the|a|an|more|further)\b|vgl\b|siehe auch|voir aussi)", re.I
)
# Words with a capital in references that name nobody.
_NO_NAMES = STOP_WORDS | CALENDAR_WORDS | word_list("numbered_words.txt") | word_list("record_nouns.txt")
# Characters behind a quotation among which its citation stands.
_MOST_BEHIND = 4_000
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
        places=frozenset(p for p in places if re.search(rf"\b{re.escape(p)}\b", rest)),
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


def _town(place: str) -> str:
    return place.partition(",")[0].strip()


@lru_cache(maxsize=4096)
def _folded(title: str) -> str:
    return fold(title).text


@lru_cache(maxsize=4096)
def _bare(address: str) -> str:
    """Return an address without its scheme, its fragment and the marks of the sentence behind it."""
    return re.sub(r"^https?://(?:www\.)?", "", address.partition("#")[0]).rstrip(".,;:)/").lower()


class ReportAttributions:
    """Reads which records the footnotes, links and sentences of one report name."""

    def __init__(self, report: ReportText, documents: Sequence[Document]) -> None:
        self._report = report
        self._documents = documents
        self._notes: dict[str, Attribution] = {}
        # Of a sentence without its quotations, by paragraph, range and number of quotations: many share one sentence.
        self._sentences: dict[tuple[int, Span, int], Attribution] = {}
        self._last: Attribution = Attribution()
        self.used_notes: set[str] = set()

    def of_quotation(self, quotation: Quotation, quoted: list[Span], sentences: list[Span]) -> Attribution:
        """Return the source of a quotation: of the next footnote or link of its sentence, else of the sentence itself.

        Args:
            quotation: the quotation.
            quoted: the spans of all quotations of its paragraph.
            sentences: the sentences of its paragraph.
        """
        paragraph = self._report.paragraphs[quotation.paragraph]
        start, behind = quotation.span.start, quotation.span.end
        end = _citation_end(paragraph.text, quotation, sentences)
        end = min(end, behind + _MOST_BEHIND)
        after = bisect_right(quoted, behind, key=lambda s: s.start)
        following = quoted[after].start if after < len(quoted) else end
        for limit in dict.fromkeys((min(end, max(following, behind + 2)), end)):
            places = [bisect_right(paragraph.pointers, at, key=lambda pointer: pointer.place) for at in (start, limit)]
            pointers = paragraph.pointers[slice(*places)]
            if pointers:
                return self._note(next((p for p in pointers if p.place >= behind), pointers[0]).note)
            addresses = [k.address for k in paragraph.links if k.span.end > start and k.span.start <= limit]
            text = paragraph.text[behind:limit] if paragraph.note is None else ""
            if addresses or _has_pointer(text):
                return attribution(text, addresses, self._documents)
            if cited := self._in_brackets(text):
                return cited
        sentence = span_at(sentences, start) or Span(0, len(paragraph.text))
        whole = Span(sentence.start, max(end, sentence.end))
        key = quotation.paragraph, whole, len(quoted)
        if key not in self._sentences:
            self._sentences[key] = self._of_words_around(quotation, whole, quoted)
        return self._sentences[key]

    def _of_words_around(self, quotation: Quotation, whole: Span, quoted: list[Span]) -> Attribution:
        """Return the source that the sentence of a quotation names outside its quotations."""
        paragraph = self._report.paragraphs[quotation.paragraph]
        first = bisect_right(quoted, whole.start, key=lambda s: s.end)
        near = quoted[first : bisect_right(quoted, whole.end, key=lambda s: s.start)]
        words = unquoted_text(paragraph, whole, near)
        citation = quotation.citation or source_line_behind(self._report, quotation)
        if quotation.is_block and not citation and not words.strip() and quotation.paragraph:
            words = self._report.paragraphs[quotation.paragraph - 1].text
        if citation:
            return _without_lone_year(attribution(citation, (), self._documents))
        return attribution(words, (), self._documents, is_citation=paragraph.note is not None)

    def _in_brackets(self, behind: str) -> Attribution | None:
        """Return the source that brackets directly behind a quotation name: "(MIC 2020)"; None where they name none."""
        bracketed = _BRACKETS.match(behind)
        if bracketed is None or not is_citation(bracketed[1]):
            return None
        named = _without_lone_year(attribution(bracketed[1], (), self._documents))
        return named if named else None

    def of_sentence(self, number: int, sentence: Span) -> Attribution:
        """Return the source that a sentence cites by footnote, link, address or anchor; a mention is no citation."""
        paragraph = self._report.paragraphs[number]
        notes = [p.note for p in paragraph.pointers if sentence.start < p.place <= sentence.end]
        if notes:
            return self._note(notes[0])
        addresses = [k.address for k in paragraph.links if k.span.overlaps(sentence)]
        words = sentence.of(paragraph.text)
        if addresses or _has_pointer(words):
            return attribution(words if _has_pointer(words) else "", addresses, self._documents)
        return Attribution()

    def _note(self, name: str) -> Attribution:
        self.used_notes.add(name)
        if name not in self._notes:
            paragraphs = self._report.note(name)
            text = " ".join(paragraph.text for paragraph in paragraphs)
            addresses = [link.address for paragraph in paragraphs for link in paragraph.links]
            cited = attribution(_reference_words(paragraphs), addresses, self._documents)
            if not text.strip():
                cited = replace(cited, unknown=f"footnote {name}, which is missing,")
            elif not cited and not cited.unknown and self._names_others(text):
                cited = replace(cited, unknown=f"“{text.strip()}”")
            elif _COMPARE.match(text):  # "Cf. Bo 2019": others say something on it, too
                cited = Attribution()
            self._notes[name] = self._last if _IBID.match(text) and self._last else cited
        self._last = self._notes[name]
        return self._last

    def _names_others(self, note: str) -> bool:
        """Return True if a note is a reference whose names no record has: "Bo, A History of Lamps, Oslo, p. 3"."""
        names = [
            word.casefold() for word in WORD.findall(note) if word[0].isupper() and word.casefold() not in _NO_NAMES
        ]
        return len(names) > 1 and is_citation(note) and self._words.isdisjoint(names)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of all records in lower case."""
        facts = (f"{d.name} {d.title} {d.publisher or ''} {d.text}" for d in self._documents)
        return frozenset(word for text in facts for word in WORD.findall(text.casefold()))


def _without_lone_year(named: Attribution) -> Attribution:
    """Return a citation without a year beside names that nobody knows, "(Oslo, 2025)": its author's and not ours."""
    is_known = named.documents or named.publishers or named.forums or named.places or named.dates
    return named if is_known else replace(named, years=frozenset())


def _citation_end(text: str, quotation: Quotation, sentences: list[Span]) -> int:
    """Return the end of the text that may cite a quotation: of its sentence with closing marks, or of its block."""
    sentence = span_at(sentences, quotation.span.end - 1)
    end = sentence.end if sentence else len(text)
    end = max(len(text) if quotation.is_block else end, quotation.span.end)
    while end < len(text) and not text[end - 1 : end + 1].isspace() and text[end] in ".,;:)”\"’'»」 ":
        end += 1
    bracketed = _BRACKETS.match(text, end)
    return bracketed.end() if bracketed else end


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """Return which of some spans in order an offset is in; None for none."""
    number = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[number] if number >= 0 and at < spans[number].end else None


def _has_pointer(text: str) -> bool:
    """Return True if a text has an anchor or an address."""
    return "rap1:" in text or "http" in text


def _reference_words(paragraphs: list[Paragraph]) -> str:
    """Return the words of a footnote without its own quotations, except titles of works."""
    words = []
    for paragraph in paragraphs:
        text = paragraph.text
        quoted = [q.span for q in quotations(ReportText("", (paragraph,))) if not is_title(q.text)]
        words.append(unquoted_text(paragraph, Span(0, len(text)), quoted) if text else "")
    return " ".join(words)


def is_title(text: str) -> bool:
    """Return True if words are written as the title of a work: most of the long ones with a capital."""
    long = [word for word in WORD.findall(text) if len(word) > 3]
    return bool(long) and sum(word[0].isupper() or word[0].isdigit() for word in long) >= _CAPITALS * len(long)

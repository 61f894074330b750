"""Read which records the footnotes, links and sentences of one report name."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assistant.verification.attribution import WORD, Attribution, attribution, is_title, span_at
from assistant.verification.extraction.trailing_citation import is_citation
from assistant.verification.quotations import Quotation, quotations, source_line_behind, unquoted_text
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.document import Document
from corpus.language.dates import find_dates
from corpus.language.months import CALENDAR_WORDS
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list
from corpus.span import Span

_IBID = re.compile(r"\s*(?:ibid|ibidem|id|ebd|ebenda|loc\. cit|同上)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[ \"'”’»」.,!?]*[(\[（]([^()\[\]（）]{2,240})[)\]）]")
_COMPARE = re.compile(
    r"\s*(?:cf\b|compare|contrast|see also|for (?:the|a|an|more|further)\b|vgl\b|siehe auch|voir aussi)", re.I
)
# Words with a capital in references that name nobody.
_NO_NAMES = STOP_WORDS | CALENDAR_WORDS | word_list("numbered_words.txt") | word_list("record_nouns.txt")
# Characters behind a quotation among which its citation stands.
_MOST_BEHIND = 4_000


class ReportAttributions:
    """Reads which records the footnotes, links and sentences of one report name."""

    def __init__(self, report: ReportText, documents: Sequence[Document]) -> None:
        self._report = report
        self._documents = documents
        self._notes: dict[str, Attribution] = {}
        # Of a sentence without its quotations, by paragraph, range and number of quotations: many share one sentence.
        self._sentences: dict[tuple[int, Span, int], Attribution] = {}
        self._last: Attribution = Attribution()
        self._records: tuple[int, tuple[Document, ...]] = -1, ()
        self.used_notes: set[str] = set()

    def keep_records(self, number: int, documents: tuple[Document, ...]) -> None:
        """Keep the records that the last sentence of a paragraph is about."""
        self._records = number, documents

    def records_before(self, number: int) -> tuple[Document, ...]:
        """Return the records that the paragraph before one is about; none where it is about none."""
        return self._records[1] if self._records[0] == number - 1 else ()

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
        if not quotation.paragraph:  # the day of the report stands on a line of its own at its top
            words = "\n".join(line for line in words.split("\n") if not _is_only_day(line))
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
            elif _COMPARE.match(text):  # "Cf. Bo 2019": others say something on it, too
                cited = Attribution()
            elif not cited and not cited.unknown and self._names_others(text):
                cited = replace(cited, unknown=f"“{text.strip()}”")
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


def _is_only_day(line: str) -> bool:
    """Return True if a line is a day, with at most one word for what it is: "Date: 3 May 2031", "Oslo, 3 May 2031"."""
    dates = find_dates(line)
    beside = line[: dates[0].start] + line[dates[0].end :] if len(dates) == 1 else ""
    return len(dates) == 1 and len(beside.split()) <= 1


def _citation_end(text: str, quotation: Quotation, sentences: list[Span]) -> int:
    """Return the end of the text that may cite a quotation: of its sentence with closing marks, or of its block."""
    sentence = span_at(sentences, quotation.span.end - 1)
    end = sentence.end if sentence else len(text)
    end = max(len(text) if quotation.is_block else end, quotation.span.end)
    while end < len(text) and not text[end - 1 : end + 1].isspace() and text[end] in ".,;:)”\"’'»」 ":
        end += 1
    bracketed = _BRACKETS.match(text, end)
    return bracketed.end() if bracketed else end


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

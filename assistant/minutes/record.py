"""Read a record as minutes: its passages whole, its lines with their labels, and the words that name the record."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.citations.citation import Citation
from assistant.minutes.people.legends import legend_of
from corpus.document import Document, Kind
from corpus.facts import facts_text
from corpus.language.minutes_words import is_label, label_class, says
from corpus.language.tokens import fold_text, stems
from corpus.passages import Passage, split
from corpus.span import Span, trim
from corpus.tables import names_of, table_around
from corpus.transcript import turns

# Characters of a line at the top of a record that names it.
_TOP_LINE = 160
# Passages at the top that may say that the record is one of minutes.
_TOP = 5
# Passages at the top among which the legend of a register stands.
_TOP_LINES = 30
# Characters of a line that may be a label alone.
_TITLE = 60
_OFFICES = {"chair", "secretary"}
_TITLES = (
    ("action", "label"),
    ("decision", "label"),
    *(("label", name) for name in ("excused", "absent", "attending", "chair", "secretary", "present")),
)
# "TOP 5 Aufgaben", "Agenda item 6: Actions".
_ITEM = re.compile(
    r"^\W*(?:(?:agenda )?item|agenda|point|punkt|top|tagesordnungspunkt|punto|議題)\s*\d[\d.]*\s*[:.)–—-]?\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|(?<=[.;。\n·•]))\s*[*_]*(?P<label>[^\W\d_][^:：.;。\n|·•]{0,60}?)[*_]*\s*(?:[:：]|\s[–—]\s|\u3000+)[*_]*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class LabelledWords:
    """Words of a passage behind a label: "Present: A, B" has the label "Present".

    Attributes:
        passage: the passage.
        label: the words before the colon.
        span: the label with its words.
        words: the words; None where the label is all that the passage has.
    """

    passage: Passage
    label: str
    span: Span
    words: Span | None


# The records read last, by the hash of their text.
_RECORDS: dict[str, "MinutesRecord"] = {}
# Records whose parts are kept, too.
KEPT = 500


def read_record(document: Document) -> "MinutesRecord":
    """Return a document read as minutes; one that was read before is kept."""
    record = _RECORDS.get(document.id)
    if record is None or record.document != document:
        if len(_RECORDS) >= KEPT:
            _RECORDS.clear()
        record = _RECORDS[document.id] = MinutesRecord(document)
    return record


class MinutesRecord:
    """A document read as minutes.

    Args:
        document: the document.

    Attributes:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def passages(self) -> list[Passage]:
        """Its blocks in order, none of them cut."""
        return split(self.document, sys.maxsize)

    @cached_property
    def about(self) -> frozenset[str]:
        """The stems of title, facts, file name and first lines."""
        top = []
        talk = turns(self.document)[:1]
        for passage in self.passages[:_TOP]:
            is_line = passage.kind not in (Kind.HEADING, Kind.LIST_ITEM) and len(passage.words) <= _TOP_LINE
            if not is_line or any(passage.span.end > turn.span.start for turn in talk):
                break
            if not any(label_class("label", found.label) for found in _labels(passage)):
                top.append(passage.text)
        name = re.sub(r"[\W_]+", " ", self.document.name.rpartition(".")[0])
        return frozenset(stems(" ".join((self.document.title, name, facts_text(self.document), *top))))

    @cached_property
    def is_named_minutes(self) -> bool:
        """True if title, file name or first lines call the record minutes."""
        top = (p.text[:_TOP_LINE] for p in self.passages[:_TOP])
        return says("record", "minutes", fold_text(" ".join((self.document.title, self.document.name, *top))))

    @cached_property
    def is_minutes(self) -> bool:
        """True if it is called minutes, says who was present or absent, or has two parts of minutes."""
        labels = {label_class("label", found.label) for found in self.labels}
        is_present = any(is_label("label", "present", found.label) for found in self.labels)
        if self.is_named_minutes or is_present or labels & {"absent", "excused"}:
            return True
        if any(legend_of(passage.words_text) for passage in self.passages[:_TOP_LINES]):
            return True
        parts = {found for passage in self.passages if (found := self.title_class(passage))}
        parts |= {("label", str(name)) for name in labels & _OFFICES}
        has_decisions = any(is_label("decision", "label", found.label) for found in self.labels)
        parts |= {("decision", "label")} if has_decisions else set()
        return len(parts) > 1 and any(name not in _OFFICES for _, name in parts)

    @cached_property
    def labels(self) -> tuple[LabelledWords, ...]:
        """The labels of its paragraphs and items, in order; in a transcript of those before the first turn."""
        found = tuple(label for passage in self.passages for label in _labels(passage))
        if not any(label_class("label", label.label) for label in found):
            return found
        # To find the turns takes longer than all else, so that only records with such a label are asked for them.
        end = next((turn.span.start for turn in turns(self.document)), len(self.document.text))
        return tuple(label for label in found if label.passage.span.end <= end)

    @cached_property
    def talk(self) -> tuple[tuple[Passage, str], ...]:
        """The turns of a transcript as passages, each with its speaker; empty for other records."""
        starts = [passage.span.start for passage in self.passages]
        found = []
        for turn in turns(self.document):
            inside = self.passages[max(0, bisect_right(starts, turn.span.start) - 1)]
            passage = Passage(self.document, turn.words, turn.words, Kind.BODY, inside.headings, inside.order)
            found.append((passage, turn.speaker))
        return tuple(found)

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], list[Passage]], ...]:
        """The column names and the rows of each table, the row of the names first; no names if it has none."""
        seen: set[int] = set()
        by_start = {passage.span.start: passage for passage in self.passages}
        found = []
        for passage in self.passages:
            blocks = table_around(self.document, passage.span.start) if passage.span.start not in seen else ()
            if blocks:
                seen.update(block.span.start for block in blocks)
                rows = [
                    row for block in blocks if any(map(str.isalnum, (row := by_start[block.span.start]).words_text))
                ]
                found.append((names_of(self.document.text, blocks), rows))
        return tuple(found)

    def title_class(self, passage: Passage) -> tuple[str, str] | None:
        """Return section and class of a line that is a label and nothing else, such as "Actions"; None for another."""
        words = passage.words_text
        if len(words) > _TITLE or passage.kind in (Kind.MENU, Kind.TITLE):
            return None
        words = _ITEM.sub("", words)
        return next(((s, n) for s, n in _TITLES if is_label(s, n, words)), None)

    def section(self, passage: Passage) -> list[Passage]:
        """Return the passages below a heading or a label alone, up to the next one."""
        is_heading, depth = passage.kind is Kind.HEADING, len(passage.headings)
        below: list[Passage] = []
        for other in self.passages[passage.order + 1 :]:
            ends = other.kind is Kind.HEADING and (len(other.headings) <= depth or not is_heading)
            if ends or self.title_class(other):
                break
            below.append(other)
        return below

    def cite(self, passage: Passage, span: Span, section: tuple[str, ...] = ()) -> Citation:
        """Return a citation of words of a passage, below its headings and further ones."""
        return Citation(self.document, span, (*passage.headings, *section))


def _labels(passage: Passage) -> Iterator[LabelledWords]:
    if passage.kind in (Kind.TITLE, Kind.MENU):
        return
    words, start = passage.words_text, passage.words.start
    marks = [mark for mark in _LABEL.finditer(words) if "http" not in mark["label"]]
    for number, mark in enumerate(marks):
        last = marks[number + 1].start() if number + 1 < len(marks) else len(words)
        span = trim(passage.document.text, start + mark.start(), start + last)
        if span:
            behind = trim(passage.document.text, start + mark.end(), start + last)
            yield LabelledWords(passage, mark["label"].strip(), span, behind)

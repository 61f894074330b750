"""Divide a record into sections under its headings, and find the passages of each that state something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Kind
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span
from corpus.speaker_label import Form, read_label

_KEY = re.compile(
    r"\b(?:(?:key|main) (?:points?|outcomes?|results|messages|findings)|points of|outcomes?|conclusions|decisions"
    r"|highlights|takeaways)\b"
    r"|要点|ポイント|主な成果|成果|決定事項|結論|概要",
)
# "... are as follows.", "the following key points:"
_LEADS_IN = re.compile(r"[:：]\s*$|\b(?:as follows|following|below)\b[^.]*\.?\s*$|以下[^。]*。?\s*$")
_NO_STATEMENT = re.compile(r"[—-]\s*$|https?://|\bPDF\b|^\s*\||-->|[?？][\"”’]?\s*$|\b(?:TEL|FAX)\b")
_ENDS = re.compile(r"[.!。！][\"”’)\]）」*]*\s*$")
_LEAST_WORDS = 5
_LEAST_ITEMS = 3
# Of an item of a list that does not end like a sentence.
_LEAST_WORDS_OF_ITEM = 10
_LEAST_CHARACTERS_JA = 12
# Share of capitals above which a line is a list of names.
_NAMES = 0.8


@dataclass(frozen=True, slots=True)
class Point:
    """A passage that states something.

    Attributes:
        passage: the passage.
        statements: those of its sentences that state something.
    """

    passage: Passage
    statements: tuple[Span, ...]

    @property
    def is_item(self) -> bool:
        """True for an item of a list."""
        return self.passage.kind is Kind.LIST_ITEM


@dataclass(frozen=True, slots=True)
class RecordSection:
    """The passages between two headings that state something.

    Attributes:
        heading: the heading above; None at the beginning of a record.
        points: its statements, in order; at least one.
        is_key: True if the record calls them its key points, outcomes or decisions.
    """

    heading: Passage | None
    points: tuple[Point, ...]
    is_key: bool


def read_sections(passages: Sequence[Passage]) -> list[RecordSection]:
    """Return the sections that state something, in order; not those of dates, participants, contacts and links.

    Args:
        passages: all passages of the record, in order.
    """
    sections: list[RecordSection] = []
    is_announced = False
    for heading, content, has_children in _divide(passages):
        is_key = is_announced or any(_KEY.search(fold_text(words)) for words in _path(heading))
        # A list before the first heading is the record's own summary.
        is_key = is_key or (heading is None and len([p for p in content if p.kind is Kind.LIST_ITEM]) >= _LEAST_ITEMS)
        points = [p for passage in content if (p := point_of(passage, is_key))]
        lead_in = next((i for i, p in enumerate(content) if _announces(p)), None)
        others = [p for p in content if not _states_nothing(p.words_text)]
        stating = heading is None or 2 * len(points) > len(others) - (lead_in is not None)
        listed = lead_in is not None and [p.kind for p in content[lead_in + 1 :]][:1] == [Kind.LIST_ITEM]
        if points and stating:
            sections.append(RecordSection(heading, tuple(points), is_key or listed))
        elif not has_children:
            is_announced = False
        is_announced = is_announced or (lead_in is not None and not listed)
    return sections


def _divide(passages: Sequence[Passage]) -> list[tuple[Passage | None, list[Passage], bool]]:
    """Return each heading with the passages below it, and True if the next heading lies deeper."""
    groups: list[tuple[Passage | None, list[Passage]]] = [(None, [])]
    for passage in passages:
        if passage.kind is Kind.HEADING and not _states_nothing(passage.text):
            groups.append((passage, []))
        elif passage.kind in (Kind.BODY, Kind.LIST_ITEM):
            groups[-1][1].append(passage)
    divided: list[tuple[Passage | None, list[Passage], bool]] = []
    for i, (heading, content) in enumerate(groups):
        following = groups[i + 1][0] if i + 1 < len(groups) else None
        depth = len(heading.headings) if heading else -1
        has_children = following is not None and len(following.headings) > depth
        divided.append((heading, content, has_children and heading is not None))
    return divided


def headings_of(passage: Passage) -> tuple[str, ...]:
    """Return the headings above a passage without lines of a transcript that look like headings ("Q Well —")."""
    return tuple(words for words in passage.headings if not _states_nothing(words))


def _states_nothing(words: str) -> bool:
    """Return True for a turn that asks, a question, a row, an address, or a sentence that breaks off."""
    label = read_label(words)
    return (label is not None and label.form is Form.ASKER) or bool(_NO_STATEMENT.search(words))


def _path(heading: Passage | None) -> tuple[str, ...]:
    return (*heading.headings, heading.words_text) if heading else ()


def _announces(passage: Passage) -> bool:
    """Return True if a paragraph announces key points: "The main points of the declaration are as follows."."""
    if passage.kind is not Kind.BODY or not _KEY.search(fold_text(passage.words_text)):
        return False
    return bool(_LEADS_IN.search(passage.sentences()[-1].of(passage.document.text)))


def point_of(passage: Passage, is_key: bool = False) -> Point | None:
    """Return a passage with those of its sentences that state something; None if none does.

    Args:
        passage: the passage.
        is_key: True for an item of a list of key points, which states something in any form.
    """
    spans, is_item = passage.sentences(), passage.kind is Kind.LIST_ITEM
    if not (is_item and is_key) or _states_nothing(passage.words_text):
        spans = [span for span in spans if _states(span.of(passage.document.text), is_item)]
    return Point(passage, tuple(spans)) if spans else None


def _states(sentence: str, is_item: bool) -> bool:
    """Return True for a sentence that states something: no question, lead-in, date, list of names, row or link."""
    text = " ".join(sentence.split())
    is_whole = bool(_ENDS.search(text)) or (is_item and len(text.split()) >= _LEAST_WORDS_OF_ITEM)
    if _states_nothing(sentence) or _LEADS_IN.search(text) or not is_whole:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    if not text.isascii() and len(text) >= _LEAST_CHARACTERS_JA and len(words) < _LEAST_WORDS:
        return "。" in text or is_item
    capitals = sum(word[0].isupper() for word in words)
    return len(text.split()) >= _LEAST_WORDS and capitals < _NAMES * max(1, len(words))

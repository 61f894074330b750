"""Outline records in their own words: their key points, else the sentence that carries each section, in order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, ReplyKind, Statement
from assistant.citations.citation import Citation
from assistant.replies.meetings import RecordedMeeting, group_by_meeting
from assistant.replies.minutes_outline import outline_minutes
from assistant.replies.sections import Point, RecordSection, headings_of, read_sections
from assistant.understanding.library_questions import LibraryQuestion
from corpus.document import Document
from corpus.language.tokens import content_words
from corpus.span import Span
from index.models.encoder import Vectors
from index.snapshot import Snapshot

# The sentences of each passage with their vectors, by the passage's order.
SentenceVectors = dict[int, tuple[list[Span], Vectors]]

_NOTE = {
    "en": "Quoted and not summarised: the records' own outline, in its order.",
    "ja": "要約ではなく、記録の見出しと文をその順に引用します。",
}
# Citations of a reply about one meeting, of each further record of the meeting, and of a reply about several meetings.
_MOST = 12
_MOST_OF_FURTHER = 6
_MOST_MEETINGS = 6
_MOST_RECORDS = 4
# Sentences of one section, at most.
_MOST_OF_SECTION = 3
# Parts of a record without headings that get a sentence each.
_PARTS = 8
# Added to the cosine for each content word of a sentence: "I will look into that." is central and says nothing.
_WORD = 0.03
_MOST_WORDS = 15
# Added to the cosine of the first statement of a passage, which later ones refer back to.
_FIRST = 0.15


def outline(question: LibraryQuestion, snapshot: Snapshot, language: str) -> Answer | None:
    """Return the outline of the records of a meeting, or a few points of each meeting; None where no sentence is one.

    Args:
        question: with the records, and "points" as what it wants listed if it asks for the key points alone.
        snapshot: the library.
        language: of the line above the outline, "en" or "ja".
    """
    meetings = group_by_meeting(question.documents)
    if len(meetings) > _MOST_MEETINGS:
        return None
    only_points = question.listed == "points"
    most = _MOST if len(meetings) == 1 else max(2, _MOST // len(meetings))
    citations = [c for meeting in meetings for c in _outline_meeting(meeting, snapshot, most, only_points)]
    if not citations:
        return None
    return Answer(tuple(citations), kind=ReplyKind.OUTLINE, statements=(Statement(_NOTE[language]),))


def _outline_meeting(meeting: RecordedMeeting, snapshot: Snapshot, most: int, only_points: bool) -> list[Citation]:
    """Return the points of the records of a meeting, those of the richest record first; of minutes their outcomes."""
    if not only_points and (outcomes := _outcomes(meeting, most)):
        return outcomes
    outlines = [_outline_record(document, snapshot, only_points) for document in meeting.documents[:_MOST_RECORDS]]
    outlines.sort(key=lambda points: (-min(len(points), most), -sum(len(c.citation.span) for c in points)))
    first, *others = outlines
    chosen = _most_central(first, most)
    for points in others:
        chosen += _most_central(points, min(_MOST_OF_FURTHER, most - 1))
    return [candidate.citation for candidate in chosen]


def _outcomes(meeting: RecordedMeeting, most: int) -> list[Citation]:
    """Return the outcomes in the first minutes of a meeting that have items; none for other records."""
    return next(filter(None, (outline_minutes(document, most) for document in meeting.documents[:_MOST_RECORDS])), [])


@dataclass(frozen=True, slots=True)
class _OutlinePoint:
    """A point of a record with its vector, and True if the record itself calls it a key point."""

    citation: Citation
    vector: Vectors
    is_key: bool = False


def _outline_record(document: Document, snapshot: Snapshot, only_points: bool) -> list[_OutlinePoint]:
    passages = snapshot.passages_of(document)
    vectors = {passage.order: snapshot.sentences(identity) for identity, passage in passages}
    sections = read_sections([passage for _, passage in passages])
    titled = [section for section in sections if section.heading is not None]
    if len(titled) < 2 and not any(section.is_key for section in sections):
        return _spread([point for section in sections for point in section.points], vectors)
    share = min(_MOST_OF_SECTION, math.ceil(_MOST / len(sections)))
    candidates = [c for section in sections for c in _carrying(section, vectors, share)]
    key = [c for c in candidates if c.is_key]
    if only_points and len(key) > 1:
        return key
    return candidates


def _carrying(section: RecordSection, vectors: SentenceVectors, share: int) -> list[_OutlinePoint]:
    """Return the items of a list of key points, else the sentences that are most similar to the section's heading."""
    items = [point for point in section.points if point.is_item]
    if section.is_key and items:
        return [_whole(item, vectors) for item in items]
    candidates = [(point, span, vector) for point in section.points for span, vector in _sentences(point, vectors)]
    if not candidates:
        return []
    if section.heading is not None:
        heading = vectors[section.heading.order][1].mean(axis=0)
    else:
        heading = sum(vector for _, _, vector in candidates) / len(candidates)
    best: dict[int, tuple[float, _OutlinePoint]] = {}
    for point, span, vector in candidates:
        similarity = float(vector @ heading)
        order = point.passage.order
        if span == point.statements[0]:
            similarity += _FIRST
        if order not in best or similarity > best[order][0]:
            best[order] = (similarity, _OutlinePoint(_cite(point, span), vector, section.is_key))
    ranked = sorted(best.values(), key=lambda pair: -pair[0])[:share]
    return sorted((c for _, c in ranked), key=lambda c: c.citation.span.start)


def _cite(point: Point, span: Span) -> Citation:
    return Citation(point.passage.document, span, headings_of(point.passage))


def _whole(item: Point, vectors: SentenceVectors) -> _OutlinePoint:
    """Return an item of a list as a whole, of a long one the first sentence."""
    return _OutlinePoint(_cite(item, item.passage.as_item()), vectors[item.passage.order][1].mean(axis=0), is_key=True)


def _spread(points: Sequence[Point], vectors: SentenceVectors) -> list[_OutlinePoint]:
    """Return a sentence of each part of a record without headings: near the mean of all, and with content words."""
    sentences = [(point, span, vector) for point in points for span, vector in _sentences(point, vectors)]
    if not sentences:
        return []
    mean = sum(vector for _, _, vector in sentences) / len(sentences)
    size = math.ceil(len(sentences) / _PARTS)
    parts = [sentences[start : start + size] for start in range(0, len(sentences), size)]

    def weight(sentence: tuple[Point, Span, Vectors]) -> float:
        words = len(content_words(sentence[1].of(sentence[0].passage.document.text)))
        return float(sentence[2] @ mean) + _WORD * min(words, _MOST_WORDS)

    chosen = (max(part, key=weight) for part in parts)
    return [_OutlinePoint(_cite(point, span), vector) for point, span, vector in chosen]


def _sentences(point: Point, vectors: SentenceVectors) -> list[tuple[Span, Vectors]]:
    """Return the statements of a passage with their vectors."""
    spans, rows = vectors[point.passage.order]
    return [(span, row) for span, row in zip(spans, rows, strict=True) if span in point.statements]


def _most_central(candidates: Sequence[_OutlinePoint], most: int) -> list[_OutlinePoint]:
    """Return at most so many, key points before others and then the most central ones, in the order of the text."""
    if len(candidates) <= most:
        return list(candidates)
    mean = sum(c.vector for c in candidates) / len(candidates)
    ranked = sorted(candidates, key=lambda c: (not c.is_key, -float(c.vector @ mean)))[:most]
    return [c for c in candidates if c in ranked]

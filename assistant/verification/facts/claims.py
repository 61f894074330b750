"""Check the figures, dates and names that a report states outside quotation marks against the records."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.verification.attribution import is_other_place, towns_of
from assistant.verification.facts.claim import Claim, StatingSentence
from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.directions import direction_of
from assistant.verification.facts.in_its_place import in_its_place
from assistant.verification.facts.measures import other_measure, other_unit
from assistant.verification.facts.neighbours import better_placed, stands_with_its_words
from assistant.verification.facts.people.attendance import checked_roles
from assistant.verification.facts.people.other_names import other_spelling, other_title
from assistant.verification.facts.values import (
    Value,
    figure_spans,
    is_difference,
    is_fact,
    is_near,
    is_rounded,
    occurs,
    values_of,
)
from assistant.verification.facts.weak_values import weak_conflicts
from corpus.document import Document
from corpus.language.dates import DateMention
from corpus.language.word_lists import alternatives
from corpus.span import Span

# From this share of common words on, a value of one sentence stands in the place of that of the other.
_SAME = 0.6
_VERY_SAME = 0.8

_DATES = "meeting_dates.toml"
_HELD = re.compile(
    rf"\b(?:{alternatives(_DATES, 'bodies')})\b[^.;]*\b(?:{alternatives(_DATES, 'held')})\s+"
    rf"(?:(?:{alternatives(_DATES, 'ways')})\s+)?(?:{alternatives(_DATES, 'before_day')})\s+(?:[^\W\d_]+,?\s+)?$",
    re.IGNORECASE,
)
# The place of a quotation in its record, as our exports state it: "701–797 of 11235".
_PLACE = re.compile(r"(?<!\S)\d+–\d+ of \d+\s*$")


def claims(stating: StatingSentence) -> Iterator[Claim]:
    """Check each figure, date and name of a sentence against its records."""
    sentence = stating.span.of(stating.text)
    if stating.is_cell and _PLACE.search(sentence):
        return
    stated = values_of(sentence, stating.documents[0].language)
    passages = [_passage(document, span) for document, span in stating.cited]
    contradicted: set[Span] = set()
    seen: set[Span] = set()
    roles = [] if stating.is_cell else [r for r in checked_roles(sentence, stating.documents) if not r.is_found]
    for value in stated:
        role = next((r for r in roles if r.span.start <= value.span.start < r.span.end), None)
        if role and role.recorded:
            continue
        found = _look_up(value, sentence, stating, passages)
        conflict = _conflict(value, sentence, stated, stating, found.is_found)
        if role and not conflict:
            continue
        if not found.is_found and is_rounded(sentence, value) and _is_about(value, conflict, stating):
            continue
        if not found.is_found and _is_change(value, sentence, stating):
            continue
        span = conflict.span if conflict else value.span
        if span not in seen:
            seen.add(span)
            contradicted |= {span} if conflict else set()
            yield _claim(stating, value.kind, span, conflict, found)
    for role in roles:
        conflict = Conflict(role.span, role.recorded, stating.documents[0]) if role.recorded else None
        if not any(role.span.overlaps(span) for span in contradicted):
            yield _claim(stating, "name", role.span, conflict, _Occurrence(is_elsewhere=role.is_elsewhere))
    for kind, weak in weak_conflicts(sentence, stated, stating.documents, stating.near):
        if not any(weak.span.overlaps(span) for span in contradicted):
            yield _claim(stating, kind, weak.span, weak)


class _Occurrence(NamedTuple):
    """Where the records of a sentence have a value.

    Attributes:
        is_found: the cited passage has it or, where only a record is cited, the record, with its words.
        is_elsewhere: a record has it, but not there or not with its words.
    """

    is_found: bool = False
    is_elsewhere: bool = False


_NOWHERE = _Occurrence()


def _look_up(value: Value, sentence: str, stating: StatingSentence, passages: Sequence[str]) -> _Occurrence:
    """Return where the records have a value, of which the cited passages count first."""
    documents = stating.documents
    is_inside = not passages or any(occurs(value, text, documents) for text in passages)
    is_known = any(is_fact(value, document) for document in documents)
    is_anywhere = is_known or any(occurs(value, document.text, documents) for document in documents)
    # One and two are small words of many languages, which count nothing.
    is_placed = value.kind != "figure" or is_known or value.value in ("1", "2")
    is_placed = is_placed or stands_with_its_words(value, sentence, documents)
    return _Occurrence(
        is_found=is_anywhere and (is_inside or is_known) and is_placed,
        is_elsewhere=is_anywhere and not (is_inside and is_placed),
    )


def _claim(
    stating: StatingSentence,
    kind: str,
    span: Span,
    conflict: Conflict | None,
    found: _Occurrence = _NOWHERE,
) -> Claim:
    """Return the claim on a value that stands at a span of the sentence."""
    sentence = stating.span.of(stating.text)
    return Claim(
        sentence,
        stating.where,
        stating.paragraph,
        Span(stating.span.start + span.start, stating.span.start + span.end),
        kind,
        span.of(sentence),
        conflict.document if conflict else stating.documents[0],
        found.is_found and conflict is None,
        found.is_elsewhere,
        conflict.recorded if conflict else None,
    )


def _conflict(
    value: Value, sentence: str, stated: Sequence[Value], stating: StatingSentence, is_found: bool
) -> Conflict | None:
    """Return what contradicts a value: another spelling of a name, or what the nearest sentence has in its place."""
    if value.kind == "name" and (conflict := other_spelling(value, sentence, stating.documents)):
        return conflict
    if value.kind == "name" and (conflict := other_title(value, sentence, stating.documents)):
        return conflict
    if not is_found and (held := _meeting_day(value, sentence, stating.documents)):
        return Conflict(value.span, held, stating.documents[0])
    if place := _meeting_place(value, sentence, stating):
        return Conflict(value.span, place, stating.documents[0])
    having = [near for near in stating.near if occurs(value, near.text, (near.document,))]
    if value.kind == "figure" and having and (conflict := other_measure(value, sentence, having)):
        return conflict
    if value.kind == "figure" and is_found and (recorded := other_unit(value, sentence, stating.documents)):
        return Conflict(value.span, recorded, stating.documents[0])
    if value.kind == "figure" and not stating.is_cell and having and having[0].share >= _SAME:
        others = [better_placed(value, sentence, near.text, near.document.language) for near in having]
        if others[0] and all(others):
            return Conflict(value.span, others[0], having[0].document)
    if having:
        return None
    for near in stating.near:
        is_own = is_found and (value.kind != "date" or is_fact(value, near.document))
        is_near = near.share >= (_VERY_SAME if is_own or value.kind == "name" else _SAME)
        if is_near and (recorded := in_its_place(value, sentence, stated, near, is_own=is_own)):
            return Conflict(value.span, recorded, near.document)
    return None


def _meeting_day(value: Value, sentence: str, documents: Sequence[Document]) -> str | None:
    """Return the record's own day, where a report says that its meeting was held on another."""
    day = documents[0].meeting.first_day if len(documents) == 1 else None
    is_held = isinstance(value.value, DateMention) and _HELD.search(sentence[: value.span.start])
    return f"{day.day} {day:%B %Y}" if day and is_held else None


def _meeting_place(value: Value, sentence: str, stating: StatingSentence) -> str | None:
    """Return the place of the record's meeting, where a report says that it was held at that of another meeting."""
    own = towns_of(stating.documents[0]) if len(stating.documents) == 1 else ()
    is_held = value.kind == "name" and _HELD.search(sentence[: value.span.start])
    return ", ".join(own) if is_held and is_other_place(str(value.value), own, stating.places) else None


def _is_about(value: Value, conflict: "Conflict | None", stating: StatingSentence) -> bool:
    """Return True if a rounded figure is near one of the records' sentence, or no sentence is known."""
    if conflict:
        return is_near(value, conflict.recorded)
    return not stating.near or any(
        is_near(value, place.of(near.text))
        for near in stating.near
        for place in figure_spans(near.text, near.document.language).values()
    )


def _is_change(value: Value, sentence: str, stating: StatingSentence) -> bool:
    """Return True if something rises or falls by a figure, and from one to another of two figures in the records."""
    is_change = value.kind == "figure" and direction_of(sentence, value.span) is not None
    return is_change and any(is_difference(value, near.text) for near in stating.near)


def _passage(document: Document, span: Span) -> str:
    """Return the text of the blocks that a cited span touches, without the headings above them."""
    blocks = [b.span for b in document.outline if b.span.overlaps(span)]
    start = min([span.start, *(b.start for b in blocks)])
    end = max([span.end, *(b.end for b in blocks)])
    return document.text[start:end]

"""Check the figures, dates and names that a report states outside quotation marks against the records."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from assistant.verification.facts.bounds import bound_of, is_turned
from assistant.verification.facts.neighbours import better_placed, other_unit, stands_with_its_words
from assistant.verification.facts.record_sentences import NearSentence
from assistant.verification.facts.units import unit_at
from assistant.verification.facts.values import (
    Value,
    figure_spans,
    is_fact,
    is_near,
    is_rounded,
    occurs,
    values_of,
    words_of,
)
from corpus.document import Document
from corpus.language.dates import DateMention
from corpus.language.english import HONORIFIC
from corpus.language.figures import ORDINALS
from corpus.language.persons import is_title, persons
from corpus.language.scripts import is_cjk
from corpus.span import Span

# From this share of common words on, a value of one sentence stands in the place of that of the other.
_SAME = 0.6
_VERY_SAME = 0.8
# Two names so alike are spellings of one; of short ones a single letter is more.
_ALIKE = 0.7
_ALIKE_SHORT = 0.6
_SHORT = 4
_TOKEN = re.compile(r"[^\W_]+(?:[-’'.,:][^\W_]+)*")
_NAME_WORD = re.compile(r"[\w’'-]*\w")
_TITLE_BEFORE = re.compile(rf"\b(?:{HONORIFIC})\.?\s+$")
_PHRASE = re.compile(r"[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)*")

_HELD = re.compile(
    r"\b(?:meeting|session|hearing|summit|conference|council|board|committee)\b[^.;]*"
    r"\b(?:held|took place|met|convened|gathered|assembled)\s+(?:(?:online|virtually|there)\s+)?(?:on|in)\s+"
    r"(?:[^\W\d_]+,?\s+)?$",
    re.IGNORECASE,
)
# The place of a quotation in its record, as our exports state it: "701–797 of 11235".
_PLACE = re.compile(r"(?<!\S)\d+–\d+ of \d+\s*$")


class ClaimState(StrEnum):
    """Result of looking a value up in the records."""

    FOUND = "found"
    CONTRADICTED = "contradicted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, date or name that a sentence states about a record.

    Attributes:
        sentence: the sentence of the report.
        where: description of its paragraph's place for a reader.
        paragraph: index of the paragraph.
        span: place of the value in the paragraph's text.
        kind: "figure", "date" or "name".
        value: the value as the report writes it.
        document: the record that the sentence cites or is about.
        is_found: True if the cited passage has the value or, where only a record is cited, the record.
        is_elsewhere: True if the record has the value outside the cited passage only.
        recorded: the value that the record's own sentence has in its place; None where none is known.
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
    recorded: str | None = None

    def moved(self, offset: int) -> "Claim":
        """Return the claim with its place moved by an offset."""
        return replace(self, span=Span(self.span.start + offset, self.span.end + offset))

    @property
    def state(self) -> ClaimState:
        """The result: found, contradicted or missing."""
        if self.is_found:
            return ClaimState.FOUND
        return ClaimState.CONTRADICTED if self.recorded else ClaimState.MISSING


@dataclass(frozen=True, slots=True)
class StatingSentence:
    """A sentence that states something about records.

    Attributes:
        paragraph: index of the report's paragraph.
        where: description of its place for a reader.
        span: the sentence in the paragraph's text.
        text: the paragraph's text, without quotations.
        documents: the records that it cites or is about.
        cited: the places that its anchors point at.
        near: the sentences of the records that it is about, the nearest first.
        is_cell: True for a cell of a table behind the words of its column and row, whose order says nothing.
    """

    paragraph: int
    where: str
    span: Span
    text: str
    documents: tuple[Document, ...]
    cited: tuple[tuple[Document, Span], ...] = ()
    near: tuple[NearSentence, ...] = ()
    is_cell: bool = False


def claims(stating: StatingSentence) -> Iterator[Claim]:
    """Check each figure, date and name of a sentence against its records."""
    sentence = stating.span.of(stating.text)
    if stating.is_cell and _PLACE.search(sentence):
        return
    documents = stating.documents
    stated = values_of(sentence, documents[0].language)
    passages = [_passage(document, span) for document, span in stating.cited]
    seen: set[Span] = set()
    for value in stated:
        is_inside = not passages or any(occurs(value, text, documents) for text in passages)
        is_known = any(is_fact(value, document) for document in documents)
        is_anywhere = is_known or any(occurs(value, document.text, documents) for document in documents)
        # One and two are small words of many languages, which count nothing.
        is_placed = value.kind != "figure" or is_known or value.value in ("1", "2")
        is_placed = is_placed or stands_with_its_words(value, sentence, documents)
        is_found = is_anywhere and (is_inside or is_known) and is_placed
        conflict = _conflict(value, sentence, stated, stating, is_found)
        if not is_found and is_rounded(sentence, value) and _is_about(value, conflict, stating):
            continue
        span = conflict.span if conflict else value.span
        if span not in seen:
            seen.add(span)
            yield Claim(
                sentence,
                stating.where,
                stating.paragraph,
                Span(stating.span.start + span.start, stating.span.start + span.end),
                value.kind,
                span.of(sentence),
                conflict.document if conflict else documents[0],
                is_found and conflict is None,
                is_anywhere and not (is_inside and is_placed),
                conflict.recorded if conflict else None,
            )


class _Conflict(NamedTuple):
    """The place of a value that a record contradicts, and what the record has there."""

    span: Span
    recorded: str
    document: Document


def _conflict(
    value: Value, sentence: str, stated: Sequence[Value], stating: StatingSentence, is_found: bool
) -> _Conflict | None:
    """Return what contradicts a value: another spelling of a name, or what the nearest sentence has in its place."""
    if value.kind == "name" and (conflict := _other_spelling(value, sentence, stating.documents)):
        return conflict
    if not is_found and (held := _meeting_day(value, sentence, stating.documents)):
        return _Conflict(value.span, held, stating.documents[0])
    having = [near for near in stating.near if occurs(value, near.text, (near.document,))]
    if value.kind == "figure" and having and (conflict := _other_measure(value, sentence, having)):
        return conflict
    if value.kind == "figure" and is_found and (recorded := other_unit(value, sentence, stating.documents)):
        return _Conflict(value.span, recorded, stating.documents[0])
    if value.kind == "figure" and not stating.is_cell and having and having[0].share >= _SAME:
        others = [better_placed(value, sentence, near.text, near.document.language) for near in having]
        if others[0] and all(others):
            return _Conflict(value.span, others[0], having[0].document)
    if having:
        return None
    for near in stating.near:
        is_own = is_found and (value.kind != "date" or is_fact(value, near.document))
        is_near = near.share >= (_VERY_SAME if is_own or value.kind == "name" else _SAME)
        if is_near and (recorded := _in_its_place(value, sentence, stated, near)):
            return _Conflict(value.span, recorded, near.document)
    return None


def _meeting_day(value: Value, sentence: str, documents: Sequence[Document]) -> str | None:
    """Return the record's own day, where a report says that its meeting was held on another."""
    day = documents[0].meeting.first_day if len(documents) == 1 else None
    is_held = isinstance(value.value, DateMention) and _HELD.search(sentence[: value.span.start])
    return f"{day.day} {day:%B %Y}" if day and is_held else None


def _is_about(value: Value, conflict: "_Conflict | None", stating: StatingSentence) -> bool:
    """Return True if a rounded figure is near one of the records' sentence, or no sentence is known."""
    if conflict:
        return is_near(value, conflict.recorded)
    return not stating.near or any(
        is_near(value, place.of(near.text))
        for near in stating.near
        for place in figure_spans(near.text, near.document.language).values()
    )


def _other_measure(value: Value, sentence: str, having: Sequence[NearSentence]) -> _Conflict | None:
    """Return the record's words where each sentence has a figure with another unit, as another bound, or turned round.

    "12.4 million dollars" for euros, "at least 40" for "at most 40", "fell from 2.7 to 3.1" for "from 3.1 to 2.7".
    """
    here = figure_spans(sentence, having[0].document.language)
    unit, bound = unit_at(sentence, value.span), bound_of(sentence, value.span)
    others: list[str] = []
    for near in having:
        there = figure_spans(near.text, near.document.language)
        place = there.get(str(value.value))
        if place is None:
            return None
        turned = is_turned(sentence, here, near.text, there)
        if turned and place == turned[0]:
            others.append(_around(near.text, *turned))
        elif _differ(unit, unit_at(near.text, place)) or _differ(bound, bound_of(near.text, place)):
            others.append(_with_measure(near.text, place))
        else:
            return None
    return _Conflict(value.span, others[0], having[0].document)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _around(text: str, second: Span, first: Span) -> str:
    return Span(min(first.start, second.start), max(first.end, second.end)).of(text)


def _with_measure(text: str, place: Span) -> str:
    """Return a figure with the two words before it and the word behind it."""
    before = [m.start() for m in _TOKEN.finditer(text, 0, place.start)][-2:]
    behind = _TOKEN.search(text, place.end)
    return Span(before[0] if before else place.start, behind.end() if behind else place.end).of(text)


def _in_its_place(value: Value, sentence: str, stated: Sequence[Value], near: NearSentence) -> str | None:
    """Return what a record's sentence has in the place of a value: of its kind, and between the same words."""
    text = near.text
    others = [
        other
        for other in values_of(text, near.document.language)
        if other.kind == value.kind
        and _is_ordinal(other.span.of(text)) == _is_ordinal(value.span.of(sentence))
        and not any(occurs(mine, other.span.of(text), (near.document,)) for mine in stated)
    ]
    alone = len(others) == 1 and sum(_is_unknown(mine, text, near) for mine in stated if mine.kind == value.kind) == 1
    ranked = sorted(others, key=lambda other: -_same_neighbours(sentence, value.span, text, other.span))
    for other in ranked[:1]:
        same = _same_neighbours(sentence, value.span, text, other.span)
        if same == 2 or (same and value.kind != "name") or (alone and value.kind == "date" and _is_whole(value, other)):
            return other.span.of(text)
    return None


def _is_ordinal(words: str) -> bool:
    return words.casefold() in ORDINALS


def _is_unknown(value: Value, text: str, near: NearSentence) -> bool:
    return not occurs(value, text, (near.document,))


def _is_whole(one: Value, other: Value) -> bool:
    """Return True if two dates state the same parts."""
    if not isinstance(one.value, DateMention) or not isinstance(other.value, DateMention):
        return type(one.value) is type(other.value)
    return bool(one.value.day) == bool(other.value.day)


def _same_neighbours(one: str, span: Span, other: str, place: Span) -> int:
    """Return on how many sides two values have the same next word; 0, 1 or 2."""
    before, behind = (_neighbour(text, at) for text, at in ((one, span), (other, place)))
    return sum(a is not None and a == b for a, b in zip(before, behind, strict=True))


def _neighbour(text: str, span: Span) -> tuple[str | None, str | None]:
    """Return the words before and behind a place, in lower case."""
    before = _TOKEN.findall(text[: span.start])[-1:]
    behind = _TOKEN.findall(text[span.end :])[:1]
    return (_last_part(before[0]) if before else None, _first_part(behind[0]) if behind else None)


def _last_part(word: str) -> str:
    """Return a word in lower case; of Japanese, which has no spaces, its last two characters."""
    return word[-2:] if is_cjk(word[-1]) else word.casefold()


def _first_part(word: str) -> str:
    return word[:2] if is_cjk(word[0]) else word.casefold()


def _other_spelling(value: Value, sentence: str, documents: Sequence[Document]) -> _Conflict | None:
    """Return the record's other spelling of a name of several words: "Adela Bo" for "Adele Bo"."""
    run = next((m for m in _PHRASE.finditer(sentence) if m.start() <= value.span.start < m.end()), None)
    words = list(_NAME_WORD.finditer(sentence, run.start(), run.end())) if run else []
    for one, other in pairwise(words):
        pair = Span(one.start(), other.end())
        if not any(persons(pair.of(sentence))):
            continue
        if any({one.group().casefold(), other.group().casefold()} <= words_of(d.text) for d in documents):
            if conflict := _other_first_name(pair, one.group(), other.group(), sentence, documents):
                return conflict
            continue
        for document in documents:
            known = words_of(document.text)
            if (one.group().casefold() in known) == (other.group().casefold() in known):
                continue
            is_first = other.group().casefold() in known
            unknown, beside = (one, other) if is_first else (other, one)
            if is_title(beside.group()) or not unknown.group().isalpha():
                continue
            # "Minoru Terada" may be "TERADA Minoru" there.
            in_order = (_beside(beside.group(), unknown.group(), document.text, o) for o in (is_first, not is_first))
            if recorded := next(filter(None, in_order), None):
                return _Conflict(pair, recorded, document)
    return None


def _other_first_name(
    pair: Span, first: str, last: str, sentence: str, documents: Sequence[Document]
) -> _Conflict | None:
    """Return the person of the records with this last name, where a title leads a first name that is another person's.

    "Ms. Anna Berg" where the records have Ruth Berg and Anna Bo, and nowhere Anna Berg.
    """
    if not _TITLE_BEFORE.search(sentence[: pair.start]):
        return None
    for document in documents:
        others = list(dict.fromkeys(re.findall(rf"(?<![\w-])([A-Z][\w’'-]+)\s+{re.escape(last)}\b", document.text)))
        firsts = [word for word in others if not is_title(word)]
        if first in firsts or any(len(word) == 1 for word in firsts):
            return None
        if len(firsts) == 1 and any(persons(f"{firsts[0]} {last}")):
            return _Conflict(pair, f"{firsts[0]} {last}", document)
    return None


def _beside(word: str, unknown: str, text: str, is_before: bool) -> str | None:
    """Return the name in a record that has a word, and beside it one that is nearly the unknown one."""
    name, known = r"\b(?P<name>[^\W\d_a-z]\w*)", rf"\b{re.escape(word)}\b"
    for match in re.finditer(rf"{name}\s+{known}" if is_before else rf"{known}\s+{name}", text):
        if _is_misspelt(unknown.casefold(), match["name"].casefold()):
            return " ".join(match.group().split())
    return None


def _is_misspelt(one: str, other: str) -> bool:
    """Return True if two words are nearly equal, and not two forms of one word: "Island", "Islands"."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    if one[:1] != other[:1] or one.startswith(other) or other.startswith(one) or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= (_ALIKE if len(one) > _SHORT else _ALIKE_SHORT)


def _passage(document: Document, span: Span) -> str:
    """Return the text of the blocks that a cited span touches, without the headings above them."""
    blocks = [b.span for b in document.outline if b.span.overlaps(span)]
    start = min([span.start, *(b.start for b in blocks)])
    end = max([span.end, *(b.end for b in blocks)])
    return document.text[start:end]

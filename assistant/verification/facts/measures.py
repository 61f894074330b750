"""Find figures that stand in a report with another unit, bound or direction than in the records, or turned round."""

import re
from collections.abc import Sequence

from assistant.verification.facts.bounds import bound_of, is_turned
from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.directions import direction_of
from assistant.verification.facts.neighbours import sentences_with_figure
from assistant.verification.facts.record_sentences import NearSentence
from assistant.verification.facts.units import unit_at
from assistant.verification.facts.values import Value, figure_spans
from corpus.document import Document
from corpus.span import Span

_TOKEN = re.compile(r"[^\W_]+(?:[-’'.,:][^\W_]+)*")


def other_measure(value: Value, sentence: str, having: Sequence[NearSentence]) -> Conflict | None:
    """Return the record's words where each sentence has a figure with another unit, as another bound, or turned round.

    "12.4 million dollars" for euros, "at least 40" for "at most 40", "rose by 3" for "fell by 3", "fell from 2.7 to
    3.1" for "from 3.1 to 2.7".
    """
    here = figure_spans(sentence, having[0].document.language)
    mine = _beside(sentence, value.span)
    others: list[str] = []
    for near in having:
        there = figure_spans(near.text, near.document.language)
        place = there.get(str(value.value))
        if place is None:
            return None
        turned = is_turned(sentence, here, near.text, there)
        if turned and place == turned[0]:
            others.append(_around(near.text, *turned))
        elif any(map(_differ, mine, _beside(near.text, place))):
            others.append(_with_measure(near.text, place))
        else:
            return None
    return Conflict(value.span, others[0], having[0].document)


def other_unit(value: Value, sentence: str, documents: Sequence[Document]) -> str | None:
    """Return a figure with the unit that the records have beside it, where they never have the report's; else None."""
    mine = unit_at(sentence, value.span)
    if mine is None:
        return None
    theirs: dict[tuple[str, str], str] = {}
    for document in documents:
        for text in sentences_with_figure(value, document):
            place = figure_spans(text, document.language)[str(value.value)]
            if unit := unit_at(text, place):
                theirs.setdefault(unit, f"{place.of(text)} {unit[1]}")
    same_kind = [words for unit, words in theirs.items() if unit[0] == mine[0]]
    return same_kind[0] if same_kind and mine not in theirs else None


def _beside(text: str, place: Span) -> tuple[object, ...]:
    """Return the unit, the bound and the direction of a figure."""
    return unit_at(text, place), bound_of(text, place), direction_of(text, place)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _around(text: str, second: Span, first: Span) -> str:
    return Span(min(first.start, second.start), max(first.end, second.end)).of(text)


def _with_measure(text: str, place: Span) -> str:
    """Return a figure with the two words before it and the word behind it."""
    before = [m.start() for m in _TOKEN.finditer(text, 0, place.start)][-2:]
    behind = _TOKEN.search(text, place.end)
    return Span(before[0] if before else place.start, behind.end() if behind else place.end).of(text)

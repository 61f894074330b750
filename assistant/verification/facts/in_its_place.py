"""Find what a sentence of a record has in the place of a value that a report states."""

import re
from collections.abc import Sequence

from assistant.verification.facts.record_sentences import NearSentence
from assistant.verification.facts.values import Value, occurs, values_of
from corpus.language.dates import DateMention
from corpus.language.figures import ORDINALS
from corpus.language.scripts import is_cjk
from corpus.span import Span

_TOKEN = re.compile(r"[^\W_]+(?:[-’'.,:][^\W_]+)*")


def in_its_place(
    value: Value, sentence: str, stated: Sequence[Value], near: NearSentence, *, is_own: bool = False
) -> str | None:
    """Return what a record's sentence has in the place of a value: of its kind, and between the same words.

    Args:
        value: the value.
        sentence: the sentence of the report.
        stated: all its values.
        near: the sentence of the record.
        is_own: True if the record has the value elsewhere; its own day must have the same word before it, "from".
    """
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
        if is_own and value.kind == "date":
            return other.span.of(text) if _same_before(sentence, value.span, text, other.span) else None
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


def _same_before(one: str, span: Span, other: str, place: Span) -> bool:
    """Return True if the same word stands before two values."""
    mine, theirs = _neighbour(one, span)[0], _neighbour(other, place)[0]
    return mine is not None and mine == theirs


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

"""Compare the words beside a figure in a report with those beside it, or beside another figure, in a record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.verification.facts.record_sentences import keys_of
from assistant.verification.facts.values import Value, figure_spans
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.span import Span

_PAIR = re.compile(r"[-–:]\d")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'.,:][^\W_]+)*")
# Words on each side of a figure that say what it counts.
_BESIDE = 4
_NEAR = 6
# By so many of them another figure has to fit better.
_BETTER = 2


def stands_with_its_words(value: Value, sentence: str, documents: Sequence[Document]) -> bool:
    """Return True if a record has a figure in a sentence, or behind one, with a word that the report has beside it."""
    beside = keys_of(" ".join(_around(sentence, value.span, _NEAR))) | _names(sentence)
    return not beside or any(
        not beside.isdisjoint(keys_of(text))
        for document in documents
        for text in sentences_with_figure(value, document)
    )


def sentences_with_figure(value: Value, document: Document) -> list[str]:
    """Return the sentences of a record that have a figure, each with the one before it."""
    return _sentences_with_figures(_Record(document.id, document)).get(str(value.value), [])


def _names(sentence: str) -> frozenset[str]:
    words = [m.group() for m in _TOKEN.finditer(sentence)][1:]
    return keys_of(" ".join(word for word in words if word[0].isupper()))


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that is compared by its id alone: the hash of a whole document takes long."""

    id: str
    document: Document = field(compare=False)


@lru_cache(maxsize=256)
def _sentences_with_figures(record: _Record) -> dict[str, list[str]]:
    """Return the sentences of a record that have figures, each with the one before it, by the figures."""
    document, found = record.document, dict[str, list[str]]()
    for block in document.outline:
        if not any(figure_spans(block.words.of(document.text), document.language)):
            continue
        cut = sentences(document.text, block.words)
        for at, span in enumerate(cut):
            words = Span(cut[max(0, at - 1)].start, span.end).of(document.text)
            for figure in figure_spans(span.of(document.text), document.language):
                found.setdefault(figure, []).append(words)
    return found


def better_placed(value: Value, sentence: str, text: str, language: str | None) -> str | None:
    """Return another figure of a record's sentence whose words fit those beside a figure of the report better.

    Where the report states that other figure too, both must fit better in the place of the other.

    Args:
        value: the figure, which the record's sentence has.
        sentence: the report's sentence.
        text: the record's sentence.
        language: of the record.
    """
    here, there = figure_spans(sentence, language), figure_spans(text, language)
    own = there.get(str(value.value))
    if own is None or _PAIR.match(sentence, value.span.end):  # "voted 7-2" says what "seven to two" does
        return None
    for other, place in there.items():
        if other == value.value or not _fits_better(sentence, value.span, text, place, own):
            continue
        stated = here.get(other)
        if stated is None or _fits_better(sentence, stated, text, own, place):
            return place.of(text)
    return None


def _fits_better(sentence: str, span: Span, text: str, place: Span, own: Span) -> bool:
    """Return True if the words beside a figure of the report fit another place of the record's sentence better."""
    if _unit(sentence, span) != _unit(text, place):
        return False
    mine, others, owns = _sides(sentence, span), _sides(text, place), _sides(text, own)
    score, own_score = (sum(len(a & b) for a, b in zip(mine, sides, strict=True)) for sides in (others, owns))
    if score >= own_score + _BETTER:
        return True
    # "400,000 crowns to the lighthouse": all words behind it stand behind the other figure, and not behind its own.
    return len(mine[1]) > 1 and mine[1] <= others[1] and not mine[1] <= owns[1]


def _unit(text: str, span: Span) -> frozenset[str]:
    """Return the first word behind a figure that is no small word."""
    return next((key for m in _TOKEN.finditer(text, span.end) if (key := keys_of(m.group()))), frozenset())


def _sides(text: str, span: Span) -> tuple[frozenset[str], frozenset[str]]:
    before = [m.group() for m in _TOKEN.finditer(text, 0, span.start)][-_BESIDE:]
    behind = [m.group() for m in _TOKEN.finditer(text, span.end)][:_BESIDE]
    return keys_of(" ".join(before)), keys_of(" ".join(behind))


def _around(text: str, span: Span, count: int) -> list[str]:
    before = [m.group() for m in _TOKEN.finditer(text, 0, span.start)][-count:]
    return before + [m.group() for m in _TOKEN.finditer(text, span.end)][:count]

"""Sentences of the passages found, each weighed as evidence for a question."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.countries import also_called
from assistant.words import stem, stems
from corpus.document import Kind
from corpus.passages import Passage
from corpus.span import Span
from index.encoder import Vectors
from index.retrieval import Hit
from index.settings import Settings
from index.terms import content_words
from index.view import View


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or list item that may answer a question, with the parts of its weight.

    Attributes:
        passage: the passage that it stands in.
        span: its place in the document.
        score: the weight that orders it.
        dense: cosine of the sentence, read under its headings, and the query.
        words: share of the question's meaning that its own words hold, rare words counting more, in [0, 1].
        surroundings: the same for its words, headings and title together.
    """

    passage: Passage
    span: Span
    score: float
    dense: float
    words: float
    surroundings: float

    @property
    def text(self) -> str:
        """The sentence, character for character."""
        return self.span.of(self.passage.document.text)


class Asked:
    """The words of a query with how much each tells: its inverse document frequency among the passages.

    A country counts under any of its names, an abbreviation also as its long form, where a record introduces it.
    """

    def __init__(self, text: str, view: View) -> None:
        self._text = text
        self._view = view
        self.words = content_words(text)

    @cached_property
    def others(self) -> dict[str, tuple[str, ...]]:
        """What each word is also called."""
        return {word: (*also_called(self._typed(word)), *self._long(word)) for word in self.words}

    @cached_property
    def frequency(self) -> dict[str, int]:
        """In how many passages each word occurs, under any of its names."""
        return {word: max(map(self._view.frequency, (word, *self.others[word]))) for word in self.words}

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weight of each word: log(1 + N / n), the most for one that no passage has."""
        size = self._view.size
        return {word: math.log(1 + size / (self.frequency[word] + 0.5)) for word in self.words}

    @property
    def expanded(self) -> str:
        """The query with the other names of its words, for the search by words."""
        return " ".join((self._text, *(other for others in self.others.values() for other in others)))

    def share(self, text: str) -> float:
        """The share of the query's weight that a text's words hold, in [0, 1]."""
        total = sum(self.weights.values())
        present = set(stems(text))
        held = (weight for word, weight in self.weights.items() if any(f <= present for f in self._forms[word]))
        return sum(held) / total if total else 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that no passage holds, as they were typed."""
        return tuple(self._typed(word) for word in self.words if not self.frequency[word])

    @property
    def found(self) -> tuple[str, ...]:
        """The words that some passage holds, as they were typed."""
        return tuple(self._typed(word) for word in self.words if self.frequency[word])

    @cached_property
    def _forms(self) -> dict[str, list[set[str]]]:
        """The stems that stand for each word: its own, or all of another name's."""
        return {w: [set(stems(name)) or {stem(w)} for name in (w, *self.others[w])] for w in self.words}

    def _long(self, word: str) -> tuple[str, ...]:
        long = self._view.abbreviations.get(word)
        return (long,) if long else ()

    def _typed(self, word: str) -> str:
        found = re.search(re.escape(word), self._text, re.IGNORECASE)
        return found.group(0) if found else word


def weigh(view: View, hits: Sequence[Hit], asked: Asked, vector: Vectors, settings: Settings) -> list[Evidence]:
    """Weigh every sentence of the passages found, best first.

    Args:
        view: the state of the library that the hits are from.
        hits: passages, best first.
        asked: the query's words.
        vector: the query, encoded.
        settings: the weights of the parts.
    """
    found: list[Evidence] = []
    for rank, hit in enumerate(hits, start=1):
        spans, vectors = view.sentences(hit.id)
        above = " ".join((hit.passage.document.title, *hit.passage.headings))
        for span, cosine in zip(spans, np.asarray(vectors @ vector), strict=True):
            words = asked.share(span.of(hit.passage.document.text))
            around = asked.share(above + " " + span.of(hit.passage.document.text))
            score = (
                settings.sentence_weight * float(cosine)
                + settings.words_weight * words
                + settings.surroundings_weight * around
                + settings.rank_weight / (settings.rank_offset + rank)
                - (settings.label_penalty if _is_label(hit.passage, span) else 0.0)
            )
            found.append(Evidence(hit.passage, span, score, float(cosine), words, around))
    return sorted(found, key=lambda e: (-e.score, e.passage.document.name, e.span))


# What names or leads to content; cited only when it is what was asked for.
_LABELS = frozenset({Kind.TITLE, Kind.HEADING, Kind.MENU, Kind.CONTACT})
_LEAST_WORDS = 4


def _is_label(passage: Passage, span: Span) -> bool:
    """Whether it only names something: a heading, a menu, a contact line, a line with nothing but a date."""
    return passage.kind in _LABELS or len(span.of(passage.document.text).split()) < _LEAST_WORDS

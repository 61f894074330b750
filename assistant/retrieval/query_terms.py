"""Weight the words of a query by their rarity in the records (IDF), and add other names of countries and bodies."""

import math
import re
from functools import cached_property, lru_cache

from corpus.language.countries import also_called
from corpus.language.english import english_words
from corpus.language.figures import NUMBERS
from corpus.language.repetition import repetition
from corpus.language.tokens import content_words, stem, stems
from index.library import Snapshot


class QueryTerms:
    """The words of a query with their IDF weights and synonyms.

    The synonyms are all names of a country, and the long form of an abbreviation that a record introduces.
    """

    def __init__(self, text: str, snapshot: Snapshot, latest: str = "", earlier_weight: float = 1.0) -> None:
        """Split a query into its words.

        Args:
            text: the query.
            snapshot: the records; their passages determine the weights.
            latest: a follow-up as typed; empty for a question that is complete by itself.
            earlier_weight: factor for the weight of a word that only the turns before have.
        """
        self._text = text
        self._snapshot = snapshot
        self._latest = set(content_words(latest))
        self._earlier_weight = earlier_weight
        self.words = content_words(text)

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """Other names of each word."""
        return {word: (*also_called(self.as_typed(word)), *self._long(word)) for word in self.words}

    @cached_property
    def frequency(self) -> dict[str, int]:
        """Number of passages with each word, under its most frequent name."""
        return {word: max(map(self._snapshot.frequency, (word, *self.synonyms[word]))) for word in self.words}

    @cached_property
    def weights(self) -> dict[str, float]:
        """Weight of each word: r * log(1 + N / n) for one in n of N passages, which a share r of answers repeats."""
        size = self._snapshot.passage_count
        return {
            word: self._factor(word) * repetition(word) * math.log(1 + size / (self.frequency[word] + 0.5))
            for word in self.words
        }

    @property
    def expanded(self) -> str:
        """The query with the synonyms of its words, for the search by words."""
        return " ".join((self._text, *(other for names in self.synonyms.values() for other in names)))

    def share(self, *texts: str) -> float:
        """Return the share of the query's weighted words that the texts contain together, in [0, 1]."""
        total = self._total
        return sum(self.weights[word] for word in self.covered(*texts)) / total if total else 0.0

    def covered(self, *texts: str) -> list[str]:
        """Return the words that the texts contain together, in any inflection and under any of their names."""
        present = frozenset().union(*map(_stems, texts))
        return [word for word, forms in self.forms.items() if any(form <= present for form in forms)]

    @cached_property
    def importance(self) -> dict[str, float]:
        """Importance of each word: -log(1 - r) for a word that a share r of answering passages repeats.

        A number in words has none: "the ten areas" are counted, not named, by most passages.
        """
        return {w: 0.0 if w in NUMBERS else -self._factor(w) * math.log(1 - repetition(w)) for w in self.words}

    @property
    def is_gibberish(self) -> bool:
        """True if no word occurs in the records or in English."""
        known = (word in english_words() or not word.isascii() or self.frequency[word] for word in self.words)
        return bool(self.words) and not any(known)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words in no passage, as typed."""
        return tuple(self.as_typed(word) for word in self.words if not self.frequency[word])

    @property
    def known(self) -> tuple[str, ...]:
        """The words in at least one passage, as typed."""
        return tuple(self.as_typed(word) for word in self.words if self.frequency[word])

    @cached_property
    def _total(self) -> float:
        return sum(self.weights.values())

    @cached_property
    def forms(self) -> dict[str, list[set[str]]]:
        """The sets of stems that match each word: its own stem, or all stems of a synonym."""
        return {w: [set(stems(name)) or {stem(w)} for name in (w, *self.synonyms[w])] for w in self.words}

    def _factor(self, word: str) -> float:
        return 1.0 if not self._latest or word in self._latest else self._earlier_weight

    def _long(self, word: str) -> tuple[str, ...]:
        long = self._snapshot.long_form(word)
        return (long,) if long else ()

    def as_typed(self, word: str) -> str:
        """Return a word as the question writes it."""
        typed = re.search(re.escape(word), self._text, re.IGNORECASE)
        return typed.group(0) if typed else word


# Sentences and headings are read again for the next questions; a text and its stems take about 1.5 kB.
@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))

"""Weight the words of a query by their rarity in the records, with the other names of countries and abbreviations."""

import math
import re
from functools import cached_property

from corpus.language.countries import also_called
from corpus.language.english import english_words
from corpus.language.stemming import stem, stems
from corpus.language.tokens import content_words
from index.library import Snapshot


class QueryTerms:
    """IDF weights of a query's words, with synonyms from the library.

    A country counts under any of its names, an abbreviation also as its long form, where a record introduces it.
    """

    def __init__(self, text: str, snapshot: Snapshot, latest: str = "", earlier_weight: float = 1.0) -> None:
        """Read the words of a query.

        Args:
            text: the query.
            snapshot: the records whose passages are counted.
            latest: of a follow-up the user's own last words; empty when the query stands alone.
            earlier_weight: weight of a word that only the turns before have, beside 1 for one of the latest.
        """
        self._text = text
        self._snapshot = snapshot
        self._latest = set(content_words(latest))
        self._earlier_weight = earlier_weight
        self.words = content_words(text)

    @cached_property
    def others(self) -> dict[str, tuple[str, ...]]:
        """The other names of each word."""
        return {word: (*also_called(self._typed(word)), *self._long(word)) for word in self.words}

    @cached_property
    def frequency(self) -> dict[str, int]:
        """The number of passages that hold each word, under any of its names."""
        return {word: max(map(self._snapshot.frequency, (word, *self.others[word]))) for word in self.words}

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weight of each word: log(1 + N / n), highest for one that no passage has."""
        size = self._snapshot.passage_count
        return {word: self._share(word) * math.log(1 + size / (self.frequency[word] + 0.5)) for word in self.words}

    @property
    def expanded(self) -> str:
        """The query with the other names of its words, for the search by words."""
        return " ".join((self._text, *(other for others in self.others.values() for other in others)))

    def share(self, text: str) -> float:
        """Return the share of the query's weight that a text's words hold, in [0, 1]."""
        total = sum(self.weights.values())
        present = set(stems(text))
        weights = (weight for word, weight in self.weights.items() if any(f <= present for f in self._forms[word]))
        return sum(weights) / total if total else 0.0

    @property
    def is_gibberish(self) -> bool:
        """True if neither the records nor the English language has any of the words."""
        known = (word in english_words() or not word.isascii() or self.frequency[word] for word in self.words)
        return bool(self.words) and not any(known)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that no passage holds, as they were typed."""
        return tuple(self._typed(word) for word in self.words if not self.frequency[word])

    @property
    def known(self) -> tuple[str, ...]:
        """The words that some passage holds, as they were typed."""
        return tuple(self._typed(word) for word in self.words if self.frequency[word])

    @cached_property
    def _forms(self) -> dict[str, list[set[str]]]:
        """The stems that stand for each word: its own, or all of another name's."""
        return {w: [set(stems(name)) or {stem(w)} for name in (w, *self.others[w])] for w in self.words}

    def _share(self, word: str) -> float:
        return 1.0 if not self._latest or word in self._latest else self._earlier_weight

    def _long(self, word: str) -> tuple[str, ...]:
        long = self._snapshot.long_form(word)
        return (long,) if long else ()

    def _typed(self, word: str) -> str:
        typed = re.search(re.escape(word), self._text, re.IGNORECASE)
        return typed.group(0) if typed else word

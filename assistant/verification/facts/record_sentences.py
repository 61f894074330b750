"""Find the sentences of the records that a report's sentence is about, by the words that they share."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, log

from assistant.verification.facts.number_words import number_words
from assistant.verification.facts.units import measure_end
from corpus.document import Document, Kind
from corpus.language.dates import find_dates
from corpus.language.figures import figures
from corpus.language.minutes_words import only_outcome
from corpus.language.months import CALENDAR_WORDS
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, cjk_words
from corpus.language.word_lists import word_list
from corpus.span import Span

SEASON = re.compile(
    rf"\b(?P<season>{'|'.join(sorted(word_list('seasons.txt')))})\s(?:of\s|de\s|von\s)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A season or feast of a year: "Easter 2026", "the summer of 2026"."""
# Letters of a word that are compared, so that forms of one word are equal.
_STEM = 6
_WORD = re.compile(r"[^\W\d_]{3,}")
# The words looked up and the paragraphs looked at for one sentence, the rarest and the best first.
_MOST_WORDS = 16
_MOST_BLOCKS = 6
# A word that stands in more paragraphs than this says little of what a sentence is about.
_COMMON = 2000
# A sentence is about another that has this share of its words, by their rarity; the fewer the words, the more of them.
_LEAST_SHARE = 0.5
_LEAST_SHARES = {2: 0.65, 3: 0.55}
# Sentences nearly as near as the nearest one, as in the records of a series.
_NEARLY = 0.85


@dataclass(frozen=True, slots=True)
class NearSentence:
    """A sentence of a record that a report's sentence is about, and the share of the report's words that it has."""

    document: Document
    span: Span
    share: float

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.of(self.document.text)


class RecordSentences:
    """Index of the paragraphs of a set of records by their words."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._blocks: list[tuple[Document, Span]] = []
        self._numbers = array("I")
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, document in enumerate(self._documents):
            for block in document.outline:
                if block.kind is Kind.MENU:
                    continue
                for word in keys_of(block.words.of(document.text)):
                    self._places[word].append(len(self._blocks))
                self._blocks.append((document, block.words))
                self._numbers.append(number)

    def near(self, sentence: str) -> list[NearSentence]:
        """Return the sentences that a report's sentence is about, the nearest first; none where it is about none."""
        return self._near(_without_numbers(sentence)) or self._near(sentence)

    def _near(self, sentence: str) -> list[NearSentence]:
        keys, names = keys_of(sentence), _names_of(sentence)
        weights = {key: self._weight(key) for key in keys}
        known = sorted((key for key in keys if key in self._places), key=lambda key: (-weights[key], key))[:_MOST_WORDS]
        if len(known) < 2:
            return []
        scores: defaultdict[int, float] = defaultdict(float)
        for key in known:
            places = self._places[key]
            if len(places) <= _COMMON or key == known[0]:
                for place in places:
                    scores[place] += weights[key]
        best = sorted(scores, key=lambda place: (-scores[place], place))[:_MOST_BLOCKS]
        found = [near for place in best for near in self._sentences(place, keys, names, weights)]
        found.sort(key=lambda near: -near.share)
        return [near for near in found if near.share >= _NEARLY * found[0].share]

    def document_with(self, sentence: str) -> Document | None:
        """Return the only record that has at least two names of a sentence; None where several or none has."""
        held = [{self._numbers[at] for at in self._places[key]} for key in _names_of(sentence) if key in self._places]
        both = {number for one, other in combinations(held, 2) for number in one & other}
        return self._documents[both.pop()] if len(both) == 1 else None

    def _sentences(
        self, place: int, keys: frozenset[str], names: frozenset[str], weights: dict[str, float]
    ) -> Iterator[NearSentence]:
        document, words = self._blocks[place]
        for span in sentences(document.text, words):
            shared = keys & keys_of(span.of(document.text))
            # A name that the record does not have may be what is wrong. `fsum` gives one sum in every order of a set.
            total = fsum(weight for key, weight in weights.items() if key in shared or key not in names)
            share = fsum(weights[key] for key in shared) / total if shared else 0.0
            if share >= _LEAST_SHARES.get(len(shared), _LEAST_SHARE) and len(shared) > 1:
                yield NearSentence(document, span, share)

    def _weight(self, key: str) -> float:
        return log(1 + len(self._blocks) / (1 + len(self._places.get(key, ()))))


def _without_numbers(sentence: str) -> str:
    """Return a sentence with spaces in place of its numbers, dates, seasons and outcome: these may be what is wrong."""
    dates = ((found.start, found.end) for found in find_dates(sentence))
    seasons = (found.span() for found in SEASON.finditer(sentence))
    words = (place for _, place in number_words(sentence))
    for start, end in (*figures(sentence).values(), *words, *dates, *seasons):
        end = measure_end(sentence, end)
        sentence = f"{sentence[:start]}{' ' * (end - start)}{sentence[end:]}"
    if outcome := only_outcome(sentence):
        return f"{sentence[: outcome.start]}{' ' * (outcome.end - outcome.start)}{sentence[outcome.end :]}"
    return sentence


def _names_of(sentence: str) -> frozenset[str]:
    """Return the keys of words with a capital behind the first word."""
    return keys_of(" ".join(m.group() for m in list(_WORD.finditer(sentence))[1:] if m.group()[0].isupper()))


def keys_of(text: str) -> frozenset[str]:
    """Return the words of a text by which it is found: their first letters, without small words, months and digits."""
    keys: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if is_cjk(word[0]):
            keys.update(run[i : i + 2] for run in cjk_words(word) for i in range(len(run) - 1))
        elif word not in STOP_WORDS and word not in CALENDAR_WORDS:
            keys.add(word[:_STEM])
    return frozenset(keys)

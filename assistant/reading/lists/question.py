"""Compare a question for a list with the records: the words that a text shares with it, and the items it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from assistant.query import Intent, Query
from assistant.reading.lists.enumerations import enumerations
from assistant.reading.lists.find import ItemList, ListItem, lists_of
from assistant.reading.question_words import asking_stems, saying_stems
from assistant.retrieval.query_terms import QueryTerms
from corpus.document import Document, Kind
from corpus.facts import facts_text
from corpus.kept import kept_by_object
from corpus.language.figures import NUMBERS
from corpus.language.scripts import is_cjk
from corpus.language.tokens import content_words, stem, stems
from corpus.passages import Passage
from corpus.transcript import turn_at
from index.snapshot import Snapshot

# Least share of the words that the announcement lacks which an item that the question names holds.
_LEAST_NAMED = 0.5
# An item with nearly as much is named, too.
_NEAR_NAMED = 0.8
_SAYS_JAPANESE = re.compile("述べ|発言|言いまし|言った|語っ")
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
# Characters of a line at the top of a record, such as its place and day.
_TOP_LINE = 120
# Records whose lists are kept.
_MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class ChosenList:
    """Items of one list that answer a question.

    Attributes:
        items: the items to cite.
        is_whole: True if these are all items of the list.
    """

    items: tuple[ListItem, ...]
    is_whole: bool


class ListQuestion:
    """A question beside the records of a library.

    Args:
        query: the question.
        snapshot: the snapshot of the library.

    Attributes:
        query: the question.
        text: the question as typed.
        terms: its words with their weights.
        words: its words, each once.
        numbers: the numbers in it.
        asks_what_was_said: True if it has a word such as "say".
        asks_for_list: True if it asks for a list, for a number of things, or for what somebody said.
    """

    def __init__(self, query: Query, snapshot: Snapshot) -> None:
        self.query = query
        self.text = query.latest_text
        self.terms = QueryTerms(self.text, snapshot)
        self.words = set(self.terms.words)
        self.numbers = {NUMBERS.index(w) if w in NUMBERS else int(w) for w in self.words if _is_number(w)}
        said = any(stem(word) in saying_stems() for word in self.words)
        self.asks_what_was_said = said or bool(_SAYS_JAPANESE.search(self.text))
        self.asks_for_list = query.intent is Intent.LIST or bool(self.numbers) or self.asks_what_was_said
        keywords = content_words(query.keywords) if query.keywords else self.terms.words
        self._unfiltered = self.words.intersection(keywords)
        self._snapshot = snapshot

    def subject(self, document: Document) -> set[str]:
        """Return the words of the question that neither ask nor name the record."""
        known, asks = self.about(document), asking_stems()
        words = {w for w in self._unfiltered if w not in known and stem(w) not in asks and not _is_number(w)}
        if document.language == "ja":
            return words
        return {w for w in words if not is_cjk(w) or self.terms.frequency[w]}  # others have no translation

    def about(self, document: Document) -> set[str]:
        """Return the words of the question that title, facts and first lines of a record have."""
        top: list[str] = []
        for passage in self.passages(document):
            is_text = passage.kind in (Kind.HEADING, Kind.LIST_ITEM) or turn_at(document, passage.span.start)
            if is_text or len(passage.words) > _TOP_LINE:
                break
            top.append(passage.text)
        return self.shared(" ".join((document.title, facts_text(document), *top)))

    def shared(self, text: str) -> set[str]:
        """Return the words of the question that a text has, in any inflection."""
        there = _stems(text)
        return {
            word
            for word, forms in self.terms.forms.items()
            if any(form <= there for form in forms) or any(_akin(stem(word), other) for other in there)
        }

    def share(self, words: Iterable[str], of: set[str]) -> float:
        """Return the share of the weight of some words that others have, in [0, 1]."""
        weights = self.terms.weights
        total = fsum(weights[word] for word in of)  # the same in every order of a set
        return fsum(weights[word] for word in words if word in of) / total if total else 0.0

    def choose_items(self, items: tuple[ListItem, ...], words: set[str], most: int) -> ChosenList:
        """Return the items that hold most of some words; all of them without words or if more than `most` do."""
        if not words:
            return ChosenList(items, True)
        shares = [self.share(self.shared(item.text), words) for item in items]
        best = max(shares)
        named = tuple(item for item, share in zip(items, shares, strict=True) if share >= _NEAR_NAMED * best)
        is_named = best >= _LEAST_NAMED and len(named) <= most
        return ChosenList(named, False) if is_named else ChosenList(items, True)

    def lists(self, document: Document) -> list[ItemList]:
        """Return the lists of a record, in order."""
        return _lists(self._snapshot.passages_of(document))

    def passages(self, document: Document) -> list[Passage]:
        """Return the passages of a record, in order."""
        return [passage for _, passage in self._snapshot.passages_of(document)]


@kept_by_object(_MOST_KEPT)
def _lists(numbered: list[tuple[int, Passage]]) -> list[ItemList]:
    passages = [passage for _, passage in numbered]
    return [*lists_of(passages), *enumerations(passages)]


def _is_number(word: str) -> bool:
    return word in NUMBERS or (word.isdecimal() and len(word) < 4)


def _akin(one: str, other: str) -> bool:
    """Return True if two stems differ in the last letter alone, as those of "decide" and "decision" do."""
    return len(one) == len(other) > 4 and one[:-1] == other[:-1]


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(_LETTER_DIGIT.sub(" ", text)))

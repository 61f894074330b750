"""One state of the common documents and of a user's private ones, searched as if one library held both."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from corpus.document import Document
from corpus.kept import kept_by_object
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.private.latest import Latest
from index.private.own_names import OwnNames
from index.search import bm25
from index.search.filters import Filters
from index.snapshot import Snapshot, WordMatches

# Added to the ids of private passages, so that none is that of a common one.
_FIRST_OWN = 1 << 48
# Private documents whose passages are kept.
_MOST_KEPT = 256
# The name of no document.
_NOBODY = ""
Derived = Latest[tuple[int, str], list[float]]


class UnitedSnapshot:
    """The common documents of a library and the private ones of a user; see `index.snapshot.Snapshot`.

    Args:
        common: the state of the common documents.
        own: the state of the user's private documents.
        derived: keeps what was derived last from states of both.
    """

    def __init__(self, common: Snapshot, own: Snapshot, derived: Derived) -> None:
        self._common = common
        self._own = own
        self._derived = derived
        self._names = OwnNames.of(
            {document.name: document.id for document in common.documents},
            {document.name: document.id for document in own.documents},
        )
        self._own_documents = {d.id: d for d in self._names.shown(own.documents)}

    @property
    def generation(self) -> int:
        """See `Snapshot`."""
        return self._common.generation ^ self._own.generation

    @cached_property
    def documents(self) -> list[Document]:
        """See `Snapshot`."""
        return sorted([*self._common.documents, *self._own_documents.values()], key=lambda document: document.name)

    @property
    def words(self) -> frozenset[str]:
        """See `Snapshot`."""
        return self._common.words | self._own.words

    @property
    def passage_count(self) -> int:
        """See `Snapshot`."""
        hidden = (d for d in self._own.documents if d.name in self._names.hidden) if self._names.hidden else ()
        return self._common.passage_count + self._own.passage_count - sum(len(self._own.passages_of(d)) for d in hidden)

    def search_dense(self, query: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        own = self._own.search_dense(query, k, self._own_filters(filters))
        return self._best(self._common.search_dense(query, k, filters), own, k)

    def search_lexical(self, text: str, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        common, own = bm25.scores(
            [self._common.word_matches(text, filters), self._own.word_matches(text, self._own_filters(filters))]
        )
        return self._best([*common.items()], [*own.items()], k)

    def word_matches(self, text: str, filters: Filters = Filters()) -> WordMatches:
        """See `Snapshot`."""
        common = self._common.word_matches(text, filters)
        own = self._own.word_matches(text, self._own_filters(filters))
        pairs = zip(common.frequencies, own.frequencies, strict=True)
        return WordMatches(
            tuple(map(sum, zip(common.having, own.having, strict=True))),
            tuple({**one, **{i + _FIRST_OWN: number for i, number in other.items()}} for one, other in pairs),
            {**common.lengths, **{i + _FIRST_OWN: length for i, length in own.lengths.items()}},
            common.passages + own.passages,
            common.length + own.length,
        )

    def passage(self, identity: int) -> Passage:
        """See `Snapshot`."""
        if identity < _FIRST_OWN:
            return self._common.passage(identity)
        passage = self._own.passage(identity - _FIRST_OWN)
        return replace(passage, document=self._own_documents.get(passage.document.id, passage.document))

    def passages_of(self, document: Document) -> list[tuple[int, Passage]]:
        """See `Snapshot`."""
        if document.id not in self._own_documents:
            return self._common.passages_of(document)
        return _as_own(self._own.passages_of(document))

    def sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        """See `Snapshot`."""
        if identity < _FIRST_OWN:
            return self._common.sentences(identity)
        return self._own.sentences(identity - _FIRST_OWN)

    def frequency(self, term: str, filters: Filters = Filters()) -> int:
        """See `Snapshot`."""
        return self._common.frequency(term, filters) + self._own.frequency(term, self._own_filters(filters))

    def long_form(self, short: str) -> str | None:
        """Return what an abbreviation stands for; the common documents come first."""
        return self._common.long_form(short) or self._own.long_form(short)

    def short_form(self, long: str) -> str | None:
        """Return the abbreviation of words; the common documents come first."""
        return self._common.short_form(long) or self._own.short_form(long)

    def writes_as_name(self, word: str) -> bool:
        """See `Snapshot`."""
        with_word = [part for part in (self._common, self._own) if part.frequency(word)]
        return bool(with_word) and all(part.writes_as_name(word) for part in with_word)

    def derived(self, name: str, derive: Callable[[], list[float]]) -> list[float]:
        """Return numbers that depend on both states; they are kept in memory alone."""
        key = (self.generation, name)
        if (numbers := self._derived.get(key)) is None:
            numbers = derive()
            self._derived.keep(key, numbers)
        return numbers

    def _best(self, common: list[tuple[int, float]], own: list[tuple[int, float]], k: int) -> list[tuple[int, float]]:
        """Return the k best of the passages of both, those of equal score by document name and place."""
        found = [*common, *((identity + _FIRST_OWN, score) for identity, score in own)]
        worst = sorted((score for _, score in found), reverse=True)[:k][-1] if found and k > 0 else 0.0
        best = [(-score, self.passage(i).document.name, i) for i, score in found if score >= worst]
        return [(identity, -score) for score, _, identity in sorted(best)[: max(k, 0)]]

    def _own_filters(self, filters: Filters) -> Filters:
        """Return filters for the private library: with the names in it, and without the hidden documents."""
        return replace(
            filters,
            names=self._stored(filters.names),
            excluded=self._stored(filters.excluded) | self._names.hidden,
            asked=self._stored(filters.asked),
        )

    def _stored(self, names: frozenset[str]) -> frozenset[str]:
        """Return names in the private library; that of no document where all are those of common documents."""
        stored = frozenset(filter(None, map(self._names.stored, names)))
        return stored or frozenset({_NOBODY} if names else ())


@kept_by_object(_MOST_KEPT)
def _as_own(numbered: list[tuple[int, Passage]]) -> list[tuple[int, Passage]]:
    """Return passages of a private library with their ids among all; the same list again, as `Snapshot` does."""
    return [(identity + _FIRST_OWN, passage) for identity, passage in numbered]

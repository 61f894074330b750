"""One state of a library as if it held only the records that the user chose."""

from collections.abc import Callable
from dataclasses import replace

from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.snapshot import Snapshot, WordMatches


class ChosenRecords:
    """The records of a snapshot that a user chose; see `index.snapshot.Snapshot`.

    Words, abbreviations and spellings are those of the whole library.

    Args:
        snapshot: the whole library.
        names: names of the chosen records; those that the library does not hold are ignored.
    """

    def __init__(self, snapshot: Snapshot, names: frozenset[str]) -> None:
        self._whole = snapshot
        self._names = names
        self._derived: dict[str, list[float]] = {}

    @property
    def generation(self) -> int:
        """See `Snapshot`."""
        return self._whole.generation

    @property
    def documents(self) -> list[Document]:
        """The chosen records, by name."""
        return [document for document in self._whole.documents if document.name in self._names]

    @property
    def words(self) -> frozenset[str]:
        """See `Snapshot`."""
        return self._whole.words

    @property
    def passage_count(self) -> int:
        """Number of passages of the chosen records."""
        return sum(len(self._whole.passages_of(document)) for document in self.documents)

    def search_dense(self, query: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        return self._whole.search_dense(query, k, self._among(filters))

    def search_lexical(self, text: str, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        return self._whole.search_lexical(text, k, self._among(filters))

    def word_matches(self, text: str, filters: Filters = Filters()) -> WordMatches:
        """See `Snapshot`."""
        return self._whole.word_matches(text, self._among(filters))

    def passage(self, identity: int) -> Passage:
        """See `Snapshot`."""
        return self._whole.passage(identity)

    def passages_of(self, document: Document) -> list[tuple[int, Passage]]:
        """See `Snapshot`."""
        return self._whole.passages_of(document)

    def sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        """See `Snapshot`."""
        return self._whole.sentences(identity)

    def frequency(self, term: str, filters: Filters = Filters()) -> int:
        """See `Snapshot`."""
        return self._whole.frequency(term, self._among(filters))

    def long_form(self, short: str) -> str | None:
        """See `Snapshot`."""
        return self._whole.long_form(short)

    def short_form(self, long: str) -> str | None:
        """See `Snapshot`."""
        return self._whole.short_form(long)

    def writes_as_name(self, word: str) -> bool:
        """See `Snapshot`."""
        return self._whole.writes_as_name(word)

    def derived(self, name: str, derive: Callable[[], list[float]]) -> list[float]:
        """Return numbers that depend on the chosen records; the library stores only those of all its records."""
        if name not in self._derived:
            self._derived[name] = derive()
        return self._derived[name]

    def _among(self, filters: Filters) -> Filters:
        return replace(filters, asked=self._names)

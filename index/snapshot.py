"""One state of a library for reading and searching, whatever database stores it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.search.filters import Filters


@dataclass(frozen=True, slots=True)
class WordMatches:
    """The words and phrases of a text in one library, from which BM25 over several libraries is computed.

    Attributes:
        having: for each word or phrase, the number of passages that have it, whatever the filters.
        frequencies: for each, how often each passage that passes the filters has it, by the id of the passage; a word
            in a heading or title counts `HEADING_WEIGHT`.
        lengths: the number of words of these passages, by id.
        passages: the number of all passages.
        length: the number of words of all passages.
    """

    having: tuple[int, ...]
    frequencies: tuple[Mapping[int, float], ...]
    lengths: Mapping[int, int]
    passages: int
    length: int


class Snapshot(Protocol):
    """One state of a library for reading and searching; valid inside the `with` block of `Library.snapshot`.

    A passage keeps its id until its document is corrected, replaced, removed or reindexed; no other ever gets the id.
    """

    @property
    def generation(self) -> int:
        """The number of this state; each change of the library makes another."""
        ...

    @property
    def documents(self) -> list[Document]:
        """All documents, by name."""
        ...

    @property
    def words(self) -> frozenset[str]:
        """Every word of the documents, in lower case."""
        ...

    @property
    def passage_count(self) -> int:
        """Number of passages."""
        ...

    def search_dense(self, query: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """Return the k passages nearest to a query vector: ids with their cosine in [-1, 1], best first.

        Passages of equal cosine are ordered by document name and place, so the result depends on the documents alone.

        Args:
            query: float32 of shape (d,), unit length, from the encoder of the library.
            k: number of passages; fewer come back when fewer pass the filters.
            filters: conditions on the passages' documents.

        Raises:
            ValueError: the query has another d, or is not of unit length.
        """
        ...

    def search_lexical(self, text: str, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """Return the k passages with the highest BM25 for the words of a text: ids with their score, best first.

        Words are compared by the stems of SQLite FTS5's "porter": without accents, those of fewer than three letters
        unchanged. `corpus.language.tokens.stem` gives others. A word in a heading or title counts `HEADING_WEIGHT`.
        Passages of equal score are ordered by document name and place.
        """
        ...

    def word_matches(self, text: str, filters: Filters = Filters()) -> WordMatches:
        """Return what the scores of `search_lexical` are computed from."""
        ...

    def passage(self, identity: int) -> Passage:
        """Return the passage with this id.

        Raises:
            KeyError: this state of the library has none.
        """
        ...

    def passages_of(self, document: Document) -> list[tuple[int, Passage]]:
        """Return the passages of a document with their ids, in order; the same list again, which nobody changes."""
        ...

    def sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        """Return the sentences of a passage and their vectors, float32 of shape (n, d).

        Raises:
            KeyError: this state of the library has no such passage.
        """
        ...

    def frequency(self, term: str, filters: Filters = Filters()) -> int:
        """Count the passages with a word or phrase in their text or headings, compared as by `search_lexical`."""
        ...

    def long_form(self, short: str) -> str | None:
        """Return what an abbreviation stands for, in lower case, as the first document by name introduces it."""
        ...

    def short_form(self, long: str) -> str | None:
        """Return the abbreviation, in lower case, that a document introduces for words in lower case."""
        ...

    def writes_as_name(self, word: str) -> bool:
        """Return True if the documents write a word with a capital and never without."""
        ...

    def derived(self, name: str, derive: Callable[[], list[float]]) -> list[float]:
        """Return finite numbers that depend on this state, computed once and stored with the library if possible.

        Args:
            name: the numbers' name, another one for each version of what computes them.
            derive: computes them; called when none are stored for this state.
        """
        ...

"""Evidence: a sentence of a record that may answer a question, with the parts of its score."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.query import Query
from assistant.retrieval.context import NO_CONTEXT, Context
from assistant.retrieval.query_terms import QueryTerms
from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import row_sentence
from index.models.encoder import Vectors
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query with its weighted words and its vector for the search of one snapshot.

    Attributes:
        query: the query.
        snapshot: the snapshot of the library.
        terms: the query's words; none in a language that the search by words does not know.
        vector: the vector of the query's text; float32 of shape (d,), unit length.
    """

    query: Query
    snapshot: Snapshot
    terms: QueryTerms
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or list item that may answer a question, with the parts of its score.

    Attributes:
        passage: the passage that contains it.
        span: its position in the document.
        score: the sum of its weighted parts.
        dense: cosine of the query and the sentence under its headings.
        term_overlap: share of the query's weighted words in the sentence, in [0, 1].
        context_overlap: the same share with its headings and title.
        is_label: True for a title or another label that the question does not request.
        ranker_probability: the ranker's probability that it answers, in [0, 1]; None if no ranker read it.
        also_in: other documents with the same words, see `assistant.retrieval.deduplicate`.
        columns: the column names of a row of a table.
        around: the words above it that belong to its sense.
        replies: True for a reply to a question of the record that asks the same.
    """

    passage: Passage
    span: Span
    score: float
    dense: float
    term_overlap: float
    context_overlap: float
    is_label: bool = False
    ranker_probability: float | None = None
    also_in: tuple[Document, ...] = ()
    columns: tuple[str, ...] = ()
    around: Context = NO_CONTEXT
    replies: bool = False

    @property
    def document(self) -> Document:
        """The document of the sentence."""
        return self.passage.document

    @property
    def quote(self) -> str:
        """The words of the sentence, unchanged."""
        return self.span.of(self.document.text)

    @property
    def words_read(self) -> str:
        """The words that are judged: the quotation, or a row of a table with the names of its columns."""
        return row_sentence(self.quote, self.columns)


def documents_of(evidence: Iterable[Evidence]) -> list[Document]:
    """Return the documents of some evidence, each once, in its order."""
    return list({e.document.id: e.document for e in evidence}.values())


def best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Sort evidence by score, highest first, then by document name and position."""
    return sorted(evidence, key=lambda e: (-e.score, e.passage.document.name, e.span))

"""Documents cut and encoded: the passages with their vectors, as the library's rows hold them."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.passages import Passage, split
from corpus.span import Span
from index.models.encoder import Encoder, Progress, Vectors, unit_rows


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with its vectors, as it is stored.

    Attributes:
        passage: what is encoded, with its headings and the facts of its document.
        vector: its vector, float32 as bytes.
        sentences: the places of its sentences.
        sentence_vectors: theirs, one after the other.
    """

    passage: Passage
    vector: bytes
    sentences: tuple[Span, ...]
    sentence_vectors: bytes


def encoded(
    encoder: Encoder, documents: Sequence[Document], most: int, progress: Progress | None = None
) -> list[list[Row]]:
    """Cut documents and encode each passage, and each sentence of those that have several, all in one go.

    Args:
        encoder: gives the vectors.
        documents: what to cut; one list of rows is returned for each.
        most: the length in characters at which a paragraph is cut between its sentences.
        progress: told how many texts are encoded.

    Raises:
        ValueError: the encoder gives what an encoder may not.
    """
    texts: list[str] = []
    plans: list[list[tuple[Passage, tuple[Span, ...], int]]] = []
    for document in documents:
        plan = []
        for passage in split(document, most):
            spans = tuple(passage.sentences())
            plan.append((passage, spans, len(texts)))
            texts.append(passage.for_encoder())
            texts.extend(passage.for_encoder(span) for span in spans if len(spans) > 1)
        plans.append(plan)
    vectors = unit_rows(encoder.encode_passages(texts, progress), len(texts), encoder.name)
    return [[_row(passage, spans, vectors, at) for passage, spans, at in plan] for plan in plans]


def _row(passage: Passage, spans: tuple[Span, ...], vectors: Vectors, at: int) -> Row:
    own = vectors[at + 1 : at + 1 + len(spans)] if len(spans) > 1 else vectors[at : at + 1]
    return Row(passage, vectors[at].tobytes(), spans, own.tobytes())

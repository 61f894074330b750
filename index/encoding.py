"""Cut documents into passages and encode them, and check that a library's vectors fit its encoder and settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import printable
from corpus.passages import Passage, split
from corpus.span import Span
from index.errors import StaleIndex
from index.models.encoder import Encoder, Progress, Vectors, unit_rows


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with its vectors.

    Attributes:
        passage: the text that was encoded, with its headings and the facts of its document.
        vector: its vector, float32 of shape (d,).
        sentences: the spans of its sentences.
        sentence_vectors: the vectors of the sentences, float32 of shape (n, d).
    """

    passage: Passage
    vector: Vectors
    sentences: tuple[Span, ...]
    sentence_vectors: Vectors


def encode_documents(
    encoder: Encoder, documents: Sequence[Document], passage_characters: int, progress: Progress | None = None
) -> list[list[EncodedPassage]]:
    """Cut documents; encode all passages, and the sentences of those that have several, in one call of the encoder.

    Args:
        encoder: the encoder of the library.
        documents: the documents to cut.
        passage_characters: the length at which a paragraph is cut between its sentences.
        progress: called with the number of passages encoded and of all.

    Raises:
        ValueError: the encoder returns other than unit vectors.
    """
    texts: list[str] = []
    plans: list[list[tuple[Passage, tuple[Span, ...], int]]] = []
    for document in documents:
        plan = []
        for passage in split(document, passage_characters):
            spans = tuple(passage.sentences())
            plan.append((passage, spans, len(texts)))
            texts.append(passage.for_encoder())
            texts.extend(passage.for_encoder(span) for span in spans if len(spans) > 1)
        plans.append(plan)
    count = sum(map(len, plans))  # an encoder also counts sentences, and an ensemble each text twice
    report = (lambda done, of: progress(count * done // of, count)) if progress else None
    vectors = unit_rows(encoder.encode_passages(texts, report), len(texts), encoder.name)
    return [[_encoded_passage(passage, spans, vectors, at) for passage, spans, at in plan] for plan in plans]


def _encoded_passage(passage: Passage, spans: tuple[Span, ...], vectors: Vectors, at: int) -> EncodedPassage:
    own = vectors[at + 1 : at + 1 + len(spans)] if len(spans) > 1 else vectors[at : at + 1]
    return EncodedPassage(passage, vectors[at], spans, own)


def check_stamp(stored: tuple[str, str], present: tuple[str, str]) -> None:
    """Check that the vectors of a library were made with the present encoder and settings.

    Args:
        stored: the encoder's name and the stamp of the settings that the library was made with.
        present: those that it was opened with.

    Raises:
        StaleIndex: they differ.
    """
    (stored_model, stored_stamp), (model, stamp) = stored, present
    if stored_model != model:
        difference = f"encoded with {printable(stored_model)}, but the settings name {printable(model)}"
    elif stored_stamp != stamp:
        difference = f"made with {stored_stamp}, but the settings say {stamp}"
    else:
        return
    raise StaleIndex(f"this library was {difference}; rebuild it with: rapporteur reindex")

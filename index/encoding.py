"""Cut documents into passages and encode them, and check that a library's vectors fit its encoder and settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import printable
from corpus.passages import Passage, split
from corpus.span import Span
from index.errors import StaleIndex
from index.models.encoder import Encoder, Progress, Vectors, encode_sentences


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
    encoder: Encoder,
    documents: Sequence[Document],
    passage_characters: int,
    known: Iterable[EncodedPassage] = (),
    progress: Progress | None = None,
) -> list[list[EncodedPassage]]:
    """Cut documents, and encode all passages and their sentences in one call of the encoder.

    Args:
        encoder: the encoder of the library.
        documents: the documents to cut.
        passage_characters: the length at which a paragraph is cut between its sentences.
        known: passages with vectors of the same encoder, such as those of a former version; a passage of the same
            words and context gets their vectors.
        progress: called with the number of passages encoded and of all.

    Raises:
        ValueError: the encoder returns other than unit vectors.
    """
    plans = [
        [_PassagePlan.of(passage, tuple(passage.sentences())) for passage in split(document, passage_characters)]
        for document in documents
    ]
    vectors = {_PassagePlan.of(row.passage, row.sentences).key: (row.vector, row.sentence_vectors) for row in known}
    new = {plan.key: plan for of_document in plans for plan in of_document if plan.key not in vectors}
    if new:
        count = sum(map(len, plans))  # an ensemble counts each text twice
        report = (lambda done, of: progress(count * done // of, count)) if progress else None
        texts, sentences = zip(*new, strict=True)
        vectors |= zip(new, zip(*encode_sentences(encoder, texts, sentences, report), strict=True), strict=True)
    elif progress:
        progress(1, 1)
    return [[EncodedPassage(p.passage, vectors[p.key][0], p.sentences, vectors[p.key][1]) for p in of] for of in plans]


@dataclass(frozen=True, slots=True)
class _PassagePlan:
    """A passage as the encoder reads it.

    Attributes:
        passage: the passage.
        sentences: its sentences in the document.
        key: the text that is encoded, and its sentences in that text.
    """

    passage: Passage
    sentences: tuple[Span, ...]
    key: tuple[str, tuple[Span, ...]]

    @classmethod
    def of(cls, passage: Passage, sentences: tuple[Span, ...]) -> "_PassagePlan":
        """Return the text of a passage with its sentences."""
        text, spans = passage.for_encoder(sentences)
        return cls(passage, sentences, (text, tuple(spans)))


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

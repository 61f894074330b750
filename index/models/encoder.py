"""Interface of an encoder, the model that turns texts into unit vectors, and checks of these vectors."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.span import Span

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]  # called with the number of texts encoded and of all texts


class Encoder(Protocol):
    """A model that turns texts into vectors; the cosine of two vectors measures how similar the texts are in meaning.

    Attributes:
        name: the name that libraries are stamped with; it changes whenever the vectors would change.
    """

    name: str

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return the vectors of texts to be searched: float32 of shape (n, d), each row of unit length."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Return the vector of a query: float32 of shape (d,), of unit length."""
        ...


@runtime_checkable
class SentenceEncoder(Encoder, Protocol):
    """An encoder that returns the vectors of a text's sentences together with the vector of the text."""

    def encode_sentences(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of texts and of their sentences in the context of the text.

        Args:
            texts: the texts.
            sentences: the positions of the sentences in each text.
            progress: called with the number of texts encoded and of all texts.

        Returns:
            The vectors of the texts, float32 of shape (n, d), and for each text those of its sentences, float32 of
            shape (sentences, d); each row is of unit length.
        """
        ...


def encode_sentences(
    encoder: Encoder, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
) -> tuple[Vectors, list[Vectors]]:
    """Return the vectors of texts and of their sentences, see `SentenceEncoder`, from any encoder.

    Raises:
        ValueError: the encoder returns other than unit vectors.
    """
    if not isinstance(encoder, SentenceEncoder):
        return encode_sentences_apart(encoder, texts, sentences, progress)
    vectors, of_sentences = encoder.encode_sentences(texts, sentences, progress)
    for rows, expected in ((vectors, len(texts)), *zip(of_sentences, map(len, sentences), strict=True)):
        unit_rows(rows, expected, encoder.name)
    return vectors, of_sentences


def encode_sentences_apart(
    encoder: Encoder, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
) -> tuple[Vectors, list[Vectors]]:
    """Encode each sentence as a text of its own, behind the words before the first sentence of its text.

    The only sentence of a text has the vector of the text. Parameters and return value are those of
    `SentenceEncoder.encode_sentences`.
    """
    apart = [
        text[: spans[0].start] + span.of(text)
        for text, spans in zip(texts, sentences, strict=True)
        for span in spans
        if len(spans) > 1
    ]
    vectors = unit_rows(encoder.encode_passages([*texts, *apart], progress), len(texts) + len(apart), encoder.name)
    of_sentences = []
    at = len(texts)
    for number, spans in enumerate(sentences):
        several = len(spans) if len(spans) > 1 else 0
        of_sentences.append(vectors[at : at + several] if several else vectors[number : number + 1][: len(spans)])
        at += several
    return vectors[: len(texts)], of_sentences


def unit_rows(vectors: Vectors, rows: int, name: str) -> Vectors:
    """Return vectors after checking that they are float32 of shape (rows, d) and of unit length.

    Raises:
        ValueError: they are not; the message names the encoder.
    """
    if vectors.ndim != 2 or len(vectors) != rows or vectors.dtype != np.float32:
        raise ValueError(
            f"the encoder {name} returned {vectors.dtype} of shape {vectors.shape} for {rows} texts,"
            f" not float32 of shape ({rows}, d)"
        )
    if not (worst := length_error(vectors)) < 0.001:
        raise ValueError(f"the encoder {name} returned a vector whose length differs from 1 by {worst:.3f}")
    return vectors


def length_error(vectors: Vectors) -> float:
    """Return by how much the length of vectors, of shape (n, d), differs from 1 at most; NaN where one has none."""
    with np.errstate(all="ignore"):  # a damaged vector may hold any number
        return float(np.abs(np.linalg.norm(vectors, axis=1) - 1).max()) if len(vectors) else 0.0


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors scaled to unit length; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)

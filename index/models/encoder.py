"""Interface of an encoder, the model that turns texts into unit vectors, and checks of these vectors."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
    if rows and not (worst := float(np.abs(np.linalg.norm(vectors, axis=1) - 1).max())) < 0.001:
        raise ValueError(f"the encoder {name} returned a vector whose length differs from 1 by {worst:.3f}")
    return vectors


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors scaled to unit length; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)

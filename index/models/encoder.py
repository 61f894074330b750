"""What the index asks of a model: texts in, unit vectors out."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]  # pieces done, pieces in all


class Encoder(Protocol):
    """A model that turns texts into vectors whose cosine says how near they are in meaning.

    Attributes:
        name: what the library is stamped with; the same name means the same vectors.
    """

    name: str

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode texts that are searched: float32 of shape (n, d), each row of unit length."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Encode what is searched for: float32 of shape (d,), of unit length."""
        ...


def unit_rows(vectors: Vectors, rows: int, name: str) -> Vectors:
    """The vectors as they are kept, once they are what an encoder promises.

    Raises:
        ValueError: they are not float32 of shape (rows, d) and of unit length; the message names the encoder.
    """
    if vectors.ndim != 2 or len(vectors) != rows or vectors.dtype != np.float32:
        raise ValueError(
            f"the encoder {name} gave {vectors.dtype} of shape {vectors.shape} for {rows} texts,"
            f" not float32 of shape ({rows}, d)"
        )
    if rows and not (worst := float(np.abs(np.linalg.norm(vectors, axis=1) - 1).max())) < 0.001:
        raise ValueError(f"the encoder {name} gave a vector whose length differs from 1 by {worst:.3f}")
    return vectors


def unit(vectors: Vectors) -> Vectors:
    """The vectors at unit length; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)

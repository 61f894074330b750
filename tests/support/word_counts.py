"""Encode texts without a model: a text's vector counts its words."""

import zlib
from collections.abc import Sequence

import numpy as np

from corpus.language.tokens import text_terms
from index.models.encoder import Progress, Vectors, unit

_DIMENSIONS = 256


class WordCounts:
    """An `Encoder` without a model, the same on every machine: texts that share words are near each other.

    Args:
        name: the name that a library stores; another name means another model.
    """

    def __init__(self, name: str = "word counts") -> None:
        self.name = name

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        vectors = np.array([self.encode_query(text) for text in texts], dtype=np.float32).reshape(-1, _DIMENSIONS)
        if progress:
            progress(len(texts), len(texts))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`. Texts without words share one vector."""
        counts = np.zeros(_DIMENSIONS, dtype=np.float32)
        for word in text_terms(text) or [""]:
            counts[zlib.crc32(word.encode()) % _DIMENSIONS] += 1
        return unit(counts)

"""Encoder that computes no vector which is known already, such as one of a document's former version."""

from collections.abc import Iterable, Sequence

import numpy as np

from index.encoding import EncodedPassage
from index.models.encoder import Encoder, Progress, Vectors, unit_rows


class ReusingEncoder:
    """An `Encoder` that encodes only the texts that no known passage has; all must be of the same encoder and settings.

    Args:
        encoder: encodes the other texts; not used when there are none.
        known: passages with their vectors.
    """

    def __init__(self, encoder: Encoder, known: Iterable[EncodedPassage]) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        for row in known:
            self._known[row.passage.for_encoder()] = row.vector
            if len(row.sentences) > 1:
                texts = map(row.passage.for_encoder, row.sentences)
                self._known.update(zip(texts, row.sentence_vectors, strict=True))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        new = [text for text in texts if text not in self._known]
        if len(new) == len(texts):
            return self._encoder.encode_passages(texts, progress)
        vectors = iter(unit_rows(self._encoder.encode_passages(new, progress), len(new), self.name) if new else ())
        if progress:
            progress(1, 1)
        return np.stack([self._known[text] if text in self._known else next(vectors) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        return self._encoder.encode_query(text)

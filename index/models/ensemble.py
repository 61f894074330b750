"""Encoder made of two encoders, a multilingual and an English one, whose cosines are averaged."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from corpus.language.english import english_words
from corpus.language.tokens import folded_words
from corpus.span import Span
from index.models.encoder import Encoder, Progress, Vectors, encode_sentences, unit

# Most queries that the second encoder reads beside the first; more wait.
_MOST_QUERIES = 8
# Cosine of the second encoder between an English question and a passage that it cannot read: about the mean of its
# cosines with passages that it can read, so that no language is preferred.
_UNREADABLE_COSINE = 0.2


class Ensemble:
    """A multilingual and an English encoder; a vector is the weighted concatenation of their two vectors.

    The cosine of two such vectors is the weighted mean of the two cosines. For a text that is not English it is the
    weighted cosine of the first encoder alone.

    Args:
        first: the multilingual encoder.
        second: the English encoder.
        weight: weight of the second cosine, in (0, 1). The spread of the cosines differs between encoders: at equal
            weights the encoder with the larger spread decides.
    """

    def __init__(self, first: Encoder, second: Encoder, weight: float) -> None:
        self.name = f"{first.name} and {second.name} at {weight:g}"
        self._first = first
        self._second = second
        self._weight = weight
        self._scales = np.sqrt([1 - weight, weight]).astype(np.float32)
        self._are_loaded = False
        self._beside = ThreadPoolExecutor(_MOST_QUERIES, thread_name_prefix="second encoder")

    def map(self, wrap: Callable[[Encoder], Encoder]) -> "Ensemble":
        """Return the same ensemble with each encoder wrapped, such as by a cache."""
        return Ensemble(wrap(self._first), wrap(self._second), self._weight)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        return self.encode_sentences(texts, [()] * len(texts), progress)[0]

    def encode_sentences(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """See `SentenceEncoder`."""
        english = [i for i, text in enumerate(texts) if _is_english(text)]

        def total_progress(before: int) -> Progress | None:
            return (lambda done, _: progress(before + done, len(texts) + len(english))) if progress else None

        vectors, of_sentences = encode_sentences(self._first, texts, sentences, total_progress(0))
        if not texts:
            return vectors, of_sentences
        second, of_second = encode_sentences(
            self._second,
            [texts[i] for i in english] or ["."],
            [sentences[i] for i in english] or [()],
            total_progress(len(texts)) if english else None,
        )
        both = [self._concatenate(vectors, _or_unreadable(second, english, len(texts)))]
        rows = dict(zip(english, of_second, strict=False))
        for i, first in enumerate(of_sentences):
            readable = range(len(first)) if i in rows else ()
            both.append(self._concatenate(first, _or_unreadable(rows.get(i, second[:0]), readable, len(first))))
        return both[0], both[1:]

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`. The encoders run side by side, but load one after the other."""
        is_english = _is_english(text)
        beside = self._beside.submit(self._second.encode_query, text) if is_english and self._are_loaded else None
        first = self._first.encode_query(text)[None]
        if not is_english:
            dimensions = self._second.encode_query(".").shape[0] + 1
            alone: Vectors = np.concatenate([first[0], np.zeros(dimensions, dtype=np.float32)])
            return alone
        vector = (beside.result() if beside else self._second.encode_query(text))[None]
        self._are_loaded = True
        second = np.concatenate(
            [vector * np.sqrt(1 - _UNREADABLE_COSINE**2), np.full((1, 1), _UNREADABLE_COSINE)], axis=1
        )
        both: Vectors = self._concatenate(first, second.astype(np.float32))[0]
        return both

    def _concatenate(self, first: Vectors, second: Vectors) -> Vectors:
        return unit(np.concatenate([self._scales[0] * first, self._scales[1] * second], axis=1))


def _or_unreadable(vectors: Vectors, numbers: Sequence[int], count: int) -> Vectors:
    """Return vectors of the second encoder for `count` texts, float32 of shape (count, d + 1).

    Args:
        vectors: float32 of shape (n, d); those behind the last number are not used.
        numbers: the number of each vector's text; the last dimension is 1 for all other texts, and they are zero else.
        count: number of texts.
    """
    wider = np.zeros((count, vectors.shape[1] + 1), dtype=np.float32)
    wider[:, -1] = 1
    wider[list(numbers), :-1], wider[list(numbers), -1] = vectors[: len(numbers)], 0
    return wider


def _is_english(text: str) -> bool:
    """Return True if at least half of the words are English; also of a text without words."""
    words = [word for word in folded_words(text) if not word.isdecimal()]
    return 2 * sum(word in english_words() for word in words) >= len(words)

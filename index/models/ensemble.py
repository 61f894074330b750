"""Two encoders as one: what the one misses in a paraphrase the other often sees."""

from collections.abc import Callable, Sequence

import numpy as np

from corpus.language.tokens import folded_words
from index.models.encoder import Encoder, Progress, Vectors, unit
from index.models.english import english_words

# What a question in English has as cosine with a passage that the second encoder cannot read: about the mean of those
# that it can, so that neither kind is put before the other for its language.
_UNREAD = 0.2


class Ensemble:
    """A multilingual encoder and an English one, their vectors side by side in one.

    The cosine of two such vectors is the weighted mean of the two cosines. A text that is not English has the
    first encoder's alone.

    Args:
        first: reads any language.
        second: reads English.
        weight: of the second's cosine, in (0, 1). Encoders differ in how far their cosines spread: at equal weights the
            one that spreads more decides.
    """

    def __init__(self, first: Encoder, second: Encoder, weight: float) -> None:
        self.name = f"{first.name} and {second.name} at {weight:g}"
        self._first = first
        self._second = second
        self._weight = weight
        self._parts = np.sqrt([1 - weight, weight]).astype(np.float32)

    def with_parts(self, made: Callable[[Encoder], Encoder]) -> "Ensemble":
        """The same ensemble with something made of each encoder."""
        return Ensemble(made(self._first), made(self._second), self._weight)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        read = [i for i, text in enumerate(texts) if _is_english(text)]

        def of_both(before: int) -> Progress | None:
            return (lambda done, _: progress(before + done, len(texts) + len(read))) if progress else None

        first = self._first.encode_passages(texts, of_both(0))
        if not len(first):
            return first
        own = self._second.encode_passages([texts[i] for i in read] or ["."], of_both(len(texts)))
        second = np.zeros((len(texts), own.shape[1] + 1), dtype=np.float32)
        second[:, -1] = 1
        if read:
            second[read, :-1], second[read, -1] = own, 0
        return self._joined(first, second)

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        first = self._first.encode_query(text)[None]
        if not _is_english(text):
            width = self._second.encode_query(".").shape[0] + 1
            alone: Vectors = np.concatenate([first[0], np.zeros(width, dtype=np.float32)])
            return alone
        own = self._second.encode_query(text)[None]
        second = np.concatenate([own * np.sqrt(1 - _UNREAD**2), np.full((1, 1), _UNREAD)], axis=1)
        joined: Vectors = self._joined(first, second.astype(np.float32))[0]
        return joined

    def _joined(self, first: Vectors, second: Vectors) -> Vectors:
        return unit(np.concatenate([self._parts[0] * first, self._parts[1] * second], axis=1))


def _is_english(text: str) -> bool:
    """Whether at least half of the words are ones that English texts use; true of a text without words."""
    words = [word for word in folded_words(text) if not word.isdecimal()]
    return 2 * sum(word in english_words() for word in words) >= len(words)

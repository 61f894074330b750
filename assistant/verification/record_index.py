"""The records as the checker searches them: all their letters in one string, each with its place."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.verification.normalize import letters
from corpus.document import Document

_APART = "\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where some letters stand: characters `start` to `end` of a document's text."""

    document: Document
    start: int
    end: int


class Records:
    """Finds letters in every record, whatever stands between them. Takes about six bytes for each character.

    Args:
        documents: the records, in the order in which finds are reported.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._origins = array("i")
        self._beginnings: list[int] = []
        keys = []
        for document in self.documents:
            self._beginnings.append(len(self._origins))
            found = list(letters(document.text, document.source.media_type.endswith("markdown")))
            keys.append("".join(letter for letter, _ in found) + _APART)
            self._origins.extend(place for _, place in found)
            self._origins.append(len(document.text))
        self._key = "".join(keys)

    def places(self, key: str, near: Place | None = None, reach: int = 0) -> Iterator[Place]:
        """Every place where these letters stand, in order.

        Args:
            key: what `key_of` gives for the words.
            near: only within `reach` letters of this place of one document, when given.
            reach: see `near`.
        """
        first, behind = self._range(near, reach) if near else (0, len(self._key))
        at = self._key.find(key, first, behind) if key else -1
        while at >= 0:
            yield self._place(at, at + len(key))
            at = self._key.find(key, at + 1, behind)

    def holds(self, key: str) -> bool:
        """Whether these letters stand anywhere."""
        return key in self._key

    def _range(self, near: Place, reach: int) -> tuple[int, int]:
        number = self.documents.index(near.document)
        first = self._beginnings[number]
        behind = self._beginnings[number + 1] - 1 if number + 1 < len(self._beginnings) else len(self._key) - 1
        at = bisect_right(self._origins, near.start, first, behind)
        until = bisect_right(self._origins, near.end, first, behind)
        return max(first, at - 1 - reach), min(behind, until + reach)

    def _place(self, at: int, behind: int) -> Place:
        number = bisect_right(self._beginnings, at) - 1
        return Place(self.documents[number], self._origins[at], self._origins[behind - 1] + 1)


def key_of(text: str, markdown: bool = False) -> str:
    """The letters and digits of some words, by which `Records` finds them."""
    return "".join(letter for letter, _ in letters(text, markdown))

"""Index of the records for the checker: all their letters in one string, each with its offset."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.verification.normalize import letters
from corpus.document import Document

_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class RecordRange:
    """Characters `start` to `end` of a document's text."""

    document: Document
    start: int
    end: int


class RecordIndex:
    """Finds a run of letters in every record, ignoring all other characters. Needs about six bytes a character.

    Places are reported in the order of the records.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._origins = array("i")
        self._beginnings: list[int] = []
        keys = []
        for document in self.documents:
            self._beginnings.append(len(self._origins))
            placed = list(letters(document.text, document.source.media_type.endswith("markdown")))
            keys.append("".join(letter for letter, _ in placed) + _SEPARATOR)
            self._origins.extend(place for _, place in placed)
            self._origins.append(len(document.text))
        self._key = "".join(keys)

    def places(self, key: str, near: RecordRange | None = None, reach: int = 0) -> Iterator[RecordRange]:
        """Yield every place of these letters (see `key_of`), in order.

        `near` restricts the search to places within `reach` letters of it.
        """
        first, behind = self._range(near, reach) if near else (0, len(self._key))
        at = self._key.find(key, first, behind) if key else -1
        while at >= 0:
            yield self._place(at, at + len(key))
            at = self._key.find(key, at + 1, behind)

    def contains(self, key: str) -> bool:
        """Return True if any record has these letters."""
        return key in self._key

    def _range(self, near: RecordRange, reach: int) -> tuple[int, int]:
        number = self.documents.index(near.document)
        first = self._beginnings[number]
        behind = self._beginnings[number + 1] - 1 if number + 1 < len(self._beginnings) else len(self._key) - 1
        at = bisect_right(self._origins, near.start, first, behind)
        until = bisect_right(self._origins, near.end, first, behind)
        return max(first, at - 1 - reach), min(behind, until + reach)

    def _place(self, at: int, behind: int) -> RecordRange:
        number = bisect_right(self._beginnings, at) - 1
        return RecordRange(self.documents[number], self._origins[at], self._origins[behind - 1] + 1)


def key_of(text: str, markdown: bool = False) -> str:
    """Return the letters and digits of words, to be searched in a `RecordIndex`."""
    return "".join(letter for letter, _ in letters(text, markdown))

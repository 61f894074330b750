"""The text in which the persons of a record are looked for: its title and its body, and where the talk begins."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from corpus.document import Document
from corpus.language.persons import without_accents
from corpus.span import Span
from corpus.transcript import SpeechTurn, turn_at, turns

# Characters at the top of a record without turns that may say who is there.
TOP = 2000
# Places of a word in a record that are read.
MOST_PLACES = 2000
# The first characters of a word up to an apostrophe or a hyphen.
_FIRST = re.compile(r"\w+")


class RecordText:
    """The title and the text of a record; offsets are of `text`.

    Args:
        document: the record.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        at = document.text.find(document.title)
        # A title that the text lacks stands above it.
        self._shift = len(document.title) + 2 if at < 0 else 0
        self.text = f"{document.title}\n\n{document.text}" if at < 0 else document.text
        self.title = range(max(0, at), max(0, at) + len(document.title))
        self.turns = turns(document)

    @cached_property
    def head_end(self) -> int:
        """Where the talk begins; of a record without turns the end of its top."""
        return self._shift + (self.turns[0].span.start if self.turns else TOP)

    @cached_property
    def lists_end(self) -> int:
        """Where the part ends that may list who is present and who is absent."""
        return self.head_end if self.turns else len(self.text)

    @cached_property
    def outside_talk(self) -> str:
        """The text above the talk, the whole of a record without turns; without accents where that keeps the places."""
        text = self.text[: self.lists_end]
        plain = without_accents(text)
        return plain if len(plain) == len(text) else text

    def turn_at(self, offset: int) -> SpeechTurn | None:
        """Return the turn that a character belongs to; None outside all turns."""
        return turn_at(self.document, offset - self._shift) if offset >= self._shift else None

    def line_at(self, start: int, end: int) -> Span:
        """Return the line of a range of the text without its line break."""
        line_end = self.text.find("\n", end)
        return Span(self.text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(self.text))

    def places_of_word(self, word: str) -> Iterator[Span]:
        """Yield where a word stands outside the talk, in any case and without accents."""
        plain = without_accents(word)
        first = _FIRST.match(plain)
        starts = self._starts_of_words.get(first[0].lower(), ()) if first else ()
        pattern = re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)", re.IGNORECASE)
        matches = (pattern.match(self.outside_talk, start) for start in starts)
        yield from (Span(*match.span()) for match in islice(filter(None, matches), MOST_PLACES))

    @cached_property
    def _starts_of_words(self) -> dict[str, list[int]]:
        """Where each word begins: one scan of the text for all names."""
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for match in _FIRST.finditer(self.outside_talk):
            starts[match[0].lower()].append(match.start())
        return dict(starts)

"""Quotations made of pieces that stand apart in the records, joined as if they stood together."""

import re
from itertools import islice, pairwise

from assistant.verification.exact_match import Match, match_exactly
from assistant.verification.record_index import Records, key_of

_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑/.,][^\W_]+)*")
_LEAST_WORDS = 3
_MOST_PIECES = 4
# Pieces of one record this near each other, in letters and marks, are one passage with words left out or changed.
_NEAR = 60
_MOST_PLACES = 40


def stitched(quote: str, records: Records) -> tuple[Match, ...]:
    """The pieces that a quotation is joined from: two to four of at least three words, together all of it.

    Returns:
        Where each piece stands, in the quotation's order; nothing when it cannot be cut so, or when the pieces stand
        side by side in one record.
    """
    words = [m.span() for m in _WORD.finditer(quote)]
    pieces: list[Match] = []
    at = 0
    while at < len(words):
        found = _longest(quote, words, at, records)
        if found is None or len(pieces) == _MOST_PIECES:
            return ()
        piece, at = found
        pieces.append(piece)
    return tuple(pieces) if len(pieces) > 1 and any(_apart(a, b) for a, b in pairwise(pieces)) else ()


def _longest(quote: str, words: list[tuple[int, int]], first: int, records: Records) -> tuple[Match, int] | None:
    """The longest run of words from `first` on that stands in a record, and the number of the word behind it.

    A run too short is taken back from the run before it by the caller's failing: three words identify nothing less.
    """
    low, high = first, len(words)
    while low < high:  # what holds a run holds its beginning
        middle = (low + high + 1) // 2
        if records.holds(key_of(quote[words[first][0] : words[middle - 1][1]])):
            low = middle
        else:
            high = middle - 1
    for behind in range(low, first + _LEAST_WORDS - 1, -1):
        left = len(words) - behind
        if 0 < left < _LEAST_WORDS:
            continue
        part = quote[words[first][0] : words[behind - 1][1]]
        for place in islice(records.places(key_of(part)), _MOST_PLACES):
            if span := match_exactly(part, place):
                return Match(place.document, span, span.of(place.document.text) == part), behind
    return None


def _apart(one: Match, other: Match) -> bool:
    return one.document.id != other.document.id or not 0 <= other.span.start - one.span.end <= _NEAR

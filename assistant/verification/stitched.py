"""Detect quotations joined from separate passages of the records without an ellipsis."""

import re
from itertools import islice, pairwise

from assistant.verification.exact_match import Match, match_exactly
from assistant.verification.record_index import RecordIndex, key_of

_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑/.,][^\W_]+)*")
_LEAST_WORDS = 3
_MOST_PIECES = 4
# Pieces of one record at most so many characters apart are one passage with words left out or changed.
_NEAR = 60
_MOST_PLACES = 40


def find_pieces(quote: str, records: RecordIndex) -> tuple[Match, ...]:
    """Cut a quotation into two to four pieces of at least three words that the records contain.

    Returns:
        The place of each piece, in the quotation's order; empty when the quotation cannot be cut so, or when the
        pieces are side by side in one record.
    """
    words = [m.span() for m in _WORD.finditer(quote)]
    pieces: list[Match] = []
    at = 0
    while at < len(words):
        run = _longest_run(quote, words, at, records)
        if run is None or len(pieces) == _MOST_PIECES:
            return ()
        piece, at = run
        pieces.append(piece)
    return tuple(pieces) if len(pieces) > 1 and any(_is_apart(a, b) for a, b in pairwise(pieces)) else ()


def _longest_run(
    quote: str, words: list[tuple[int, int]], first: int, records: RecordIndex
) -> tuple[Match, int] | None:
    """Return the longest run of words from `first` on in a record, and the index of the word behind it.

    Neither the run nor the rest of the quotation may be shorter than three words, which would identify nothing.
    """
    low, high = first, len(words)
    while low < high:  # a record that contains a run contains its beginning
        middle = (low + high + 1) // 2
        if records.contains(key_of(quote[words[first][0] : words[middle - 1][1]])):
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


def _is_apart(one: Match, other: Match) -> bool:
    return one.document.id != other.document.id or not 0 <= other.span.start - one.span.end <= _NEAR

"""Which words were kept, removed and added between a quote and what stands in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.citations.folded_text import folded, word_signs

UNKNOWN = "…"


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words with one fate.

    Attributes:
        change: what became of them.
        words: as they stand, white space folded; `…` for each removed word that is not known.
    """

    change: Change
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The difference between two texts by words, in reading order; removed words come before those added for them."""
    before, after = folded(old.strip()), folded(new.strip())
    return _pieces(
        SequenceMatcher(None, before.word_list, after.word_list, autojunk=False), before.words_text, after.words_text
    )


def difference_by_signs(signs: str, new: str) -> tuple[Piece, ...]:
    """The same where of the old words only the signs are known (`word_signs`): one change in 64 passes for kept."""
    after = folded(new.strip())
    matcher = SequenceMatcher(None, signs, word_signs(after.word_list), autojunk=False)
    return _pieces(matcher, lambda first, behind: " ".join([UNKNOWN] * (behind - first)), after.words_text)


def _pieces(
    matcher: SequenceMatcher[str], old: Callable[[int, int], str], new: Callable[[int, int], str]
) -> tuple[Piece, ...]:
    found = []
    for tag, a, a_behind, b, b_behind in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.KEPT, new(b, b_behind)))
            continue
        if a < a_behind:
            found.append(Piece(Change.REMOVED, old(a, a_behind)))
        if b < b_behind:
            found.append(Piece(Change.ADDED, new(b, b_behind)))
    return tuple(found)

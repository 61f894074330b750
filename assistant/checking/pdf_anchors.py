"""Anchors in a PDF, which the ends of its lines cut into pieces."""

import re

from assistant.citations.anchor import Anchor
from index.errors import AnchorError

# In how many pieces an anchor may stand: it is at most two lines long, and a line may end behind any of its signs.
_MOST_PIECES = 6
_ANCHOR = re.compile(rf"rap1:\S*(?:\s+\S+){{0,{_MOST_PIECES}}}")
_BEHIND = ".,;:)]”»\"'"


def with_whole_anchors(text: str) -> str:
    """The text with each anchor that line ends have cut put together again."""
    return _ANCHOR.sub(_whole_anchor, text) if "rap1:" in text else text


def cuts_anchor(text: str) -> bool:
    """Whether words end within an anchor, whose full stops end no sentence."""
    start = text.rfind("rap1:")
    words = text[start:].split() if start >= 0 else []
    if not words or len(words) > _MOST_PIECES // 2:
        return False
    return not any(_is_anchor("".join(words[: i + 1]).rstrip(_BEHIND)) for i in range(len(words)))


def ends_with_anchor(text: str) -> bool:
    """Whether words end in a whole anchor."""
    words = text.split()
    return bool(words) and _is_anchor(words[-1].rstrip(_BEHIND))


def _whole_anchor(found: re.Match[str]) -> str:
    pieces = list(re.finditer(r"\S+", found.group()))
    for count, piece in enumerate(pieces, start=1):
        compact = "".join(p.group() for p in pieces[:count])
        if _is_anchor(compact.rstrip(_BEHIND)):
            # What follows may hold an anchor of its own.
            return compact + with_whole_anchors(found.group()[piece.end() :])
    return found.group()


def _is_anchor(compact: str) -> bool:
    try:
        Anchor.parse(compact)
    except AnchorError:
        return False
    return True

"""Read if a figure is one of a rise or of a fall: "fell by 3", "an increase of 3", "3 fewer"."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.verification.facts.units import measure_end, unit_at
from corpus.language.scripts import is_cjk
from corpus.language.word_lists import word_sets
from corpus.span import Span

# Words before a figure in which it is said, in its clause, and characters before a Japanese one behind it.
_MOST_BEFORE = 6
_MOST_CJK = 12
_UP = {"up": True, "more": True, "down": False, "fewer": False}
_CLAUSE = re.compile(r"[;:()。]|,\s")
_BEHIND = re.compile(r"\s*[^\W\d_]+(?:\s+[^\W\d_]+)?")


def direction_of(text: str, span: Span) -> bool | None:
    """Return True for a figure that something rises by or to, False for one of a fall; None where none is said.

    Before a figure without a unit a word such as "by" must stand: "It raised 3 questions" is no rise.
    """
    clause = _CLAUSE.split(text[: span.start])[-1]
    words = re.findall(r"[^\W\d_]+", clause.casefold())[-_MOST_BEFORE:]
    end = measure_end(text, span.end)
    joined = words if unit_at(text, span) else words[: _last_joint(words)]
    found = {_words("up", "down")[word] for word in joined if word in _words("up", "down")}
    behind = _BEHIND.match(text, end)
    if behind and (word := next((w for w in _words("more", "fewer") if w in behind.group().casefold().split()), None)):
        found = {_words("more", "fewer")[word]}
    following = text[end : end + _MOST_CJK]
    found |= {up for word, up in _words("up", "down").items() if is_cjk(word[0]) and word in following}
    return found.pop() if len(found) == 1 else None


def _last_joint(words: Sequence[str]) -> int:
    """Return the index of the last word such as "by" or "to"; 0 without one."""
    return max((at for at, word in enumerate(words) if word in _joints()), default=0)


@cache
def _joints() -> frozenset[str]:
    return frozenset(word for kind, *words in word_sets("directions.txt") if kind == "joints" for word in words)


@cache
def _words(*kinds: str) -> dict[str, bool]:
    return {word: _UP[kind] for kind, *words in word_sets("directions.txt") if kind in kinds for word in words}

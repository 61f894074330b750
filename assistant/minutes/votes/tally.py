"""Read sentences that give an outcome with the count of its votes: "Passed 5-0.", "Motion carried, 6 to 1"."""

import re
from functools import cache

from corpus.language.figures import NUMBERS
from corpus.language.minutes_words import pattern, phrases

# The classes of an outcome that a count decides.
_KINDS = ("approved", "rejected")


def tally_kind(folded: str) -> str | None:
    """Return "approved" or "rejected" for a folded sentence that is no more than this with a count; None for others."""
    match = _tally().match(folded)
    return next((k for k in _KINDS if match and pattern("asks_outcome", k).fullmatch(match["word"])), None)


def without_tally(folded: str) -> str:
    """Return a folded sentence without the outcome and the count that it begins with."""
    match = _tally().match(folded)
    return f" {folded[match.end() :]}" if match and tally_kind(folded) else folded


@cache
def _tally() -> re.Pattern[str]:
    """Return a pattern of one word for an outcome and two numbers behind it."""
    count = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
    more = r"\s*(?:[-–—:/]|to)\s*"
    things = "|".join(map(re.escape, phrases("object", "generic")))
    return re.compile(
        rf"^\W*(?:(?:the\s+)?(?:{things}|vote|it)\s+(?:was\s+)?)?(?P<word>[^\W\d_]+)(?:\s+by)?\W{{1,3}}"
        rf"{count}(?:\s+votes?)?(?:{more}(?!\d\d\b){count}){{1,2}}(?=\W*$|[.,;)]\W|\s+(?:with|and)\b|\s*\()"
    )

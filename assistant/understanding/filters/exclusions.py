"""Recognize the words of a question by which it leaves out a time, a place or a publisher: "not", "except"."""

import re

from corpus.language.countries import countries_in

# Words before a name that deny it.
NOT = re.compile(
    r"""\b(?:not|rather\sthan|instead\sof|as\sopposed\sto|unlike|except|excluding|without|other\sthan)\s+
    (?:(?:at|in|by|from|of|the|for|that|one|what)\s+){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
# "other than in 2021" leaves out; "but not in 2021" needs the other meeting too, so it compares.
LEFT_OUT = re.compile(
    r"""\b(?:(?<!but\s)not|except|excluding|other\sthan|apart\sfrom|besides)\s+
    (?:(?:at|in|by|from|of|for|the|that|one|meetings?|records?|\w+day|\d+|[A-Z][a-z]+)\s+){0,4}$""",
    re.VERBOSE,
)
# The words that leave a name out, with the name.
LEFT_OUT_NAME = re.compile(
    r"(?:\b(?:except(?: for)?|excluding|other than|apart from|but not)|(?<=,)\s+not)\s+(?:(?:in|at|the|by|from|of)\s+)*"
    r"[A-Z][\w'’-]*(?:(?: and(?: the)?|,)? [A-Z][\w'’-]*)*"
)
_BUT_NOT = re.compile(r"\bbut\s+not\s+(?:(?:at|in|by|from|of|for|the|that|one)\s+){0,3}$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|at)\b", re.IGNORECASE)


def is_left_out(before: str) -> bool:
    """Return True if the words before a time or a place of a question leave it out.

    "Apart from Japan in July 2020" leaves a participant out, not the month; "not in Japan in 2020" leaves the year out.
    """
    found = LEFT_OUT.search(before)
    return found is not None and (not countries_in(found.group()) or len(_WITHIN.findall(found.group())) > 1)


def is_behind_but_not(before: str) -> bool:
    """Return True if the words before a time or a place of a question are "but not", with its preposition."""
    return bool(_BUT_NOT.search(before))

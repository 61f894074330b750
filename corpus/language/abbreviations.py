"""Find abbreviations that a text introduces: "Data Free Flow with Trust (DFFT)"."""

import re

_INTRODUCED = re.compile(r"\(\s*([A-Z][A-Za-z0-9&/-]{1,11})s?\s*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_WORDS = 10


def abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text has in brackets behind their long form, each with that form.

    A long form is the shortest run of words before the bracket that begins with the first letter and yields the others
    in order. After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions" (PSB 2003), whose
    rule for letters is applied to the first letters of words here.
    """
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        short = match.group(1)
        if sum(c.isupper() for c in short) < 2:
            continue
        before = text[max(0, match.start() - 160) : match.start()]
        words = list(_WORD.finditer(before))[-_MOST_WORDS:]
        for first in range(len(words) - 1, -1, -1):
            if _yields([w.group(0) for w in words[first:]], short):
                long = " ".join(before[words[first].start() :].split())
                found.setdefault(short, re.sub(r"['’]s$", "", long))
                break
    return found


def _yields(words: list[str], short: str) -> bool:
    """Return True if the first letters of the words give the abbreviation; small words may be skipped."""
    letters = [c for c in short.casefold() if c.isalnum()]
    initials = [w[0].casefold() for w in words]
    if not initials or initials[0] != letters[0] or len(words) < 2:
        return False
    at = 0
    for initial in initials:
        if at < len(letters) and initial == letters[at]:
            at += 1
    capitals = [w[0].casefold() for w in words if w[0].isupper()]
    return at == len(letters) and len(capitals) <= len(letters) + 1

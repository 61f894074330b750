"""Read what a figure bounds, "at least" or "up to", and whether two figures stand in the order of a record."""

import re
from functools import cache
from itertools import combinations

from assistant.verification.facts.units import without_measures
from corpus.language.word_lists import word_sets
from corpus.span import Span

# Between a bound and its figure.
_GAP = r"[\s\u00a0\u202f-]{0,2}"
_MONEY = r"(?:[$€£¥]|US\$|[A-Z]{3})?"
_LOOKED_BACK = 24
_MOST_BETWEEN = 24


def bound_of(text: str, span: Span) -> str | None:
    """Return "least" or "most" where the words before a figure make it a bound; None where they make it none."""
    found = _bounds().search(text[max(0, span.start - _LOOKED_BACK) : span.start])
    return _bound_words()[_plain(found["bound"])] if found else None


def is_turned(text: str, here: dict[str, Span], other: str, there: dict[str, Span]) -> tuple[Span, Span] | None:
    """Return the places in a record of two figures that a sentence has in the other order; None where all agree.

    The words between them must be the same: "fell from 3.1 to 2.7", "seven votes to two".

    Args:
        text: the sentence of the report.
        here: its figures with their places.
        other: the sentence of the record.
        there: its figures with their places.
    """
    shared = sorted((figure for figure in here if figure in there), key=lambda figure: here[figure].start)
    for first, second in combinations(shared, 2):
        between = _between(text, here[first], here[second])
        is_before = there[second].start < there[first].start
        if is_before and between and between == _between(other, there[second], there[first]):
            return there[second], there[first]
    return None


def _between(text: str, first: Span, second: Span) -> str | None:
    """Return the words between two figures, without their units; None where they are far from each other."""
    if not 0 < second.start - first.end <= _MOST_BETWEEN:
        return None
    return without_measures(text[first.end : second.start]) or None


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).casefold()


@cache
def _bound_words() -> dict[str, str]:
    return {form.replace("_", " "): line[0] for line in word_sets("bounds.txt") for form in line[1:]}


@cache
def _bounds() -> re.Pattern[str]:
    forms = sorted(_bound_words(), key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![^\W_])(?P<bound>{words}){_GAP}{_MONEY}\s?$", re.IGNORECASE)

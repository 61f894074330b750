"""Compare the unit beside a figure of a report with the units that a record has beside the same figure."""

import re
from functools import cache

from corpus.language.word_lists import word_sets
from corpus.span import Span

_BEFORE = re.compile(r"(?P<unit>us\$|[€$£¥]|\b(?:eur|usd|gbp|jpy|chf|cny|nok|sek|dkk|inr|rub)\b)\s?$", re.IGNORECASE)
_SCALES = [word for line in word_sets("number_scales.txt")[:5] for word in line[1:] if len(word) > 2]
_SCALE = re.compile(rf"[\s-]*(?:{'|'.join(_SCALES)})\b", re.IGNORECASE)


def unit_at(text: str, figure: Span) -> tuple[str, str] | None:
    """Return the kind and the name of the unit beside a figure, as ("money", "euro"); None where none is known."""
    if before := _BEFORE.search(text, max(0, figure.start - 6), figure.start):
        return _names().get(before["unit"].casefold())
    scale = _SCALE.match(text, figure.end)
    behind = _pattern().match(text, scale.end() if scale else figure.end)
    return _names()[re.sub(r"\s+", " ", behind["unit"].casefold())] if behind else None


def is_money(text: str, figure: Span) -> bool:
    """Return True if a figure has a unit of money beside it."""
    unit = unit_at(text, figure)
    return unit is not None and unit[0] == "money"


def is_money_code(word: str) -> bool:
    """Return True if a word in lower case is a code of money, such as "eur"."""
    return len(word) == 3 and _names().get(word, ("", ""))[0] == "money"


def measure_end(text: str, end: int) -> int:
    """Return the end of a figure with the scale and the unit behind it, from the end of its digits."""
    scale = _SCALE.match(text, end)
    end = scale.end() if scale else end
    unit = _pattern().match(text, end)
    return unit.end() if unit else end


def without_measures(words: str) -> str:
    """Return words in lower case without scales, units and signs of money."""
    kept = (w for w in re.sub(r"[$€£¥]", " ", words).casefold().split() if w not in _SCALES and w not in _names())
    return " ".join(kept)


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {
        name.replace("_", " "): (kind, names[0].replace("_", " "))
        for kind, *names in word_sets("unit_names.txt")
        for name in names
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=lambda name: (-len(name), name))
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    # Japanese has no spaces: a unit in its letters ends anywhere.
    return re.compile(rf"[ \u00a0\u202f-]?(?P<unit>{words})(?:(?<![A-Za-z])|(?![^\W_]))", re.IGNORECASE)

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
    return re.compile(rf"(?:[ \u00a0\u202f-]|(?=[%‰°€$£¥円]))?(?P<unit>{words})(?![^\W_])", re.IGNORECASE)

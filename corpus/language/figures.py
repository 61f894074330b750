"""Find the figures of a text, written in digits or in words, and bring them into one form."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.language.months import MONTH_NUMBERS

NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = (
    {word: str(value) for value, word in enumerate(NUMBERS)}
    | {word: str(10 * value) for value, word in enumerate(_TENS.split("|"), start=2)}
    | {word: str(value) for value, word in enumerate(ORDINALS, start=1)}
)
_FIGURE = re.compile(r"(?<![\w.,-])(?:[$€£¥]\s?)?(\d+(?:[.,\u00a0\u202f]\d+)*)(?:st|nd|rd|th)?(?![^\W\d_]*\d)")
# Without ASCII (a) "ſix" would be taken for "six".
_WORD = re.compile(rf"\b(?:((?a:{_TENS}))[- ](\w{{3,7}})|(?a:{'|'.join(_VALUES)}))\b", re.IGNORECASE)


def figures(text: str) -> dict[str, tuple[int, int]]:
    """Return the figures of a text in one form ("12,000" and "12 000": 12000, "five": 5), each with its first range."""
    ranges: dict[str, tuple[int, int]] = {}
    for m in _FIGURE.finditer(text):
        ranges.setdefault(_plain(m.group(1)), m.span(1))
    for m in _WORD.finditer(text):
        ranges.setdefault(_value(m), m.span())
    return ranges


def _value(words: re.Match[str]) -> str:
    """Return the value of a number in words; of "twenty percent" only the first word counts."""
    if not words.group(1):
        return _VALUES[words.group().lower()]
    tens, unit = int(_VALUES[words.group(1).lower()]), int(_VALUES.get(words.group(2).lower(), "0"))
    return str(tens + unit if unit < 10 else tens)


def has_figure(text: str) -> bool:
    """Return True if a text has a number above one."""
    return bool(re.search(r"\d", text)) or any(value not in ("0", "1") for value in figures(text))


def _plain(figure: str) -> str:
    grouped = re.fullmatch(r"\d{1,3}(?:[,.\u00a0\u202f]\d{3})+", figure)
    return re.sub(r"\D", "", figure) if grouped else re.sub(r"[,\u00a0\u202f]", ".", figure)


class GroupedInteger(NamedTuple):
    """An integer in groups of three digits: its place in a text, and its digits."""

    start: int
    end: int
    digits: str


# The languages that group digits by a comma, or by a point; the same mark divides off decimals in the others.
_BY_COMMA = frozenset({None, "en", "ja", "zh", "ko"})
_BY_POINT = frozenset({"de", "es", "it", "nl", "pt", "da", "id", "tr"})
_SPACES = " \u00a0\u2009\u202f"
_GROUPED = re.compile(
    rf"(?<![\w.,'’])(?<!\d[{_SPACES}])[1-9]\d{{0,2}}(?:(?P<mark>[.,'’{_SPACES}])\d{{3}})(?:(?P=mark)\d{{3}})*"
    rf"(?![^\W_⁰¹²³⁴-⁹]|[.,'’{_SPACES}]\d)"
)
# Words before a number of its own: "on May 5 250 members", "item 4 500 ships".
_NUMBERED = re.compile(
    r"(?:\b(item|para(?:graph)?s?|section|article|annex|table|figure|chapter|page|rule|clause|point|no|nr|pp?|line|part)"
    r"|\b(?P<month>[^\W\d_]+))\.?\s$",
    re.IGNORECASE,
)
_LOOKED_BACK = 20


def grouped_integers(text: str, language: str | None) -> Iterator[GroupedInteger]:
    """Yield the integers of a text whose digits are grouped by threes beyond doubt.

    Spaces, apostrophes and two marks of one kind only group digits. One comma or one point may also divide off
    decimals ("1.250"), so that it counts only in a text of a language that groups by it.
    """
    for m in _GROUPED.finditer(text):
        mark, has_one = m["mark"], len(re.sub(r"\d", "", m.group())) == 1
        if has_one and (
            (mark == "," and language not in _BY_COMMA)
            or (mark == "." and language not in _BY_POINT)
            or (mark in _SPACES and _is_numbered(text, m.start()))
        ):
            continue
        yield GroupedInteger(m.start(), m.end(), re.sub(r"\D", "", m.group()))


def join_groups(text: str, language: str | None) -> str:
    """Return a text with its grouped integers written without marks: "1,250,000" and "1 250 000" are 1250000."""
    pieces: list[str] = []
    at = 0
    for number in grouped_integers(text, language):
        pieces += (text[at : number.start], number.digits)
        at = number.end
    return "".join((*pieces, text[at:]))


def _is_numbered(text: str, start: int) -> bool:
    before = _NUMBERED.search(text, max(0, start - _LOOKED_BACK), start)
    return before is not None and (before["month"] is None or before["month"].casefold() in MONTH_NUMBERS)

"""Find the figures of a text, written in digits or in words, and bring them into one form."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpus.language.months import MONTH_NUMBERS
from corpus.language.word_lists import word_list

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


# The languages that group digits by a comma; and those in which a comma divides off decimals, so that a point groups.
_BY_COMMA = frozenset({None, "en", "ja", "zh", "ko"})
_BY_POINT = frozenset({"de", "es", "fr", "it", "nl", "pt", "da", "id", "tr"})
# What only one convention writes: two groups with a mark, or one or two decimals behind it that are no date or section.
_TWO_GROUPS = re.compile(
    r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3}){2,}(?!\w|[.,]\d)|(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?!\w|[.,]\d)"
)
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])\d+(?:\.\d{3})*,\d{1,2}(?!\w|[.,]\d)")
_DECIMAL_POINT = re.compile(r"(?<![\w.,])\d+\.\d{1,2}(?!\w|[.,]\d)")
_GROUPED_DECIMAL = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+\.\d+(?!\w|[.,]\d)")
_SPACES = " \u00a0\u2009\u202f"
_GROUPED = re.compile(
    rf"(?<![\w.,'’])(?<!\d[{_SPACES}])[1-9]\d{{0,2}}(?:(?P<mark>[.,'’{_SPACES}])\d{{3}})(?:(?P=mark)\d{{3}})*"
    rf"(?![^\W_⁰¹²³⁴-⁹]|[.,'’{_SPACES}]\d)"
)
# Words before a number of its own: "on May 5 250 members", "item 4 500 ships".
_NUMBERED = re.compile(
    r"(?:\b(item|para(?:graph)?s?|section|article|annex|table|figure|chapter|page|rule|clause|point|no|nr|pp?|line|part"
    r"|version)|\b(?P<month>[^\W\d_]+))\.?\s$",
    re.IGNORECASE,
)
# What is counted: a noun in the plural behind a number, after two other words at most, and before no article, which
# would make a verb of it ("1.250 shows that").
_COUNTED = re.compile(
    r"(?:\s(?:[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*)){0,2}?\s(?P<noun>[^\W\d_]{3,}(?<!s)s|people|men|women|children)\b"
    r"(?!\s(?:the|a|an|that|no|it|to)\b)"
)
_MEASURES = frozenset().union(*map(word_list, ("measures.txt", "currencies.txt", "units.txt", "stop_words.txt")))
_MONEY = re.compile(
    r"\s?(?:[€$£¥]|[A-Z]{3}\b|crowns?|euros?|dollars?|francs?|francos|franken|kron(?:e|er|or)|yen|pesos?)\b"
)
_LOOKED_BACK = 20
_LOOKED_AHEAD = 60


@lru_cache(maxsize=256)
def group_marks(text: str, language: str | None) -> frozenset[str]:
    """Return the marks of which a single one groups digits in a text: "," or "." or none.

    Numbers that only one convention writes decide ("1.250.000", "3,5" and "61.300 visitors", or "1,250,000" and
    "1,250.5"), then the language.

    Args:
        text: the whole text.
        language: its ISO 639-1 code; None where it is not known, which counts as English.
    """
    twice = {re.sub(r"\d", "", m.group())[0] for m in _TWO_GROUPS.finditer(text)}
    # "3,5" may be two numbers of a list, so that a decimal point outweighs it.
    is_point = "." in twice or (_DECIMAL_COMMA.search(text) is not None and _DECIMAL_POINT.search(text) is None)
    is_comma = "," in twice or _GROUPED_DECIMAL.search(text) is not None
    if not is_point and not is_comma and _DECIMAL_POINT.search(text) is None:
        counted = {m["mark"] for m in _GROUPED.finditer(text) if _has_no_decimals(text, m)}
        is_point = "." in counted and "," not in counted
    if is_point != is_comma:
        return frozenset("." if is_point else ",")
    return frozenset("," if language in _BY_COMMA else "." if language in _BY_POINT else "")


def grouped_integers(text: str, marks: frozenset[str]) -> Iterator[GroupedInteger]:
    """Yield the integers of a text whose digits are grouped by threes beyond doubt.

    Spaces, apostrophes and two marks of one kind only group digits. One comma or one point may also divide off
    decimals ("1.250"), so that it counts only where it groups in the text, and for what has no three decimals: people
    and things that are counted ("61.300 visitors"), and round sums of money ("73.500 crowns").

    Args:
        text: the text.
        marks: the marks of which a single one groups (see `group_marks`).
    """
    for m in _GROUPED.finditer(text):
        mark, has_one = m["mark"], len(re.sub(r"\d", "", m.group())) == 1
        if has_one and (
            (mark in ".," and mark not in marks and not _has_no_decimals(text, m))
            or (mark in _SPACES and _is_numbered(text, m.start()))
        ):
            continue
        yield GroupedInteger(m.start(), m.end(), re.sub(r"\D", "", m.group()))


def _has_no_decimals(text: str, number: re.Match[str]) -> bool:
    """Return True if a number with one mark cannot have three decimals, by what is behind or before it."""
    behind = text[number.end() : number.end() + _LOOKED_AHEAD]
    if _is_numbered(text, number.start()):
        return False
    if text[: number.start()].rstrip()[-1:] in tuple("€$£¥") or _MONEY.match(behind):
        return number.group().endswith("00")
    counted = _COUNTED.match(behind)
    return counted is not None and _MEASURES.isdisjoint(word.casefold() for word in counted.group().split())


def join_groups(text: str, marks: frozenset[str]) -> str:
    """Return a text with its grouped integers written without marks: "1,250,000" and "1 250 000" are 1250000."""
    pieces: list[str] = []
    at = 0
    for number in grouped_integers(text, marks):
        pieces += (text[at : number.start], number.digits)
        at = number.end
    return "".join((*pieces, text[at:]))


def _is_numbered(text: str, start: int) -> bool:
    before = _NUMBERED.search(text, max(0, start - _LOOKED_BACK), start)
    return before is not None and (before["month"] is None or before["month"].casefold() in MONTH_NUMBERS)

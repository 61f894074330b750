"""Find the figures of a text, written in digits or in words, and bring them into one form."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpus.language.months import CALENDAR_WORDS, FOREIGN_MONTH_NUMBERS, MONTH_NUMBERS
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
# "twelve thousand four hundred and eighty": a scale, and behind it more words of the number.
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_BELOW_HUNDRED = rf"(?:(?a:{_TENS})(?:[- ](?a:{'|'.join(NUMBERS[1:10])}))?|(?a:{'|'.join(NUMBERS[1:])}))"
_LONG_NUMBER = re.compile(
    rf"\b{_BELOW_HUNDRED}(?: (?a:{'|'.join(_SCALES)}))+"
    rf"(?:(?: and|,)? {_BELOW_HUNDRED}(?: (?a:{'|'.join(_SCALES)}))*)+\b",
    re.IGNORECASE,
)

_CLOCK_TIME = re.compile(
    r"(?<![\w.:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap]\.?\s?m\b\.?|Uhr\b)"
    r"|(?<![\w.:])(?P<plain>\d{1,2}):(?P<minutes>\d{2})(?![\w:])",
    re.IGNORECASE,
)
_WORD_BEHIND = re.compile(r"\s+([^\W\d_])")


def figures(text: str) -> dict[str, tuple[int, int]]:
    """Return the figures of a text in one form ("12,000" and "12 000": 12000, "five": 5), each with its first range."""
    ranges: dict[str, tuple[int, int]] = {}
    for m in _FIGURE.finditer(text):
        ranges.setdefault(_plain(m.group(1)), m.span(1))
    for m in _LONG_NUMBER.finditer(text):
        ranges.setdefault(str(_sum(m.group())), m.span())
    for m in _WORD.finditer(_LONG_NUMBER.sub(lambda long: " " * len(long.group()), text)):
        ranges.setdefault(_value(m), m.span())
    return ranges


def _sum(words: str) -> int:
    """Return the value of a number of several words with a scale."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        scale = _SCALES.get(word, 0)
        if scale > 100:
            total, current = total + current * scale, 0
        elif scale:
            current *= scale
        elif word != "and":
            current += int(_VALUES[word])
    return total + current


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
# A word before a number of its own: "on May 5 250 members", "phase 2 500 ships"; behind "about" a quantity begins.
_NUMBERED = (
    word_list("numbered_words.txt").union(CALENDAR_WORDS, MONTH_NUMBERS, FOREIGN_MONTH_NUMBERS)
    - {"about", "approx", "circa"}
)  # fmt: skip
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,30})[.*_]{0,3}\s{1,3}$")
_LOOKED_BACK = 40


@lru_cache(maxsize=256)
def group_marks(text: str, language: str | None) -> frozenset[str]:
    """Return the marks of which a single one groups digits in a text: "," or "." or none.

    Numbers that only one convention writes decide ("1.250.000" and "3,5", or "1,250,000" and "1,250.5"), then the
    language. The noun behind a number decides nothing: an average of 2.500 children is two and a half.

    Args:
        text: the whole text.
        language: its ISO 639-1 code; None where it is not known, which counts as English.
    """
    twice = {re.sub(r"\d", "", m.group())[0] for m in _TWO_GROUPS.finditer(text)}
    # "3,5" may be two numbers of a list, so that a decimal point outweighs it.
    has_comma = any(not _is_numbered(text, m.start()) for m in _DECIMAL_COMMA.finditer(text))
    is_point = "." in twice or (has_comma and _DECIMAL_POINT.search(text) is None)
    is_comma = "," in twice or _GROUPED_DECIMAL.search(text) is not None
    if is_point != is_comma:
        return frozenset("." if is_point else ",")
    return frozenset("," if language in _BY_COMMA else "." if language in _BY_POINT else "")


def grouped_integers(text: str, marks: frozenset[str]) -> Iterator[GroupedInteger]:
    """Yield the integers of a text whose digits are grouped by threes beyond doubt.

    Spaces, apostrophes and two marks of one kind only group digits. One comma or one point may also divide off
    decimals ("1.250"), so that it counts only where it groups in the text.

    Args:
        text: the text.
        marks: the marks of which a single one groups (see `group_marks`).
    """
    for m in _GROUPED.finditer(text):
        mark, has_one = m["mark"], len(re.sub(r"\d", "", m.group())) == 1
        if has_one and ((mark in ".," and mark not in marks) or (mark in _SPACES and _is_numbered(text, m.start()))):
            continue
        yield GroupedInteger(m.start(), m.end(), re.sub(r"\D", "", m.group()))


def join_groups(text: str, marks: frozenset[str], before: str = "") -> str:
    """Return a text with its grouped integers written without marks: "1,250,000" and "1 250 000" are 1250000.

    Args:
        text: the text.
        marks: the marks of which a single one groups (see `group_marks`).
        before: what stands before the text: behind "phase", "2 500 people" is no integer.
    """
    before = before[-_LOOKED_BACK:]
    pieces: list[str] = []
    at = 0
    for number in grouped_integers(before + text, marks):
        start, end = number.start - len(before), number.end - len(before)
        if start >= 0:
            pieces += (text[at:start], number.digits)
            at = end
    return "".join((*pieces, text[at:]))


def _is_numbered(text: str, start: int) -> bool:
    """Return True if the word before a number takes a number of its own, also in the plural."""
    before = _WORD_BEFORE.search(text, max(0, start - _LOOKED_BACK), start)
    word = before[1].casefold() if before else ""
    return word in _NUMBERED or (word.endswith("s") and word[:-1] in _NUMBERED)


def clock_times(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the times of a text as "19:00", each with its range: "7 p.m.", "19:00", "19 Uhr"."""
    for m in _CLOCK_TIME.finditer(text):
        behind = _WORD_BEHIND.match(text, m.end()) if m["half"] == "am" and m["minute"] is None else None
        if behind and behind[1].isupper():  # German: "Saal 3 am Markt"
            continue
        half = (m["half"] or "")[:1].casefold()
        hour = int(m["hour"] or m["plain"])
        hour = hour % 12 + (12 if half == "p" else 0) if half in ("a", "p") else hour
        yield f"{hour}:{m['minute'] or m['minutes'] or '00'}", m.span()

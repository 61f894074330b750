"""Find the figures of a text, written in digits or in words, and bring them into one form."""

import re

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

"""Write the value of a cell as its number format shows it: a day, a time, a share, a number with its decimals."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# The number formats that Excel does not write into the file: ISO/IEC 29500-1, 18.8.30.
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"},
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **{18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 45: "mm:ss", 46: "[h]:mm:ss"},
}
_LITERALS = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.(?P<decimals>[#0?]+))?")
_DAY_LETTERS = re.compile(r"[ydge]|m(?!m?:)(?<!:m)(?<!:mm)", re.IGNORECASE)
_TIME_LETTERS = re.compile(r"[hs]", re.IGNORECASE)
# Days of Excel: the serial numbers that stand for days before 10000-01-01.
_LAST_DAY = 2_958_466
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


def format_value(value: str, number_format: str, is_1904: bool = False) -> str:
    """Return a number as a reader of the sheet sees it; a day as 2025-02-07, a time as 14:30.

    Args:
        value: the number as it is stored.
        number_format: the code of its format, such as "#,##0.00 %".
        is_1904: True if the file counts days from 1904.
    """
    try:
        number = float(value)
    except ValueError:
        return value
    section = number_format.partition(";")[0]
    letters = _LITERALS.sub("", section)
    if letters.lower() in ("", "general", "standard", "@") or abs(number) == float("inf") or number != number:
        return _plain(number)
    if (_DAY_LETTERS.search(letters) and "0" not in letters and "#" not in letters) or _TIME_LETTERS.search(letters):
        return _moment(number, letters, is_1904)
    try:
        return _number(number, section, letters)
    except InvalidOperation:  # more digits than a number has
        return _plain(number)


def _plain(number: float) -> str:
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def _moment(number: float, letters: str, is_1904: bool) -> str:
    """Return a day, a time or a duration; a number that is none as it is."""
    if not 0 <= number < _LAST_DAY:
        return _plain(number)
    minutes = round(number * 24 * 60)
    if "[" in letters or (number < 1 and not _DAY_LETTERS.search(letters)):
        return f"{minutes // 60}:{minutes % 60:02}"
    moment = _FIRST_DAYS[is_1904] + timedelta(minutes=minutes)
    has_day, has_time = bool(_DAY_LETTERS.search(letters)), bool(_TIME_LETTERS.search(letters))
    if has_day and has_time and moment.time() != datetime.min.time():
        return f"{moment:%Y-%m-%d %H:%M}"
    names_day = "d" in letters.lower()
    return f"{moment:%Y-%m-%d}" if names_day else f"{moment:%Y-%m}" if has_day else f"{moment:%H:%M}"


def _number(number: float, section: str, letters: str) -> str:
    """Return a number with the decimals, the groups of three, the share and the words of its format."""
    digits = _DIGITS.search(letters)
    if digits is None or "e" in letters.lower() or "/" in letters or letters[digits.end() :].startswith(","):
        return _plain(number)
    decimals, whole = digits["decimals"] or "", digits[0].partition(".")[0]
    exact = Decimal(f"{number:.15g}") * (100 if "%" in letters else 1)
    exact = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    shown = f"{exact:{',' if ',' in whole else ''}f}"
    if "," not in whole:
        shown = shown.zfill(whole.count("0") + len(decimals) + bool(decimals) + (number < 0))
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        shown = shown.removesuffix("0")
    words = _LITERALS.sub(lambda match: match[1] or match[2] or match[3] or "", section)
    at = _DIGITS.search(words)
    return f"{words[: at.start()]}{shown.rstrip('.')}{words[at.end() :]}".strip() if at else shown

"""Find the numbers of Japanese text: in digits with 万, 億 and 兆, and in characters before a counter."""

import re
from collections.abc import Iterator
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "".join((*_DIGITS, *_TENS))
_NUMBER = re.compile(
    rf"(?P<mixed>\d+(?:,\d{{3}})*(?:\.\d+)?[千百]?(?:[{''.join(_SCALES)}](?:\d+(?:,\d{{3}})*(?:\.\d+)?[千百]?)?)*)"
    rf"|(?P<words>[{_KANJI}{''.join(_SCALES)}]+)(?=名|人|件|回|か国|カ国|ヶ国|カ月|か月|ヶ月|年|円|票|点|項目|社|団体|隻|台|歳|割|分野)"
)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def japanese_numbers(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the numbers of Japanese text, each in digits with its range: 12億5千万 is 1250000000.

    Digits beside no Japanese character are left to those who read other languages.
    """
    for m in _NUMBER.finditer(text):
        if m["mixed"] and not (_is_japanese(text, m.start() - 1) or _is_japanese(text, m.end())):
            continue
        if value := (_mixed(m.group()) if m["mixed"] else _words(m.group())):
            yield format(value.normalize(), "f"), m.span()


def _is_japanese(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _JAPANESE.match(text[at]) is not None


def _mixed(words: str) -> Decimal:
    """Return the value of digits with scales: "12億5千万"."""
    total = Decimal(0)
    for number, tens, scale in re.findall(r"(\d+(?:,\d{3})*(?:\.\d+)?)([千百]?)([万億兆]?)", words):
        total += Decimal(number.replace(",", "")) * _TENS.get(tens, 1) * _SCALES.get(scale, 1)
    return total


def _words(words: str) -> Decimal:
    """Return the value of a number in characters: 百三十, 二〇二四, 一万二千."""
    if all(character in _DIGITS for character in words):
        return Decimal("".join(str(_DIGITS[character]) for character in words))
    total = part = digit = 0
    for character in words:
        if character in _DIGITS:
            digit = 10 * digit + _DIGITS[character]
        elif character in _TENS:
            part, digit = part + (digit or 1) * _TENS[character], 0
        else:
            total, part, digit = total + (part + digit or 1) * _SCALES[character], 0, 0
    return Decimal(total + part + digit)

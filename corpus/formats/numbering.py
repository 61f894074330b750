"""Numbers as lists print them: 4 is "4", "d", "D", "iv" or "IV"."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number_as(number: int, style: str) -> str:
    """A number in the style that a list names, by CSS or by Word: decimal where the style is another.

    Args:
        number: of the item.
        style: "lower-latin", "upper-roman", "lowerLetter", "decimalZero" ...
    """
    name = style.lower().replace("-", "")
    if "roman" in name and 0 < number < 4000:
        words = _roman(number)
    elif ("latin" in name or "alpha" in name or "letter" in name) and number > 0:
        words = _letters(number)
    elif name in ("decimalzero", "decimalleadingzero"):
        words = f"{number:02}"
    elif name in ("decimalenclosedcircle", "decimalenclosedcirclechinese") and 1 <= number <= 20:
        words = chr(0x2460 + number - 1)
    elif name in ("decimalfullwidth", "decimalfullwidth2"):
        words = str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    elif name in ("aiueo", "aiueofullwidth", "iroha", "irohafullwidth") and number > 0:
        order = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
        if name.startswith("iroha"):
            order = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
        words = order[(number - 1) % len(order)]
    else:
        words = str(number)
    return words.upper() if name.startswith("upper") else words


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    words = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        words = chr(ord("a") + digit) + words
    return words

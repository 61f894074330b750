"""Remove the line numbers of hearings and depositions, which stand before each line of a page and begin again at 1."""

import itertools
import re
from collections import Counter

_NUMBERED = re.compile(r"[ \t]{0,12}(?P<number>\d{1,2})(?:(?:[ \t]{2,}|\t)(?P<words>\S.*)|[ \t]*$)")
_PAGE = re.compile(r"\W*(?:page\s*)?\d{0,5}\W*(?:of\s+\d+\W*)?$", re.IGNORECASE)
# Numbered lines that prove a numbering, their share of all lines, and the share that follows its predecessor.
_LEAST_LINES, _LEAST_SHARE, _LEAST_IN_ORDER = 12, 0.6, 0.9
# Pages whose line is the same but for digits, from which it is a running header.
_REPEATED = 3
_DIGITS = re.compile(r"\d+")


def without_line_numbers(text: str) -> str | None:
    """Return a text without its line numbers, page numbers and running headers; None where lines have no numbers."""
    lines = [line for line in text.splitlines() if line.strip()]
    matches = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match["number"]) for match in matches if match]
    if len(numbers) < _LEAST_LINES or len(numbers) < _LEAST_SHARE * len(lines):
        return None
    in_order = sum(after in (before + 1, 1) for before, after in itertools.pairwise(numbers))
    if numbers.count(1) < 1 or in_order < _LEAST_IN_ORDER * (len(numbers) - 1):
        return None
    headers = Counter(_DIGITS.sub("0", line.strip()) for line, match in zip(lines, matches, strict=True) if not match)
    kept: list[str] = []
    expected = 1
    for line, match in zip(lines, matches, strict=True):
        if match and int(match["number"]) in (expected, 1):
            expected = int(match["number"]) + 1
            kept.append((match["words"] or "").rstrip())
        elif match and not match["words"]:
            continue  # the number of a page
        elif not _PAGE.match(line) and headers[_DIGITS.sub("0", line.strip())] < _REPEATED:
            kept.append(line.strip())
    return "\n".join(kept).strip() + "\n"

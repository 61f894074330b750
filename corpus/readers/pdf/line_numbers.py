"""Drop the numbers that a transcript prints at the left of its lines, such as 1 to 25 on each page of a hearing."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf.words import Word

# The fewest numbers that show that a page's lines are numbered, and the share of its lines that have one.
_FEWEST = 5
_SHARE = 0.8
# Lines that begin in lower case go on with a sentence: a numbered list has none.
_LEAST_CONTINUED = 2
# Each line is numbered, or every fifth.
_STEPS = (1, 5)
# In font sizes: the largest difference of the baselines of a number and its line, and of the edges of two numbers.
_SAME_LINE = 0.5
_ALIGNED = 0.3


def line_numbers(words: Sequence[Word], is_numbered: bool) -> list[Word]:
    """Return the words of a page that number its lines; none where they may number anything else.

    Args:
        words: of the page.
        is_numbered: True if the lines of a page before are numbered, so that a few numbers suffice.
    """
    numbers = _longest_run([word for word in _first_words(words) if word.text.isdecimal()])
    if len(numbers) < (1 if is_numbered else _FEWEST):
        return []
    if is_numbered:
        return numbers if int(numbers[0].text) in _STEPS else []
    top, foot = (n.baseline + side * _SAME_LINE * n.size for n, side in ((numbers[0], -1), (numbers[-1], 1)))
    ids = set(map(id, numbers))
    beside = [word for word in words if top <= word.baseline <= foot and id(word) not in ids]
    texts = _first_words(beside)
    step = int(numbers[1].text) - int(numbers[0].text)
    is_margin = all(word.left > numbers[0].right for word in texts)
    continued = sum(word.text[0].islower() for word in texts)
    if not is_margin or continued < _LEAST_CONTINUED or len(numbers) * step < _SHARE * len(texts):
        return []
    return numbers


def _longest_run(numbers: Sequence[Word]) -> list[Word]:
    """Return the longest run of aligned numbers, each a step above the one before."""
    runs: list[list[Word]] = [[number] for number in numbers[:1]]
    for before, number in pairwise(numbers):
        step = int(number.text) - int(before.text)
        aligned = min(abs(number.left - before.left), abs(number.right - before.right)) <= _ALIGNED * number.size
        same = len(runs[-1]) < 2 or step == int(runs[-1][1].text) - int(runs[-1][0].text)
        if aligned and step in _STEPS and same:
            runs[-1].append(number)
        else:
            runs.append([number])
    return max(runs, key=len, default=[])


def _first_words(words: Sequence[Word]) -> list[Word]:
    """Return the first word of each line, from top to bottom."""
    firsts: list[Word] = []
    for word in sorted(words, key=lambda w: w.baseline):
        if firsts and word.baseline - firsts[-1].baseline <= _SAME_LINE * word.size:
            firsts[-1] = min(firsts[-1], word, key=lambda w: w.left)
        else:
            firsts.append(word)
    return firsts

"""Where in a longer run of words a shorter one fits best: words may differ, be left out or be put in."""

from collections.abc import Sequence

# Words that the record has and the quotation does not: one run of them costs little more than a single word.
_OPENING = 1.0
_GOING_ON = 0.05
_PUT_IN = 1.0
_OTHER_CASE = 0.5
_OTHER_WORD = 1.5


def fitted(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """The part of `theirs` that `ours` fits with the least differences; what stands beside it costs nothing.

    The algorithm is Sellers', "The theory and computation of evolutionary distances" (1980), with Gotoh's affine gaps.

    Returns:
        The number of its first word and of the word behind its last; equal when nothing fits.
    """
    count = len(theirs)
    # Cost and first word of the best fit that ends before word j; `open_` ends in words that only the record has.
    cost: list[float] = [0.0] * (count + 1)
    first = list(range(count + 1))
    for word in ours:
        above, above_first = cost, first
        cost, first = [above[0] + _PUT_IN], [above_first[0]]
        open_, open_first = float("inf"), 0
        for j in range(1, count + 1):
            best, begun = above[j] + _PUT_IN, above_first[j]
            step = above[j - 1] + (0.0 if word == theirs[j - 1] else _difference(word, theirs[j - 1]))
            if step <= best:
                best, begun = step, above_first[j - 1]
            if cost[j - 1] + _OPENING < open_ + _GOING_ON:
                open_, open_first = cost[j - 1] + _OPENING, first[j - 1]
            else:
                open_ += _GOING_ON
            if open_ < best:
                best, begun = open_, open_first
            cost.append(best)
            first.append(begun)
    behind = min(range(count + 1), key=lambda j: cost[j])
    if cost[behind : behind + 2] == [cost[behind]] * 2 and first[behind] == first[behind + 1]:
        behind += 1  # the last word stands for the record's next rather than for none
    return first[behind], behind


def _difference(one: str, other: str) -> float:
    """What it costs that one word stands for another: less for words of one kind."""
    if one.lower() == other.lower():
        return _OTHER_CASE
    a, b = one[0], other[0]
    if a.isalnum() != b.isalnum():
        return 2 * _PUT_IN
    alike = (a.isdigit() and b.isdigit()) or (a.isupper() and b.isupper()) or one[:2] == other[:2]
    return _PUT_IN if alike or not a.isalnum() else _OTHER_WORD

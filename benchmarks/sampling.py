"""A smaller run of the same kind."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def evenly_spaced(items: Sequence[Item], most: int | None) -> list[Item]:
    """At most so many of the items, at equal distances and in their order; all of them when None.

    Raises:
        ValueError: `most` is below 1.
    """
    if most is None or most >= len(items):
        return list(items)
    if most < 1:
        raise ValueError(f"a sample has at least one item, not {most}")
    return [items[i * len(items) // most] for i in range(most)]

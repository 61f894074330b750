"""Word lists: text files in `data/` with one or more words a line, whose first lines, after a #, tell their source."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of a list.

    Args:
        name: of its file, without the suffix.
    """
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

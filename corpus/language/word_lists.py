"""Read the word lists in `data/`, whose sources and licences its README names."""

import gzip
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
_COMMENT = re.compile(r"^#.*", re.MULTILINE)


def word_list(name: str) -> frozenset[str]:
    """Return the words of a text file in `data/`; of one that ends in ".gz" once it is decompressed."""
    return frozenset(_COMMENT.sub("", _text(name)).split())


@cache
def word_table(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file in `data/`, which nobody changes."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def alternatives(name: str, key: str) -> str:
    """Return the words of a list in a TOML file in `data/`, joined for a regular expression."""
    return "|".join(map(re.escape, word_table(name)[key]))


def word_sets(name: str) -> list[list[str]]:
    """Return the words of each line of a text file in `data/`, without lines that begin with #."""
    return [line.split() for line in _text(name).splitlines() if not line.startswith("#")]


def _text(name: str) -> str:
    content = (DATA / name).read_bytes()
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")

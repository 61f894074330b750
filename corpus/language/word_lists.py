"""Read the word lists in `data/`, whose sources and licences its README names."""

import gzip
from pathlib import Path

DATA = Path(__file__).with_name("data")


def word_list(name: str) -> frozenset[str]:
    """Return the words of a text file in `data/`; of one that ends in ".gz" once it is decompressed."""
    return frozenset(word for words in word_sets(name) for word in words)


def word_sets(name: str) -> list[list[str]]:
    """Return the words of each line of a text file in `data/`, without lines that begin with #."""
    content = (DATA / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]

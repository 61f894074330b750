"""Read the word lists in `data/`, whose sources and licences its README names."""

import gzip
from pathlib import Path

DATA = Path(__file__).with_name("data")


def word_list(name: str) -> frozenset[str]:
    """Return the words of a text file in `data/`, without lines that begin with #.

    Args:
        name: of the file; one that ends in ".gz" is decompressed.
    """
    content = (DATA / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())

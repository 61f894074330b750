"""Time changes of a small and of a large library: `python -m benchmarks.library_growth`.

The documents are generated and the encoder counts words, so that only the library's own work is timed. The ratio of
the two sizes is 1 where the cost depends on the changed document, and 10 where it depends on the whole library.
"""

import argparse
import random
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.figures import markdown_table, report_progress
from benchmarks.speed.stages import Milliseconds, timed
from corpus.document import Document
from corpus.language.tokens import folded_words
from corpus.reading import read
from index.library import Library, open_library
from index.models.encoder import Progress, Vectors, unit
from index.settings import Settings

_SIZES = (1_000, 10_000)
_PARAGRAPHS = 24
_TIMES = 7
_DIMENSIONS = 768  # of the encoders that are installed by default, one less than theirs
_VOCABULARY = tuple(f"{a}{b}{c}" for a in ("re", "con", "pro", "dis") for b in "bdfgklmnprst" for c in ("ent", "al"))
_QUESTION = "conbent prodal redent"


class WordCountEncoder:
    """An encoder without a model: a text's vector counts its words."""

    name = "counted words"

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        return np.array([self.encode_query(text) for text in texts], dtype=np.float32).reshape(-1, _DIMENSIONS)

    def encode_query(self, text: str) -> Vectors:
        """See `Encoder`."""
        counts = np.zeros(_DIMENSIONS, dtype=np.float32)
        for word in folded_words(text) or [""]:
            counts[zlib.crc32(word.encode()) % _DIMENSIONS] += 1
        return unit(counts)


@dataclass(frozen=True, slots=True)
class Cost:
    """Median times of changes to a library of one size, in milliseconds.

    Attributes:
        passages: how many passages the library held.
        adding: one document, encoded and written.
        after_adding: the first search after it.
        removing: one document.
        after_removing: the first search after it.
        opening: the library in another process, with its first search.
        searching: a search when nothing has changed.
    """

    passages: int
    adding: Milliseconds
    after_adding: Milliseconds
    removing: Milliseconds
    after_removing: Milliseconds
    opening: Milliseconds
    searching: Milliseconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the changes at both sizes and print a table with their ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library_growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=_SIZES, metavar="PASSAGES", help="the two sizes")
    sizes = parser.parse_args(arguments).sizes
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        small, large = (measure_cost(Path(folder) / str(size), size) for size in sizes)
    steps = {
        "adding a document": "adding",
        "the next search": "after_adding",
        "removing a document": "removing",
        "the next search ": "after_removing",
        "opening, with a search": "opening",
        "a search, nothing changed": "searching",
    }
    rows = [
        (label, getattr(small, step), getattr(large, step), getattr(large, step) / getattr(small, step))
        for label, step in steps.items()
    ]
    print(markdown_table(("ms, median", f"{small.passages:,} passages", f"{large.passages:,} passages", "ratio"), rows))
    return 0


def measure_cost(folder: Path, size: int) -> Cost:
    """Fill a library with about `size` passages and time changes of it."""
    folder.mkdir(parents=True)
    settings = Settings(library=folder / "library")
    library = open_library(settings=settings, encoder=WordCountEncoder(), founding=False)
    documents = size // (_PARAGRAPHS + 1)
    for number in range(documents):
        library.add(_document(folder, number))
        report_progress(f"{size} passages: documents added", number + 1, documents)
    _search(library)
    searching = [timed(lambda: _search(library)) for _ in range(_TIMES)]
    adding, after_adding, removing, after_removing = [], [], [], []
    for number in range(documents, documents + _TIMES):
        document = _document(folder, number)
        adding.append(timed(lambda: library.add(document)))  # noqa: B023, called at once
        after_adding.append(timed(lambda: _search(library)))
    for number in range(_TIMES):
        removing.append(timed(lambda: library.remove(f"{number}.md")))  # noqa: B023, called at once
        after_removing.append(timed(lambda: _search(library)))
    opening = [
        timed(lambda: _search(open_library(settings=settings, encoder=WordCountEncoder()))) for _ in range(_TIMES)
    ]
    times = (adding, after_adding, removing, after_removing, opening, searching)
    return Cost(library.counts()["passages"], *map(median, times))


def _search(library: Library) -> None:
    """Do what a question does first: take a snapshot, run both searches and look up an abbreviation."""
    with library.snapshot() as snapshot:
        for identity, _ in snapshot.search_dense(library.encoder.encode_query(_QUESTION), 20):
            snapshot.passage(identity)
        snapshot.search_lexical("conbent prodal", 20)
        snapshot.long_form("abc")


def _document(folder: Path, number: int) -> Document:
    """Generate a document whose words stand in this order in no other."""
    drawn = random.Random(number)
    paragraphs = (
        " ".join(
            " ".join(drawn.choices(_VOCABULARY, k=12)).capitalize() + f" {number} {place} {sentence}."
            for sentence in range(3)
        )
        for place in range(_PARAGRAPHS)
    )
    path = folder / f"{number}.md"
    path.write_text(f"# Talks {number}\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return read(path)


if __name__ == "__main__":
    sys.exit(main())

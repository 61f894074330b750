"""Flip bytes of a library's files at random places, and use the library: each use ends in an answer or in a line."""

import random
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.assistant import Assistant
from corpus.errors import CorpusError
from index.errors import RapporteurError
from index.library import Library, open_library
from support.generated_texts import document
from support.word_counts import WordCounts

_QUESTION = "They agreed on point 3"


def small_library(folder: Path) -> Path:
    """Make a library of a few documents with originals, corrections and evidence, and return its folder."""
    library = open_library(folder, encoder=WordCounts(), founding=False)
    for number in range(3):
        paragraphs = "\n\n".join(f"They met {number} times. They agreed on point {i}." for i in range(6))
        made = document(f"# Talks {number}\n\n{paragraphs}", f"{number}.md", f"/x/{number}.md")
        library.add(made, made.text.encode())
    library.correct("1.md", {"place": "Rome"})
    search(library)
    return folder


def search(library: Library) -> None:
    """Search by meaning and by words, and read the passages that are found."""
    with library.snapshot() as view:
        hits = view.search_dense(library.encoder.encode_query(_QUESTION), 5) + view.search_lexical(_QUESTION, 5)
        for identity, _ in hits:
            passage = view.passage(identity)
            assert passage.text


def uses(folder: Path) -> Iterator[str]:
    """Use a library in each way; yield one line for each use that is refused.

    Raises:
        Exception: an error that no command tells in one line.
    """
    opened: list[Library] = []
    for use in (
        lambda: opened.append(open_library(folder, encoder=WordCounts(), founding=False)),
        lambda: opened[0].summaries(),
        lambda: [opened[0].document(found.name) for found in opened[0].documents()],
        lambda: search(opened[0]),
        lambda: Assistant(opened[0]).ask("What did they agree on?"),
        lambda: opened[0].evidence_rows(),
        lambda: [opened[0].original(summary.name) for summary in opened[0].summaries()],
        lambda: opened[0].counts(),
        lambda: opened[0].is_stale(),
        lambda: opened[0].add(document("They parted.", "new.md", "/x/new.md")),
        lambda: opened[0].remove("2.md"),
    ):
        try:
            use()
        except (RapporteurError, CorpusError) as error:
            yield str(error)
            if not opened:
                return
    yield from opened[0].check()


def flip(folder: Path, whole: Path, seed: int) -> str:
    """Make a folder from a whole library, flip one to eight bytes of one of its files, and return which."""
    chance = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    files = sorted(path for path in folder.iterdir() if path.suffix != ".txt" and path.stat().st_size)
    path = chance.choices(files, [3 if path.suffix == ".sqlite3" else 1 for path in files])[0]
    raw = bytearray(path.read_bytes())
    # The header and the schema are small, and matter most.
    most = chance.choice((100, 4096, len(raw), len(raw)))
    places = [chance.randrange(min(most, len(raw))) for _ in range(chance.choice((1, 1, 2, 8)))]
    for place in places:
        raw[place] ^= chance.randrange(1, 256)
    path.write_bytes(raw)
    return f"seed {seed}: {path.name} at {places}"


def try_flips(folder: Path, seeds: range) -> Counter[str]:
    """Use a library after the flips of each seed; count how many were refused and how many harmless.

    Raises:
        AssertionError: a use ended in something else than a line.
    """
    whole = small_library(folder / "whole")
    ends: Counter[str] = Counter()
    for seed in seeds:
        what = flip(folder / "flipped", whole, seed)
        try:
            with warnings.catch_warnings():  # a line of numpy about a number is none that tells the user anything
                warnings.simplefilter("error")
                warnings.simplefilter("ignore", ResourceWarning)
                lines = list(uses(folder / "flipped"))
        except Exception as error:
            raise AssertionError(f"{what}: {type(error).__name__}: {error}") from error
        assert not any("\n" in line for line in lines), (what, lines)
        ends["told" if lines else "harmless"] += 1
    return ends

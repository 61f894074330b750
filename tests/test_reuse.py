"""A text that the library has a vector of is not encoded again."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.library import Library, open_library
from index.models.encoder import Progress, Vectors
from support.generated_texts import document
from support.word_counts import WordCounts

TEXT = "# Talks\n\nThey met. They sang.\n\n## Tariffs\n\nTariffs fell.\n\n## Wages\n\nWages rose."


class Counting(WordCounts):
    """Keeps the texts that it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return super().encode_passages(texts, progress)

    def encoded(self) -> int:
        """Return the number of texts encoded since the last call."""
        count = len(self.texts)
        self.texts.clear()
        return count


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def library(tmp_path: Path, encoder: Counting) -> Library:
    library = open_library(tmp_path / "library", encoder=encoder, founding=False)
    library.add(document(TEXT, "a.md", "/x/a.md"))
    # Six passages, of which one has two sentences.
    assert encoder.encoded() == 8
    return library


def holds_what_a_new_library_holds(library: Library, folder: Path) -> None:
    fresh = open_library(folder, encoder=WordCounts(), founding=False)
    for each in library.documents():
        fresh.add(each)
    for each in library.documents():
        with library.snapshot() as one, fresh.snapshot() as other:
            for (a, passage), (b, _) in zip(one.passages_of(each), other.passages_of(each), strict=True):
                query = library.encoder.encode_query(passage.for_encoder(passage.sentences())[0])
                assert one.search_dense(query, 9)[0][1] == other.search_dense(query, 9)[0][1]
                assert (one.sentences(a)[1] == other.sentences(b)[1]).all()
    assert library.check() == []


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (TEXT, 0),
        (TEXT + "\n\nThey danced.", 1),
        (TEXT.replace("Tariffs fell", "Tariffs rose"), 1),
        (TEXT.replace("They sang", "They danced"), 3),
        (TEXT.replace("## Wages", "## Pay"), 2),
        (TEXT.replace("# Talks", "# Speeches"), 8),
        (TEXT.replace("\n\nWages rose.", ""), 0),
    ],
)
def test_of_a_new_version_only_what_changed_is_encoded(
    text: str, texts: int, library: Library, encoder: Counting, tmp_path: Path
) -> None:
    library.add(document(text, "a.md", "/x/a.md"))
    assert encoder.encoded() == texts
    holds_what_a_new_library_holds(library, tmp_path / "fresh")


@pytest.mark.parametrize(
    ("fact", "value", "texts"), [("publisher", "Ministry", 0), ("place", "Rome", 8), ("title", "Talks of May", 8)]
)
def test_a_corrected_fact_costs_nothing_unless_it_is_encoded(
    fact: str, value: str, texts: int, library: Library, encoder: Counting, tmp_path: Path
) -> None:
    library.correct("a.md", {fact: value})
    assert encoder.encoded() == texts
    library.correct("a.md", {fact: value})
    assert encoder.encoded() == 0
    holds_what_a_new_library_holds(library, tmp_path / "fresh")


def test_a_renamed_file_is_not_encoded_again(library: Library, encoder: Counting) -> None:
    library.move_source("/x/a.md", "/x/b.md", "b.md")
    library.add(document(TEXT, "b.md", "/x/b.md"))
    assert encoder.encoded() == 0


def test_reindex_encodes_everything(library: Library, encoder: Counting) -> None:
    library.reindex()
    assert encoder.encoded() == 8


def test_a_damaged_vector_is_not_used_again(library: Library, encoder: Counting, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "library" / "library.sqlite3") as connection:
        connection.execute("UPDATE passages SET vector = zeroblob(length(vector)) WHERE place = 0")
    connection.close()
    library.correct("a.md", {"publisher": "Ministry"})
    assert encoder.encoded() == 1
    assert library.check() == []

"""A reindex can be stopped anywhere; the library answers as before, and the next run continues."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.library import Library, open_library
from index.models.encoder import Progress, Vectors
from index.store import reindex
from support.generated_texts import document
from support.word_counts import WordCounts

NAMES = ("a.md", "b.md", "c.md", "d.md")


class Stopped(BaseException):
    pass


class Counting(WordCounts):
    """Keeps what it encoded, and does what it is told to before each portion."""

    def __init__(self, name: str, before: Callable[[int], None] = lambda portion: None) -> None:
        super().__init__(name)
        self.portions = 0
        self.said: list[str] = []
        self.before = before

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.before(self.portions)
        self.portions += 1
        self.said += texts
        return super().encode_passages(texts, progress)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reindex, "PORTION_CHARACTERS", 10)  # each document is a portion
    library = opened(tmp_path, WordCounts())
    for name in NAMES:
        library.add(document(f"# Talks of {name}\n\nThey met in {name}.\n\nThey agreed on {name}.", name))
    return tmp_path


def opened(folder: Path, encoder: WordCounts) -> Library:
    return open_library(folder, encoder=encoder, founding=False)


def stop_before(portion: int) -> Callable[[int], None]:
    def stop(number: int) -> None:
        if number == portion:
            raise Stopped

    return stop


def rows(folder: Path) -> list[tuple[object, ...]]:
    """All passages, as they stand after each other, and what is kept aside."""
    connection = sqlite3.connect(folder / "library.sqlite3")
    found = connection.execute(
        "SELECT document, place, cut, vector, sentences, sentence_vectors, words, headings"
        " FROM passages JOIN terms ON terms.rowid = passages.id ORDER BY passages.id"
    ).fetchall()
    connection.close()
    return found


def kept_aside(folder: Path) -> int:
    connection = sqlite3.connect(folder / "library.sqlite3")
    (found,) = connection.execute("SELECT count(*) FROM reindexed_passages").fetchone()
    connection.close()
    return int(found)


def test_a_run_that_was_stopped_goes_on_and_ends_as_one_that_was_not(folder: Path, tmp_path: Path) -> None:
    before = rows(folder)
    first = Counting("other counts", stop_before(2))
    with pytest.raises(Stopped):
        opened(folder, first).reindex()
    assert rows(folder) == before
    assert not opened(folder, WordCounts()).is_stale()

    second = Counting("other counts")
    seen: list[tuple[int, int]] = []
    library = opened(folder, second)
    assert library.reindex(lambda done, of: seen.append((done, of))) == len(before)
    assert not library.is_stale()
    assert (first.portions, second.portions) == (2, 2)
    assert not set(first.said) & set(second.said)
    assert seen[0][0] > seen[0][1] / 2
    assert seen[-1] == (len(before), len(before))
    assert library.check() == []
    assert kept_aside(folder) == 0

    whole = open_library(tmp_path / "whole", encoder=WordCounts("other counts"), founding=False)
    for made in library.documents():
        whole.add(made)
    assert [row[1:] for row in rows(folder)] == [row[1:] for row in rows(tmp_path / "whole")]


def test_what_another_model_left_is_not_used(folder: Path) -> None:
    with pytest.raises(Stopped):
        opened(folder, Counting("other counts", stop_before(2))).reindex()
    third = Counting("third counts")
    opened(folder, third).reindex()
    assert third.portions == 4


def test_documents_that_come_change_and_go_meanwhile_are_right_at_the_end(folder: Path) -> None:
    others = opened(folder, WordCounts())

    def meanwhile(portion: int) -> None:
        if portion == 2:
            others.correct("a.md", {"title": "The Oslo Talks"})  # was encoded before
            others.remove("b.md")
            others.add(document("# New\n\nThey came.", "e.md"))
            others.correct("c.md", {"title": "The Rome Talks"})  # is being encoded

    encoder = Counting("word counts", meanwhile)
    library = opened(folder, encoder)
    library.reindex()
    assert [found.name for found in library.documents()] == ["a.md", "c.md", "d.md", "e.md"]
    assert library.check() == []
    kept = rows(folder)
    library.reindex()
    assert rows(folder) == kept
    said = "".join(encoder.said)
    assert "The Oslo Talks" in said
    assert "The Rome Talks" in said


def test_what_is_kept_aside_of_a_document_goes_with_it(folder: Path) -> None:
    with pytest.raises(Stopped):
        opened(folder, Counting("other counts", stop_before(3))).reindex()
    before = kept_aside(folder)
    opened(folder, WordCounts()).remove("b.md")
    assert 0 < kept_aside(folder) < before


def test_two_runs_at_once_with_different_models_do_not_mix(folder: Path) -> None:
    def begin_another(portion: int) -> None:
        if portion == 1:
            opened(folder, WordCounts("third counts")).reindex()

    library = opened(folder, Counting("other counts", begin_another))
    with pytest.raises(LibraryError, match="another rapporteur has begun or ended reindexing this library meanwhile"):
        library.reindex()
    assert library.stamp()[0] == "third counts"
    assert opened(folder, WordCounts("third counts")).check() == []

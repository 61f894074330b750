"""A snapshot made from the former one equals a snapshot read from the file."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.filters import Filters
from index.search.hybrid import FusionWeights, hybrid_search
from index.store import database, snapshot_data
from index.store.library import SqliteLibrary
from support.generated_texts import document
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

# Many equal passages, so that every search has ties at its cut.
TEXTS = [
    "# Talks\n\nThey agreed.\n\nThey agreed.\n\nThey met.",
    "# Talks\n\nThey agreed. \n\nThey agreed.",
    "Data Free Flow with Trust (DFFT) was agreed.\n\nThey met.",
    "Digital Fund For Trade (DFFT) was agreed. Trieste hosted.",
    "The ministers met in trieste.\n\nThey agreed.",
]
QUESTIONS = ["they agreed", "trust", "talks"]
NAMES = ["a.md", "b.md", "c.md"]


def opened(folder: Path) -> SqliteLibrary:
    return open_sqlite_library(folder, encoder=WordCounts(), founding=False)


def seen(library: SqliteLibrary) -> tuple[Any, ...]:
    """Everything that a view tells but the ids of rows."""
    with library.snapshot() as view:
        hits = [
            hybrid_search(view, q, library.encoder.encode_query(q), 3, weights=FusionWeights(depth=3))
            for q in QUESTIONS
        ]
        found = [[(h.passage.document.name, h.passage.span, h.score, h.dense, h.lexical) for h in row] for row in hits]
        names = [view.writes_as_name(word) for word in ("trieste", "trust", "nothing")]
        filters = Filters(names=frozenset({view.documents[0].name})) if view.documents else Filters()
        near = view.search_dense(library.encoder.encode_query("they met"), 9, filters)
        filtered = [(view.passage(i).document.name, view.passage(i).order, cosine) for i, cosine in near]
        return found, view.documents, view.words, view.long_form("dfft"), view.passage_count, names, filtered


steps = st.lists(
    st.tuples(st.sampled_from(["add", "add", "remove", "correct", "look"]), *map(st.sampled_from, (NAMES, TEXTS))),
    min_size=1,
    max_size=12,
)


@given(steps)
@settings(max_examples=25, deadline=None)
def test_whatever_came_and_went_a_reader_sees_what_a_new_one_sees(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    library = opened(folder)
    for step, name, text in made:
        is_there = name in {d.name for d in library.documents()}
        if step == "add":
            library.add(document(text, name, f"/x/{name}"))
        elif step == "remove" and is_there:
            library.remove(name)
        elif step == "correct" and is_there:
            library.correct(name, {"place": "Oslo"})
        else:
            seen(library)
    now = seen(library)
    assert now == seen(opened(folder))
    fresh = opened(folder / "fresh")
    for held in library.documents():
        fresh.add(held)
    assert now == seen(fresh)
    assert library.check() == []
    shutil.rmtree(folder)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """Count the calls of a function of the snapshot data: return a list that gets an entry for each."""
    read: list[int] = []
    function: Callable[..., object] = getattr(snapshot_data, name)

    def counting(*values: object) -> object:
        read.append(1)
        return function(*values)

    monkeypatch.setattr(snapshot_data, name, counting)
    return read


def test_after_a_change_only_the_changed_documents_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = opened(tmp_path)
    for number in range(20):
        library.add(document(f"They met {number} times.", f"{number}.md", f"/x/{number}.md"))
    seen(library)
    read = counted(monkeypatch, "document_of")
    seen(library)
    assert len(read) == 0
    library.add(document("They danced.", "b.md"))
    seen(library)
    assert len(read) == 1
    library.remove("3.md", "4.md")
    seen(library)
    assert len(read) == 1
    library.correct("5.md", {"place": "Oslo"})
    seen(library)
    assert len(read) == 2


def test_another_process_reads_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = opened(tmp_path), opened(tmp_path)
    for number in range(5):
        writer.add(document(f"They met {number} times.", f"{number}.md"))
    seen(reader)
    read = counted(monkeypatch, "document_of")
    writer.remove("0.md")
    writer.add(document("They danced.", "b.md"))
    assert [d.name for d in seen(reader)[1]] == ["1.md", "2.md", "3.md", "4.md", "b.md"]
    assert len(read) == 1


def test_a_reader_that_is_too_far_behind_reads_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_MOST_CHANGES", 4)
    reader, writer = opened(tmp_path), opened(tmp_path)
    writer.add(document("They met.", "a.md"))
    seen(reader)
    for number in range(6):
        writer.add(document(f"They met {number} times.", f"{number}.md"))
    assert seen(reader) == seen(opened(tmp_path))
    with reader.reading() as connection:
        assert connection.execute("SELECT count(*) FROM changes").fetchone() == (4,)


def test_an_id_is_never_used_twice(tmp_path: Path) -> None:
    library = opened(tmp_path)
    used: set[int] = set()
    for _ in range(3):
        library.add(document(TEXTS[0], "a.md"))
        with library.reading() as connection:
            now = {row[0] for row in connection.execute("SELECT id FROM passages")}
        assert not now & used
        used |= now
        library.remove("a.md")


# The file of vectors.


def vector_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.faiss"))


def test_the_file_of_vectors_may_lag_and_is_written_again_when_a_tenth_is_missing(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for number in range(20):
        library.add(document(f"They met {number} times.", f"{number}.md"))
    seen(library)
    (first,) = vector_files(tmp_path)
    library.add(document("They danced.", "b.md"))
    seen(library)
    before = seen(opened(tmp_path))
    assert vector_files(tmp_path) == [first]
    for number in range(3):
        library.add(document(f"They sang {number} times.", f"c{number}.md"))
    seen(opened(tmp_path))
    (second,) = vector_files(tmp_path)
    assert second != first
    library.remove("c0.md", "c1.md", "c2.md")
    assert seen(opened(tmp_path)) == before


def test_no_vector_outlives_its_document(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("They met.", "a.md", "/x/a.md"))
    library.add(document("They danced.", "b.md"))
    for change in (
        lambda: library.remove("b.md"),
        lambda: library.correct("a.md", {"place": "Oslo"}),
        lambda: library.add(document("They parted.", "a.md", "/x/a.md")),
        library.reindex,
    ):
        seen(opened(tmp_path))
        assert len(vector_files(tmp_path)) == 1
        change()
        assert vector_files(tmp_path) == []


def test_a_file_with_vectors_that_are_gone_is_written_again(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for name in ("a.md", "b.md"):
        library.add(document(f"They met in {name}.", name))
    seen(opened(tmp_path))
    (path,) = vector_files(tmp_path)
    content = path.read_bytes()
    library.remove("b.md")
    path.write_bytes(content)  # as by a reader that wrote it while the document was removed
    seen(opened(tmp_path))
    (again,) = vector_files(tmp_path)
    assert len(again.read_bytes()) < len(content)


def test_the_vectors_of_a_later_state_are_not_those_of_an_older_copy(tmp_path: Path) -> None:
    """A copy of the file put back by hand counts its ids on from where it was: they mean other passages now."""
    library = opened(tmp_path)
    library.add(document("They met.", "a.md"))
    library.backup(tmp_path / "copy")
    library.add(document("They danced.", "b.md"))
    with library.snapshot():
        pass
    seen(opened(tmp_path))
    assert len(vector_files(tmp_path)) == 1
    (tmp_path / "copy").replace(library.path)
    again = opened(tmp_path)
    again.add(document("They sang.", "c.md"))
    with again.snapshot() as view:
        ((identity, cosine),) = view.search_dense(again.encoder.encode_query("c.md: They sang."), 1)
        assert view.passage(identity).document.name == "c.md"
        assert cosine == pytest.approx(1)
    assert np.array_equal(view._data.ids, [1, 2])

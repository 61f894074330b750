import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.reading import founding_records
from index.errors import LibraryError, StaleIndex, UnknownDocument
from index.models.encoder import Progress, Vectors
from index.search.hybrid import hybrid_search
from index.settings import Settings
from index.store import schema
from index.store.library import SqliteLibrary
from index.store.schema import prepare
from index.values import Added
from support.generated_texts import document, texts
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

QUESTIONS = [
    "data flow with trust",
    "Who attended the meeting in Trieste?",
    "smart cities",
    "大臣会合 デジタル",
    "agreed",
]
# Two documents with the same words, so that every search has equal scores.
ALIKE = ("# Talks\n\nThey agreed.\n\nThey agreed.", "# Talks\n\nThey agreed. \n\nThey agreed.")


def opened(folder: Path, records: bool = False, encoder: WordCounts | None = None, **numbers: Any) -> SqliteLibrary:
    return open_sqlite_library(folder, Settings(**numbers), encoder=encoder or WordCounts(), founding=records)


def searched(library: SqliteLibrary) -> list[list[tuple[object, ...]]]:
    """Everything that a search gives but the ids of rows."""
    with library.snapshot() as view:
        found = [hybrid_search(view, question, library.encoder.encode_query(question), 20) for question in QUESTIONS]
    return [[(h.passage.document.name, h.passage.span, h.score, h.dense, h.lexical) for h in hits] for hits in found]


def names(library: SqliteLibrary) -> list[str]:
    return sorted(found.name for found in library.documents())


def file_document(path: str, text: str) -> Document:
    """A document as it is read from this file."""
    return document(text, Path(path).name, path)


# What stays the same.


def test_reopening_changes_no_hit(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    library.add(document(ALIKE[0], "a.md"))
    before = searched(library)
    assert searched(opened(tmp_path)) == before
    assert before[0] != []


def test_searching_twice_gives_the_same(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    assert searched(library) == searched(library)


def test_adding_and_then_removing_a_document_leaves_every_search_as_it_was(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    before = searched(library)
    library.add(document(ALIKE[0], "a.md"))
    library.add(document(ALIKE[1], "b.md"))
    assert searched(library) != before
    library.remove("a.md")
    library.remove("b.md")
    assert searched(library) == before


@pytest.mark.parametrize("name", ["a.md", "b.md", "2020-07-22-g20-mic.txt"])
def test_removing_a_document_and_adding_it_again_gives_the_same_hits(tmp_path: Path, name: str) -> None:
    library = opened(tmp_path, records=True)
    library.add(document(ALIKE[0], "a.md"))
    library.add(document(ALIKE[1], "b.md"))
    before, removed = searched(library), library.document(name)
    library.remove(name)
    library.add(removed)
    assert searched(library) == before


def test_the_order_of_adding_changes_no_hit(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "1"), opened(tmp_path / "2")
    made = [document(text, f"{name}.md") for name, text in zip("ab", ALIKE, strict=True)]
    for there, back in zip(made, reversed(made), strict=True):
        first.add(there)
        second.add(back)
    assert searched(first) == searched(second)


def test_reindexing_changes_no_hit(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    before, passages = searched(library), library.counts()["passages"]
    assert library.reindex() == passages
    assert searched(library) == before


@given(st.lists(texts, min_size=2, max_size=4, unique=True), texts)
@settings(max_examples=20, deadline=None)
def test_any_document_that_comes_and_goes_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, held: list[str], passing: str
) -> None:
    folder = tmp_path_factory.mktemp("library")
    library = opened(folder)
    for i, text in enumerate(held):
        library.add(document(text, f"{i}.md"))
    before = searched(library)
    if library.add(document(passing, "passing.md")).outcome == "added":
        library.remove("passing.md")
    assert searched(opened(folder)) == before
    for i, text in enumerate(held):
        assert library.document(f"{i}.md") == document(text, f"{i}.md")
    shutil.rmtree(folder)


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for record in founding_records():
        library.add(record)
    assert library.documents() == list(founding_records())


def test_the_documents_stand_in_the_order_of_their_days(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for name, day in (("c.md", "date: 2021-01-01"), ("b.md", "meeting_date: 2020-01-01"), ("a.md", "place: x")):
        library.add(document(f"---\n{day}\n---\nThey met.", name))
    assert [found.name for found in library.documents()] == ["b.md", "c.md", "a.md"]


def test_the_library_counts_what_it_holds(tmp_path: Path) -> None:
    library = opened(tmp_path)
    assert library.counts() == {"documents": 0, "passages": 0, "sentences": 0}
    library.add(document("# Talks\n\nThey met. They agreed.\n\n- One\n- Two", "a.md"))
    assert library.counts() == {"documents": 1, "passages": 4, "sentences": 5}


def test_a_passage_knows_its_sentences_and_their_vectors(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("---\ntitle: T\n---\nThey met. They agreed.", "a.md"))
    with library.snapshot() as view:
        ((identity, _),) = view.search_dense(WordCounts().encode_query("met"), 9)
        spans, vectors = view.sentences(identity)
        assert view.passage(identity).text == "They met. They agreed."
        with pytest.raises(KeyError):
            view.passage(identity + 1)
    text = library.document("a.md").text
    assert [span.of(text) for span in spans] == ["They met.", "They agreed."]
    assert np.array_equal(vectors, WordCounts().encode_passages(["T: They met.", "T: They agreed."]))


# Names.


def test_the_same_text_under_another_name_is_kept_once_and_every_name_works(tmp_path: Path) -> None:
    library = opened(tmp_path)
    outcomes = [library.add(file_document(path, "They met.")) for path in ("/x/a.md", "/x/b.md", "/x/b.md", "/x/a.md")]
    assert outcomes == [
        Added("a.md", "added"),
        Added("a.md", "same as"),
        Added("a.md", "unchanged"),
        Added("a.md", "unchanged"),
    ]
    assert {library.document(name).name for name in ("a.md", "b.md", "a", "b", "/x/a.md", "/x/b.md")} == {"a.md"}
    assert names(library) == ["a.md"]


def test_the_same_name_from_another_folder_gets_the_shortest_unique_ending_of_its_path(tmp_path: Path) -> None:
    library = opened(tmp_path)
    paths = ["/x/y/a.md", "/z/y/a.md", "/w/y/a.md", "/w/v/y/a.md"]
    added = [library.add(file_document(path, f"They met {i} times.")) for i, path in enumerate(paths)]
    assert [(a.name, a.outcome) for a in added] == [
        ("a.md", "added"),
        ("y/a.md", "added"),
        ("w/y/a.md", "added"),
        ("v/y/a.md", "added"),
    ]
    assert [library.document(a.name).text for a in added] == [f"They met {i} times." for i in range(4)]
    assert [library.document(path).name for path in paths] == [a.name for a in added]


def test_the_same_name_and_text_from_another_folder_is_the_same_document(tmp_path: Path) -> None:
    library = opened(tmp_path)
    added = [library.add(file_document(path, "They met.")) for path in ("/x/a.md", "/y/a.md", "/y/a.md")]
    assert [a.outcome for a in added] == ["added", "same as", "unchanged"]
    assert library.document("/y/a.md").name == "a.md"


def test_the_same_file_with_another_text_is_a_new_version(tmp_path: Path) -> None:
    library = opened(tmp_path)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("a.md", "replaced", first)
    assert [(d.name, d.text) for d in library.documents()] == [("a.md", "They parted.")]
    assert library.counts()["passages"] == 1
    with library.snapshot() as view:
        assert view.search_lexical("met", 9) == []


def test_a_new_version_of_a_file_leaves_its_twin_what_it_had(tmp_path: Path) -> None:
    library = opened(tmp_path)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    library.add(file_document("/y/b.md", "They met."))
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("a.md", "replaced", first)
    assert [(d.name, d.text, d.source.path) for d in library.documents()] == [
        ("a.md", "They parted.", "/x/a.md"),
        ("b.md", "They met.", "/y/b.md"),
    ]
    assert library.document("/x/a.md").text == "They parted."


def test_a_new_version_of_the_second_file_of_a_text_is_a_document_of_its_own(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/y/b.md", "They met."))
    assert library.add(file_document("/y/b.md", "They parted.")) == Added("b.md", "added")
    assert [library.document(name).text for name in ("a.md", "b.md")] == ["They met.", "They parted."]


def test_a_file_that_takes_on_the_text_of_another_gives_its_former_text_up(tmp_path: Path) -> None:
    library = opened(tmp_path)
    first = file_document("/x/a.md", "They met.")
    library.add(first)
    library.add(file_document("/x/b.md", "They parted."))
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("b.md", "same as", first)
    assert names(library) == ["b.md"]
    assert library.document("a.md").name == "b.md"
    assert library.add(file_document("/x/a.md", "They parted.")) == Added("b.md", "unchanged")


def test_a_name_without_its_suffix_is_enough_when_it_is_the_only_one(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("They met.", "a.md"))
    library.add(document("They parted.", "b.md"))
    library.add(document("They agreed.", "b.txt"))
    assert library.document("a").name == "a.md"
    with pytest.raises(UnknownDocument, match="b: 2 documents have this name; give the whole one"):
        library.document("b")


@pytest.mark.parametrize(
    ("name", "said"), [("nothing.md", "nothing.md"), ("", ""), ("x\x1b[31m\u202e", r"x\\x1b\[31m\\u202e")]
)
def test_an_unknown_document_is_named_and_escaped(tmp_path: Path, name: str, said: str) -> None:
    library = opened(tmp_path)
    for asked in (library.document, library.remove):
        with pytest.raises(UnknownDocument, match=f"^{said}: no such document in the library"):
            asked(name)


@pytest.mark.parametrize("name", ["a'b\".md", "%_*?[a].md", "x\ny.md", "\u202egpj.md", "会合.md", "a" * 255])
def test_an_odd_name_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    library = opened(tmp_path)
    library.add(document("They met.", name))
    assert library.document(name).name == name
    assert library.remove(name) == [name]
    assert library.documents() == []


def test_a_document_is_removed_by_any_of_its_names_and_wholly(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/x/b.md", "They met."))
    assert library.remove("b") == ["a.md"]
    with sqlite3.connect(library.path) as connection:
        tables = ("documents", "names", "passages", "terms")
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [0, 0, 0, 0]
    connection.close()


# The founding records.


def test_a_new_library_takes_the_founding_records_once(tmp_path: Path) -> None:
    assert names(opened(tmp_path, records=True)) == [record.name for record in founding_records()]
    assert len(opened(tmp_path, records=True).documents()) == 5


def test_a_removed_founding_record_does_not_come_back(tmp_path: Path) -> None:
    opened(tmp_path, records=True).remove("2020-07-22-g20-mic.txt")
    assert "2020-07-22-g20-mic.txt" not in names(opened(tmp_path, records=True))
    assert len(names(opened(tmp_path, records=True))) == 4


def test_a_library_begun_without_founding_records_stays_without(tmp_path: Path) -> None:
    opened(tmp_path, records=False)
    assert opened(tmp_path, records=True).documents() == []


def test_the_progress_of_the_founding_records_ends_at_all(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    open_sqlite_library(tmp_path, encoder=WordCounts(), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1][0] == seen[-1][1] > 100


# A library of another model.


def test_a_library_of_another_model_says_so_and_is_mended_by_reindexing(tmp_path: Path) -> None:
    opened(tmp_path, records=True)
    other = opened(tmp_path, encoder=WordCounts("other counts"))
    assert other.is_stale()
    match = "encoded with word counts, but the settings name other counts; rebuild it with: rapporteur reindex"
    with pytest.raises(StaleIndex, match=match), other.snapshot():
        pass
    with pytest.raises(StaleIndex, match=match):
        other.add(document("They met."))
    assert other.document("2020-07-22-g20-mic").name == "2020-07-22-g20-mic.txt"
    other.reindex()
    assert not other.is_stale()
    assert searched(other) == searched(opened(tmp_path, encoder=WordCounts("other counts")))
    assert opened(tmp_path).is_stale()


def test_a_library_of_another_cut_says_so_and_is_mended_by_reindexing(tmp_path: Path) -> None:
    opened(tmp_path, records=True)
    other = opened(tmp_path, passage_characters=300)
    with (
        pytest.raises(StaleIndex, match=r"passages of 1000 characters.*300 characters.*rapporteur reindex"),
        other.snapshot(),
    ):
        pass
    assert other.reindex() > 150
    assert searched(other)[0] != []


class Failing(WordCounts):
    """An encoder that fails at its nth text, or gives what an encoder may not."""

    def __init__(self, wrong: Callable[[Vectors], Vectors]) -> None:
        super().__init__()
        self.wrong = wrong

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.wrong(super().encode_passages(texts, progress))


def raises(vectors: Vectors) -> Vectors:
    raise RuntimeError("out of memory")


WRONG: list[Callable[[Vectors], Vectors]] = [
    raises,
    lambda v: v * 2,
    lambda v: v[1:],
    lambda v: v.astype(np.float64),
    lambda v: v * np.nan,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_failed_add_or_reindex_leaves_what_was_there(tmp_path: Path, wrong: Callable[[Vectors], Vectors]) -> None:
    before = searched(opened(tmp_path, records=True))
    library = opened(tmp_path, encoder=Failing(wrong))
    with pytest.raises((RuntimeError, ValueError)):
        library.add(document("# They met.\n\nThey agreed.", "a.md"))
    with pytest.raises((RuntimeError, ValueError)):
        library.reindex()
    assert searched(opened(tmp_path)) == before
    assert opened(tmp_path).counts()["documents"] == 5


def test_a_first_start_that_fails_can_be_repeated(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="out of memory"):
        opened(tmp_path, records=True, encoder=Failing(raises))
    assert len(opened(tmp_path, records=True).documents()) == 5


# Files that are no library, or a broken one.


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="this is a file; give a folder"):
        opened(tmp_path / "file")
    with pytest.raises(LibraryError, match="cannot be made"):
        opened(tmp_path / "file" / "library")
    with pytest.raises(LibraryError, match="cannot be made"):
        opened(tmp_path / ("x" * 300))


def refused(folder: Path, content: bytes, complaint: str) -> None:
    path = folder / "library.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=complaint):
        opened(folder)
    assert path.read_bytes() == content
    assert [p.name for p in folder.iterdir()] == ["library.sqlite3"]


@pytest.mark.parametrize("content", [b"x", b"This is a letter.\n" * 99, b"\0" * 4096])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path, content, "this is not a library of Rapporteur; move it away or give another folder")


def test_a_foreign_sqlite_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "foreign") as connection:
        connection.execute("CREATE TABLE documents (id)")
    connection.close()
    content = (tmp_path / "foreign").read_bytes()
    (tmp_path / "foreign").unlink()
    refused(tmp_path, content, "this SQLite file is not a library of Rapporteur")


def library_bytes(folder: Path, change: str | None = None) -> bytes:
    library = opened(folder, records=True)
    if change:
        with sqlite3.connect(library.path) as connection:
            connection.execute(change)
        connection.close()
    content: bytes = library.path.read_bytes()
    shutil.rmtree(folder)
    folder.mkdir()
    return content


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    content = library_bytes(tmp_path / "l", f"PRAGMA user_version = {schema.VERSION + 1}")
    refused(
        tmp_path / "l",
        content,
        f"version {schema.VERSION + 1} is newer than this program's {schema.VERSION}; update rapporteur",
    )


@pytest.mark.parametrize("part", [0.01, 0.3, 0.999])
def test_a_truncated_library_is_refused_and_left_alone(tmp_path: Path, part: float) -> None:
    content = library_bytes(tmp_path / "l")
    cut = content[: int(len(content) * part)]
    refused(tmp_path / "l", cut, rf"truncated \({len(cut):,} of {len(content):,} bytes\); restore it, or move it away")


def test_a_file_of_no_bytes_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").touch()
    assert opened(tmp_path).documents() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET text = replace(text, 'Indonesia', 'Indonesiq')",
        "UPDATE documents SET outline = '[[\"body\"]]'",
        "UPDATE documents SET about = '{}'",
        "UPDATE passages SET vector = zeroblob(1024) WHERE id = 3",
        "UPDATE passages SET vector = x'00' WHERE id = 3",
        "UPDATE passages SET vector = x'00' WHERE id = 1",
        "DELETE FROM changes",
        "DROP TABLE terms",
    ],
)
def test_a_damaged_library_says_so(tmp_path: Path, change: str) -> None:
    library = opened(tmp_path, records=True)
    with sqlite3.connect(library.path) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(LibraryError, match="damaged"):
        searched(opened(tmp_path))


def faiss_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.faiss"))


@pytest.mark.parametrize("content", [None, b"", b"garbage", b"IxMp\0\0\0"])
def test_a_missing_or_broken_faiss_file_is_made_again(tmp_path: Path, content: bytes | None) -> None:
    before = searched(opened(tmp_path, records=True))
    (path,) = faiss_files(tmp_path)
    whole = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    assert searched(opened(tmp_path)) == before
    assert path.read_bytes() == whole


def test_only_the_present_vectors_are_kept(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    searched(library)
    library.add(document("They met.", "a.md"))
    searched(library)
    assert len(faiss_files(tmp_path)) == 1


def test_vectors_that_a_killed_process_was_writing_go_with_the_next_document(tmp_path: Path) -> None:
    library = opened(tmp_path)
    (tmp_path / "vectors-7.faiss.99.part").write_bytes(b"begun")
    library.add(document("They met.", "a.md"))
    library.remove("a.md")
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("vectors")] == []


def test_the_vectors_of_a_library_moved_away_are_not_taken_for_the_new_ones(tmp_path: Path) -> None:
    for name, text in (("a.md", "They met."), ("b.md", "Data flow with trust.")):
        library = opened(tmp_path)
        library.add(document(f"---\ntitle: T\n---\n{text}", name))
        hits = searched(library)[0]
        library.path.unlink()
    assert hits[0][3] == pytest.approx(4 / (4 * 5) ** 0.5)  # all four words of the question in five words


# Several at once.


def test_threads_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    library = opened(tmp_path)
    failed: list[Exception] = []

    def add(first: int) -> None:
        try:
            for i in range(first, first + 5):
                library.add(document(f"They met {i} times.", f"{i}.md"))
                searched(library)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 5, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert names(library) == sorted(f"{i}.md" for i in range(15))
    assert library.counts()["passages"] == 15


_ADD = """
import sys
from pathlib import Path
from index.library import open_library
from support.generated_texts import document
from support.word_counts import WordCounts
library = open_library(Path(sys.argv[1]), encoder=WordCounts())
for i in map(int, sys.argv[2:]):
    library.add(document(f"They met {i} times.", f"{i}.md"))
    with library.snapshot() as view:
        assert view.search_lexical("met", 99)
"""


def test_processes_that_begin_a_library_and_add_at_once_lose_nothing(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    surroundings = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _ADD, str(tmp_path), *map(str, range(first, first + 4))],
            env=surroundings,
            stderr=subprocess.PIPE,
            text=True,
        )
        for first in (0, 4, 8)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [("", 0)] * 3
    library = opened(tmp_path)
    assert len(library.documents()) == 5 + 12
    assert {f"{i}.md" for i in range(12)} < set(names(library))


def test_a_view_stays_what_it_was_while_others_add_and_remove(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("They met.", "a.md"))
    with library.snapshot() as view:
        library.add(document("They met again.", "b.md"))
        library.remove("a.md")
        searched(library)
        assert [d.name for d in view.documents] == ["a.md"]
        ((identity, _),) = view.search_lexical("met", 9)
        assert view.passage(identity).text == "They met."
        assert view.passage_count == 1
    assert names(library) == ["b.md"]


def test_what_one_process_adds_another_sees_at_its_next_view(tmp_path: Path) -> None:
    reader, writer = opened(tmp_path), opened(tmp_path)
    assert searched(reader)[4] == []
    writer.add(document("They agreed.", "a.md"))
    assert [hit[0] for hit in searched(reader)[4]] == ["a.md"]


def test_the_sentences_are_kept_as_places(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("They met. They agreed.", "a.md"))
    with sqlite3.connect(library.path) as connection:
        (kept,) = connection.execute("SELECT sentences FROM passages").fetchone()
    connection.close()
    assert json.loads(kept) == [[0, 9], [10, 22]]


def test_a_first_start_that_was_stopped_may_be_finished_with_another_model(tmp_path: Path) -> None:
    class Stopped(WordCounts):
        def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_sqlite_library(tmp_path, encoder=Stopped("one"))
    library = open_sqlite_library(tmp_path, encoder=WordCounts("another"))
    assert not library.is_stale()
    assert len(library.documents()) == 5
    assert library.check() == []


def test_many_may_make_the_same_library_at_the_same_moment(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def make(folder: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            prepare(folder, folder / "library.sqlite3", "a model", "a stamp")
        except BaseException as error:
            failed.append(error)

    for number in range(40):
        together = threading.Barrier(6)
        threads = [threading.Thread(target=make, args=(tmp_path / str(number), together)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []

"""The check finds each kind of damage done to a library."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.errors import LibraryError
from index.store.library import SqliteLibrary
from index.store.rows import passage_checksum
from support.generated_texts import document
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

TEXT = "# Talks\n\nThey met. They agreed on Data Free Flow with Trust (DFFT).\n\n- One\n- Two"
WHERE = "WHERE document = (SELECT id FROM documents WHERE name = 'a.md')"
OTHER = np.full(256, 1 / 16, dtype=np.float32).tobytes()  # of unit length, and no text's


def filled(folder: Path) -> SqliteLibrary:
    library = open_sqlite_library(folder, encoder=WordCounts(), founding=False)
    library.add(document(TEXT, "a.md", "/x/a.md"), TEXT.encode())
    library.add(document("They parted.\n\nThey met again.", "b.md", "/x/b.md"), b"They parted.\n\nThey met again.")
    library.add(document("They met.", "c.md"))
    library.correct("b.md", {"place": "Oslo"})
    with library.snapshot():
        pass
    return library


def damaged(library: SqliteLibrary, *statements: str) -> list[str]:
    with sqlite3.connect(library.path) as connection:
        connection.create_function("other", 0, lambda: OTHER)
        connection.create_function("checksum", 4, passage_checksum)
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return library.check()


def test_a_whole_library_has_no_problem(tmp_path: Path) -> None:
    library = filled(tmp_path)
    seen: list[tuple[int, int]] = []
    assert library.check(lambda done, of: seen.append((done, of))) == []
    assert seen == [(1, 3), (2, 3), (3, 3)]
    library.add(document("They agreed.", "a.md", "/x/a.md"))
    library.remove("c.md")
    assert library.check() == []


def test_the_founding_records_have_no_problem(tmp_path: Path) -> None:
    assert open_sqlite_library(tmp_path, encoder=WordCounts()).check() == []


def test_any_text_is_held_without_a_problem(tmp_path: Path) -> None:
    library = filled(tmp_path)
    odd = [
        "x" * 5000,
        "\u200b a\n\n\u202e b\x07",
        "会" * 3000,
        "---\ntitle: A\n---\n- \n\n- x\n\n***\n\n1. y",
        "a\r\n\r\nb",
    ]
    for number, text in enumerate(odd):
        library.add(document(text, f"odd {number}\n.md"))
    assert library.check() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE documents SET text = replace(text, 'agreed', 'agreeb') WHERE name = 'a.md'", "'a.md'"),
        ("UPDATE documents SET outline = '[[\"body\"]]' WHERE name = 'a.md'", "'a.md'"),
        ("UPDATE documents SET about = '{}' WHERE name = 'a.md'", "'a.md'"),
        (
            "UPDATE documents SET about = json_set(about, '$.published', '2001-01-01') WHERE name = 'a.md'",
            "a.md: its facts or its outline are not as they were written",
        ),
        (
            "UPDATE documents SET outline = replace(outline, 'list item', 'body') WHERE name = 'a.md'",
            "a.md: its facts or its outline are not as they were written",
        ),
        ("UPDATE documents SET text = CAST(text AS BLOB) WHERE name = 'a.md'", "'a.md'"),
        ("UPDATE documents SET name = x'00ff' WHERE name = 'a.md'", "b'\\x00\\xff': it is not known under its own"),
        ("UPDATE names SET name = x'00ff' WHERE name = 'a.md'", "a.md: it cannot be read"),
        (f"UPDATE passages SET vector = 5 {WHERE} AND place = 1", "a.md: it cannot be read"),
        (f"UPDATE passages SET sentences = x'ff' {WHERE} AND place = 1", "a.md: it cannot be read"),
        ("UPDATE corrections SET value = x'00ff'", "b.md: it cannot be read"),
        (
            "UPDATE documents SET outline = substr(outline, 1, instr(outline, ',[')-1) || ']' WHERE name = 'a.md'",
            "a.md: its passages do not hold its text at character",
        ),
        (
            "UPDATE documents SET as_read = replace(as_read, 'b.md', 'Parleys') WHERE name = 'b.md'",
            "b.md: its facts are not those that were read with what you corrected",
        ),
        (
            "UPDATE corrections SET fact = 'published', value = 'soon'",
            "b.md: what you corrected cannot be applied",
        ),
        ("UPDATE corrections SET fact = 'colour'", "/x/b.md: colour is corrected, which is no fact"),
        ("DELETE FROM names WHERE name = 'a.md'", "a.md: it is not known under its own name"),
        ("UPDATE names SET stem = 'x' WHERE name = 'a.md'", "a.md: it is not found by its name without suffix"),
        (f"DELETE FROM vocabulary {WHERE}", "a.md: the words kept of it are not those of its text"),
        (f"UPDATE vocabulary SET words = '[]' {WHERE}", "a.md: the words kept of it are not those of its text"),
        (f"DELETE FROM passages {WHERE} AND place = 1", "a.md: passage 2: it is out of order"),
        (f"DELETE FROM passages {WHERE} AND place = 3", "a.md: its passages do not hold its text at character"),
        (f"UPDATE passages SET vector = other() {WHERE} AND place = 1", "a.md: passage 2: it is not as it was written"),
        (
            f"UPDATE passages SET sentence_vectors = vector {WHERE} AND place = 1",
            "a.md: passage 2: its vectors are not 256 numbers of unit length each",
        ),
        (f"UPDATE passages SET vector = x'00' {WHERE} AND place = 1", "a.md: passage 2: its vectors are not 256"),
        (f"UPDATE passages SET cut = '[' {WHERE} AND place = 1", "a.md: passage 2: it cannot be read"),
        (f"UPDATE passages SET sentences = '[[0, 3]]' {WHERE} AND place = 1", "a.md: passage 2: its sentences do not"),
        (
            f"DELETE FROM terms WHERE rowid = (SELECT id FROM passages {WHERE} AND place = 1)",
            "a.md: passage 2: its words are not those in the index",
        ),
        (
            f"UPDATE terms SET words = 'met' WHERE rowid = (SELECT id FROM passages {WHERE} AND place = 1)",
            "a.md: passage 2: its words are not those in the index",
        ),
        (
            "INSERT INTO terms (rowid, words, headings) VALUES (99, 'x', '')",
            "the index of words has 1 passages that no",
        ),
        ("UPDATE terms_data SET block = zeroblob(20) WHERE id > 10", "the index of words is damaged"),
        (
            "UPDATE originals SET bytes = x'00' WHERE sha256 IN (SELECT file_sha256 FROM names WHERE name = 'a.md')",
            "a.md: the file that is kept is not the one it was",
        ),
        ("UPDATE originals SET bytes = 5", "a.md: the file that is kept is not the one it was"),
        ("DELETE FROM originals", "a.md: its file is no longer kept"),
        ("INSERT INTO originals VALUES ('0', 'text/plain', x'00')", "the file 0 is kept for no document"),
        ("DELETE FROM facts WHERE name = 'founding'", "the library does not say its founding"),
        ("DELETE FROM changes", "the table changes is empty"),
        (
            "INSERT INTO evidence (place, anchor, section, reference) VALUES (1, '{', '[]', '')",
            "quotation 1 of the evidence list cannot be read",
        ),
        ("DELETE FROM documents WHERE name = 'a.md'", "row"),
        ("DROP TABLE evidence", "the file is damaged (it has no evidence, or another one)"),
        ("DROP TRIGGER names_deleted", "the file is damaged (it has no names_deleted, or another one)"),
    ],
)
def test_the_check_names_what_is_damaged(tmp_path: Path, statement: str, said: str) -> None:
    found = damaged(filled(tmp_path), statement)
    assert any(said in line for line in found), found
    assert all("\n" not in line and ";" in line for line in found)


@pytest.mark.parametrize("column", ["cut", "sentences"])
def test_a_damaged_passage_is_one_line_for_who_searches(tmp_path: Path, column: str) -> None:
    library = filled(tmp_path)
    damaged(library, f"UPDATE passages SET {column} = substr({column}, 3)")
    with (
        library.snapshot() as view,
        pytest.raises(LibraryError, match=r"a passage of the library is damaged .* reindex"),
    ):
        _ = (view.passage(1), view.sentences(1))
    library.reindex()
    assert library.check() == []


def test_a_vector_that_fits_but_is_of_another_text_is_noticed(tmp_path: Path) -> None:
    library = filled(tmp_path)
    (path,) = tmp_path.glob("*.faiss")
    found = damaged(
        library,
        f"UPDATE passages SET vector = other() {WHERE} AND place = 1",
        "UPDATE passages SET checksum = checksum(cut, vector, sentences, sentence_vectors)",
    )
    assert found == [f"{path.name}: not the vectors of the library; remove this file, it is made again"]
    path.unlink()
    assert library.check() == []


def test_a_page_that_is_overwritten_is_noticed(tmp_path: Path) -> None:
    library = filled(tmp_path)
    with sqlite3.connect(library.path) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with library.path.open("rb+") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert "the file is damaged" in library.check()[0]


def test_a_name_that_steers_a_terminal_is_shown_escaped(tmp_path: Path) -> None:
    library = filled(tmp_path)
    library.add(document("They danced.", "x\x1b[31m.md"))
    (line,) = damaged(library, "UPDATE names SET stem = '' WHERE name LIKE 'x%'")
    assert line.startswith(r"x\x1b[31m.md: it is not found")

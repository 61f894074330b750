"""Libraries of older versions, made by the statements of the time."""

import json
import sqlite3
from pathlib import Path

import pytest

from corpus.passages import split
from index import schema
from index.library import Library
from index.settings import Settings
from index.stored import about, cut_row, outline_rows
from index.terms import for_index
from texts import document
from word_counts import WordCounts

_VERSION_2 = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE, path TEXT UNIQUE,
    about TEXT NOT NULL, outline TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE names (
    name TEXT NOT NULL, path TEXT, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    UNIQUE (name, path)
);
CREATE INDEX names_by_document ON names(document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    place INTEGER NOT NULL, cut TEXT NOT NULL, vector BLOB NOT NULL,
    sentences TEXT NOT NULL, sentence_vectors BLOB NOT NULL,
    UNIQUE (document, place)
);
CREATE VIRTUAL TABLE terms USING fts5(words, headings, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, anchor TEXT NOT NULL, section TEXT NOT NULL,
    reference TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', heading TEXT NOT NULL DEFAULT '', removed INTEGER
);
PRAGMA application_id = 1380995668;
PRAGMA user_version = 2;
"""
HELD = [
    document("# Talks\n\nThey met. They agreed on Data Free Flow with Trust (DFFT).", "a.md", "/x/a.md"),
    document("---\ntitle: Parleys\nplace: Rome\n---\nThey parted.", "b.md", "/x/b.md"),
]


def library_of_version_2(folder: Path) -> None:
    """A library with two documents, the first under two names, as version 2 wrote it."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "library.sqlite3")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_VERSION_2)
    facts = {"generation": "77", "founding": "declined", "model": "word counts", "stamp": Settings().stamp}
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
    newer = ("language", "pages", "origins", "warnings")
    for number, made in enumerate(HELD, start=3):
        stated = {name: value for name, value in json.loads(about(made)).items() if name not in newer}
        row = (number, made.name, made.id, made.source.path, json.dumps(stated), outline_rows(made), made.text)
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO names VALUES (?, ?, ?)", (made.name, made.source.path, number))
        for passage in split(made, 1000):
            sentences = passage.sentences()
            parts = [passage.for_encoder(s) for s in sentences]
            vectors = WordCounts().encode_passages([passage.for_encoder(), *parts])
            cursor = connection.execute(
                "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, passage.order, cut_row(passage), vectors[0].tobytes(),
                 json.dumps([[s.start, s.end] for s in sentences]), vectors[1:].tobytes()),
            )  # fmt: skip
            terms = (cursor.lastrowid, for_index(passage.text), for_index(" ".join((made.title, *passage.headings))))
            connection.execute("INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)", terms)
    connection.execute("INSERT INTO names VALUES ('c.md', '/y/c.md', 3)")
    connection.execute("INSERT INTO evidence (place, anchor, section, reference) VALUES (1, '{}', '[]', '')")
    connection.commit()
    connection.close()


def state(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    tables = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master ORDER BY name") if row[0]]
    found = [connection.execute("PRAGMA user_version").fetchone(), tables]
    found.append(connection.execute("PRAGMA foreign_key_check").fetchall())
    found.append(connection.execute("PRAGMA integrity_check").fetchall())
    connection.close()
    return found


def test_a_library_of_version_2_becomes_one_of_this_version(tmp_path: Path) -> None:
    library_of_version_2(tmp_path / "old")
    old = Library.open(Settings(library=tmp_path / "old"), WordCounts())
    new = Library.open(Settings(library=tmp_path / "new"), WordCounts(), records=False)
    for made in HELD:
        new.add(made)
    assert [(d.name, d.title, d.text, d.outline, d.meeting) for d in old.documents()] == [
        (d.name, d.title, d.text, d.outline, d.meeting) for d in new.documents()
    ]
    assert old.document("c").name == "a.md"
    assert old.under("/y") == [("/y/c.md", "a.md")]
    for library in (old, new):
        with library.view() as view:
            assert [name for i, _ in view.matching('"met" OR "parted"', 9) if (name := view.passage(i).document.name)]
            assert view.long_form("dfft") == "data free flow with trust"
            assert "agreed" in view.words
    with old.reading() as connection:
        assert connection.execute("SELECT count(*) FROM evidence").fetchone() == (1,)
    assert state(old.path) == state(new.path)
    assert state(old.path)[2:] == [[], [("ok",)]]


def test_a_library_of_version_1_gets_an_evidence_list(tmp_path: Path) -> None:
    library_of_version_2(tmp_path / "old")
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite3")
    connection.executescript("DROP TABLE evidence; PRAGMA user_version = 1;")
    connection.close()
    library = Library.open(Settings(library=tmp_path / "old"), WordCounts())
    assert [d.text for d in library.documents()] == [d.text for d in HELD]
    with library.reading() as kept:
        assert kept.execute("SELECT count(*) FROM evidence").fetchone() == (0,)
        assert kept.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_the_ids_of_an_older_library_are_not_used_again(tmp_path: Path) -> None:
    library_of_version_2(tmp_path / "old")
    library = Library.open(Settings(library=tmp_path / "old"), WordCounts())
    with library.reading() as connection:
        before = {row[0] for row in connection.execute("SELECT id FROM passages")}
    library.remove_all(["a.md", "b.md"])
    library.add(HELD[0])
    with library.reading() as connection:
        after = {row[0] for row in connection.execute("SELECT id FROM passages")}
        assert connection.execute("SELECT id FROM documents").fetchall() == [(5,)]
    assert min(after) > max(before)


def test_a_migration_that_fails_leaves_the_old_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library_of_version_2(tmp_path / "old")
    path = tmp_path / "old" / "library.sqlite3"
    before = state(path)

    def failing(connection: sqlite3.Connection) -> None:
        to_3(connection)
        raise RuntimeError("out of memory")

    to_3 = schema._CHANGES[3]
    monkeypatch.setitem(schema._CHANGES, 3, failing)
    with pytest.raises(RuntimeError, match="out of memory"):
        Library.open(Settings(library=tmp_path / "old"), WordCounts())
    assert state(path) == before
    monkeypatch.undo()
    assert len(Library.open(Settings(library=tmp_path / "old"), WordCounts()).documents()) == 2

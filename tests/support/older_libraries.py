"""Create libraries as older versions of the program wrote them, with the SQL of the time."""

import json
import sqlite3
from pathlib import Path

from corpus.passages import split
from index.settings import Settings
from index.store.passages import fts_text
from index.store.rows import cut_row, facts_json, outline_json
from support.generated_texts import document
from support.word_counts import WordCounts

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
        stated = {name: value for name, value in json.loads(facts_json(made)).items() if name not in newer}
        row = (number, made.name, made.id, made.source.path, json.dumps(stated), outline_json(made), made.text)
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO names VALUES (?, ?, ?)", (made.name, made.source.path, number))
        for passage in split(made, 1000):
            sentences = passage.sentences()
            parts = [passage.for_encoder([s])[0] for s in sentences]
            vectors = WordCounts().encode_passages([passage.for_encoder(sentences)[0], *parts])
            cursor = connection.execute(
                "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, passage.order, cut_row(passage), vectors[0].tobytes(),
                 json.dumps([[s.start, s.end] for s in sentences]), vectors[1:].tobytes()),
            )  # fmt: skip
            terms = (cursor.lastrowid, fts_text(passage.text), fts_text(" ".join((made.title, *passage.headings))))
            connection.execute("INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)", terms)
    connection.execute("INSERT INTO names VALUES ('c.md', '/y/c.md', 3)")
    connection.execute("INSERT INTO evidence (place, anchor, section, reference) VALUES (1, '{}', '[]', '')")
    connection.commit()
    connection.close()

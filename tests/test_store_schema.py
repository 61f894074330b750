"""Libraries of older versions are migrated when they are opened."""

import sqlite3
from pathlib import Path

import pytest

from index.store import schema
from index.values import ConversationRow, EvidenceRow, TurnRow
from support.older_libraries import HELD, library_of_version_2
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

WITHOUT_CHOICES = """
DROP TABLE feedback;
DROP TABLE record_sets;
ALTER TABLE conversations DROP COLUMN filters;
"""
WITHOUT_USERS = f"""{WITHOUT_CHOICES}
DROP TABLE audit;
DROP TABLE tokens;
DROP TABLE sessions;
DROP TABLE users;
ALTER TABLE evidence DROP COLUMN owner;
"""


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
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    new = open_sqlite_library(tmp_path / "new", encoder=WordCounts(), founding=False)
    for made in HELD:
        new.add(made)
    assert [(d.name, d.title, d.text, d.outline, d.meeting) for d in old.documents()] == [
        (d.name, d.title, d.text, d.outline, d.meeting) for d in new.documents()
    ]
    assert old.document("c").name == "a.md"
    assert [(s.path, s.document) for s in old.sources_under("/y")] == [("/y/c.md", "a.md")]
    for library in (old, new):
        with library.snapshot() as view:
            assert [name for i, _ in view.search_lexical("met parted", 9) if (name := view.passage(i).document.name)]
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
    library = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    assert [d.text for d in library.documents()] == [d.text for d in HELD]
    with library.reading() as kept:
        assert kept.execute("SELECT count(*) FROM evidence").fetchone() == (0,)
        assert kept.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_a_library_of_version_3_is_checked_from_then_on(tmp_path: Path) -> None:
    new = open_sqlite_library(tmp_path / "new", encoder=WordCounts(), founding=False)
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts(), founding=False)
    for library in (old, new):
        for made in HELD:
            library.add(made)
        library.correct("a.md", {"place": "Oslo"})
    connection = sqlite3.connect(old.path)
    connection.executescript(
        f"{WITHOUT_USERS} DROP TABLE turns; DROP TABLE conversations;"
        "DROP TRIGGER documents_changed; DROP TABLE reindexed_passages; DROP TABLE reindexed;"
        "ALTER TABLE documents DROP COLUMN checksum; PRAGMA user_version = 3;"
    )
    connection.close()
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    assert old.check() == []
    assert state(old.path) == state(new.path)


def test_a_library_of_version_4_keeps_conversations_from_then_on(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        open_sqlite_library(tmp_path / folder, encoder=WordCounts(), founding=False).add(HELD[0])
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite3")
    connection.executescript(f"{WITHOUT_USERS} DROP TABLE turns; DROP TABLE conversations; PRAGMA user_version = 4;")
    connection.close()
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    with old.change_conversations() as stored:
        stored.put(ConversationRow("a", "", "Talk", "2026-01-01T00:00:00Z"))
    assert [row.name for row in old.conversation_rows("")] == ["Talk"]
    with old.change_conversations() as stored:
        stored.delete("a")
    assert state(old.path) == state(open_sqlite_library(tmp_path / "new", encoder=WordCounts()).path)


def test_a_library_of_version_5_has_users_from_then_on_and_keeps_its_evidence(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        library = open_sqlite_library(tmp_path / folder, encoder=WordCounts(), founding=False)
        with library.change_evidence() as evidence:
            evidence.insert(EvidenceRow(0, 1, "{}", "[]", "kept"))
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite3")
    connection.executescript(f"{WITHOUT_USERS} PRAGMA user_version = 5;")
    connection.close()
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    assert [row.reference for row in old.evidence_rows()] == ["kept"]
    assert old.evidence_rows("ada") == []
    assert old.user_rows() == []
    assert state(old.path) == state(library.path)


def test_a_library_of_version_6_has_the_choice_of_each_conversation_from_then_on(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        library = open_sqlite_library(tmp_path / folder, encoder=WordCounts(), founding=False)
        with library.change_conversations() as stored:
            for name in ("a", "b"):
                stored.put(ConversationRow(name, "", "Talk", "2026-01-01T00:00:00Z"))
            stored.put_turn(TurnRow("a", 0, "Who?", "{}"))
            stored.put_turn(TurnRow("a", 1, "Where?", '{"years": [2020]}'))
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite3")
    connection.executescript(f"{WITHOUT_CHOICES} PRAGMA user_version = 6;")
    connection.close()
    old = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    assert [row.filters for row in old.conversation_rows("")] == ['{"years": [2020]}', "{}"]
    assert old.record_set_rows("") == []
    assert old.feedback_rows() == []
    assert state(old.path) == state(library.path)


def test_the_ids_of_an_older_library_are_not_used_again(tmp_path: Path) -> None:
    library_of_version_2(tmp_path / "old")
    library = open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    with library.reading() as connection:
        before = {row[0] for row in connection.execute("SELECT id FROM passages")}
    library.remove("a.md", "b.md")
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

    to_3 = schema._MIGRATIONS[3]
    monkeypatch.setitem(schema._MIGRATIONS, 3, failing)
    with pytest.raises(RuntimeError, match="out of memory"):
        open_sqlite_library(tmp_path / "old", encoder=WordCounts())
    assert state(path) == before
    monkeypatch.undo()
    assert len(open_sqlite_library(tmp_path / "old", encoder=WordCounts()).documents()) == 2

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import DamagedLibrary
from index.library import open_library
from index.store import storage
from index.store.database import KeptConnections, connected, readable
from index.values import ConversationRow, TurnRow
from support.word_counts import WordCounts


@pytest.fixture
def kept() -> Iterator[KeptConnections]:
    connections = KeptConnections()
    connections.keep(3600)
    yield connections
    connections.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    return tmp_path / "library" / storage.FILE


def test_a_connection_is_lent_again_and_never_to_two(kept: KeptConnections, file: Path) -> None:
    with kept.lend(file, readable) as first, kept.lend(file, connected) as second:
        assert first is not second
    with kept.lend(file, connected) as third, kept.lend(file, readable) as fourth:
        assert {third, fourth} == {first, second}


def test_none_is_kept_before_it_is_asked_for(file: Path) -> None:
    with KeptConnections().lend(file, readable) as connection:
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
    assert not file.with_name(f"{file.name}-wal").exists()


def test_a_connection_whose_block_raises_is_closed(kept: KeptConnections, file: Path) -> None:
    for _ in range(2):  # a new one, and one that was lent before
        with pytest.raises(DamagedLibrary, match="no such table"), kept.lend(file, readable) as connection:
            connection.execute("SELECT * FROM no_such")
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
        with kept.lend(file, readable):
            pass


def test_a_file_that_was_replaced_is_opened_anew(kept: KeptConnections, file: Path, tmp_path: Path) -> None:
    with kept.lend(file, readable) as before:
        pass
    open_library(tmp_path / "other", encoder=WordCounts("other"), founding=False)
    os.replace(file, tmp_path / "former")
    os.replace(tmp_path / "other" / storage.FILE, file)
    with kept.lend(file, readable) as now:
        assert now is not before
        assert now.execute("SELECT value FROM facts WHERE name = 'model'").fetchone() == ("other",)


def test_what_others_write_is_read_by_a_kept_connection(
    kept: KeptConnections, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "KEPT", kept)
    library = open_library(file.parent, encoder=WordCounts())
    assert library.turn_rows("a") == []
    with library.change_conversations() as stored:
        stored.put(ConversationRow("a", "", "name", ""))
        stored.put_turn(TurnRow("a", 0, "First?", "{}"))
    with connected(file) as other:
        other.execute("UPDATE turns SET question = 'Second?'")
    assert [row.question for row in library.turn_rows("a")] == ["Second?"]
    kept.close()
    assert not file.with_name(f"{file.name}-wal").exists()
    assert [row.question for row in library.turn_rows("a")] == ["Second?"]

"""Derived numbers that are damaged are computed again, and a file that cannot be written costs only the time."""

import json
import sqlite3
from pathlib import Path

import pytest

from index.store import derived
from index.store.database import set_fact
from index.store.library import SqliteLibrary
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts


def opened(folder: Path) -> SqliteLibrary:
    return open_sqlite_library(folder, encoder=WordCounts(), founding=False)


def numbers(library: SqliteLibrary, values: list[float]) -> list[float]:
    with library.snapshot() as view:
        return view.derived("numbers", lambda: values)


@pytest.mark.parametrize(
    "stored",
    ["", "{", "[]", "{}", "null", "7", "[GENERATION, null]", '[GENERATION, "a"]', "[GENERATION, 1e999]", "[1, 2]"],
)
def test_damaged_numbers_are_computed_again(tmp_path: Path, stored: str) -> None:
    library = opened(tmp_path)
    with library.snapshot() as view:
        generation = view.generation
    with library.writing() as connection:
        set_fact(connection, "derived: numbers", stored.replace("GENERATION", str(generation)))
    assert numbers(library, [0.5]) == [0.5]
    assert numbers(opened(tmp_path), [1.5]) == [0.5]
    with library.reading() as connection:
        (kept,) = connection.execute("SELECT value FROM facts WHERE name = 'derived: numbers'").fetchone()
    assert json.loads(kept) == [generation, 0.5]


def test_nobody_waits_for_another_writer(tmp_path: Path) -> None:
    library = opened(tmp_path)
    with library.writing():
        assert numbers(library, [0.5]) == [0.5]
    assert numbers(opened(tmp_path), [1.5]) == [1.5]


def test_numbers_of_a_state_that_has_passed_are_not_stored(tmp_path: Path) -> None:
    library = opened(tmp_path)
    with library.snapshot() as view:
        generation = view.generation
    derived.store_derived(library.path, "numbers", generation + 1, [0.5])
    with library.reading() as connection:
        assert derived.read_derived(connection, "numbers", generation + 1) is None


def test_a_full_disk_costs_only_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(derived, "set_fact", full)
    assert numbers(opened(tmp_path), [0.5]) == [0.5]
    monkeypatch.undo()
    assert numbers(opened(tmp_path), [1.5]) == [1.5]
    assert opened(tmp_path).check() == []

"""The summaries of documents agree with the documents themselves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.reading import founding_records
from index.errors import LibraryError
from index.store.library import SqliteLibrary
from support.generated_texts import document
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts


@pytest.fixture
def library(tmp_path: Path) -> SqliteLibrary:
    return open_sqlite_library(tmp_path / "library", encoder=WordCounts(), founding=False)


def test_each_document_is_listed_with_its_facts(library: SqliteLibrary) -> None:
    for record in founding_records():
        library.add(record)
    found = {record.name: record for record in library.summaries()}
    for record in library.documents():
        own = found.pop(record.name)
        assert (own.id, own.title, own.publisher, own.published) == (
            record.id,
            record.title,
            record.publisher,
            record.published,
        )
        assert (own.meeting, own.path, own.pages, own.has_original, own.is_corrected) == (
            record.meeting,
            None,
            0,
            False,
            False,
        )
    assert found == {}
    assert sum(record.passages for record in library.summaries()) == library.counts()["passages"]


def test_pages_warnings_originals_and_corrections_are_listed(library: SqliteLibrary) -> None:
    read = document("# Talks\n\nThey agreed.\n", "talks.md", path="/records/talks.md")
    library.add(replace(read, pages=(0, 9), warnings=("page 2 is short",)), b"# Talks")
    library.correct("talks.md", {"published": "2021-08-05"})
    (own,) = library.summaries()
    assert (own.pages, own.warnings, own.path) == (2, ("page 2 is short",), "/records/talks.md")
    assert (own.has_original, own.is_corrected, own.published) == (True, True, date(2021, 8, 5))


def test_a_damaged_row_is_one_line_that_names_it(library: SqliteLibrary) -> None:
    library.add(document("# Talks\n\nThey agreed.\n", "talks.md"))
    with library.writing() as connection:
        connection.execute("UPDATE documents SET about = '{}'")
    with pytest.raises(LibraryError, match=r"damaged at 'talks\.md'"):
        library.summaries()

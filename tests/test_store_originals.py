import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from index.errors import UnknownDocument
from index.store.library import SqliteLibrary
from index.values import Added, SourceRecord
from support.generated_texts import document
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

PLAIN, MARKED = b"They met.", b"\xef\xbb\xbfThey met."


def opened(folder: Path) -> SqliteLibrary:
    return open_sqlite_library(folder, encoder=WordCounts(), founding=False)


def file_document(path: str, text: str = "They met.") -> Document:
    return document(text, Path(path).name, path)


def kept(library: SqliteLibrary) -> list[bytes]:
    with library.reading() as connection:
        return sorted(row[0] for row in connection.execute("SELECT bytes FROM originals"))


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_original_is_kept_with_its_media_type(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"), MARKED)
    assert library.original("a") == (MARKED, "text/markdown")
    assert library.document("a.md").source.file_sha256 == sha(MARKED)


def test_without_a_file_there_is_no_original(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    assert library.original("a.md") is None
    with pytest.raises(UnknownDocument):
        library.original("b.md")


def under(library: SqliteLibrary, folder: str) -> list[tuple[str, str]]:
    return [(source.path, source.document) for source in library.sources_under(folder)]


def test_a_file_with_another_hash_than_the_document_says_is_refused(tmp_path: Path) -> None:
    made = file_document("/x/a.md")
    with pytest.raises(ValueError, match=r"a\.md: the file has the hash"):
        opened(tmp_path).add(replace(made, source=replace(made.source, file_sha256=sha(PLAIN))), MARKED)


def test_the_library_knows_a_file_by_its_path_and_bytes(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"), PLAIN)
    library.add(file_document("/x/b.md"), MARKED)
    assert library.source("/x/a.md") == SourceRecord(
        "/x/a.md", "a.md", sha(PLAIN), False, True, frozenset({"file name"})
    )
    assert library.source("/x/b.md") == SourceRecord(
        "/x/b.md", "a.md", sha(MARKED), False, False, frozenset({"file name"})
    )
    assert library.source("/x/c.md") is None


def test_the_same_text_in_other_bytes_is_unchanged_and_keeps_the_newer_file(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"), PLAIN)
    assert library.add(file_document("/x/a.md"), MARKED) == Added("a.md", "unchanged")
    assert library.source("/x/a.md") == SourceRecord(
        "/x/a.md", "a.md", sha(MARKED), False, True, frozenset({"file name"})
    )
    assert library.original("a.md") == (MARKED, "text/markdown")
    assert kept(library) == [MARKED]


def test_a_file_goes_with_the_last_document_that_came_from_it(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"), PLAIN)
    library.add(file_document("/x/b.md"), MARKED)
    assert kept(library) == [PLAIN, MARKED]
    library.add(file_document("/x/a.md", "They parted."), b"They parted.")
    assert library.original("b.md") == (MARKED, "text/markdown")
    assert kept(library) == [b"They parted.", MARKED]
    library.remove("a.md", "b.md")
    assert kept(library) == []


def test_the_documents_under_a_folder_or_an_archive_are_listed_by_path(tmp_path: Path) -> None:
    library = opened(tmp_path)
    paths = ["/x/y/b.md", "/x/y/a.md", "/x/y.zip!/c.md", "/x/yy/d.md", "/x/y-z.md", "upload:e.md"]
    for number, path in enumerate(paths):
        library.add(file_document(path, f"They met {number} times."))
    assert under(library, "/x/y") == [("/x/y/a.md", "a.md"), ("/x/y/b.md", "b.md")]
    assert under(library, "/x/y/") == under(library, "/x/y")
    assert under(library, "/x/y.zip") == [("/x/y.zip!/c.md", "c.md")]
    assert [path for path, _ in under(library, "/")] == sorted(paths)[:-1]
    assert under(library, "/z") == []


def test_a_file_of_another_folder_with_the_same_text_is_under_its_own(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    library.add(file_document("/y/b.md"))
    assert under(library, "/y") == [("/y/b.md", "a.md")]


def test_an_upload_is_a_source_of_its_own(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"))
    first = document("They agreed.", "a.md", "upload:a.md")
    assert library.add(first) == Added("upload/a.md", "added")
    again = library.add(document("They parted.", "a.md", "upload:a.md"))
    assert (again.name, again.outcome) == ("upload/a.md", "replaced")
    assert library.document("upload:a.md").text == "They parted."


def test_a_new_version_keeps_its_name(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/y/a.md", "They parted."))
    library.remove("a.md")
    again = library.add(file_document("/y/a.md", "They agreed."))
    assert (again.name, again.outcome) == ("y/a.md", "replaced")


def test_removing_several_is_one_change_and_none_when_one_is_unknown(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for name in ("a.md", "b.md", "c.md"):
        library.add(document(f"They met in {name}.", name))
    with pytest.raises(UnknownDocument):
        library.remove("a.md", "d.md")
    assert len(library.documents()) == 3
    assert library.remove("b", "a.md", "b.md") == ["b.md", "a.md"]
    assert [d.name for d in library.documents()] == ["c.md"]
    assert library.remove() == []


def test_a_name_that_is_no_text_is_of_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnknownDocument, match=r"^a\\udcff: no such document"):
        opened(tmp_path).document("a\udcff")


def test_nothing_of_a_removed_document_is_left_in_the_tables(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md"), PLAIN)
    library.remove("a.md")
    with sqlite3.connect(library.path) as connection:
        tables = ("documents", "names", "passages", "terms", "vocabulary", "originals")
        assert {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables} == dict.fromkeys(
            tables, 0
        )
    connection.close()

"""Pages of a PDF record as pictures: drawn in a confined process, with the cited words marked, and kept."""

import base64
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.chat.source_links import SourceLink
from assistant.web.record.page_pictures import PagePictures, render_page_button, words_on_page
from assistant.web.temporary import PageFolder
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.pdf.picture import draw_page
from corpus.reading import read_bytes
from corpus.span import Span
from index.errors import LibraryError
from index.library import Library
from support.report_files import encrypted, pdf
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

PDF = pdf(
    ["Talks on harbours", "They met in Oslo. Nobody objected."],
    ["On the second day they agreed that", "each harbour keeps forty lanterns burning.", "Nobody objected."],
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_sqlite_library(tmp_path_factory.mktemp("pictures") / "library", encoder=WordCounts(), founding=False)
    library.add(read_bytes(PDF, "lanterns.pdf", Limits()), PDF)
    library.add(read_bytes(b"They agreed on forty lanterns.", "note.txt", Limits()), b"They agreed on forty lanterns.")
    return library


@pytest.fixture(scope="module")
def record(library: Library) -> Document:
    return library.document("lanterns.pdf")


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860") as client:
        yield client


def place(record: Document, words: str) -> SourceLink:
    start = record.text.index(words)
    return SourceLink(record, Span(start, start + len(words)))


def drawn(page: int, words: str = "", raw: bytes = PDF) -> tuple[dict[str, Any], bytes]:
    return draw_page({"name": "lanterns.pdf", "page": page, "words": words}, raw, Limits())


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of a PNG file, each checked against its checksum."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, parts = 8, {}
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        name, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", picture, at + 8 + length) == (zlib.crc32(name + body),)
        parts[name] = body
        at += 12 + length
    width, height = struct.unpack_from(">II", parts[b"IHDR"])
    return width, height, zlib.decompress(parts[b"IDAT"])


def test_a_page_is_drawn_as_a_png_picture_with_ink_on_it() -> None:
    about, picture = drawn(1)
    width, height, rows = pixels(picture)
    assert (about["width"], about["height"]) == (width, height)
    assert len(rows) == height * (1 + 3 * width)
    assert about["boxes"] == []
    assert rows.count(b"\xff\xff\xff") > len(rows) // 6
    assert b"\x00\x00\x00" in rows


def test_words_over_two_lines_get_two_boxes_on_the_page() -> None:
    about, _ = drawn(2, "they agreed that each harbour keeps forty lanterns")
    (left, top, width, height), (_, second_top, _, _) = about["boxes"]
    assert 0 < left < left + width < 1
    assert 0 < top < top + height <= second_top < 0.5


@pytest.mark.parametrize("words", ["no such words", "b"])
def test_words_that_are_not_there_or_stand_twice_get_no_box(words: str) -> None:
    assert drawn(2, words)[0]["boxes"] == []


@pytest.mark.parametrize(("page", "raw"), [(0, PDF), (3, PDF), (1, encrypted(PDF)), (1, b"%PDF-1.4 broken")])
def test_what_cannot_be_drawn_is_refused_in_one_line(page: int, raw: bytes) -> None:
    with pytest.raises(CorpusError, match=r"^lanterns\.pdf: [^\n]+$"):
        drawn(page, raw=raw)


def test_a_page_of_a_record_comes_from_the_confined_process_with_its_words_marked(
    client: TestClient, record: Document
) -> None:
    cited = place(record, "each harbour keeps forty lanterns")
    reply = client.get(f"/source/{cited.name}/page/2")
    assert reply.headers["cache-control"] == "no-store"
    found = reply.json()
    assert len(found["boxes"]) == 1
    picture = base64.b64decode(found["picture"].removeprefix("data:image/png;base64,"))
    assert pixels(picture)[:2] == (found["width"], found["height"])
    assert client.get(f"/source/{cited.name}/page/1").json()["boxes"] == []


def test_a_picture_is_kept_in_the_folder_of_the_page_and_the_oldest_goes(
    library: Library, record: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.web.record.page_pictures._MOST_KEPT", 1)
    folder = PageFolder()
    pictures = PagePictures(library, Limits(), folder)
    link = SourceLink(record)
    first = pictures.picture(link, 1)
    kept = [path for path in folder.new_path().parent.iterdir() if path.suffix == ".json"]
    monkeypatch.setattr(PagePictures, "_draw", lambda *_: pytest.fail("it is drawn again"))
    assert pictures.picture(link, 1) == first
    monkeypatch.undo()
    monkeypatch.setattr("assistant.web.record.page_pictures._MOST_KEPT", 1)
    pictures.picture(link, 2)
    assert [path.exists() for path in kept] == [False]
    pictures.close()
    folder.close()


def test_a_kept_picture_is_shown_while_another_is_drawn(
    library: Library, record: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = PageFolder()
    pictures = PagePictures(library, Limits(), folder)
    link = SourceLink(record)
    first, shown = pictures.picture(link, 1), list[dict[str, Any]]()

    def slow(*_: Any) -> dict[str, Any]:
        other = threading.Thread(target=lambda: shown.append(pictures.picture(link, 1)), daemon=True)
        other.start()
        other.join(20)
        return {"picture": ""}

    monkeypatch.setattr(pictures, "_draw", slow)
    pictures.picture(link, 2)
    assert shown == [first]
    pictures.close()
    folder.close()


def test_the_file_of_a_record_that_was_replaced_meanwhile_is_not_drawn(tmp_path: Path, record: Document) -> None:
    library = open_sqlite_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(record, PDF)
    link = SourceLink(library.document("lanterns.pdf"))
    library.remove("lanterns.pdf")
    other = pdf(["Another record altogether."], ["With two pages."])
    library.add(read_bytes(other, "lanterns.pdf", Limits()), other)
    folder = PageFolder()
    pictures = PagePictures(library, Limits(), folder)
    with pytest.raises(LibraryError, match="replaced meanwhile"):
        pictures.picture(link, 1)
    assert pictures.picture(SourceLink(library.document("lanterns.pdf")), 1)["picture"]
    pictures.close()
    folder.close()


@pytest.mark.parametrize("number", [0, 3, 10**6])
def test_a_page_that_a_record_has_not_is_refused(client: TestClient, record: Document, number: int) -> None:
    told = client.get(f"/source/{SourceLink(record).name}/page/{number}").json()
    assert told == {"error": "This record has no such page to show as a picture."}


def test_a_record_without_pages_has_no_button_and_no_picture(client: TestClient, library: Library) -> None:
    note = SourceLink(library.document("note.txt"))
    assert render_page_button(note) == ""
    assert "error" in client.get(f"/source/{note.name}/page/1").json()
    assert "error" in client.get("/source/0123456789abcdef/page/1").json()


def test_the_words_of_each_page_are_those_that_stand_on_it(record: Document) -> None:
    whole = SourceLink(record, Span(0, len(record.text)))
    assert "".join(words_on_page(whole, number) for number in (1, 2)) == record.text
    assert words_on_page(SourceLink(record), 1) == ""


def test_a_record_whose_file_was_not_kept_has_no_picture(tmp_path: Path, record: Document) -> None:
    library = open_sqlite_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(record)
    folder = PageFolder()
    pictures = PagePictures(library, Limits(), folder)
    with pytest.raises(LibraryError, match="no such page"):
        pictures.picture(SourceLink(library.document("lanterns.pdf")), 1)
    pictures.close()
    folder.close()

"""Read e-books."""

from datetime import date

import pytest

from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.epub import read_epub
from support.content_lines import block_lines
from support.office_files import book, zipped


def refusal(raw: bytes) -> str:
    with pytest.raises(CorpusError) as refused:
        read_epub(raw, "x.epub", Limits())
    return str(refused.value)


def test_the_pages_of_a_book_are_read_in_their_order_without_its_contents() -> None:
    pages = ("<h1>One</h1><p>They met.</p>", "<h1>Two</h1><p hidden>no</p><p>They left.</p>", "<ol><li>no</li></ol>")
    meta = "<dc:title>Yearbook</dc:title><dc:creator>Ada Bo</dc:creator><dc:publisher>Harbour Board</dc:publisher>"
    found = read_epub(
        book(*pages, metadata=f"{meta}<dc:date>2025-03-04</dc:date>", properties="nav"), "x.epub", Limits()
    )
    assert block_lines(found) == ["h1 One", "p They met.", "h1 Two", "p They left."]
    assert [fact for fact in found.facts if fact.name != "publisher"] == [
        Fact("title", "Yearbook", "e-book metadata"),
        Fact("published", date(2025, 3, 4), "e-book metadata"),
    ]
    assert found.facts[1] == Fact("publisher", "Harbour Board", "e-book metadata")


def test_what_is_no_book_with_text_is_refused() -> None:
    assert refusal(zipped({"mimetype": "application/epub+zip"})) == (
        "x.epub: it has no list of its pages; convert it again, or save it as .html or .pdf"
    )
    assert refusal(book("<img src='a.png'/>")) == (
        "x.epub: its pages show no text; where they are pictures, give their text"
    )
    protected = "<encryption><CipherReference URI='in/a 0.xhtml'/></encryption>"
    assert refusal(book("<p>x</p>", **{"META-INF/encryption.xml": protected})) == (
        "x.epub: the book is protected against copying; give a copy without protection"
    )

"""Read files that a reader once got wrong, one for each finding of the fuzz tests."""

import struct
import zipfile
from pathlib import Path

import pytest

from corpus.discovery.archive import Archive
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.passages import split
from corpus.readers.html.reader import read_html
from corpus.reading import read_bytes
from support import hostile_zip
from support.hostile_html import page


def test_what_stands_behind_an_element_without_an_end_is_read() -> None:
    for empty in ("<embed src=a>", "<video><source src=a><track src=b></video>", "trust<wbr>worthy", "<bgsound src=a>"):
        read = read_html(page(f"{empty}<p>The annex was welcomed by all the ministers.</p>"), "a.html", Limits())
        assert "The annex was welcomed by all the ministers." in read.text, empty
        assert read.text.endswith("for the presidency of the meeting.")


def test_a_member_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(hostile_zip.archive([("", b"They met."), ("b.txt", b"They left.")]))
    with Archive(tmp_path / "a.zip", Limits()) as opened:
        assert [(member.name, bool(member.refused)) for member in opened.members()] == [("", True), ("b.txt", False)]


def test_a_header_that_does_not_fit_is_not_quoted_whole(tmp_path: Path) -> None:
    """The length of a name, spoilt in the header alone, once printed all that followed it as the name."""
    raw = bytearray(hostile_zip.archive([("a.txt", b"They met."), ("b.txt", bytes(2_000))], zipfile.ZIP_STORED))
    raw[26:28] = struct.pack("<H", 1_500)  # of the first member's local header
    (tmp_path / "a.zip").write_bytes(raw)
    with (
        Archive(tmp_path / "a.zip", Limits(), "a.zip") as opened,
        pytest.raises(
            CorpusError, match=r"^a.zip!/a.txt: damaged \(File name in directory .* pack the archive again$"
        ) as said,
    ):
        opened.read("a.txt")
    assert len(str(said.value)) < 300


def test_a_name_that_a_terminal_would_obey_is_told_as_text(tmp_path: Path) -> None:
    raw = hostile_zip.archive([("b\x0fc.md", b"They met.")])
    (tmp_path / "a.zip").write_bytes(raw.replace(b"b\x0fc.md", b"b/c.md", 1))
    with (
        Archive(tmp_path / "a.zip", Limits(), "a.zip") as opened,
        pytest.raises(CorpusError, match=r"^a.zip!/b\\x0fc.md: damaged "),
    ):
        opened.read("b\x0fc.md")


def test_headings_above_a_passage_are_bounded() -> None:
    """A file of 50 kB with a heading of 20 kB above 3,000 paragraphs once took 145 MB of the library."""
    text = "# Talks\n\n## " + "word " * 4_000 + "\n\n" + "They met.\n\n" * 30
    numbered = "".join(
        f"{number}. On the Matter of the Sea\n\nThey met at sea and agreed.\n\n" for number in range(2, 99, 2)
    )
    for made in (text, numbered):
        for passage in split(read_bytes(made.encode(), "a.md", Limits()), 1000):
            assert len(passage.headings) <= 9
            assert all(len(heading) <= 300 for heading in passage.headings)


def test_what_nobody_can_see_is_no_text() -> None:
    with pytest.raises(CorpusError, match=r"^a.txt: the file is empty \(nothing in it can be seen\)$"):
        read_bytes("\u200b\u2060\u200d\n".encode(), "a.txt", Limits())

"""Files that a reader once got wrong: each finding of the fuzz tests and of the bad files, by itself."""

from pathlib import Path

import hostile_zip
from corpus.archive import Archive
from corpus.formats.html import read_html
from corpus.limits import Limits
from hostile_html import page


def test_what_stands_behind_an_element_without_an_end_is_read() -> None:
    for empty in ("<embed src=a>", "<video><source src=a><track src=b></video>", "trust<wbr>worthy", "<bgsound src=a>"):
        read = read_html(page(f"{empty}<p>The annex was welcomed by all the ministers.</p>"), "a.html", Limits())
        assert "The annex was welcomed by all the ministers." in read.text, empty
        assert read.text.endswith("for the presidency of the meeting.")


def test_a_member_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(hostile_zip.archive([("", b"They met."), ("b.txt", b"They left.")]))
    with Archive(tmp_path / "a.zip", Limits()) as opened:
        assert [(member.name, bool(member.refused)) for member in opened.members()] == [("", True), ("b.txt", False)]

"""Add the heaviest hostile files, each in a process of its own; each is refused in one line within its memory limit."""

from pathlib import Path

import pytest

from support import hostile_docx as hostile_word
from support import hostile_pdf, hostile_text, hostile_zip
from support.hostile_files import Accepted, Hostile, Refused
from support.hostile_pdf import PDF
from support.measured_command import run_measured

pytestmark = pytest.mark.slow

_BOMBS = (
    Hostile("a line of 50 MB", "line.txt", lambda: hostile_text.long_line(50), Refused("the limit is 5,000,000")),
    Hostile("the longest text", "most.txt", lambda: hostile_text.long_line(5)[:4_999_000], Accepted(("ministers",))),
    Hostile("a gigabyte in two Flates", "flate.pdf", hostile_pdf.flate_bomb, Refused("bomb")),
    Hostile("a gigabyte in a Word file", "spaces.docx", lambda: hostile_word.space_bomb(1000), Refused("unpacks")),
    Hostile("a zip of 400 MB", "ratio.zip", lambda: hostile_zip.ratio_bomb(400), Refused("ratio.zip")),
    Hostile("a zip that overlaps", "overlap.zip", lambda: hostile_zip.overlapping(2_000), Refused("")),
    Hostile("a million members", "million.zip", lambda: hostile_zip.crowded(1_000_000), Refused("list of members")),
    Hostile("a size that lies", "liar.zip", lambda: hostile_zip.lying(really=400_000_000), Refused("liar.txt")),
    *(hostile for hostile in PDF if hostile.slow),
)
# The limit on the reading process, and the little that it may go beyond between two looks at it.
_MOST_MEGABYTES = 2048 + 200


@pytest.mark.parametrize("bomb", _BOMBS, ids=lambda bomb: bomb.what)
def test_a_bomb_costs_no_more_than_its_limit(bomb: Hostile, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Before it they met.\n")
    bomb.write(tmp_path / "in")
    (tmp_path / "in" / "~.txt").write_text("Behind it they parted.\n")
    done = run_measured("add", str(tmp_path / "in"), "--no-records")
    print(f"\n{bomb.what}: {done.own_megabytes:,} MB here, {done.reader_megabytes:,} MB in the reader")
    assert max(done.own_megabytes, done.reader_megabytes) < _MOST_MEGABYTES
    lines = [line for line in done.out.splitlines() if bomb.name in line]
    assert len(lines) == 1
    assert "Traceback" not in done.err
    refused = isinstance(bomb.outcome, Refused)
    assert lines[0].startswith("refused: " if refused else "added: ")
    assert not isinstance(bomb.outcome, Refused) or bomb.outcome.reason in lines[0]
    assert done.code == (1 if refused else 0)
    assert "added: a.txt" in done.out
    assert "added: ~.txt" in done.out

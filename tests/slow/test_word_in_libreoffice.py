"""Convert the exported Word file to PDF with LibreOffice; footnotes, Japanese and every word are on their page."""

import re
import subprocess
from pathlib import Path

import pytest

from assistant.export.bibliography.style import Style
from assistant.export.docx.write import word
from assistant.export.report import Report
from support.requirements import require_program
from support.sample_reports import (
    ABSENT,
    ADOPTED,
    DISCUSSED,
    HOSTILE_WORDS,
    METI,
    evidence,
    hostile_report,
    item,
    report,
)

pytestmark = pytest.mark.slow


def printed(made: Report, folder: Path) -> list[str]:
    """The pages as LibreOffice sets them, each as text in the order of its place on the page."""
    require_program("soffice")
    require_program("pdftotext")
    (folder / "report.docx").write_bytes(word(made, Style.of("chicago")))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [
        "soffice",
        own,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "report.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    said = subprocess.run(["pdftotext", "-layout", str(folder / "report.pdf"), "-"], check=True, capture_output=True)
    return said.stdout.decode().split("\f")


def test_footnotes_stand_at_the_foot_of_their_page(tmp_path: Path) -> None:
    first, *others = printed(report(), tmp_path)
    lines = [line.strip() for line in first.splitlines() if line.strip()]
    body = lines.index("References")
    starts = re.compile(r"[1-4]?\s*(Ministry of .*, “|Digital Agency, Japan, “|総務省,)")
    notes = [i for i, line in enumerate(lines) if starts.match(line)]
    assert len(notes) == 4
    assert min(notes) > body
    assert lines.index(next(line for line in lines if line.startswith(ABSENT))) < body
    assert "Quoted passage" in " ".join(lines[max(notes) :])
    assert any("Annex: the passages in their surroundings" in page for page in others)


def test_every_word_is_shown_japanese_too(tmp_path: Path) -> None:
    together = re.sub(r"\s+", "", "".join(printed(report(), tmp_path)))
    for words in (ABSENT, ADOPTED, DISCUSSED):
        assert together.count(words.replace(" ", "")) == 2
    assert "日本語のメモ" in together
    assert "総務省" in together


def test_hostile_words_are_set_as_they_are(tmp_path: Path) -> None:
    together = re.sub(r"\s+", "", "".join(printed(hostile_report(), tmp_path)))
    assert re.sub(r"\s+", "", HOSTILE_WORDS.split("\x07")[0]) in together


def test_footnotes_follow_their_quotations_over_the_pages(tmp_path: Path) -> None:
    pages = printed(evidence(*[item(METI, ADOPTED)] * 20), tmp_path)
    placed = 0
    for page in pages:
        marks = re.findall(rf"{re.escape(ADOPTED)}(\d+)", page)
        placed += len(marks)
        assert all(re.search(rf"^\s*{mark}\s", page, re.MULTILINE) for mark in marks)
    assert placed == 20

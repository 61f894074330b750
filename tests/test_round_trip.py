"""`rapporteur verify` accepts what `rapporteur export` writes, until a word of it is changed."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.citations.citation import Citation
from assistant.export.bibliography.style import Style
from assistant.export.formats import export_report, format_of
from assistant.export.report import Item, Report
from assistant.verification.checker import Checker
from assistant.verification.readers.pdf import read_pdf
from assistant.verification.readers.report import read_report
from assistant.verification.render import UNSEEN_IN_PDF
from corpus.language.sentences import sentences
from corpus.reading import founding_records
from corpus.span import Span
from support.commands import Run
from support.report_files import with_part
from support.sample_reports import ABSENT, ADOPTED, APRIL, MENU, METI, TAKASAKI, evidence, item
from support.typeset import exported_pdf

RECORDS = founding_records()


def _items() -> list[Item]:
    """Quotations of every record: lists, several paragraphs at once, with notes and without."""
    found = [item(APRIL, ABSENT, "Ask the delegation.", "G20, online"), item(METI, ADOPTED), item(TAKASAKI, MENU)]
    for document in RECORDS:
        cut = [s for s in sentences(document.text, Span(0, len(document.text))) if 60 < len(s) < 700]
        found += [Item(Citation(document, span), "A note of my own." * (i % 2)) for i, span in enumerate(cut[3:9:3])]
        found.append(Item(Citation(document, Span(cut[5].start, cut[7].end))))
    return found


REPORT = evidence(*_items())


@cache
def _written(name: str, report: Report = REPORT) -> bytes:
    return exported_pdf(lambda: export_report(report, format_of(name), Style.of("apa")))


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.html", "r.pdf"])
def test_an_export_as_it_was_written_is_right(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(_written(name))
    findings = Checker(RECORDS).check(read_report(path))
    assert [(c.quotation.text, c.verdict, c.because) for c in findings.quotations if c.verdict.is_wrong] == []
    assert [(claim.where, claim.kind, claim.value) for claim in findings.flagged] == []
    quoted = [c for c in findings.quotations if not c.is_anchor]
    anchors = {c.quotation.text for c in findings.quotations if c.is_anchor}
    if name == "r.pdf":
        assert anchors == {one.citation.anchor for one in REPORT.items}
    else:
        assert len(quoted) >= 2 * len(REPORT.items)


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.html"])
def test_an_exported_answer_is_verified(tmp_path: Path, run: Run, name: str) -> None:
    path = tmp_path / name
    code, _, err = run("export", "Who was absent from the G20 meeting of April 2020?", "--to", path)
    assert code == 0, err
    code, out, _ = run("verify", path, "--json")
    found = json.loads(out)
    assert (code, found["ok"], [claim for claim in found["claims"] if not claim["found"]]) == (0, True, [])


def _in_word(content: bytes, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    return with_part(content, "word/document.xml", change(body).encode())


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.html"])
def test_a_changed_word_in_the_annex_is_found(tmp_path: Path, name: str) -> None:
    def last_changed(text: str) -> str:
        head, found, tail = text.rpartition("Indonesia was absent")
        assert found
        assert "Annex" in head
        return f"{head}Indonesia was present{tail}"

    content = _written(name, evidence(item(APRIL, ABSENT)))
    path = tmp_path / name
    path.write_bytes(_in_word(content, last_changed) if name == "r.docx" else last_changed(content.decode()).encode())
    findings = Checker(RECORDS).check(read_report(path))
    wrong = [c for c in findings.quotations if c.verdict.is_wrong]
    assert [(c.verdict.value, [(x.report, x.record) for x in c.changes]) for c in wrong] == [
        ("altered", [("present", "absent")])
    ]


def test_a_pdf_keeps_quotations_notes_and_rows_apart_and_anchors_whole() -> None:
    read = read_pdf(_written("r.pdf"), Path("r.pdf"))
    words = [" ".join(paragraph.text.split()) for paragraph in read.paragraphs]
    assert ABSENT in [re.sub(r"\d+$", "", text) for text in words]
    assert f"Publisher {APRIL.publisher}" in words
    notes = [paragraph.text for paragraph in read.paragraphs if paragraph.note]
    assert len(notes) == len(REPORT.items)
    for one in REPORT.items:
        assert any(note.endswith(str(one.citation.anchor)) for note in notes)


def test_a_pdf_is_said_to_hide_displayed_quotations_and_counts_anchors_apart(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(_written("r.pdf", evidence(item(APRIL, ABSENT))))
    code, out, _ = run("verify", path)
    assert code == 0
    assert out.splitlines()[0] == "r.pdf: no quotation; 2 anchors: 2 exact."
    assert UNSEEN_IN_PDF in out

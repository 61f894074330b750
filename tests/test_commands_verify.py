"""Run `rapporteur verify` on real files and check its output, its files and its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.citations.anchor import Anchor
from assistant.verification.readers.docx import read_docx
from corpus.reading import founding_records
from corpus.span import Span
from support.commands import Run
from support.report_files import pdf, word

APRIL = founding_records()[0]
TRUE = "Of the G20 members, Indonesia was absent from this meeting."
FALSE = TRUE.replace("absent", "present")


def test_a_true_report_is_ok_and_json_holds_the_contract(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "r.md"
    path.write_text(f"They say “{TRUE}”")
    code, out, _ = run("verify", path, "--json")
    found = json.loads(out)
    assert (code, found["ok"], found["claims"]) == (0, True, [])
    (quotation,) = found["quotations"]
    start = APRIL.text.index(TRUE)
    expected = {"quote": TRUE, "verdict": "exact", "document": APRIL.name, "start": start, "end": start + len(TRUE)}
    assert {key: quotation[key] for key in expected} == expected
    assert quotation["found"] == APRIL.text[quotation["start"] : quotation["end"]]
    assert quotation["link"].startswith(f"{APRIL.source.address}#:~:text=")
    assert quotation["anchor"].startswith("rap1:")


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.txt", "r.html", "r.pdf"])
def test_a_changed_word_is_marked_in_every_format(tmp_path: Path, run: Run, name: str) -> None:
    path, text = tmp_path / name, f"They say “{FALSE}” now."
    made = {".docx": lambda: word((None, ["They say “Of the G20 ", FALSE[11:], "” now."])), ".pdf": lambda: pdf([text])}
    path.write_bytes(made.get(path.suffix, lambda: text.encode())())
    code, out, _ = run("verify", path)
    assert code == 1
    assert f"{name}: 1 quotation: 1 altered." in out
    assert "the report has “present”, the record “absent”" in out
    assert "whether what they say is true was not" in out


def test_a_report_that_cannot_be_read_is_one_line(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"no word file")
    assert run("verify", path) == (
        1,
        "",
        f"rapporteur: {path}: damaged or cut off; give the whole file\n",
    )


def test_the_annotated_word_copy_has_a_comment_on_the_very_words(tmp_path: Path, run: Run) -> None:
    from docx import Document

    path, copy = tmp_path / "r.docx", tmp_path / "copy.docx"
    path.write_bytes(
        word(
            (None, ["They say “Of the ", "G20 members, India was", " absent” and “", TRUE, "” so.", 1]),
            notes=["“an odd thing”"],
        )
    )
    assert run("verify", path, "--annotated", copy)[0] == 1
    written = Document(io.BytesIO(copy.read_bytes()))
    comments = [comment.text for comment in written.comments]
    assert [text.partition(".")[0] for text in comments] == ["Altered", "Exact", "Absent"]
    assert "the report has “India”, the record “Indonesia”" in comments[0]
    body = written.paragraphs[0]._p
    marked = ""
    inside = False
    for element in body.iter():
        kind = element.tag.rpartition("}")[2]
        inside = (inside or kind == "commentRangeStart") and kind != "commentRangeEnd"
        marked += (element.text or "") if kind == "t" and inside else ""
    assert marked == "Of the G20 members, India was absent" + TRUE
    before, after = (read_docx(p.read_bytes(), p).paragraphs for p in (path, copy))
    assert [(p.text, p.pointers) for p in before] == [(p.text, p.pointers) for p in after]


def word_with_margins(body: str, header: str, footer: str, comment: str, box: str) -> bytes:
    """A .docx file with a header, a footer, a reader's comment and a text box, which Word writes twice."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    paragraph = document.add_paragraph(body)
    document.add_comment(paragraph.runs, comment, author="Ana Reed", initials="AR")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for place in (section.header, section.first_page_header):
        place.paragraphs[0].text = header
    section.footer.paragraphs[0].text = footer
    inside = f"<w:txbxContent><w:p><w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    both = f'<mc:Choice Requires="wps">{inside}</mc:Choice><mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback>'
    xml = f"<w:r {spaces}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    document.add_paragraph("A box: ")._p.append(parse_xml(xml))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_headers_footers_comments_and_text_boxes_of_a_word_report_are_checked(tmp_path: Path, run: Run) -> None:
    from docx import Document

    path, copy = tmp_path / "r.docx", tmp_path / "copy.docx"
    say = f"“{TRUE}”", f"“{FALSE}”", "“a very odd thing”", f"“{FALSE}” he wrote", f"“{FALSE}”"
    path.write_bytes(word_with_margins(*say))
    code, out, _ = run("verify", path, "--annotated", copy)
    assert code == 1
    assert [line.partition(":")[0] for line in out.splitlines() if line[:1].isdigit()] == [
        "1. exact, paragraph 1",
        "2. altered, paragraph 3",
        "3. altered, header 1",
        "4. absent, footer 1",
        "5. altered, comment 1",
    ]
    comments = [comment.text for comment in Document(io.BytesIO(copy.read_bytes())).comments]
    assert [text.partition(".")[0] for text in comments] == [
        f"“{FALSE}".partition(".")[0],
        "Exact",
        "Altered",
        "Header 1: Altered",
        "Footer 1: Absent",
        "Comment 1: Altered",
    ]
    before, after = (read_docx(p.read_bytes(), p).paragraphs for p in (path, copy))
    assert [(p.text, p.where) for p in before] == [(p.text, p.where) for p in after]


def test_the_annotated_markdown_copy_has_a_note_behind_each_quotation(tmp_path: Path, run: Run) -> None:
    path, copy = tmp_path / "r.md", tmp_path / "copy.md"
    path.write_text(f"They *say* “{FALSE}”[^1] so.\n\n[^1]: A_note_.\n")
    assert run("verify", path, "--annotated", copy)[0] == 1
    lines = copy.read_text().splitlines()
    assert lines[0] == f"They *say* “{FALSE}”[^rapporteur-1][^1] so."
    assert lines[-1].startswith("[^rapporteur-1]: Altered. the report has “present”, the record “absent”.")


def test_a_product_in_a_markdown_report_is_no_figure_with_emphasis(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "r.md"
    path.write_text(f"They say “{TRUE.replace('20', '2*0')}” and **“{TRUE}”**.")
    assert "1 exact, 1 altered" in run("verify", path)[1]


def test_a_copy_replaces_nothing_unasked(tmp_path: Path, run: Run) -> None:
    path, copy = tmp_path / "r.md", tmp_path / "copy.md"
    path.write_text(f"“{TRUE}”")
    copy.write_text("mine")
    assert run("verify", path, "--annotated", copy)[0] == 1
    assert copy.read_text() == "mine"
    assert run("verify", path, "--annotated", path, "--force")[0] == 1
    assert run("verify", path, "--annotated", tmp_path / "copy.docx")[0] == 1
    assert run("verify", path, "--annotated", tmp_path / "no" / "copy.md")[0] == 1
    assert run("verify", path, "--annotated", copy, "--force")[0] == 0
    assert "[^rapporteur-1]" in copy.read_text()


def test_a_lock_tells_later_what_moved_changed_or_is_gone(tmp_path: Path, run: Run) -> None:
    record, path, lock = tmp_path / "talks.md", tmp_path / "r.md", tmp_path / "r.md.lock.json"
    first, second, third = (
        "We agreed on twelve points today.",
        "The next talks are in Rome.",
        "Nobody objected to it at all.",
    )
    record.write_text(f"{first}\n\n{second}\n\n{third}\n")
    assert run("add", record)[0] == 0
    path.write_text(f"“{first}” “{second}” “{third}” “{TRUE}”")
    assert run("verify", path, "--write-lock")[0] == 0
    assert [d["name"] for d in json.loads(lock.read_text())["documents"]] == ["talks.md", APRIL.name]
    code, out, _ = run("verify", path, "--lock")
    assert (code, out) == (0, "r.md.lock.json: 4 citations: 4 same.\n")
    record.write_text(f"Here is a new beginning.\n\n{second}\n\n{first.replace('twelve', 'eleven')}\n")
    assert run("add", record)[0] == 0
    code, out, _ = run("verify", path, "--lock", "--json")
    found = json.loads(out)
    assert (code, found["ok"]) == (1, False)
    assert [a["state"] for a in found["anchors"]] == ["changed", "moved", "gone", "same"]
    assert run("remove", "talks.md")[0] == 0
    assert run("verify", lock, "--lock")[1].startswith("r.md.lock.json: 4 citations: 1 same, 3 gone.")
    path.write_text(f"“{TRUE}”")
    assert run("verify", path, "--write-lock", "--force")[0] == 0
    assert run("verify", lock, "--lock")[1] == "r.md.lock.json: 1 citation: 1 same.\n"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "rapporteur lock 1", "anchors": [1]}', "[" * 100_000])
def test_what_is_no_lock_is_refused(tmp_path: Path, run: Run, content: str) -> None:
    path = tmp_path / "r.md.lock.json"
    path.write_text(content)
    code, out, err = run("verify", tmp_path / "r.md", "--lock")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "--write-lock" in err


@pytest.mark.parametrize("name", ["r.md", "r.docx", "r.html", "r.pdf"])
def test_checking_loads_no_model_and_parses_nothing_in_its_own_process(tmp_path: Path, name: str) -> None:
    text = f"They say “{TRUE}” now."
    made = {".docx": lambda: word((None, [text])), ".pdf": lambda: pdf([text])}
    (tmp_path / name).write_bytes(made.get(Path(name).suffix, text.encode)())
    code = (
        "import sys; from pathlib import Path; from assistant.verification.readers.report import read_report;"
        " from assistant.verification.checker import Checker; from corpus.reading import founding_records;"
        f" f = Checker(founding_records()).check(read_report(Path({str(tmp_path / name)!r})));"
        " print(f.is_ok, [m for m in ('torch', 'transformers', 'gradio', 'docx', 'lxml', 'pypdf') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert (done.stdout, done.stderr) == ("True []\n", "")


def test_an_empty_library_is_said_to_be_empty(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "r.md"
    path.write_text(f"“{TRUE}”")
    assert run("verify", path, "--library", tmp_path / "new", "--no-records") == (
        1,
        "",
        "rapporteur: the library holds no records; add some with rapporteur add\n",
    )


def test_anchors_are_counted_apart_and_verdicts_are_words(tmp_path: Path, run: Run) -> None:
    anchor = Anchor.of(APRIL, Span(APRIL.text.index(TRUE), APRIL.text.index(TRUE) + len(TRUE))).compact
    path = tmp_path / "r.md"
    path.write_text(f"They say “{TRUE}” and “openness”.\n\nSee {anchor} too.")
    code, out, _ = run("verify", path)
    assert code == 0
    assert out.splitlines()[0] == "r.md: 2 quotations: 1 exact, 1 too short to be checked; 1 anchor: 1 exact."
    assert "2. too short, paragraph 1:" in out


def test_a_report_with_nothing_to_check_ends_with_three_and_a_contradicted_date_with_one(
    tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "r.md"
    path.write_text("Nothing is said here.")
    code, out, _ = run("verify", path)
    assert (code, out.splitlines()[0]) == (3, "r.md: no quotation was found, so nothing was verified.")
    path.write_text("The G20 Extraordinary Digital Economy Ministerial Meeting was held on Thursday, April 29, 2020.")
    code, out, _ = run("verify", path, "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)

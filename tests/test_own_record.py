"""A report that the library holds is not held against itself."""

import json
from pathlib import Path

import pytest

from assistant.verification.own_record import without_report
from assistant.verification.readers.report import Paragraph, ReportText, report_of
from corpus.reading import read_bytes
from support.commands import Run

RECORD = "The harbour council met on 5 March 2031. It closed the old lock and opened a new one for barges.\n"
REPORT = "# Draft\n\nThe council writes: “It closed the *old* lock and opened a new one for boats”. So say many.\n"


@pytest.mark.parametrize("name", ["draft.md", "copy.html", "copy.txt"])
def test_the_report_itself_is_left_out_by_bytes_or_text(tmp_path: Path, run: Run, name: str) -> None:
    report, record, copy = tmp_path / "draft.md", tmp_path / "record.txt", tmp_path / "in" / name
    copy.parent.mkdir()
    report.write_text(REPORT)
    record.write_text(RECORD)
    plain = REPORT.replace("# ", "").replace("*", "")
    html = "".join(f"<p>{part}</p>" for part in plain.split("\n\n"))
    copy.write_text({"draft.md": REPORT, "copy.html": html, "copy.txt": plain}[name])
    library = tmp_path / "mine"
    assert run("add", "--library", library, "--no-records", record, copy)[0] == 0
    code, out, _ = run("verify", "--library", library, "--no-records", report)
    assert code == 1
    assert out.splitlines()[0] == "draft.md: 1 quotation: 1 altered."
    assert f"Held against 1 record, not against {name}, which is this report itself." in out
    found = json.loads(run("verify", "--library", library, "--no-records", report, "--json")[1])
    assert (found["own"], found["quotations"][0]["document"]) == ([name], "record.txt")


def test_a_library_of_nothing_but_the_report_is_refused(tmp_path: Path, run: Run) -> None:
    report = tmp_path / "draft.md"
    report.write_text(REPORT)
    assert run("add", "--library", tmp_path / "mine", "--no-records", report)[0] == 0
    code, out, err = run("verify", "--library", tmp_path / "mine", "--no-records", report)
    assert (code, out) == (1, "")
    assert "the library holds this report and nothing else; add the records that it quotes" in err


@pytest.mark.parametrize("text", [f"“{RECORD.strip()}”", f"> {RECORD.strip()}", f"They said:\n\n> {RECORD.strip()}"])
def test_a_record_that_is_quoted_whole_is_held_against(text: str) -> None:
    record = read_bytes(RECORD.encode(), "record.txt")
    assert without_report((record,), report_of(text.encode(), Path("r.md")), text.encode()) == ((record,), ())


def test_another_text_is_no_copy() -> None:
    record = read_bytes(RECORD.encode(), "record.txt")
    changed = ReportText("r.md", (Paragraph(RECORD.replace("barges", "boats").replace("old", "new"), "p"),))
    assert without_report((record,), changed, b"x")[1] == ()

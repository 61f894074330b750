"""Replies to the cases of faults are printed from a library of their files alone."""

from pathlib import Path

import pytest

from benchmarks.cases import replies

pytestmark = pytest.mark.slow


def test_a_case_is_asked_in_a_library_of_its_own_files_without_the_report(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(
        "Mill Board\nMinutes of 3 May 2026\n\nThe board sold the old wheel.\n", "utf-8"
    )
    (tmp_path / "report.md").write_text('The minutes say: "The board sold the new wheel."\n', "utf-8")
    case = {"files": ["minutes.txt", "report.md"], "command": "verify report.md"}
    outputs = dict(replies(case, tmp_path))
    assert "1 added" in outputs["add"]
    assert "1 altered" in outputs["verify report.md"]
    asked = dict(replies({"files": ["minutes.txt"], "question": "What did the board sell?"}, tmp_path))
    assert "The board sold the old wheel." in asked['ask "What did the board sell?"']

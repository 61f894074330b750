"""Reports made to keep the check busy for ever are checked in time."""

from pathlib import Path

import pytest

from assistant.verification.readers.report import ReportRefused, read_report
from corpus.limits import Limits
from support.report_files import pdf


def test_a_report_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF of a few kilobytes can unpack to days of work, and one report is checked after the other."""
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf(["The ministers agreed."], ["They met again."]))
    assert "They met again." in read_report(report).paragraphs[0].text
    monkeypatch.setattr("assistant.verification.readers.report.Limits", lambda: Limits(seconds=0.001))
    with pytest.raises(ReportRefused, match=r"report\.pdf: not read within 0\.001 seconds; split it"):
        read_report(report)

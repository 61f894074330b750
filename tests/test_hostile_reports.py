"""Reports that somebody else wrote, made to keep the check at work for ever."""

from pathlib import Path

import pytest

from assistant.checking import read_pdf
from assistant.checking.errors import ReportRefused
from assistant.checking.reading import read_report
from written_reports import pdf


def test_a_pdf_that_takes_too_long_is_given_up_between_two_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf(["The ministers agreed."], ["They met again."]))
    assert "They met again." in read_report(report).paragraphs[0].text
    monkeypatch.setattr(read_pdf, "_MOST_SECONDS", -1)
    with pytest.raises(ReportRefused, match="not read within -1 seconds; split the report"):
        read_report(report)

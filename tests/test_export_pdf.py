"""Read the PDF export with pdftotext."""

import builtins
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from assistant.export.bibliography.style import Style
from assistant.export.errors import ExportRefused
from assistant.export.pdf import pdf
from support.requirements import require
from support.sample_reports import ABSENT, DISCUSSED, report

APA = Style.of("apa")


@pytest.fixture(scope="module")
def written() -> bytes:
    try:
        return pdf(report(), APA)
    except ExportRefused as refused:
        require(False, "weasyprint or Pango", str(refused))
        raise


def test_its_words_come_back_japanese_intact(written: bytes) -> None:
    require(shutil.which("pdftotext"), "pdftotext", "apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=written, capture_output=True, check=True, timeout=60)
    said = re.sub(r"\s+", "", done.stdout.decode())
    assert ABSENT.replace(" ", "") in said
    assert said.count(DISCUSSED) == 2
    assert "総務省" in said
    assert "日本語のメモ" in said


def test_equal_reports_have_equal_bytes(written: bytes) -> None:
    assert pdf(report(), APA) == written


def test_without_weasyprint_one_line_says_how_to_print_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    truly = builtins.__import__

    def without(
        name: str,
        found: Mapping[str, Any] | None = None,
        here: Mapping[str, Any] | None = None,
        names: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "weasyprint":
            raise ModuleNotFoundError("No module named 'weasyprint'")
        return truly(name, found, here, names or (), level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportRefused, match=r"rapporteur\[pdf\].*or export to \.html, open it in a browser") as refused:
        pdf(report(), APA)
    assert "\n" not in str(refused.value)

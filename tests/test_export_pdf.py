"""Read the PDF export with pdftotext."""

# mypy: disable-error-code="func-returns-value"

import builtins
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.export import ExportRefused
from assistant.export.bibliography.style import Style
from assistant.export.pdf import pdf
from support.requirements import require_program
from support.sample_reports import ABSENT, APRIL, DISCUSSED, evidence, item, report
from support.typeset import exported_pdf, pango

APA = Style.of("apa")


@pytest.fixture(scope="module")
def written() -> bytes:
    return exported_pdf(lambda: pdf(report(), APA))


def test_its_words_come_back_japanese_intact(written: bytes) -> None:
    done = subprocess.run(
        [require_program("pdftotext"), "-", "-"], input=written, capture_output=True, check=True, timeout=60
    )
    said = re.sub(r"\s+", "", done.stdout.decode())
    assert ABSENT.replace(" ", "") in said
    assert said.count(DISCUSSED) == 2
    assert "総務省" in said
    assert "日本語のメモ" in said


def test_equal_reports_have_equal_bytes(written: bytes) -> None:
    assert pdf(report(), APA) == written


def test_without_harfbuzz_subset_equal_reports_have_equal_bytes_at_any_time(
    monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    from weasyprint.pdf import fonts

    cut: list[object] = []
    truly = fonts.Font._fonttools_subset
    monkeypatch.setattr(fonts, "harfbuzz_subset", None)
    monkeypatch.setattr(fonts.Font, "_fonttools_subset", lambda *of: (cut.append(of), truly(*of)))
    made = []
    for now in (1_800_000_000.0, 1_900_000_000.0):
        with monkeypatch.context() as then:
            then.setattr(time, "time", lambda now=now: now)
            made.append(pdf(evidence(item(APRIL, ABSENT)), APA))
    assert cut
    assert made[0] == made[1]


_WITHOUT_FONTS = """
from assistant.export.pdf import pdf
from assistant.export import ExportRefused
from assistant.export.bibliography.style import Style
from support.sample_reports import report

try:
    pdf(report(), Style.of("apa"))
except ExportRefused as refused:
    print(refused)
"""


def test_without_fonts_it_is_refused_in_one_line(tmp_path: Path) -> None:
    pango()
    fonts = tmp_path / "fonts.conf"
    fonts.write_text('<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>', "utf-8")
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_FONTS],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("PDF needs a font, and fontconfig finds none; install one")
    assert done.stdout.count("\n") == 1


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

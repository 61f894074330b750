"""Compare the output of the commands with tests/golden, byte for byte.

A change of the answers on purpose writes the files anew: RAPPORTEUR_WRITE_GOLDEN=1 pytest tests/test_same_output.py
"""

import io
import os
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from support.commands import Run

GOLDEN = Path(__file__).with_name("golden")
ABSENT = "Who was absent from the G20 meeting of April 2020?"
DRAFT = """\
As the ministry put it, “Of the G20 members, Indonesia was absent from this meeting.” Later it wrote of “the
establishment of smart mobility policies by the Presidency”, and of “a thing that no record says at any length”.
It met on 30 April 2020, and 17 countries came.
"""


def steady(printed: str) -> str:
    """Replace what depends on the day and the machine: latencies, today's date, digits of scores behind the fourth."""
    today = date.today()
    printed = re.sub(r'"latency_ms": [0-9.]+', '"latency_ms": 0', printed)
    printed = re.sub(r'("score": -?\d+\.\d{4})\d*(?:e-\d+)?', r"\1", printed)
    written = f"{today.day} {today:%B %Y}", f"{today:%B} {today.day}, {today.year}"
    for form in (today.isoformat(), f"{today:%Y/%m/%d}", *written):
        printed = printed.replace(form, "TODAY")
    # CSL-JSON has year, month and day as three numbers.
    return re.sub(rf"\b{today.year},\s+{today.month},\s+{today.day}\b", "TODAY", printed)


def holds(name: str, printed: str) -> None:
    """Compare with the golden file of this name, or write it where that was asked for."""
    path = GOLDEN / name
    if os.environ.get("RAPPORTEUR_WRITE_GOLDEN"):
        path.write_bytes(steady(printed).encode())
    assert steady(printed) == path.read_bytes().decode()


def test_answers_are_the_same(run: Run) -> None:
    holds("answers.jsonl", run("ask", "--batch", GOLDEN / "questions.jsonl").out)


def test_hits_are_the_same(run: Run) -> None:
    holds("hits.jsonl", run("search", "--batch", GOLDEN / "queries.jsonl", "--k", "5").out)


@pytest.mark.parametrize("suffix", ["md", "html", "bib", "ris", "csl.json", "csv", "json", "docx"])
def test_exports_are_the_same(run: Run, suffix: str) -> None:
    assert run("export", ABSENT, "--to", f"answer.{suffix}").code == 0
    raw = Path(f"answer.{suffix}").read_bytes()
    if suffix == "docx":
        parts = zipfile.ZipFile(io.BytesIO(raw))
        names = ("word/document.xml", "word/footnotes.xml")
        raw = "\n".join(parts.read(name).decode() for name in names).encode()
    holds(f"answer.{suffix}.golden", raw.decode())


@pytest.mark.parametrize("report", ["draft.md", "answer.md", "answer.docx"])
def test_verifications_are_the_same(run: Run, report: str) -> None:
    if report == "draft.md":
        Path(report).write_text(DRAFT, "utf-8")
    else:
        run("export", ABSENT, "--to", report)
    holds(f"verify-{report}.golden", run("verify", report, "--json").out)

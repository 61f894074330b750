"""Read randomly mutated files; each becomes a valid document or one line of refusal."""

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from corpus.discovery.archive import Archive
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.metadata.records_file import records_file
from support.fuzz import TooSlow, check_reading, check_refusal, time_limit
from support.fuzz_captions import captions, transcripts
from support.fuzz_docx import word
from support.fuzz_html import html, mhtml, xhtml
from support.fuzz_mail import eml, msg
from support.fuzz_office import epub, odp, ods, odt, pptx, rtf, table, xlsx
from support.fuzz_pdf import pdf
from support.fuzz_text import front_matter, markdown, plain, records_toml
from support.fuzz_zip import archives

# A hunt: seconds for each reader, which then reads as many files as it can. Unset, each run reads the same files, about
# ten minutes altogether, so that no run fails where another passed. What was found is in test_spoilt_files.py.
_SECONDS = float(os.environ.get("RAPPORTEUR_FUZZ_SECONDS", "0"))
_BATCH = 200
_SUPPRESSED_CHECKS = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)


def _check_as(name: str) -> Callable[[bytes], object]:
    return lambda raw: check_reading(raw, name)


def check_archive(raw: bytes) -> bool:
    """Check that an archive gives each member whole or a refusal; return True if it gave a member."""
    given = False
    try:
        with NamedTemporaryFile() as file, time_limit(), _opened(file, raw) as opened:
            for member in opened.members():
                assert not {"..", "."} & set(member.name.split("/")) or member.refused
                if member.refused:
                    check_refusal(member.refused, "fuzz.zip")
                try:
                    if not member.refused and not member.skipped:
                        assert len(opened.read(member.name)) <= Limits().file_bytes
                        given = True
                except CorpusError as refused:
                    check_refusal(str(refused), "fuzz.zip")
    except CorpusError as refused:
        check_refusal(str(refused), "fuzz.zip")
    return given


def check_records_file(raw: bytes) -> bool:
    """Check that a records.toml gives facts and a line for each error; return True if it gave facts."""
    with time_limit():
        found = records_file(raw, "records.toml", ["a.txt"])
    for problem in found.problems:
        check_refusal(problem, "records.toml")
    return bool(found.facts)


def _opened(file: IO[bytes], raw: bytes) -> Archive:
    file.write(raw)
    file.flush()
    return Archive(Path(file.name), Limits(), "fuzz.zip")


# The strategy that makes the files, their check, and the number of files in the short and in the long run.
READERS = {
    "plain": (plain, _check_as("fuzz.txt"), 60, 12_000),
    "captions": (captions, _check_as("fuzz.vtt"), 60, 9_000),
    "transcripts": (transcripts, _check_as("fuzz.json"), 60, 9_000),
    "markdown": (markdown, _check_as("fuzz.md"), 100, 9_000),
    "front matter": (front_matter, _check_as("fuzz.md"), 150, 12_000),
    "html": (html, _check_as("fuzz.html"), 60, 6_000),
    "xhtml": (xhtml, _check_as("fuzz.xhtml"), 60, 6_000),
    "mhtml": (mhtml, _check_as("fuzz.mhtml"), 60, 7_000),
    "word": (word, _check_as("fuzz.docx"), 100, 4_000),
    "excel": (xlsx, _check_as("fuzz.xlsx"), 60, 4_000),
    "slides": (pptx, _check_as("fuzz.pptx"), 60, 4_000),
    "opendocument text": (odt, _check_as("fuzz.odt"), 60, 4_000),
    "opendocument sheets": (ods, _check_as("fuzz.ods"), 60, 4_000),
    "opendocument slides": (odp, _check_as("fuzz.odp"), 60, 4_000),
    "book": (epub, _check_as("fuzz.epub"), 60, 4_000),
    "rtf": (rtf, _check_as("fuzz.rtf"), 100, 8_000),
    "table": (table, _check_as("fuzz.csv"), 100, 8_000),
    "mail": (eml, _check_as("fuzz.eml"), 100, 8_000),
    "outlook": (msg, _check_as("fuzz.msg"), 60, 4_000),
    "pdf": (pdf, _check_as("fuzz.pdf"), 60, 8_000),
    "zip": (archives, check_archive, 150, 15_000),
    "records.toml": (records_toml, check_records_file, 200, 20_000),
}


def _fuzz(reader: str, examples: int, number: int) -> Counter[bool]:
    """Check so many files and count those that became a document and those that did not."""
    strategy, check, *_ = READERS[reader]
    accepted: Counter[bool] = Counter()

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=_SUPPRESSED_CHECKS,
        phases=(Phase.generate, Phase.shrink),
    )
    @given(strategy)
    def run(raw: bytes) -> None:
        try:
            accepted[bool(check(raw))] += 1
        except TooSlow:
            raise AssertionError(f"no end: {raw[:3000]!r}") from None

    run()
    return accepted


@pytest.mark.parametrize("reader", READERS)
def test_a_spoilt_file_becomes_a_document_or_a_line(reader: str) -> None:
    _fuzz(reader, READERS[reader][2], 1)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_thousands_of_spoilt_files(reader: str) -> None:
    ends, most, number, accepted = time.monotonic() + _SECONDS, READERS[reader][3], 2, Counter[bool]()
    while time.monotonic() < ends or (not _SECONDS and accepted.total() < most):
        accepted += _fuzz(reader, _BATCH, number)
        number += 1
    print(f"\n{reader}: {accepted.total():,} files, {accepted[True]:,} of them read")

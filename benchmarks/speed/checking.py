"""Time the check of reports of ten to ten thousand quotations, each a paragraph and all in one."""

import time
from pathlib import Path

from assistant.verification.checker import Checker
from assistant.verification.readers.report import report_of
from benchmarks.figures import markdown_table
from benchmarks.speed.results import Part
from corpus.document import Kind
from corpus.language.sentences import sentences
from corpus.reading import founding_records

_SIZES = (10, 100, 1_000, 10_000)
_EACH, _ONE = "a paragraph each", "all in one paragraph"
# Words of the sentences that are quoted.
_LEAST_WORDS, _MOST_WORDS = 6, 40


def report() -> Part:
    """Check honest quotations of the founding records, and hostile texts, in this process."""
    documents = founding_records()
    checker = Checker(documents)
    quoted = [
        " ".join(words.split())
        for document in documents
        for block in document.outline
        if block.kind is Kind.BODY
        for words in (span.of(document.text) for span in sentences(document.text, block.words))
        if _LEAST_WORDS <= len(words.split()) <= _MOST_WORDS
    ]
    _seconds(checker, "It says “this”.")  # fills the caches of the records
    points: dict[str, list[tuple[int, float]]] = {_EACH: [], _ONE: []}
    for name, separator in ((_EACH, "\n\n"), (_ONE, " ")):
        for size in _SIZES:
            text = separator.join(f"The record says “{quoted[i % len(quoted)]}” there." for i in range(size))
            points[name].append((size, 1000 * _seconds(checker, text)))
    rows = [
        (f"{size:,}", *(f"{line[at][1] / 1000:.2f} s" for line in points.values()), _growth(points, at))
        for at, size in enumerate(_SIZES)
    ]
    hostile = {
        '300 kB of `{"a":`': '{"a":' * 60_000,
        "a paragraph of 32 kB": "\n".join(f"Line {i} tells of {i * 7} ships in the old harbour." for i in range(700)),
        "500 pages of 400 words": "\n\n".join(
            f"{'The harbour is quiet now. ' * 16}Page {i // 5}." for i in range(2_500)
        ),
    }
    hostile_rows = [(name, f"{_seconds(checker, text):.1f} s") for name, text in hostile.items()]
    table = markdown_table(("quotations", _EACH, _ONE, "times linear"), rows)
    others = markdown_table(("report", "time"), hostile_rows)
    markdown = (
        "## Checking a report\n\nQuotations of the founding records in a Markdown report, checked against these records"
        " in one process; processor time, one run each. The last column is the growth from the size before, as a"
        f" multiple of linear growth, of the slower one.\n\n{table}\n\n"
        f"![Time of a check by the number of quotations](images/checking.svg)\n\n{others}"
    )
    return Part(markdown, checks=points)


def _seconds(checker: Checker, text: str) -> float:
    start = time.process_time()
    checker.check(report_of(text.encode(), Path("report.md")))
    return time.process_time() - start


def _growth(points: dict[str, list[tuple[int, float]]], at: int) -> str:
    if not at:
        return "-"
    rates = (line[at][1] / line[at - 1][1] * line[at - 1][0] / line[at][0] for line in points.values())
    return f"{max(rates):.2f}"

"""Writes the findings into a Markdown or text report, as footnotes of their own."""

import re
from pathlib import Path

from assistant.checking.errors import ReportRefused
from assistant.verification.findings import Findings
from assistant.verification.readers.reader import decoded
from assistant.verification.readers.report import Report
from assistant.verification.render import claim_line, remark, summary
from corpus.span import Span

_CLOSING = "\"'“”„‟‘’‚‛«»‹›」』〟*_"
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~])")


def annotated_markdown(raw: bytes, path: Path, report: Report, findings: Findings) -> bytes:
    """The report with a note behind each quotation and each flagged claim, and the notes at its end.

    Raises:
        ReportRefused: the file is not the one that was read.
    """
    text = decoded(raw, path)
    said = [(c.quotation.paragraph, c.quotation.span, remark(c)) for c in findings.quotations]
    said += [(claim.paragraph, claim.span, claim_line(claim)) for claim in findings.flagged]
    marks: list[tuple[int, str]] = []
    notes: list[str] = []
    for number, (paragraph, span, words) in enumerate(said, start=1):
        marks.append((_behind(text, report, paragraph, span, path), f"[^rapporteur-{number}]"))
        notes.append(f"[^rapporteur-{number}]: {_harmless(words)}")
    for place, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    heading = _harmless(f"Rapporteur: {summary(findings)}.")
    return ("\n\n".join((text.rstrip(), heading, *notes)) + "\n").encode("utf-8", "surrogatepass")


def _behind(text: str, report: Report, paragraph: int, span: Span, path: Path) -> int:
    """The place in the file behind a range of a paragraph and the marks that close it."""
    origins = report.paragraphs[paragraph].origins
    place = origins[span.end - 1] + 1
    if place > len(text):
        raise ReportRefused(f"{path}: the file changed while it was checked; check it again")
    while place < len(text) and text[place] in _CLOSING:
        place += 1
    return place


def _harmless(words: str) -> str:
    """Words of others in one line in which nothing is Markdown."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(words.split()))

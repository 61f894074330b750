"""Copies of a report with the findings written beside its quotations."""

from pathlib import Path

from assistant.checking.annotate_docx import annotated_docx
from assistant.checking.annotate_markdown import annotated_markdown
from assistant.checking.errors import ReportRefused
from assistant.verification.findings import Findings
from assistant.verification.readers.report import Report

ANNOTATED = (".docx", ".md", ".txt")


def annotated(source: Path, report: Report, findings: Findings) -> bytes:
    """The report with the findings in it: comments in a Word file, footnotes in Markdown or text.

    Args:
        source: the report's file.
        report: what was read from it.
        findings: what was found in it.

    Raises:
        ReportRefused: there is no such copy of this kind of file, or the file changed since it was read.
    """
    suffix = source.suffix.lower()
    if suffix not in ANNOTATED:
        raise ReportRefused(f"{source}: only {', '.join(ANNOTATED)} reports are annotated; save it as one of these")
    raw = source.read_bytes()
    if suffix == ".docx":
        return annotated_docx(raw, source, findings)
    return annotated_markdown(raw, source, report, findings)

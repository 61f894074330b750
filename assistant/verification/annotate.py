"""Copies of a report with the findings written beside its quotations."""

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from assistant.verification.findings import Findings
from assistant.verification.readers.docx import body_paragraphs, require_safe
from assistant.verification.readers.reader import decoded
from assistant.verification.readers.report import Report, ReportRefused
from assistant.verification.render import claim_line, remark, summary
from corpus.readers.docx.walk import printed
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


_AUTHOR = "Rapporteur"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotated_docx(raw: bytes, path: Path, findings: Findings) -> bytes:
    """The report with one comment for each quotation and each flagged claim; its words stay as they are.

    Word takes no comments inside footnotes: what is found there stands at the footnote's mark.

    Raises:
        ReportRefused: the file cannot be opened safely.
    """
    from docx import Document

    require_safe(raw, path)
    document = Document(io.BytesIO(raw))
    paragraphs = body_paragraphs(document.element)
    said = [(c.quotation.paragraph, c.quotation.span, c.quotation.where, remark(c)) for c in findings.quotations]
    said += [(c.paragraph, c.span, c.where, claim_line(c)) for c in findings.flagged]
    for number, span, where, words in said:
        runs = _runs(paragraphs[number], span) if number < len(paragraphs) else _mark(paragraphs, where)
        if runs:
            document.add_comment(runs=_as_runs(runs), text=_printable(words), author=_AUTHOR, initials="R")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _runs(paragraph: Any, span: Span) -> list[Any]:
    """The runs that print exactly a range of a paragraph; a run that goes beyond it is cut in two."""
    _cut(paragraph, span.start)
    _cut(paragraph, span.end)
    return list(
        dict.fromkeys(
            run for run, start, end in _places(paragraph) if span.start <= start and end <= span.end and end > start
        )
    )


def _places(paragraph: Any) -> Iterator[tuple[Any, int, int]]:
    """Each run with each range that it prints."""
    length = 0
    for element, words in printed(paragraph):
        run = element.getparent()
        if run.tag == f"{_W}r":
            yield run, length, length + len(words)
        length += len(words)


def _cut(paragraph: Any, place: int) -> None:
    """Cut the run that prints across a place."""
    length = 0
    for element, words in list(printed(paragraph)):
        run = element.getparent()
        inside = length <= place < length + len(words)
        if inside and run.tag == f"{_W}r" and not (length == place and _is_first(element, run)):
            _cut_run(run, element, place - length)
            return
        length += len(words)


def _is_first(element: Any, run: Any) -> bool:
    return next((child for child in run if child.tag != f"{_W}rPr"), None) is element


def _cut_run(run: Any, element: Any, at: int) -> None:
    """Move what a run prints from a character of one of its elements on into a run of its own behind it."""
    second = deepcopy(run)
    number = list(run).index(element)
    for child in list(second)[:number]:
        if child.tag != f"{_W}rPr":
            second.remove(child)
    moved = next(child for child in second if child.tag != f"{_W}rPr")
    for child in list(run)[number + (1 if at else 0) :]:
        run.remove(child)
    if at:
        text = element.text or ""
        element.text, moved.text = text[:at], text[at:]
        element.set(_SPACE, "preserve")
        moved.set(_SPACE, "preserve")
    run.addnext(second)


def _mark(paragraphs: list[Any], where: str) -> list[Any]:
    """The run that prints a footnote's mark."""
    kind, _, number = where.partition(" ")
    for paragraph in paragraphs:
        for mark in paragraph.iter(f"{_W}{kind}Reference"):
            if mark.get(f"{_W}id") == number and mark.getparent().tag == f"{_W}r":
                return [mark.getparent()]
    return []


def _as_runs(runs: list[Any]) -> list[Any]:
    from docx.text.run import Run

    return [Run(run, run.getparent()) for run in runs]


def _printable(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return "".join(
        c if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") else " "
        for c in words
    )


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

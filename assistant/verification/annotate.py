"""Write a copy of a report with the findings in it: comments in a Word file, footnotes in Markdown and text."""

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from assistant.verification.findings import Findings
from assistant.verification.readers.docx import COMMENT_AUTHOR, body_paragraphs, require_safe, shown_elements
from assistant.verification.readers.report import ReportRefused, ReportText, decoded
from assistant.verification.render import claim_line, remark, summary, unchecked_lines
from corpus.readers.docx.styles import Styles
from corpus.span import Span

ANNOTATED_SUFFIXES = (".docx", ".md", ".txt")
_CLOSING = "\"'“”„‟‘’‚‛«»‹›」』〟*_"
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Annotation(NamedTuple):
    """A text to be written beside a range of a report's paragraph."""

    paragraph: int
    span: Span
    where: str
    text: str


def annotate_report(source: Path, report: ReportText, findings: Findings) -> bytes:
    """Return the bytes of a copy of the report file `source` with the findings in it.

    Raises:
        ReportRefused: this kind of file cannot be annotated, or the file changed since it was read.
    """
    suffix = source.suffix.lower()
    if suffix not in ANNOTATED_SUFFIXES:
        suffixes = ", ".join(ANNOTATED_SUFFIXES)
        raise ReportRefused(f"{source}: only {suffixes} reports are annotated; save it as one of these")
    raw = source.read_bytes()
    if suffix == ".docx":
        return _annotate_docx(raw, source, findings)
    return _annotate_markdown(raw, source, report, findings)


def _annotations(findings: Findings) -> Iterator[_Annotation]:
    """Yield an annotation for each quotation, then one for each flagged claim."""
    for finding in findings.quotations:
        quotation = finding.quotation
        yield _Annotation(quotation.paragraph, quotation.span, quotation.where, remark(finding))
    for claim in findings.flagged:
        yield _Annotation(claim.paragraph, claim.span, claim.where, claim_line(claim))


def _annotate_markdown(raw: bytes, path: Path, report: ReportText, findings: Findings) -> bytes:
    """Put a footnote mark behind each quotation and flagged claim, and the footnotes at the end.

    The marks of what stands in front matter or in hidden words stand behind the summary.
    """
    text = decoded(raw, path)
    marks: list[tuple[int, str]] = []
    notes: list[str] = []
    apart: list[str] = []
    for number, annotation in enumerate(_annotations(findings), start=1):
        mark = f"[^rapporteur-{number}]"
        if report.paragraphs[annotation.paragraph].origins:
            marks.append((_place_behind(text, report, annotation.paragraph, annotation.span, path), mark))
        else:
            apart.append(f"{_escape_line(annotation.where)}{mark}")
        notes.append(f"[^rapporteur-{number}]: {_escape_line(annotation.text)}")
    for place, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    heading = _escape_line(" ".join((f"Rapporteur: {summary(findings)}.", *unchecked_lines(findings))))
    heading = " ".join((heading, *apart))
    return ("\n\n".join((text.rstrip(), heading, *notes)) + "\n").encode("utf-8", "surrogatepass")


def _place_behind(text: str, report: ReportText, paragraph: int, span: Span, path: Path) -> int:
    """Return the offset in the file behind a range of a paragraph and its closing marks."""
    origins = report.paragraphs[paragraph].origins
    place = origins[span.end - 1] + 1
    if place > len(text):
        raise ReportRefused(f"{path}: the file changed while it was checked; check it again")
    while place < len(text) and text[place] in _CLOSING:
        place += 1
    return place


def _escape_line(words: str) -> str:
    """Return words on one line with all Markdown markup escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))


def _annotate_docx(raw: bytes, path: Path, findings: Findings) -> bytes:
    """Add a comment to each quotation and flagged claim; the report's text stays unchanged.

    Word allows no comments inside footnotes, so a comment on a footnote is added to the footnote's mark; one on a
    header, a footer or a comment is added to the first words of the body, and names its place.
    """
    from docx import Document

    require_safe(raw, path)
    document = Document(io.BytesIO(raw))
    paragraphs = body_paragraphs(document.element)
    styles = Styles.of(document.styles.element)
    for number, span, where, text in _annotations(findings):
        is_body = number < len(paragraphs)
        runs = _runs(paragraphs[number], span, styles) if is_body else _footnote_mark(paragraphs, where)
        if not runs:
            runs, text = _first_run(paragraphs, styles), f"{where.capitalize()}: {text}"
        if runs:
            document.add_comment(runs=_as_runs(runs), text=_printable(text), author=COMMENT_AUTHOR, initials="R")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _runs(paragraph: Any, span: Span, styles: Styles) -> list[Any]:
    """Return the runs of exactly a range of a paragraph; a run that crosses its border is cut in two."""
    _cut(paragraph, span.start, styles)
    _cut(paragraph, span.end, styles)
    return list(
        dict.fromkeys(
            run
            for run, start, end in _run_ranges(paragraph, styles)
            if span.start <= start and end <= span.end and end > start
        )
    )


def _run_ranges(paragraph: Any, styles: Styles) -> Iterator[tuple[Any, int, int]]:
    """Yield each run with each range of the paragraph's text in it."""
    length = 0
    for element, words in shown_elements(paragraph, styles):
        run = element.getparent()
        if run.tag == f"{_W}r":
            yield run, length, length + len(words)
        length += len(words)


def _cut(paragraph: Any, place: int, styles: Styles) -> None:
    """Cut the run that crosses an offset of the paragraph's text."""
    length = 0
    for element, words in list(shown_elements(paragraph, styles)):
        run = element.getparent()
        inside = length <= place < length + len(words)
        if inside and run.tag == f"{_W}r" and not (length == place and _is_first(element, run)):
            _cut_run(run, element, place - length)
            return
        length += len(words)


def _is_first(element: Any, run: Any) -> bool:
    return next((child for child in run if child.tag != f"{_W}rPr"), None) is element


def _cut_run(run: Any, element: Any, at: int) -> None:
    """Move a run's text from a character of one of its elements on into a new run behind it."""
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


def _footnote_mark(paragraphs: list[Any], where: str) -> list[Any]:
    """Return the run of a footnote's mark; none where the place is no footnote."""
    kind, _, number = where.partition(" ")
    if kind not in ("footnote", "endnote"):
        return []
    for paragraph in paragraphs:
        for mark in paragraph.iter(f"{_W}{kind}Reference"):
            if mark.get(f"{_W}id") == number and mark.getparent().tag == f"{_W}r":
                return [mark.getparent()]
    return []


def _first_run(paragraphs: list[Any], styles: Styles) -> list[Any]:
    """Return the first run with words of a body; none where it has no words."""
    return next(
        ([run] for paragraph in paragraphs for run, start, end in _run_ranges(paragraph, styles) if end > start), []
    )


def _as_runs(runs: list[Any]) -> list[Any]:
    from docx.text.run import Run

    return [Run(run, run.getparent()) for run in runs]


def _printable(words: str) -> str:
    """Return words with spaces in place of the characters that XML forbids."""
    return "".join(
        c if c == "\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") else " "
        for c in words
    )

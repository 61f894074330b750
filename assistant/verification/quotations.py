"""Find the quotations of a report: words in any kind of quotation marks, and paragraphs set as block quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.verification.extraction.quotation_marks import marked_words, stray_end
from assistant.verification.extraction.trailing_citation import is_citation, trailing_citation
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.span import Span, trim

# Paragraphs over which a quotation may go on without a mark at their beginnings.
_MOST_OPEN = 8
_DASHED = re.compile(r"[.!?”\"’»」。][ \t]*[—–―][^\n]{1,160}$")
_MARK = re.compile("[\"“”„«»「」‘]|['’](?=[A-Z0-9])")
_OPENING = ("“", "„", "«", "「", "『", "‹", "《", "❝")
ADDRESS = re.compile(r"https?://\S+|rap1:\S+")
"""A web address or an anchor; quotation marks in it open no quotation."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a report.

    Attributes:
        paragraph: index of the report's paragraph.
        span: place of the words in the paragraph's text, without the quotation marks.
        text: the words.
        where: description of the paragraph's place for a reader.
        is_block: True if the whole paragraph is set as a quotation.
        is_closed: True if it has a closing mark; without one it runs to the end of the paragraph.
        citation: of a block quotation, the citation at its end that is left aside; empty for none.
    """

    paragraph: int
    span: Span
    text: str
    where: str
    is_block: bool = False
    is_closed: bool = True
    citation: str = ""


def quotations(report: ReportText) -> Iterator[Quotation]:
    """Yield all quotations in reading order; of nested quotations only the outer one."""
    open_until = -1
    for number, paragraph in enumerate(report.paragraphs):
        if number <= open_until and (going_on := _continued(number, paragraph, is_last=number == open_until)):
            yield going_on
            yield from (q for q in _marked_quotations(number, paragraph) if q.span.start > going_on.span.end)
            continue
        if is_source_line(paragraph):
            continue
        if paragraph.is_quote and (block := _block_quotation(number, paragraph)):
            yield block
            continue
        if paragraph.text.rstrip().endswith(_OPENING):  # a large initial is a paragraph of its own
            open_until = _closing_paragraph(report, number)
        for quotation in _marked_quotations(number, paragraph):
            yield quotation
            if not quotation.is_closed:
                open_until = _closing_paragraph(report, number)


def is_source_line(paragraph: Paragraph) -> bool:
    """Return True if a paragraph is only the citation of a block quotation: behind a dash, or by its element."""
    words = paragraph.text.strip()
    is_set_apart = paragraph.is_source or (paragraph.is_quote and words[:1] in tuple("—–―-"))
    return is_set_apart and is_citation(words.lstrip("—–―- "))


def source_line_behind(report: ReportText, block: Quotation) -> str:
    """Return the citation of a quotation that is a paragraph of its own, of a block at most some behind; else ""."""
    following = report.paragraphs[block.paragraph + 1 : block.paragraph + 2]
    ends = not any(c.isalnum() for c in report.paragraphs[block.paragraph].text[block.span.end :])
    if following and ends and is_source_line(replace(following[0], is_quote=True)):
        return following[0].text.strip()
    for paragraph in report.paragraphs[block.paragraph + 1 : block.paragraph + 1 + _MOST_OPEN]:
        if not block.is_block or not (paragraph.is_quote or paragraph.is_source):
            return ""
        if is_source_line(paragraph):
            return paragraph.text.strip()
    return ""


def without_citation(block: Quotation) -> Quotation | None:
    """Return a block quotation without the citation at its end; None where there is none."""
    citation = trailing_citation(block.text)
    span = trim(block.text, 0, citation.start) if citation else None
    if citation is None or span is None:
        return None
    inner = [q for q in marked_words(block.text) if q.is_closed]
    if len(inner) == 1 and inner[0].span.start <= span.start + 1 and inner[0].span.end >= span.end - 2:
        span = inner[0].span
    start = block.span.start
    return replace(
        block,
        span=Span(start + span.start, start + span.end),
        text=span.of(block.text),
        citation=citation.of(block.text).strip(),
    )


def _closing_paragraph(report: ReportText, number: int) -> int:
    """Return the index of the paragraph in which a quotation that a paragraph leaves open ends; -1 for none."""
    for behind in range(number + 1, min(number + 1 + _MOST_OPEN, len(report.paragraphs))):
        paragraph = report.paragraphs[behind]
        if paragraph.is_quote or paragraph.note != report.paragraphs[number].note:
            return -1
        if stray_end(paragraph.text) is not None:
            return behind
        if next(_marked_quotations(behind, paragraph), None):
            return -1
    return -1


def _continued(number: int, paragraph: Paragraph, is_last: bool) -> Quotation | None:
    """Return the part of a paragraph that goes on with a quotation which a paragraph before it leaves open."""
    end = stray_end(paragraph.text) if is_last else len(paragraph.text)
    span = trim(paragraph.text, 0, len(paragraph.text) if end is None else end)
    return Quotation(number, span, span.of(paragraph.text), paragraph.where) if span else None


def unquoted_text(paragraph: Paragraph, span: Span, quoted: list[Span]) -> str:
    """Return a part of a paragraph with spaces in place of its quotations."""
    characters = list(span.of(paragraph.text))
    for quotation in quoted:
        if quotation.overlaps(span):
            start, end = max(quotation.start, span.start) - span.start, min(quotation.end, span.end) - span.start
            characters[start:end] = " " * (end - start)
    return "".join(characters)


def _block_quotation(number: int, paragraph: Paragraph) -> Quotation | None:
    text = paragraph.text
    whole = trim(text, 0, len(text))
    if whole is None or not any(c.isalnum() for c in whole.of(text)):
        return None
    block = Quotation(number, whole, whole.of(text), paragraph.where, is_block=True)
    if block.text[block.text.rfind("\n") + 1 :].lstrip()[:1] in tuple("—–―") or _DASHED.search(block.text):
        block = without_citation(block) or block
    marked = list(_marked_quotations(number, paragraph))
    if len(marked) == 1 and len(block.span) > 2:
        span = marked[0].span
        if span.start <= block.span.start + 1 and span.end >= block.span.end - 2:
            block = replace(block, span=span, text=span.of(text))
    return block


def _marked_quotations(number: int, paragraph: Paragraph) -> Iterator[Quotation]:
    for marked in marked_words(_without_addresses(paragraph.text)):
        if span := trim(paragraph.text, marked.span.start, marked.span.end):
            yield Quotation(number, span, span.of(paragraph.text), paragraph.where, is_closed=marked.is_closed)


def _without_addresses(text: str) -> str:
    """Return a text of equal length with spaces in place of addresses; one ends at a mark that it does not close."""
    if "http" not in text and "rap1:" not in text:
        return text
    return ADDRESS.sub(lambda m: " " * len(address_in(m.group())) + m.group()[len(address_in(m.group())) :], text)


def address_in(run: str) -> str:
    """Return the address that characters without a space begin with: up to a quotation mark that stands there alone."""
    marks = list(_MARK.finditer(run))
    return run if len(marks) != 1 or marks[0].end() == len(run) else run[: marks[0].start()]

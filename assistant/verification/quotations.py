"""Find the quotations of a report: words in any kind of quotation marks, and paragraphs set as block quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.verification.readers.report import Paragraph, ReportText
from corpus.span import Span, trim

# Each opening mark with its closing marks: English, German, Swedish, Polish, French, Danish, Japanese, typewriter.
_CLOSERS = {
    "“": "”\"", "„": "“”\"‟", "‟": "”\"", "«": "»", "»": "«»", "「": "」", "『": "』", "｢": "｣", "〝": "〟〞",
   "＂": "＂", '"': '"”“', "”": "”", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹›", "'": "'", "’": "’",
}  # fmt: skip
# Marks that both open and close; an opening one follows white space or an opening bracket.
_EITHER = "\"'”’»›＂"
_SINGLE = "‘‚'’‹›"
_APOSTROPHES = "'’"
_MARK = re.compile(f"[{''.join(_CLOSERS)}]")
_SOURCE_LINE = re.compile(r"(?:^|\n|(?<=[.!?”\"]))[ \t]*[—–―][ \t]*[^\n]{1,160}$")
_TRAILING_CITATION = re.compile(r"\s*(?:\([^()]{1,120}\)|\[[^\[\]]{1,60}\]|\[?\d{1,3}\]?)[.]?$")
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
    """

    paragraph: int
    span: Span
    text: str
    where: str
    is_block: bool = False
    is_closed: bool = True


def quotations(report: ReportText) -> Iterator[Quotation]:
    """Yield all quotations in reading order; of nested quotations only the outer one."""
    for number, paragraph in enumerate(report.paragraphs):
        if paragraph.is_quote and (block := _block_quotation(number, paragraph)):
            yield block
        else:
            yield from _marked_quotations(number, paragraph)


def without_citation(block: Quotation) -> Quotation | None:
    """Return a block quotation without the citation at its end; None where there is none."""
    citation = _TRAILING_CITATION.search(block.text)
    span = trim(block.text, 0, citation.start()) if citation and citation.start() else None
    if span is None:
        return None
    return replace(block, span=Span(block.span.start, block.span.start + span.end), text=block.text[: span.end])


def unquoted_text(paragraph: Paragraph, span: Span, quoted: list[Span]) -> str:
    """Return a part of a paragraph with spaces in place of its quotations."""
    characters = list(span.of(paragraph.text))
    for quotation in quoted:
        if quotation.overlaps(span):
            start, end = max(quotation.start, span.start) - span.start, min(quotation.end, span.end) - span.start
            characters[start:end] = " " * (end - start)
    return "".join(characters)


def _block_quotation(number: int, paragraph: Paragraph) -> Quotation | None:
    source_line = _SOURCE_LINE.search(paragraph.text)
    span = trim(paragraph.text, 0, source_line.start() if source_line else len(paragraph.text))
    if span and len(span) > 2:
        marked = list(_marked_quotations(number, paragraph))
        if len(marked) == 1 and marked[0].span.start <= span.start + 1 and marked[0].span.end >= span.end - 2:
            span = marked[0].span
    if span is None or not any(c.isalnum() for c in span.of(paragraph.text)):
        return None
    return Quotation(number, span, span.of(paragraph.text), paragraph.where, is_block=True)


def _marked_quotations(number: int, paragraph: Paragraph) -> Iterator[Quotation]:
    # Addresses may contain quotation marks.
    text = ADDRESS.sub(lambda m: "x" * len(m.group()), paragraph.text)
    at = 0
    while (mark := _MARK.search(text, at)) is not None:
        at = mark.end()
        if not _is_opening(text, mark.start()):
            continue
        end = _find_closing(text, mark.start())
        if end is None and mark.group() in _SINGLE + '"”＂':
            continue
        span = trim(paragraph.text, mark.end(), len(text) if end is None else end)
        if span and any(c.isalnum() for c in span.of(paragraph.text)):
            yield Quotation(number, span, span.of(paragraph.text), paragraph.where, is_closed=end is not None)
        at = len(text) if end is None else end + 1


def _is_opening(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or (after.isspace() and text[at] not in "«»‹›„"):
        return False
    if text[at] in _APOSTROPHES and re.match(r".\d{2}s?\b|.(?:tis|twas|em|n)\b", text[at:], re.IGNORECASE):
        return False
    return text[at] not in _EITHER or not before or before.isspace() or before in "([{—–-/:,、。：（「『“‘\"'"


def _find_closing(text: str, at: int) -> int | None:
    """Return the offset of the mark that closes the quotation opened at `at`; None where there is none."""
    opening, closers = text[at], _CLOSERS[text[at]]
    depth = 0
    candidates: list[int] = []
    for place in range(at + 1, len(text)):
        character = text[place]
        if character == opening and opening not in closers and not (opening in _SINGLE and candidates):
            depth += 1
        elif character in closers and _is_closing(text, place, opening) and opening not in _SINGLE:
            if depth == 0:
                return place
            depth -= 1
        elif character in closers and _is_closing(text, place, opening):
            candidates.append(place)
            if not _may_be_possessive(text, place):
                return place
        elif opening in _SINGLE and character in opening + "‘“„" and candidates:
            break
    return candidates[0] if candidates else None


def _is_closing(text: str, place: int, opening: str) -> bool:
    after = text[place + 1 : place + 2]
    if text[place] in _APOSTROPHES and opening in _SINGLE:
        return not text[place - 1].isspace() and not after.isalnum()
    if text[place] in '"“' and opening in '"“„':
        # A straight mark between a space and a letter opens a nested quotation.
        return not (text[place - 1].isspace() and after.isalpha()) or opening == "„"
    return True


def _may_be_possessive(text: str, place: int) -> bool:
    """Return True if the mark may be the apostrophe of "ministers' meeting"."""
    return text[place - 1] in "sSxz" and re.match(r".\s+[^\W\d_]", text[place : place + 3]) is not None

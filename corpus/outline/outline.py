"""Derive the blocks of a text: title, headings with levels, paragraphs, list items, contact lines, menus."""

import re
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.lines import JoinedLines, Marker, is_rule, join_lines
from corpus.outline.headings import HASHES, HEADING_WORDS, is_heading, with_levels
from corpus.outline.marks import mark_blocks
from corpus.outline.plain_words import is_navigation
from corpus.outline.run_in_heads import split_run_in_heads
from corpus.span import Span, trim

# "... and its priorities.Secure and Resilient Digital Infrastructure": a heading that lost its line break.
_GLUED = re.compile(r"(?<=[^\W\d_]{3})[.!?]['\"”’)]*(?=([A-Z][^\s.!?]*(?:[ \t][^.!?]+)?)$)")
# A bar between two cells of a table.
_BAR = re.compile(r"\S[ \t]+\|[ \t]+(?=\S)")


def outline(text: str, title: str | None = None, start: int = 0) -> tuple[Block, ...]:
    """Return the blocks of a text, which together cover every character that is not white space.

    Args:
        text: the whole text.
        title: the document's title, where it is known; its line becomes the title block.
        start: offset behind the front matter.
    """
    paragraphs = split_run_in_heads(text, _split_glued_headings(text, join_lines(text, start)))
    blocks = [_classify(text, paragraphs, i) for i in range(len(paragraphs))]
    mark_blocks(text, blocks, [paragraph.marker is Marker.BULLET for paragraph in paragraphs], title)
    return tuple(with_levels(blocks, paragraphs, text))


def _split_glued_headings(text: str, paragraphs: list[JoinedLines]) -> list[JoinedLines]:
    """Cut a heading off the end of the paragraph that it is joined to."""
    cut: list[JoinedLines] = []
    for paragraph in paragraphs:
        match = _GLUED.search(text, paragraph.words.start, paragraph.words.end)
        if paragraph.lines == 1 and match and _is_title_like(match.group(1)):
            head = Span(match.start(1), paragraph.words.end)
            cut.append(
                replace(
                    paragraph,
                    span=Span(paragraph.span.start, match.start(1)),
                    words=Span(paragraph.words.start, match.start(1)),
                )
            )
            cut.append(replace(paragraph, span=head, words=head, marker=Marker.NONE, number=0, after_blank=False))
        else:
            cut.append(paragraph)
    return cut


def _is_title_like(words: str) -> bool:
    """Return True if most long words have a capital, as in a heading; a name alone ("Trust.It") does not count."""
    long = [w for w in words.split() if len(w) > 3]
    return (
        len(long) >= 2 and len(words.split()) <= HEADING_WORDS and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
    )


def _classify(text: str, paragraphs: list[JoinedLines], i: int) -> Block:
    paragraph = paragraphs[i]
    words = paragraph.words.of(text)
    if is_navigation(words):
        return Block(Kind.MENU, paragraph.span, paragraph.words)
    if _is_row(text, paragraphs, i):
        return Block(Kind.LIST_ITEM, paragraph.span, paragraph.words)
    hashes = HASHES.match(words)
    if hashes and (inner := trim(text, paragraph.words.start + hashes.end(), paragraph.words.end)):
        return Block(Kind.HEADING, paragraph.span, inner, level=len(hashes.group(1)))
    if is_heading(text, paragraphs, i):
        return Block(Kind.HEADING, paragraph.span, paragraph.words, level=1)
    if paragraph.marker is not Marker.NONE or words.startswith("|"):
        return Block(Kind.LIST_ITEM, paragraph.span, paragraph.words)
    return Block(Kind.BODY, paragraph.span, paragraph.words)


def _is_row(text: str, paragraphs: list[JoinedLines], i: int) -> bool:
    """Return True for a line with bars beside another with as many: "Owls | 23"."""
    if paragraphs[i].lines > 1 or not (bars := _bars(text, paragraphs[i])):
        return False
    near = paragraphs[max(0, i - 1) : i] + [p for p in paragraphs[i + 1 : i + 3] if not is_rule(p.words.of(text))][:1]
    return any(other.lines == 1 and _bars(text, other) == bars for other in near)


def _bars(text: str, paragraph: JoinedLines) -> int:
    return len(_BAR.findall(paragraph.words.of(text)))

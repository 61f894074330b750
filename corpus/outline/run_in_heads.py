"""Cut bold headings with a number off the paragraphs that they begin: "**Item 5. Budget** The board met."."""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.lines import JoinedLines, Marker
from corpus.span import Span, trim

# Bold words with a number before them, then the beginning of a sentence.
_HEAD = re.compile(
    r"(?P<mark>\*\*|__)(?P<inner>(?:[^\W\d_]+\s)?\d{1,2}(?:\.\d{1,2})*[.):]?\s+(?=[^\W\d_])(?:(?!(?P=mark)).){2,90}?)"
    r"(?P<end>(?P=mark))\s*[:–—.-]?\s+(?=[A-ZÀ-Þ\"“«(])",
    re.DOTALL,
)
_HEAD_WORDS = 10
_ENDS = re.compile(r"[.!?…:]['\"”’)]*$")


def split_run_in_heads(text: str, paragraphs: Iterable[JoinedLines]) -> list[JoinedLines]:
    """Return the paragraphs of a text, a bold head with a number apart from the sentences behind it."""
    cut: list[JoinedLines] = []
    for paragraph in paragraphs:
        head = _HEAD.match(text, paragraph.words.start, paragraph.words.end)
        rest = trim(text, head.end(), paragraph.words.end) if head and paragraph.marker is Marker.NONE else None
        if not head or not rest or len(head["inner"].split()) > _HEAD_WORDS or not _ENDS.search(rest.of(text)):
            cut.append(paragraph)
            continue
        span = trim(text, paragraph.span.start, head.end()) or paragraph.span
        cut.append(replace(paragraph, span=span, words=Span(head.start(), head.end("end")), lines=1))
        cut.append(replace(paragraph, span=rest, words=rest, after_blank=False))
    return cut

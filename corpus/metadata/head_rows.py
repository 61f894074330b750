"""Read the head of a record row by row: title, stamps and datelines above the first paragraph or turn."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise

from corpus.document import Block, Kind
from corpus.language.dates import find_date_ranges
from corpus.language.scripts import LATIN_CAPITAL
from corpus.metadata.head import FirstLine, is_running
from corpus.metadata.other_days import without_other_meetings
from corpus.metadata.record_kind import words_of
from corpus.outline.plain_words import plain

# Rows of a head, at most, and characters of a block that are read.
_ROWS, _CHARACTERS = 9, 2_000
# A block with rows at least as long, all of them full, is one paragraph broken into lines if it has more rows or one of
# them begins with a small letter.
_WRAPPED, _LINES = 60, 3
# Sentences of the first paragraph that may be stamps, and their longest.
_STAMPS, _LONGEST_STAMP = 2, 120
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d][^\W\d][^\W\d][.。])|(?<=\d{4}[.。])|(?<=\)[.。]))\s+")
# "Recorded on ...", "Held at ...": a stamp has no subject.
_PARTICIPLE = re.compile(r"(?:[A-Z][a-z]+ed|Held|Given|Done)\s+(?:(?:on|in|at)\b|\d)")
_NAME_WORD = re.compile(rf"[{LATIN_CAPITAL}0-9(][\w'’.&()-]*[,.]*|of|the|de|da|do|and|in|at|on|[|,–—-]")
# "Porto, 3 May 2024 - Ministers met ...": the dateline of an article.
_DATELINE = re.compile(r"\s*(?:[-–—:]\s|[(（][A-Z]{2,}[)）]\s*[-–—])")


def head_rows(text: str, blocks: tuple[Block, ...], end: int) -> list[FirstLine]:
    """Return the rows above the first paragraph or item, and the stamps that the paragraph begins with.

    Rows below "Next meeting" and the like are left out.

    Args:
        text: the whole text.
        blocks: its outline.
        end: of the head at most, as where the first turn of a transcript begins.
    """
    return without_other_meetings(islice(_head(text, blocks, end), _ROWS))


def _head(text: str, blocks: tuple[Block, ...], end: int) -> Iterator[FirstLine]:
    for block in blocks:
        is_numbered = any(c.isdigit() for c in text[block.span.start : block.words.start])
        is_item = block.kind is Kind.LIST_ITEM or (is_numbered and block.kind is not Kind.TITLE)
        if block.kind is not Kind.MENU and (block.span.start >= end or is_item):
            return
        for words in _rows(block.words.of(text)[:_CHARACTERS]) if block.kind is not Kind.MENU else ():
            if words.startswith("|"):
                return
            if block.kind is Kind.BODY and is_running(words):
                yield from _stamps(words)
                return
            yield FirstLine(words, block.kind)


def _rows(block: str) -> list[str]:
    """Return the rows of a block; a paragraph that is broken into lines is one row."""
    rows = [line for line in block.splitlines() if line.strip()]
    width = max(map(len, rows), default=0)
    is_full = all(len(row) + 1 + len(below.split()[0]) > width for row, below in pairwise(rows))
    is_run = any(row.lstrip()[0].islower() for row in rows[1:]) or len(rows) > _LINES
    joined = [" ".join(rows)] if width >= _WRAPPED and is_full and is_run else rows
    return [words for row in joined if (words := unicodedata.normalize("NFKC", plain(row)))]


def _stamps(paragraph: str) -> Iterator[FirstLine]:
    """Yield the first sentences of a paragraph that have a day and no subject, and the dateline of an article."""
    for days in find_date_ranges(paragraph[:_LONGEST_STAMP])[:1]:
        if _DATELINE.match(paragraph, days.end) and paragraph[: days.start].count(" ") <= 6:
            yield FirstLine(paragraph[: days.end], Kind.BODY)
            return
    for at, sentence in enumerate(_SENTENCE_END.split(paragraph)[:_STAMPS]):
        stated = find_date_ranges(sentence)
        if not stated or len(sentence) > _LONGEST_STAMP:
            continue
        is_short = not at and (all(map(_NAME_WORD.fullmatch, sentence[: stated[0].start].split())))
        if is_short or _PARTICIPLE.match(sentence) or words_of("minutes").match(sentence):
            yield FirstLine(sentence, Kind.BODY)

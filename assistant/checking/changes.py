"""The words in which a quotation and a place in a record differ."""

import re
from dataclasses import dataclass

from assistant.verification.normalize import LINE_HYPHEN, fold
from corpus.span import Span

WORD = re.compile(r"[^\W_]+(?:[.,:'’\-‐‑/][^\W_]+)*|\S")
"""A word, a number, or a mark."""
Token = tuple[str, Span]
"""A word or mark in the form in which it is compared, and its place."""
_NUMBER_OR_CHARACTER = re.compile(r"\d+|\S")


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ.

    Attributes:
        report: as the report has them; empty for words that it leaves out.
        record: as the record has them; empty for words that it does not have.
        span: where the report's words stand in the quotation; None where there are none.
    """

    report: str
    record: str
    span: Span | None = None


def changes(quote: str, ours: list[Token], text: str, theirs: list[Token]) -> tuple[Change, ...]:
    """The words that differ.

    Args:
        quote: the quotation.
        ours: all its tokens.
        text: of the record.
        theirs: the tokens of the place there.
    """
    from rapidfuzz.distance import Indel

    found = Indel.opcodes([form for form, _ in ours], [form for form, _ in theirs])
    steps = [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in found]
    changed: list[Change] = []
    replaced: tuple[int, int, int, int] | None = None
    for tag, a, b, c, d in [*steps, ("equal", 0, 0, 0, 0)]:
        if tag != "equal":
            replaced = (replaced[0], b, replaced[2], d) if replaced else (a, b, c, d)
        else:
            if replaced and (change := _change(quote, ours, text, theirs, replaced)):
                changed.append(change)
            replaced = None
    return tuple(changed)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a part of a text; Japanese character by character."""
    found = []
    for m in WORD.finditer(text, start, end):
        one_word = _is_latin(m.group()[0])
        pieces = [m.span()] if one_word else [n.span() for n in _NUMBER_OR_CHARACTER.finditer(text, *m.span())]
        for a, b in pieces:
            form = fold(text, a, b).text.replace(LINE_HYPHEN, "")
            if form:
                found.append((form, Span(a, b)))
    return found


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of a text made wider where it cuts a word."""
    while start > 0 and not text[start - 1].isspace() and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and not text[end].isspace() and _is_latin(text[end]):
        end += 1
    return start, end


def _change(
    quote: str,
    ours: list[Token],
    text: str,
    theirs: list[Token],
    step: tuple[int, int, int, int],
) -> Change | None:
    a, b, c, d = step
    span = Span(ours[a][1].start, ours[b - 1][1].end) if a < b else None
    recorded = " ".join(text[theirs[c][1].start : theirs[d - 1][1].end].split()) if c < d else ""
    return Change(span.of(quote) if span else "", recorded, span) if span or recorded else None


def _is_latin(character: str) -> bool:
    """Whether words of this character's script are parted by white space."""
    return character < "\u3000"

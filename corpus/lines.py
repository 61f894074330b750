"""Cut plain text into spans of paragraphs, list items and headings: find markers, join wrapped lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.language.months import MONTH_AFTER_DOT
from corpus.language.scripts import columns, opening
from corpus.span import Span, trim
from corpus.speaker_label import TIMED, read_label

# A line break as Markdown and the press releases use it; other Unicode separators stay inside a line.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
# "11. Mai 2022" is a day and no list item.
NO_MONTH = rf"(?!\s+{MONTH_AFTER_DOT}\s+(?:\d{{4}}\b|[a-zäöüåæø]))"
_MARKER = re.compile(
    r"(?P<bullet>[•‣▪◦●○■□◆◇・–—*+\-])(?=\s)\s*"
    r"|(?P<paren>[(（]\d{1,2}[)）])\s*"
    rf"|(?P<dotted>\d{{1,2}}\.(?!\d){NO_MONTH}|\d{{1,2}}[)）．])\s*(?=\S)"
    r"|(?P<roman>[ivx]{1,5}[.)]|[(（][ivx]{1,5}[)）])\s+"
    r"|(?P<letter>[a-z][.)]|[(（][a-z][)）])\s+"
)
# A number of three digits is a marker behind the one before it alone: "100." in a text may be a sum.
_HUNDREDS = re.compile(r"(?P<dotted>[1-9]\d\d(?:\.(?!\d)|[)）．]))\s*(?=\S)")
_DECIMAL = re.compile(r"(?:§\s?)?(?P<above>\d{1,2}(?:\.\d{1,2})*)\.(?P<own>\d{1,2})\.?\s+(?=[^\W\d_])")
# Japanese has no space behind a bullet.
_GLUED_BULLET = re.compile(r"[•・●○◯■□◆◇▪]\s*(?=\S)")
# "---|---" and "---+---" of a table without bars around it are rules, too.
_RULE = re.compile(r"(?:\\?[-*_=#]\s*){3,}$|\|(?:\s*:?-+:?\s*\|)+$|:?-{2,}:?(?:[ \t]*[|+][ \t]*:?-{2,}:?)+$|<!--.*-->$")
_EMPHASIS = re.compile(r"\*{1,3}|_{1,2}")
# A web address is not wrapped, so that its line is no evidence of the width.
_LONG_WORD = re.compile(r"[!-~]{30}")
_ENDS = ".!?:;。！？：；"
# The share of the lines cut inside a sentence that the slack covers, and how many of these lines it takes to tell.
_MOST = 0.97
_ENOUGH = 10
_RUNNING = re.compile(r"[、。，．,.،؛]")
# Widths in columns that people and programs wrap at; longer lines are whole paragraphs.
_WRAP_WIDTHS = range(40, 121)


class Marker(StrEnum):
    """The kind of bullet or number that a line begins with."""

    NONE = "none"
    BULLET = "bullet"
    PAREN = "paren"
    DOTTED = "dotted"
    ROMAN = "roman"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """The joined lines of one paragraph, list item or heading.

    Attributes:
        span: from its marker to its last character.
        words: the same without the marker.
        marker: the kind of marker before the words.
        number: the number in the marker, 0 when it has none.
        indent: columns before the first character.
        lines: number of physical lines.
        after_blank: True after an empty line or at the start of the text.
    """

    span: Span
    words: Span
    marker: Marker
    number: int
    indent: int
    lines: int
    after_blank: bool


@dataclass(frozen=True, slots=True)
class _PhysicalLine:
    span: Span
    words: Span
    marker: Marker
    number: int
    indent: int
    columns: int
    after_blank: bool
    hard_break: bool


def join_lines(text: str, start: int = 0) -> list[JoinedLines]:
    """Cut a text into paragraphs, list items and heading lines.

    Lines of a hard-wrapped text are joined where the first word of a line would not have fitted on the line before
    it, or the line continues in lower case. Only white space is left out.

    Args:
        text: the whole text.
        start: offset behind the front matter.
    """
    lines = list(_lines(text, start))
    width = _wrap_width(text, lines)
    slack = _slack(text, lines, width) if width else 0
    paragraphs: list[JoinedLines] = []
    group: list[_PhysicalLine] = []
    for line in lines:
        if group and not _continues(text, group, line, width, slack):
            paragraphs.append(_joined(group))
            group = []
        group.append(line)
    if group:
        paragraphs.append(_joined(group))
    return paragraphs


def is_rule(words: str) -> bool:
    """Return True for a line that only separates: dashes or stars, the line below a table's head, a comment."""
    return bool(_RULE.match(words))


def typed_marker(words: str) -> str:
    """Return the bullet or number at the start of a paragraph, with the space behind it, or an empty string."""
    match = _MARKER.match(words)
    if match and match.lastgroup in ("bullet", "paren", "dotted"):
        return match.group(0)
    glued = _GLUED_BULLET.match(words)
    return glued.group(0) if glued else ""


def _lines(text: str, start: int) -> Iterator[_PhysicalLine]:
    after_blank, number = True, 0
    for line in _LINE.finditer(text, start):
        span = trim(text, line.start(), line.end())
        if span is None:
            after_blank = after_blank or line.end() > line.start()
            continue
        first = span.start
        match = None if is_rule(span.of(text)) else _MARKER.match(text, span.start, span.end)
        hundreds = _HUNDREDS.match(text, span.start, span.end)
        if hundreds and _number(hundreds.group(0)) == number + 1:
            match = hundreds
        words = trim(text, match.end(), span.end) if match else None
        marker = Marker(match.lastgroup) if match and match.lastgroup and words else Marker.NONE
        if marker is Marker.DOTTED and match:
            number = _number(match.group(0))
        yield _PhysicalLine(
            span=span,
            words=words or span,
            marker=marker,
            number=_number(match.group(0)) if match and words else 0,
            indent=len(text[line.start() : first].expandtabs(4)),
            columns=columns(text[line.start() : span.end].expandtabs(4)),
            after_blank=after_blank,
            hard_break=text[span.end : line.end()].startswith("  "),
        )
        after_blank = False


def _number(marker: str) -> int:
    digits = "".join(c for c in marker if c.isdecimal())
    return int(digits) if digits else 0


def _wrap_width(text: str, lines: list[_PhysicalLine]) -> int | None:
    """Return the width in columns that the text was wrapped at; None where its lines are whole paragraphs."""
    inner = [
        (line, following)
        for line, following in pairwise(lines)
        if not following.after_blank and not _LONG_WORD.search(text, line.span.start, line.span.end)
    ]
    widths = sorted(line.columns for line, _ in inner)
    if len(widths) >= 3:
        width = widths[int(len(widths) * 0.95)]
        if width in _WRAP_WIDTHS and widths[len(widths) // 2] > 0.7 * width:
            return width
    # Among headings, addresses and lists few lines may be wrapped: those whose sentence continues in the next line.
    cut = [line.columns for line, following in inner if _cuts_sentence(text, line, following)]
    width = max(cut, default=0)
    near = sum(one > 0.8 * width for one in cut)
    return width if width in _WRAP_WIDTHS and near * 2 > len(cut) and widths[-1] <= 1.1 * width else None


def _slack(text: str, lines: list[_PhysicalLine], width: int) -> int:
    """Return the columns that most wrapped lines leave free: more than 0 where letters have different widths."""
    left = sorted(
        width - line.columns - opening(following.span.of(text)) + 1
        for line, following in pairwise(lines)
        if not following.after_blank and not line.hard_break and _cuts_sentence(text, line, following)
    )
    return max(0, left[int(len(left) * _MOST)]) if len(left) >= _ENOUGH else 0


def _cuts_sentence(text: str, line: _PhysicalLine, following: _PhysicalLine) -> bool:
    """Return True if a sentence continues in the next line: in lower case, or without case behind running text."""
    first, words = text[following.span.start], line.span.of(text)
    runs_on = first.islower() or (first.isalpha() and not first.isupper() and bool(_RUNNING.search(words)))
    return following.marker is Marker.NONE and runs_on and words[-1] not in _ENDS


def _is_next_decimal(first: str, words: str) -> bool:
    """Return True if a line begins with the number behind that of a paragraph: "4.2 The ..." below "4.1 The ..."."""
    one, other = _DECIMAL.match(first), _DECIMAL.match(words)
    return bool(one and other and one["above"] == other["above"] and int(one["own"]) + 1 == int(other["own"]))


def _continues(text: str, group: list[_PhysicalLine], line: _PhysicalLine, width: int | None, slack: int) -> bool:
    before, words, words_before = group[-1], line.span.of(text), group[-1].span.of(text)
    if _closes_emphasis(text, group, line):
        return True
    if line.after_blank or is_rule(words) or is_rule(words_before) or words[0] in "|>#" or words_before[0] in "|#":
        return False
    if len(before.words) == 1 and before.marker is not Marker.NONE:  # "• *" and its note on the next line
        return line.marker is Marker.NONE
    if _is_next_decimal(group[0].span.of(text), words):
        return False
    if line.marker is Marker.NONE and line.indent > group[0].indent and _continues_item(text, group, line):
        return True
    if width is None or (before.hard_break and words_before[-1] in ".!?:。"):
        return False
    label = read_label(words)
    if label and (words_before[-1] in _ENDS or label.form in TIMED):
        return False
    full = opening(words) > width - before.columns - (0 if words_before[-1] in _ENDS else slack)
    if line.marker is not Marker.NONE:
        # A dash or "12." that the wrap moved to the front of a line is no marker: the sentence before it continues.
        inside = full and words_before[-1] not in _ENDS and group[0].marker is not line.marker
        return inside and (words[0] in "–—" or line.marker is Marker.DOTTED)
    return full or words[0].islower()


def _closes_emphasis(text: str, group: list[_PhysicalLine], line: _PhysicalLine) -> bool:
    """Return True for a line that has only the marks with which the lines before it begin: "**Plan" and "**"."""
    marks, before = line.span.of(text), Span(group[0].words.start, group[-1].span.end).of(text)
    inner = before if len(marks) > 1 else before.replace(2 * marks, "")
    is_open = before.startswith(marks) and inner.count(marks) == 1
    return not line.after_blank and bool(_EMPHASIS.fullmatch(marks)) and is_open


def _continues_item(text: str, group: list[_PhysicalLine], line: _PhysicalLine) -> bool:
    """Return True if an indented line below a list item continues its sentence."""
    is_item, first = group[0].marker is not Marker.NONE, text[line.span.start]
    return is_item and first.islower() and text[group[-1].span.end - 1] not in _ENDS


def _joined(group: list[_PhysicalLine]) -> JoinedLines:
    first, last = group[0], group[-1]
    return JoinedLines(
        span=Span(first.span.start, last.span.end),
        words=Span(first.words.start, last.span.end),
        marker=first.marker,
        number=first.number,
        indent=first.indent,
        lines=len(group),
        after_blank=first.after_blank,
    )

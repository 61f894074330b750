"""Tell headings from other paragraphs of a text, and set their levels."""

import re
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.language.dates import FULL_DATE
from corpus.language.minutes_words import classes, is_label, label_class
from corpus.language.scripts import count_cjk
from corpus.lines import JoinedLines, Marker, is_rule
from corpus.outline.marks import ENDS_SENTENCE
from corpus.outline.plain_words import ONLY_ADDRESS

_BOLD_LINE = re.compile(r"(\*{2,3}|__)(?=\S)(?:(?!\1).)+\1(?:[ \t\n]*(\*\*|__)(?=\S)(?:(?!\2).)+\2)*$", re.DOTALL)
HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?=\.?\s)")
_INITIALS_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
# Most words and characters of a heading, and of one with a number.
HEADING_WORDS = 15
_HEADING_CHARACTERS = 130
_NUMBERED_HEADING_WORDS = 30
_NUMBERED_HEADING_CHARACTERS = 220
# Words of a heading between numbered paragraphs whose numbers go on, at most.
_PARTING_WORDS = 8
_LABELLED = re.compile(r"[^\W\d_][^:：.!?\n]{0,40}[:：]\s+\S")


def is_heading(text: str, paragraphs: list[JoinedLines], i: int) -> bool:
    """Return True if a paragraph is a heading: a short line that ends no sentence, before text or a list."""
    paragraph, words = paragraphs[i], paragraphs[i].words.of(text)
    following = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    numbered = paragraph.marker in (Marker.PAREN, Marker.DOTTED)
    characters, most = (
        (_NUMBERED_HEADING_CHARACTERS, _NUMBERED_HEADING_WORDS) if numbered else (_HEADING_CHARACTERS, HEADING_WORDS)
    )
    if following is None or len(words) > characters or not any(c.isalpha() for c in words):
        return False
    if _BOLD_LINE.match(words) and (numbered or paragraph.marker is Marker.NONE):
        return True
    if (ENDS_SENTENCE.search(words) and not (numbered and _INITIALS_END.search(words))) or len(words.split()) > most:
        return False
    if numbered:
        return _is_numbered_heading(paragraphs, i, text)
    if (
        paragraph.marker is not Marker.NONE
        or paragraph.lines > 1
        or words.count(",") > 2
        or words[0].islower()
        or words[0] in "|>(（*・"
    ):
        return False
    if FULL_DATE.search(words) or _CLOCK.search(words) or _tells_attendance(words) or _tells_vote(words):
        return False
    if _is_in_labelled_lines(paragraphs, i, text):
        return False
    if following.marker in (Marker.DOTTED, Marker.PAREN) and following.number > 1:
        return _parts_numbers(paragraphs, i, text)
    return _may_follow_heading(following.words.of(text), following)


def _is_in_labelled_lines(paragraphs: list[JoinedLines], i: int, text: str) -> bool:
    """Return True for "Bo: book the hall" right above or below another such line: they are a list."""
    following = paragraphs[i + 1]
    near = [] if following.after_blank else [following.words.of(text)]
    near += [] if paragraphs[i].after_blank or not i else paragraphs[i - 1].words.of(text).splitlines()[-1:]
    return bool(_LABELLED.match(paragraphs[i].words.of(text))) and any(map(_LABELLED.match, near))


def _parts_numbers(paragraphs: list[JoinedLines], i: int, text: str) -> bool:
    """Return True for a line alone between two numbered sentences that follow each other, as "2. ..." and "3. ..."."""
    paragraph, following = paragraphs[i], paragraphs[i + 1]
    if not (paragraph.after_blank and following.after_blank) or len(paragraph.words.of(text).split()) > _PARTING_WORDS:
        return False
    before = paragraphs[i - 1] if i else None
    is_next = before and (before.marker, before.number) == (following.marker, following.number - 1)
    return bool(is_next and before) and all(
        re.search(r"[.。]['\"”’」）)]*$", p.words.of(text)) for p in (before, following) if p
    )


def _tells_attendance(words: str) -> bool:
    """Return True for "Apologies: A. Bo", which is no heading however few names it has."""
    label, _, names = words.partition(":" if ":" in words else "：")
    return bool(names.strip(" *_")) and label_class("label", label) is not None


def _tells_vote(words: str) -> bool:
    """Return True for "Bo: yes", "Bo - no" and "Against: Cy", which are no headings."""
    label, mark, rest = next(
        (p for sep in (":", "：", " - ", " – ") if (p := words.partition(sep))[1]), (words, "", "")
    )
    told = (label, re.split("[;,]", rest, maxsplit=1)[0])
    return bool(mark) and any(is_label("roll_call", kind, part) for kind in classes("roll_call") for part in told)


def _may_follow_heading(words: str, following: JoinedLines) -> bool:
    """Return True if a heading may precede this paragraph: a sentence, or the start of a list."""
    if following.marker is not Marker.NONE:
        return following.number <= 1
    if is_rule(words):
        return not following.after_blank  # a Markdown heading underlined
    if ONLY_ADDRESS.match(words):
        return False
    ends = re.search(r"[.:。：]['\"”’」）)]*$", words)
    return bool(ends) or len(words.split()) > HEADING_WORDS or (len(words) > 40 and count_cjk(words) > 0)


def _is_numbered_heading(paragraphs: list[JoinedLines], i: int, text: str) -> bool:
    """Return True if the next number of its list does not follow a numbered line directly."""
    paragraph, following = paragraphs[i], paragraphs[i + 1]
    if following.marker is paragraph.marker and following.number == paragraph.number + 1:
        return False
    before = paragraphs[i - 1] if i else None
    if before and before.marker is paragraph.marker and before.number == paragraph.number - 1:
        return False
    return (
        paragraph.after_blank
        or following.indent > paragraph.indent
        or len(following.words.of(text).split()) > HEADING_WORDS
    )


def with_levels(blocks: list[Block], paragraphs: list[JoinedLines], text: str) -> list[Block]:
    """Set the level of each heading from Markdown, its number, or its position below these."""
    leveled: list[Block] = []
    open_numbers: list[tuple[Marker, int]] = []
    base = hashes = 0
    for block, paragraph in zip(blocks, paragraphs, strict=True):
        if block.kind is not Kind.HEADING:
            leveled.append(block)
            continue
        if HASHES.match(paragraph.words.of(text)):
            base, hashes, open_numbers = block.level, block.level, []
            leveled.append(block)
        elif number := _DECIMAL.match(paragraph.words.of(text)):
            leveled.append(replace(block, level=hashes + number.group(0).count(".") + 1))
        elif paragraph.marker in (Marker.DOTTED, Marker.PAREN):
            open_numbers = _nest_number(open_numbers, paragraph.marker, paragraph.number)
            leveled.append(replace(block, level=base + len(open_numbers)))
        else:
            base, open_numbers = hashes + 1, []
            leveled.append(replace(block, level=base))
    return leveled


def _nest_number(open_numbers: list[tuple[Marker, int]], marker: Marker, number: int) -> list[tuple[Marker, int]]:
    for depth in range(len(open_numbers) - 1, -1, -1):
        if open_numbers[depth] == (marker, number - 1):
            return [*open_numbers[:depth], (marker, number)]
    if marker is Marker.PAREN:  # "(1)" after "(2)" begins the same level again
        for depth, (other, _) in enumerate(open_numbers):
            if other is Marker.PAREN:
                return [*open_numbers[:depth], (marker, number)]
    return [*open_numbers, (marker, number)]

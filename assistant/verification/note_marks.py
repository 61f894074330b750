"""Find the note marks behind words: ¹, ᵃ, [3], (3), <sup>3</sup>, [^3], *, †; never an exponent or a figure.

It rather misses a mark than takes a figure for one: "10²" is not 10, "m²" is not m, "[3] members" are three. Behind a
figure, and for letters, the list of notes decides: "1,860²" and "1,860ᵃ" bear a mark where a note begins with it.
"""

import re
from collections.abc import Sequence

from corpus.language.english import english_words
from corpus.language.months import CALENDAR_WORDS
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list
from corpus.readers.blocks import NOTE_LETTERS, RAISED_LETTERS
from corpus.span import Span

HIDDEN = "\u2060"
"""A character that nobody sees: it stands in the place of each character of a mark that is left aside."""

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_LETTERS = "".join(RAISED_LETTERS.values())
_PLAIN = str.maketrans(_RAISED + _RAISED_LETTERS, "0123456789" + "".join(RAISED_LETTERS))
_LETTERS = NOTE_LETTERS.pattern
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_SIGNS = r"(?:(?:\\?[*＊]){1,3}|†{1,3}|‡{1,3}|§{1,2})"
_MARK = re.compile(
    rf"""
      (?P<raised>[\[(⁽]?[{_RAISED}]+(?:\s?[,;⁻–-]\s?[{_RAISED}]+)*[\])⁾]?
        | <sup>\s{{0,3}}(?:<a\b[^<>\n]{{0,200}}>)?\s{{0,3}}[\[(]?{_NUMBERS}[\])]?\s{{0,3}}(?:</a>\s{{0,3}})?</sup>
        | \^{_NUMBERS}\^)
    | (?P<letter>[{_RAISED_LETTERS}]{{1,5}} | <sup>\s{{0,3}}(?:{_LETTERS})\s{{0,3}}</sup> | \\?\[(?:{_LETTERS})\\?\])
    | (?P<note>\[\^[^\]\s]{{1,60}}\])
    | (?P<linked>\[(?:\\?\[)?{_NUMBERS}(?:\\?\])?\]\(\#[^()\s]{{1,80}}\))
    | (?P<square>\\?\[{_NUMBERS}\\?\])
    | (?P<round>\({_NUMBERS}\))
    | (?P<sign>\({_SIGNS}\) | \[{_SIGNS}\] | {_SIGNS})
    """,
    re.VERBOSE,
)
# A number that lost its superscript: "of the harbour.3 The ...", "a harbour,3 the ...".
_GLUED = re.compile(r"(?<=[^\W\d_][.,;!?”’»])[1-9]\d?(?![\w.,:%°'’/-]*\w)|(?<=[^\W\d_])[1-9]\d?(?![\w.,:%°'’/-]*\w)")
_LOOKED_AT = 60
_BASE = re.compile(r"(?:[^\W_]|(?<=\w)['’-](?=\w)){1,40}$")
_ENDS_SENTENCE = re.compile(r"[.!?][\"'”’»)\]]*$")
_YEAR = re.compile(r"(?:[^\W\d_A-Z]\.?,?\s|\b\d{1,2},\s)(?:19|20)\d\d$")
# A figure that nobody raises to a power: with groups, with decimals, or of three digits that are no power of ten.
_NO_BASE = re.compile(r"\d[., \u00a0\u2009\u202f'’]\d{3}$|\d[.,]\d+$|(?<![\d.,])(?!10+$)\d{3,}$")
_NAME_WITH_NUMBER = re.compile(r"[A-Z][^\W\d_]*-?\d{1,2}$")
# Words that an exponent or an index may follow, words that a number may follow, and those that no number stands before.
_UNITS = word_list("units.txt")
_FORMULAS = word_list("formulas.txt")
_NUMBERED = word_list("numbered_words.txt") | CALENDAR_WORDS
_NEVER_COUNTED = word_list("never_counted.txt")
_PER = re.compile(
    r"\s*an?\s+(?:second|minute|hour|day|night|week|month|quarter|year|head|person|piece|time|ton|tonne|kilo)"
)
# Behind "§" the number of a section, behind another sign a factor.
_SECTION = re.compile(r"\s*(?:\d|[IVXLC]+\b|[A-Za-z]\b)")
_FACTOR = re.compile(r"\s*[\d(+=*/]")
# The mark at the start of a note: raised or in square brackets, or in the last lines of a text also a bare number.
_NOTE = re.compile(
    rf"[ \t]*(?:[\[(⁽]?(?P<raised>[{_RAISED}]{{1,3}}|[{_RAISED_LETTERS}]{{1,5}})[\])⁾]?"
    rf"|<sup>\s*[\[(]?(?P<sup>\d{{1,3}}|{_LETTERS})[\])]?\s*</sup>"
    rf"|\\?\[\^?(?P<square>\d{{1,3}}|{_LETTERS})\\?\]:?(?=\s)|(?P<sign>\\?[*＊†‡]+))[ \t]*[^\s\d]"
)
_BARE_NOTE = re.compile(r"[ \t]*(\d{1,3}) +[^\W\d_a-z]")


def noted(lines: Sequence[str]) -> frozenset[str]:
    """Return the marks of the notes among the lines of a text, in plain characters: "2", "a", "iii"."""
    found = {plain_mark(m[m.lastgroup or 0]) for line in lines if (m := _NOTE.match(line))}
    for line in reversed(lines):
        if bare := _BARE_NOTE.match(line):
            found.add(bare[1])
        elif line.strip() and not _NOTE.match(line):
            break
    return frozenset(found)


def plain_mark(mark: str) -> str:
    """Return a mark without brackets and tags, in plain characters."""
    return re.sub(r"<[^<>]*>|[\[\](){}^\\⁽⁾\s]", "", mark).translate(_PLAIN)


def note_marks(text: str, markdown: bool = False, notes: frozenset[str] | None = None) -> list[Span]:
    """Return the note marks of a text that stand inside or behind its words, in order; "*" is emphasis in Markdown.

    Args:
        text: the text.
        markdown: True if "*" is emphasis.
        notes: the marks of the notes (see `noted`); those of the text's own lines when None.
    """
    listed = sum(m.lastgroup == "round" for m in _MARK.finditer(text)) > 1
    notes = noted(text.split("\n")) if notes is None else notes
    return [
        Span(*m.span())
        for m in _MARK.finditer(text)
        if not (markdown and m.lastgroup == "sign" and re.search(r"(?<!\\)\*", m.group()))
        and _is_mark(text, m, notes)
        and not (listed and m.lastgroup == "round" and text[m.start() - 1].isspace())
    ]


def glued_marks(text: str) -> list[Span]:
    """Return the numbers that may be note marks without their superscript: behind a word or its mark, without space.

    They are digits of a sentence wherever a record has them, so that this is for what no record has.
    """
    return [Span(*m.span()) for m in _GLUED.finditer(text) if _may_be_mark(text, m)]


def hide(text: str, spans: Sequence[Span]) -> str:
    """Return a text of equal length in which nobody sees the given places."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], HIDDEN * len(span))
        at = span.end
    return "".join((*pieces, text[at:]))


def _beside(text: str, mark: re.Match[str]) -> tuple[str, str]:
    return text[max(0, mark.start() - _LOOKED_AT) : mark.start()], text[mark.end() : mark.end() + _LOOKED_AT]


def _is_mark(text: str, mark: re.Match[str], notes: frozenset[str]) -> bool:
    """Return True if a number of this form, at this place, can be nothing but the mark of a note."""
    before, after = _beside(text, mark)
    follows_space = before[-1:].isspace()
    plain = before.rstrip(" \u00a0\u2009\u202f")
    if (
        not plain
        or plain.endswith("\n")
        or (after[:1].isalnum() and not is_cjk(after[0]))
        or after[:1] in tuple("⁺⁻/^")
    ):
        return False
    kind, last = mark.lastgroup, plain[-1]
    if kind in ("note", "linked"):
        return True
    if kind == "sign":
        return not follows_space and _is_sign(plain, mark.group(), after, notes)
    if kind == "letter":
        is_noted = plain_mark(mark.group()) in notes and (last.isdigit() or _may_bear_note(plain))
        return is_noted and not follows_space
    if kind == "raised":
        if last.isdigit():
            return not follows_space and _is_raised_behind_figure(plain, mark.group(), after, notes)
        return _may_bear_note(plain)
    if kind == "square" and last.isdigit() and plain_mark(mark.group()) in notes:
        return True
    if re.match(r"\D*0", mark.group()):
        return False
    if follows_space:
        return last in ".,!?”’»\"'" and not plain[-2:-1].isdigit() and _cannot_be_counted(after)
    if last.isalpha():
        return not _is_base(plain) and not _is_numbered(plain)
    return last in (".,!?…\"'”’»" if kind == "round" else ".,;:!?…\"'”’»")


def _is_sign(before: str, sign: str, after: str, notes: frozenset[str]) -> bool:
    """Return True if a sign directly behind a text is the mark of a note, not of a section, a product or a grade."""
    if (_SECTION if "§" in sign else _FACTOR).match(after) and ("§" in sign or not re.search(r"\D[.,;:!?”]$", before)):
        return False
    if before[-1].isdigit():
        return sign.strip("()[]")[0] in "†‡" or _is_raised_behind_figure(before, sign, after, notes)
    return _may_bear_note(before)


def _may_bear_note(before: str) -> bool:
    """Return True if a text ends with a word or its punctuation, and with no unit or formula."""
    return (before[-1] in ".,;:!?…%\"'”’»" or _ends_name(before)) and not _is_base(before)


def _may_be_mark(text: str, number: re.Match[str]) -> bool:
    """Return True if digits glued to a word may be a mark that lost its superscript."""
    before, after = _beside(text, number)
    if _ENDS_SENTENCE.search(before):
        word = re.search(r"([^\W\d_]+)[^\w\s]+$", before)
        begins = not after.strip() or re.match(r"[\"'”’»)\]]*\s+[\"'“‘(]*[^\W\d_a-z]", after) is not None
        return word is not None and len(word[1]) > 3 and word[1].lower() not in _NUMBERED and begins
    word = re.search(r"([^\W\d_]+)\W?$", before)
    if word is None or word[1].lower() in _NUMBERED or len(word[1]) < 4 or not _cannot_be_counted(after):
        return False
    return not before[-1].isalpha() or (word[1].islower() and word[1] in english_words() and word[1] not in _UNITS)


def _is_raised_behind_figure(before: str, mark: str, after: str, notes: frozenset[str]) -> bool:
    """Return True if a raised number behind digits is no exponent: behind a year, a name or, with its note, groups."""
    word = _BASE.search(before)
    if word and _NAME_WITH_NUMBER.match(word.group()):
        return True
    is_noted = notes.issuperset(re.split("[,;⁻–-]", plain_mark(mark)))
    if "[" in mark or (is_noted and _NO_BASE.search(before)):
        return True
    following = re.match(r"\s+([^\W\d_]+)", after)
    return bool(_YEAR.search(before)) and not (following and following[1].lower() not in STOP_WORDS)


def _ends_name(before: str) -> bool:
    """Return True if a text ends with a word, or with a bracket around words."""
    if before[-1] in ")]":
        inside = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]$", before)
        return inside is not None and re.fullmatch(r"[^\W\d_]{2,}(?:[ ,.'’-]+[^\W\d_]+)*", inside[1]) is not None
    return before[-1].isalpha()


def _is_base(before: str) -> bool:
    """Return True if a text ends with a unit or formula, behind which a raised number is no mark."""
    word = _BASE.search(before.rstrip(")]"))
    if word is None:
        return False
    plain = word.group()
    return (len(plain) < 2 and not is_cjk(plain)) or plain.lower() in _UNITS or plain.lower() in _FORMULAS


def _is_numbered(before: str) -> bool:
    """Return True if a text ends with a word that is numbered: "Article", "para", "May"."""
    word = _BASE.search(before)
    return word is not None and word.group().lower() in _NUMBERED


def _cannot_be_counted(after: str) -> bool:
    """Return True if what follows a number is nothing that is counted: an end, a mark, an article or a pronoun."""
    if not after.strip() or re.match(r"\s*[.,;:!?…)\]”’»\"]", after):
        return True
    word = re.match(r"\s+([^\W\d_]+)", after)
    return word is not None and word[1].lower() in _NEVER_COUNTED and not _PER.match(after)

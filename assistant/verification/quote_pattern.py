"""What a quotation says about itself: which of its words are quoted, where it leaves out and where it puts in."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from assistant.verification.omissions import NEGATION
from assistant.verification.quantities import holds_figure
from corpus.language.scripts import count_cjk, is_cjk

_DOTS = r"(?:…|⋯|\.\s?\.\s?\.(?:\s?\.)?)"
OMISSION = re.compile(rf"\[\s*{_DOTS}+\s*\]|\(\s*{_DOTS}+\s*\)|{_DOTS}+")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,80})\]")
_MOST_REPLACED = 3
# Japanese characters that count as one word.
_CJK_WORD = 2
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word or a number, with a hyphen or apostrophe inside it."""
_INFLECTION = re.compile(r"(?:e?d|e?s|e?n|ing|ies|ied|[ety])?", re.IGNORECASE)
_REMARK = re.compile(
    r"\s*(?:sic|(?:my |our )?emphasis(?: added| mine| ours)?|emphasis in (?:the )?original)[.!]?\s*",
    re.IGNORECASE,
)
_STANDING_FOR_NAMES = frozenset(
    "i we you he she it they us him her them me this that these those its his their our your my the a an one who which"
    " here there".split()
)
_ARTICLES = frozenset("a an the his her its their our my this that these those".split())
_MODAL = frozenset("can could may might must ought shall should will would".split())
_STANDING_FOR_NAMES_CJK = re.compile(r"^(?:彼|彼女|それ|これ|その|この|同|本|当|我々|我が|私|両)")


class Joint(Enum):
    """How two quoted parts hang together in the record."""

    OMISSION = auto()
    INSERTION = auto()
    NAMING = auto()
    ENDING = auto()
    ADJACENT = auto()

    def fits(self, between: str) -> bool:
        """Whether what stands between the parts in the record may stand there."""
        if self is Joint.OMISSION:
            return True
        words = WORD.findall(between)
        if self is Joint.ADJACENT:
            return not words
        if self is Joint.ENDING:
            return (
                len(words) <= 1
                and (not words or (between[:1].isalpha() and _INFLECTION.fullmatch(words[0]) is not None))
                and not NEGATION.search(between)
            )
        if self is Joint.NAMING and not (words and stands_for_a_name(words[0])):
            return False
        named = any(is_name(word) or is_modal(word) for word in words)
        count = len(words) + count_cjk(between) // _CJK_WORD
        return count <= _MOST_REPLACED and not named and not holds_figure(between) and not NEGATION.search(between)


def is_name(word: str) -> bool:
    """Whether a word has a capital and is none of those that stand for names."""
    return word[0].isupper() and word.lower() not in _STANDING_FOR_NAMES


def is_modal(word: str) -> bool:
    """Whether a word says that something may, must or will be, so that nothing may replace it."""
    return word.lower() in _MODAL


def stands_for_a_name(word: str) -> bool:
    """Whether a word is a pronoun or an article, so that a name in brackets may replace it."""
    return word.lower() in _STANDING_FOR_NAMES or _STANDING_FOR_NAMES_CJK.match(word) is not None


def is_article(word: str) -> bool:
    """Whether a noun follows such a word, and belongs to what a name replaces."""
    return word.lower() in _ARTICLES


@dataclass(frozen=True, slots=True)
class Part:
    """Words that are quoted as they stand; the first letter may be a capital in one and small in the other."""

    words: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The quoted parts in order, and the joints between them.

    Attributes:
        parts: at least one where any word is quoted.
        joints: one fewer.
        inserted: what stands in brackets that the record does not have, brackets and all.
        names_before: whether an insertion before the first part names somebody or something.
        names_behind: whether one behind the last part does.
    """

    parts: tuple[Part, ...]
    joints: tuple[Joint, ...]
    inserted: tuple[str, ...] = ()
    names_before: bool = False
    names_behind: bool = False

    def open_end(self, number: int) -> bool:
        """Whether a part's last word goes on in the record, as in "agree[d]"."""
        return number < len(self.joints) and self.joints[number] is Joint.ENDING


def pattern_of(quote: str) -> Pattern:
    """Cut a quotation at its omissions and bracketed insertions.

    An insertion that holds a figure or a negation, or that makes another word of the one it touches, is no insertion:
    it stays with the words and has to stand in the record itself.
    """
    cuts: list[tuple[int, int, Joint]] = [(m.start(), m.end(), Joint.OMISSION) for m in OMISSION.finditer(quote)]
    omissions = tuple(cuts)
    for m in _BRACKETED.finditer(quote):
        if any(start <= m.start() < end for start, end, _ in omissions):
            continue
        joint = _joint(m, quote)
        # Beside an omission nobody could say what a name replaces.
        if joint is None or (joint is Joint.NAMING and _is_beside(m.span(), omissions, quote)):
            continue
        cuts.append((m.start(), m.start() + 1 if joint is Joint.ADJACENT else m.end(), joint))
    return _pattern(quote, sorted(cuts))


def _joint(found: re.Match[str], quote: str) -> Joint | None:
    """What a pair of brackets does; None when its words have to stand in the record."""
    inside = found.group(1)
    before, after = quote[: found.start()][-1:], quote[found.end() :][:1]
    if holds_figure(inside) or NEGATION.search(inside):
        return None
    if len(inside) == 1 and inside.isalpha() and after.isalpha() and not before.isalnum():
        return Joint.ADJACENT  # "[T]he": the letter may have another case
    is_japanese = is_cjk(before) or is_cjk(after) or count_cjk(inside)
    if before.isalpha() and not is_japanese and not after.isalnum() and _INFLECTION.fullmatch(inside):
        return Joint.ENDING
    if (before.isalnum() or after.isalnum()) and not is_japanese:  # "[un]able", "care[less]"
        return None
    if _REMARK.fullmatch(inside):
        return Joint.INSERTION
    return Joint.NAMING if count_cjk(inside) or any(map(is_name, WORD.findall(inside))) else Joint.INSERTION


def _is_beside(span: tuple[int, int], others: tuple[tuple[int, int, Joint], ...], quote: str) -> bool:
    return any(not any(c.isalnum() for c in quote[min(span[1], end) : max(span[0], start)]) for start, end, _ in others)


def _pattern(quote: str, cuts: list[tuple[int, int, Joint]]) -> Pattern:
    parts: list[Part] = []
    joints: list[Joint] = []
    last, joint = 0, Joint.ADJACENT
    for start, end, following in [*cuts, (len(quote), len(quote), Joint.ADJACENT)]:
        words = _words(quote[last:start], joint)
        if any(c.isalnum() for c in words):
            if parts:
                joints.append(joint)
            parts.append(Part(words))
            joint = following
        else:  # nothing is quoted between two cuts: the wider one stands for both
            joint = min(joint, following, key=lambda j: j.value) if parts else following
        last = end
    inserted = tuple(quote[a:b] for a, b, kind in cuts if kind in (Joint.INSERTION, Joint.NAMING))
    named = [(a, b) for a, b, kind in cuts if kind is Joint.NAMING]
    return Pattern(
        tuple(parts),
        tuple(joints),
        inserted,
        any(not _holds_words(quote[:a], cuts) for a, _ in named),
        any(not _holds_words(quote[b:], cuts, b) for _, b in named),
    )


def _holds_words(piece: str, cuts: list[tuple[int, int, Joint]], offset: int = 0) -> bool:
    """Whether a piece of the quotation that begins at `offset` quotes a word, outside every cut."""
    return any(
        c.isalnum() and not any(start <= i < end for start, end, _ in cuts) for i, c in enumerate(piece, start=offset)
    )


def _words(piece: str, joint: Joint) -> str:
    """A piece without the bracket that its first letter stands in."""
    if joint is Joint.ADJACENT:
        piece = re.sub(r"^(\w)\]", r"\1", piece)
    return piece.strip()

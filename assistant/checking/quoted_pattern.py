"""What a quotation says about itself: which of its words are quoted, where it leaves out and where it puts in."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from assistant.checking.negations import NEGATION
from assistant.checking.numbers_named import holds_figure

_DOTS = r"(?:…|⋯|\.\s?\.\s?\.(?:\s?\.)?)"
OMISSION = re.compile(rf"\[\s*{_DOTS}+\s*\]|\(\s*{_DOTS}+\s*\)|{_DOTS}+")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,80})\]")
_MOST_REPLACED = 3


class Joint(Enum):
    """How two quoted parts hang together in the record."""

    OMISSION = auto()
    INSERTION = auto()
    ENDING = auto()
    ADJACENT = auto()

    def fits(self, between: str) -> bool:
        """Whether what stands between the parts in the record may stand there."""
        if self is Joint.OMISSION:
            return True
        words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", between)
        if self is Joint.ADJACENT:
            return not words
        if self is Joint.ENDING:
            return (
                len(words) <= 1
                and re.match(r"[^\W\d_]{0,4}(?![^\W_])", between) is not None
                and not (words and (NEGATION.search(between) or not between[:1].isalpha() or len(words[0]) > 4))
            )
        named = any(word[0].isupper() for word in words)
        return len(words) <= _MOST_REPLACED and not named and not holds_figure(between) and not NEGATION.search(between)


@dataclass(frozen=True, slots=True)
class Part:
    """Words that are quoted as they stand; the first letter may be a capital in one and small in the other."""

    words: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The quoted parts in order, and the joints between them."""

    parts: tuple[Part, ...]
    joints: tuple[Joint, ...]

    def open_end(self, number: int) -> bool:
        """Whether a part's last word goes on in the record, as in "agree[d]"."""
        return number < len(self.joints) and self.joints[number] is Joint.ENDING


def pattern_of(quote: str) -> Pattern:
    """Cut a quotation at its omissions and bracketed insertions.

    An insertion that holds a figure or a negation is no insertion: it stays with the words and has to stand in the
    record itself.
    """
    cuts: list[tuple[int, int, Joint]] = [(m.start(), m.end(), Joint.OMISSION) for m in OMISSION.finditer(quote)]
    for m in _BRACKETED.finditer(quote):
        inside = m.group(1)
        taken = any(start <= m.start() < end for start, end, _ in cuts)
        if taken or holds_figure(inside) or NEGATION.search(inside):
            continue
        before, after = quote[m.start() - 1 : m.start()], quote[m.end() : m.end() + 1]
        if len(inside) == 1 and inside.isalpha() and after.isalpha():  # "[T]he": the letter may have another case
            cuts.append((m.start(), m.start() + 1, Joint.ADJACENT))
        elif before.isalpha() and len(inside) <= 4 and inside.isalpha():
            cuts.append((m.start(), m.end(), Joint.ENDING))
        else:
            cuts.append((m.start(), m.end(), Joint.INSERTION))
    return _pattern(quote, sorted(cuts))


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
    return Pattern(tuple(parts), tuple(joints))


def _words(piece: str, joint: Joint) -> str:
    """A piece without the bracket that its first letter stands in."""
    if joint is Joint.ADJACENT:
        piece = re.sub(r"^(\w)\]", r"\1", piece)
    return piece.strip()

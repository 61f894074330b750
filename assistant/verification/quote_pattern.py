"""Parse a quotation into its quoted parts and the joints between them: ellipses and bracketed insertions."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from assistant.verification.insertions import is_added_phrase, is_adverb, limits
from assistant.verification.sense.omissions import NEGATION
from corpus.language.english import OFFICES
from corpus.language.figures import has_figure
from corpus.language.scripts import count_cjk, is_cjk
from corpus.language.word_lists import word_list

_DOTS = r"(?:…|⋯|\.\s?\.\s?\.(?:\s?\.)?)"
OMISSION = re.compile(rf"\[\s*{_DOTS}+\s*\]|\(\s*{_DOTS}+\s*\)|{_DOTS}+")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,80}(?:\n[^\[\]\n]{1,80})?)\]")
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
_REPLACEABLE = word_list("replaceable_words.txt")
_ARTICLES = frozenset("a an the his her its their our my this that these those".split())
_MODAL = frozenset("can could may might must ought shall should will would".split())
# Pronouns that a name in brackets may explain: of one, and of several.
_PRONOUNS = frozenset("he she it him her his hers its this that who whom whose i me my you your er il elle lui".split())
_PLURAL = frozenset("they them their theirs these those we us our ours ils elles leur".split())
_EXPLAINED_CJK = re.compile(r"(?:彼女|彼|同氏|同大臣|同相|同国|同省|それ|これ|我々|両者)(?:ら|たち)?$")
_JOINING = re.compile(r"[,;&/+]|\b(?:and|or|with|plus|but|for|from|against|not)\b", re.IGNORECASE)
_JOINING_CJK = re.compile(r"[、，・]|及び|および|並びに|又は|または|[とや](?=.)")
_LOOKED_BACK = 60
_REPLACEABLE_CJK = re.compile(r"^(?:彼|彼女|それ|これ|その|この|同|本|当|我々|我が|私|両)")


class Joint(Enum):
    """Connection of two quoted parts in the record."""

    OMISSION = auto()
    INSERTION = auto()
    NAMING = auto()
    EXPLAINING = auto()
    ADDING = auto()
    ENDING = auto()
    ADJACENT = auto()

    def fits(self, between: str) -> bool:
        """Return True if the record's words between the two parts are allowed by the joint."""
        if self is Joint.OMISSION:
            return True
        words = WORD.findall(between)
        if self in (Joint.ADJACENT, Joint.ADDING):
            return not words and not count_cjk(between)
        if self is Joint.ENDING:
            return (
                len(words) <= 1
                and (not words or (between[:1].isalpha() and _INFLECTION.fullmatch(words[0]) is not None))
                and not NEGATION.search(between)
            )
        if self is Joint.EXPLAINING and not any(map(str.isalnum, between)):
            return True
        if self in (Joint.NAMING, Joint.EXPLAINING) and not (words and is_replaceable(words[0])):
            return False
        has_meaning = any(is_name(word) or is_modal(word) for word in words)
        count = len(words) + count_cjk(between) // _CJK_WORD
        return count <= _MOST_REPLACED and not has_meaning and not has_figure(between) and not NEGATION.search(between)


def is_name(word: str) -> bool:
    """Return True if a word has a capital and is no pronoun or article."""
    return word[0].isupper() and word.lower() not in _REPLACEABLE


def is_modal(word: str) -> bool:
    """Return True if a word is a modal verb, which no insertion may replace."""
    return word.lower() in _MODAL


def is_replaceable(word: str) -> bool:
    """Return True if a word is a pronoun or an article, which a name in brackets may replace."""
    return word.lower() in _REPLACEABLE or _REPLACEABLE_CJK.match(word) is not None


def is_article(word: str) -> bool:
    """Return True if a noun follows such a word, so that a name in brackets replaces both."""
    return word.lower() in _ARTICLES


# The insertions with a name.
_NAMES = frozenset((Joint.NAMING, Joint.EXPLAINING, Joint.ADDING))


@dataclass(frozen=True, slots=True)
class Pattern:
    """The quoted parts of a quotation in order, and the joints between them.

    Attributes:
        parts: words that the record must contain; at least one part where any word is quoted.
        joints: the joints between the parts.
        inserted: the bracketed insertions that the record does not have, with their brackets.
        names_before: True if an insertion before the first part is a name.
        names_behind: True if an insertion behind the last part is a name.
        inserted_at: for each of `inserted`, the number of parts before it.
        added: the insertions that add an adverb or a phrase with a name, each with the number of parts before it.
    """

    parts: tuple[str, ...]
    joints: tuple[Joint, ...]
    inserted: tuple[str, ...] = ()
    names_before: bool = False
    names_behind: bool = False
    added: tuple[tuple[str, int], ...] = ()
    inserted_at: tuple[int, ...] = ()

    def open_end(self, number: int) -> bool:
        """Return True if a part's last word continues in the record, as in "agree[d]"."""
        return number < len(self.joints) and self.joints[number] is Joint.ENDING


def pattern_of(quote: str) -> Pattern:
    """Cut a quotation at its omissions and bracketed insertions.

    An insertion with a figure, a negation or a limit, or one that changes the word it touches into another, is no
    insertion: it stays with the words, and the record must contain it.
    """
    cuts: list[tuple[int, int, Joint]] = [(m.start(), m.end(), Joint.OMISSION) for m in OMISSION.finditer(quote)]
    omissions = tuple(cuts)
    for m in _BRACKETED.finditer(quote):
        if any(start <= m.start() < end for start, end, _ in omissions):
            continue
        joint = _joint(m, quote)
        # Beside an omission it is unknown what a name replaces.
        if joint is None or (joint in _NAMES and _is_beside(m.span(), omissions, quote)):
            continue
        cuts.append((m.start(), m.start() + 1 if joint is Joint.ADJACENT else m.end(), joint))
    return _pattern(quote, sorted(cuts))


def _joint(brackets: re.Match[str], quote: str) -> Joint | None:
    """Return the joint that a pair of brackets makes; None when the record must contain its words."""
    inside = brackets.group(1)
    before, after = quote[: brackets.start()][-1:], quote[brackets.end() :][:1]
    if _REMARK.fullmatch(inside):
        return Joint.INSERTION
    if limits(inside):
        return None
    if len(inside) == 1 and inside.isalpha() and after.isalpha() and not before.isalnum():
        return Joint.ADJACENT  # "[T]he": the letter may have another case
    is_japanese = is_cjk(before) or is_cjk(after) or count_cjk(inside)
    if before.isalpha() and not is_japanese and not after.isalnum() and _INFLECTION.fullmatch(inside):
        return Joint.ENDING
    if (before.isalnum() or after.isalnum()) and not is_japanese:  # "[un]able", "care[less]"
        return None
    if not count_cjk(inside) and not any(map(is_name, WORD.findall(inside))):
        return Joint.INSERTION
    if is_added_phrase(inside):
        return Joint.ADDING
    return Joint.EXPLAINING if _is_explained(quote[: brackets.start()], inside) else Joint.NAMING


def _is_explained(before: str, inside: str) -> bool:
    """Return True if a name in brackets tells whom the word before it means: "She [Minister Bo]", "the chair [Ms Bo]".

    Behind any other word it would add somebody: "Norway [and Chad]".
    """
    if _EXPLAINED_CJK.search(before):
        return _JOINING_CJK.search(inside) is None
    words = WORD.findall(before[-_LOOKED_BACK:])
    if not words or not before.rstrip().endswith(words[-1]):
        return False
    last, article = words[-1].lower(), words[-2].lower() if len(words) > 1 else ""
    if last in _PLURAL:
        return True
    is_one = last in _PRONOUNS or (article in _ARTICLES and (last in OFFICES or (words[-1] != last and last.isalpha())))
    return is_one and _JOINING.search(inside) is None


def _is_beside(span: tuple[int, int], others: tuple[tuple[int, int, Joint], ...], quote: str) -> bool:
    return any(not any(c.isalnum() for c in quote[min(span[1], end) : max(span[0], start)]) for start, end, _ in others)


def _pattern(quote: str, cuts: list[tuple[int, int, Joint]]) -> Pattern:
    parts: list[str] = []
    joints: list[Joint] = []
    added: list[tuple[str, int]] = []
    inserted_at: list[int] = []
    last, joint = 0, Joint.ADJACENT
    for start, end, following in [*cuts, (len(quote), len(quote), Joint.ADJACENT)]:
        words = _words(quote[last:start], joint)
        if any(c.isalnum() for c in words):
            if parts:
                joints.append(joint)
            parts.append(words)
            joint = following
        else:  # no word is quoted between two cuts: the wider one replaces both
            joint = min(joint, following, key=lambda j: j.value) if parts else following
        if start < end and (following is Joint.INSERTION or following in _NAMES):
            inserted_at.append(len(parts))
        inside = quote[start + 1 : end - 1]
        if following is Joint.ADDING or (following is not Joint.OMISSION and is_adverb(inside)):
            added.append((inside, len(parts)))
        last = end
    inserted = tuple(quote[a:b] for a, b, kind in cuts if kind is Joint.INSERTION or kind in _NAMES)
    names = [(a, b) for a, b, kind in cuts if kind is Joint.NAMING]
    return Pattern(
        tuple(parts),
        tuple(joints),
        inserted,
        any(not _holds_words(quote[:a], cuts) for a, _ in names),
        any(not _holds_words(quote[b:], cuts, b) for _, b in names),
        tuple(added),
        tuple(inserted_at),
    )


def _holds_words(piece: str, cuts: list[tuple[int, int, Joint]], offset: int = 0) -> bool:
    """Return True if a piece of the quotation, which begins at `offset`, has a word outside every cut."""
    return any(
        c.isalnum() and not any(start <= i < end for start, end, _ in cuts) for i, c in enumerate(piece, start=offset)
    )


def _words(piece: str, joint: Joint) -> str:
    """Return a piece without the bracket around its first letter."""
    if joint is Joint.ADJACENT:
        piece = re.sub(r"^(\w)\]", r"\1", piece)
    return piece.strip()

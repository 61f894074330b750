"""Find the citation at the end of a block quotation: names, years, pages; never a clause."""

import re

from assistant.verification.sense.omissions import NEGATION
from corpus.language.english import english_words
from corpus.language.months import CALENDAR_WORDS
from corpus.language.scripts import count_cjk
from corpus.language.word_lists import word_list
from corpus.span import Span

_BRACKETED = re.compile(r"\s*(?:\(([^()]{1,240})\)|（([^（）]{1,240})）|\[([^\[\]]{1,160})\])[.。]?\s*$")
_SOURCE_LINE = re.compile(r"(?:^|\n|(?<=[.!?”\"’»」。]))[ \t]*[—–―][ \t]*([^\n]{1,160})$")
_ADDRESS = re.compile(r"https?://\S+|rap1:\S+|www\.\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+")
_FIRST = word_list("citation_words.txt") | CALENDAR_WORDS
_NOUNS = ("body_nouns.txt", "record_nouns.txt", "offices.txt", "person_titles.txt")
_ALLOWED = _FIRST | word_list("citation_joints.txt") | frozenset(word for name in _NOUNS for word in word_list(name))
_COMMON_VERBS = word_list("common_verbs.txt")
# Names without a year, a page or an address: those of a person or a body.
_MOST_NAMES = 8
_MOST_CJK = 20
_VERB_CJK = re.compile(r"(?:した|する|して|された|しない|ない|ます|です|である|った)$")


def trailing_citation(text: str) -> Span | None:
    """Return the citation at the end of a block quotation, with its brackets or its dash; None where there is none."""
    for pattern in (_SOURCE_LINE, _BRACKETED):
        found = pattern.search(text)
        if found and found.start() and is_citation(next(filter(None, found.groups()), "")):
            return Span(found.start(), len(text))
    return None


def is_citation(words: str) -> bool:
    """Return True if words can be nothing but a citation: of names, years, pages and addresses."""
    plain = _ADDRESS.sub(" ", words)
    has_place = plain != words or re.search(r"\d", plain) is not None
    if NEGATION.search(plain):
        return False
    if count_cjk(plain):
        return count_cjk(plain) <= _MOST_CJK and _VERB_CJK.search(plain.rstrip(" 。」』）)")) is None
    tokens = _WORD.findall(plain)
    lowered = [word.rstrip(".").casefold() for word in tokens if word[0].islower()]
    if not _ALLOWED.issuperset(lowered) or (tokens and tokens[0][0].islower() and lowered[0] not in _FIRST):
        return False
    names = [word for word in tokens if word[0].isupper()]
    return has_place or _are_names(names) or (bool(lowered) and not names)


def _are_names(names: list[str]) -> bool:
    """Return True if words with capitals name somebody and state nothing: none may be a verb."""
    return 0 < len(names) <= _MOST_NAMES and not any(_may_be_verb(word.casefold()) for word in names)


def _may_be_verb(word: str) -> bool:
    return word in _COMMON_VERBS or (word.endswith(("ed", "es")) and word in english_words())

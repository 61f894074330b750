"""Proper names in a sentence: people with their titles, countries, bodies, events."""

import re
from dataclasses import dataclass

from corpus.language.countries import is_country
from corpus.language.english import HONORIFIC, HONORIFICS, OFFICES, english_words
from corpus.language.months import CALENDAR_WORDS, WEEKDAY_ABBREVIATIONS
from corpus.language.tokens import STOP_WORDS

_TOKEN = re.compile(
    rf"(?:{HONORIFIC}|Prof|Hon|Jr|Sr|St)\.|Ambassador[ -]at[ -]Large|(?:[A-Z]\.)+(?:[A-Z]\b)?"
    r"|[^\W_]+(?:['’&/-][^\W_]+)*|[^\w\s]"
)
# One letter for each token: H honorific, T title, J "Jr.", C another word with a capital, o "of", t "the", a "and".
_OFFICE = r"(?:o+t?[CT]+(?:(?:,[CT]+)*,?a[CT]+)?)"
_NAME = re.compile(rf"[CTH]+(?:,?J)?{_OFFICE}*(?:\([CTH]+\))?(?:,[CT]*T(?![CT]){_OFFICE}*(?:\([CTH]+\))?)*")
_SMALL = {"of": "o", "for": "o", "the": "t", "and": "a", "&": "a"}
_INITIAL = re.compile(rf"(?:^|[\s.])[A-Z]\.$|\b(?:{HONORIFIC}|St)\.$")
_NOT_NAMES = CALENDAR_WORDS | WEEKDAY_ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a text.

    Attributes:
        start: its first character.
        end: behind its last, a title in apposition included: "TERADA Minoru, State Minister for Communications".
        is_person: whether an honorific or a title marks it as a person.
    """

    start: int
    end: int
    is_person: bool


def proper_names(text: str) -> list[Name]:
    """The runs of words with capitals, in order; months, days and common words that open a sentence are none."""
    tokens = list(_TOKEN.finditer(text))
    shape = "".join(_letter(text, token) for token in tokens)
    found = []
    for match in _NAME.finditer(shape):
        first, last = tokens[match.start()], tokens[match.end() - 1]
        is_person = "H" in match.group() or "T" in match.group()
        found.append(Name(first.start(), last.end(), is_person))
    return found


def _letter(text: str, token: re.Match[str]) -> str:
    word = token.group()
    bare = word.rstrip(".").casefold()
    if not word[0].isalpha():
        return word if word in ",()" else _SMALL.get(word, "x")
    if not word[0].isupper():
        return _SMALL.get(word, "x")
    if bare in HONORIFICS:
        return "H"
    if bare in OFFICES or bare.startswith("ambassador"):
        return "T"
    if bare in ("jr", "sr"):
        return "J"
    return "x" if bare in _NOT_NAMES or _only_opens(text, token) else "C"


def _only_opens(text: str, token: re.Match[str]) -> bool:
    """Whether the capital may be that of a sentence and not of a name."""
    before, word = text[: token.start()].rstrip(' \n\t*_•(“"'), token.group()
    opens = not before or (before[-1] in ".:!?•-)" and not _INITIAL.search(before))
    if not opens or is_country(word):
        return word.casefold() in STOP_WORDS and not is_country(word) and not word.isupper()
    following = text[token.end() :].lstrip()
    if word.casefold() in STOP_WORDS:
        return True
    return word.casefold() in english_words() and not following[:1].isupper()

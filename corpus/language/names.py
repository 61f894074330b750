"""Find proper names in English text by their capitals, and tell which ones have the title of a person."""

import re
from dataclasses import dataclass

from corpus.language.countries import is_country
from corpus.language.english import HONORIFIC, HONORIFICS, OFFICES, english_words
from corpus.language.months import CALENDAR_WORDS, WEEKDAY_ABBREVIATIONS
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list

_TOKEN = re.compile(
    rf"(?:{HONORIFIC}|Prof|Hon|Jr|Sr|St)\.|Ambassador[ -]at[ -]Large|(?:[A-Z]\.)+(?:[A-Z]\b)?"
    r"|[^\W_]+(?:['’&/-][^\W_]+)*|[^\w\s]"
)
# One letter for each token: H honorific, T title, J "Jr.", C another word with a capital, o "of", t "the", a "and".
_OFFICE = r"(?:o+t?[CT]+(?:(?:,[CT]+)*,?a[CT]+)?)"
_NAME = re.compile(rf"[CTH]+(?:,?J)?{_OFFICE}*(?:\([CTH]+\))?(?:,[CT]*T(?![CT]){_OFFICE}*(?:\([CTH]+\))?)*")
_SMALL = {"of": "o", "for": "o", "the": "t", "and": "a", "&": "a"}
_INITIAL = re.compile(rf"(?:^|[\s.])[A-Z]\.$|\b(?:{HONORIFIC}|Prof|Hon|Sen|Gov|Rep|Rev|St)\.$")
_STARTERS = word_list("sentence_starters.txt")
_NOT_NAMES = CALENDAR_WORDS | WEEKDAY_ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a text.

    Attributes:
        start: the position of its first character.
        end: the position behind its last; a title behind the name belongs to it, as in "TERADA Minoru, State Minister".
        is_person: True if it has an honorific or a title.
    """

    start: int
    end: int
    is_person: bool


def proper_names(text: str) -> list[Name]:
    """Return the proper names of a text in order: words with capitals, without months, days and first words."""
    tokens = list(_TOKEN.finditer(text))
    shape = "".join(_letter(text, token) for token in tokens)
    return [
        Name(tokens[m.start()].start(), tokens[m.end() - 1].end(), "H" in m.group() or "T" in m.group())
        for m in _NAME.finditer(shape)
    ]


def _letter(text: str, token: re.Match[str]) -> str:
    """Return the letter of a token in the shape of its sentence, see `_NAME`; "x" for an ordinary word."""
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
    return "x" if bare in _NOT_NAMES or _begins_sentence(text, token) else "C"


def _begins_sentence(text: str, token: re.Match[str]) -> bool:
    """Return True if the capital of a word may be due to the beginning of a sentence."""
    before, word = text[: token.start()].rstrip(' \n\t*_•(“"'), token.group()
    opens = not before or (before[-1] in ".:!?•-)" and not _INITIAL.search(before[-12:]))
    if not opens or is_country(word):
        return word.casefold() in STOP_WORDS and not is_country(word) and not word.isupper()
    following = text[token.end() :].lstrip()
    if word.casefold() in STOP_WORDS or word in _STARTERS:
        return True
    return word.casefold() in english_words() and not following[:1].isupper()

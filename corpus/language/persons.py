"""Find the names of persons in a text of any European language, and tell which may be of one person."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS, OFFICES, english_words
from corpus.language.months import CALENDAR_WORDS
from corpus.language.organizations import find_forums, other_publisher_names
from corpus.language.tokens import STOP_WORDS, fold_text
from corpus.language.word_lists import word_list, word_sets

TITLES = word_list("person_titles.txt") | HONORIFICS | OFFICES
"""Forms of address and offices that stand before a name."""
_PARTICLES = frozenset("de da do dos das del della di du la le van von der den ten ter bin al el".split())
_BODIES = word_list("record_nouns.txt") | word_list("body_nouns.txt")
WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?\.?")
"""A word of a name."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text.

    Attributes:
        start: where the name begins, with its title.
        end: where it ends.
        name: as written, with its title.
        words: the folded words of the name without title.
        is_titled: True if it has a title or several words.
    """

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    is_titled: bool


def persons(text: str, start: int = 0, end: int | None = None) -> Iterator[Person]:
    """Yield the names of persons in a part of a text: words with capitals that name no body, place, month or day."""
    words = list(WORD.finditer(text, start, len(text) if end is None else end))
    at = 0
    while at < len(words):
        run = [words[at]]
        while _may_be_name(run[-1]) and at + len(run) < len(words) and _goes_on(text, run, words[at + len(run)]):
            run.append(words[at + len(run)])
        at += len(run)
        while run and not _may_be_name(run[-1]):
            run.pop()
        if run and _may_be_name(run[0]) and (person := _person(text, run)):
            yield person


def _goes_on(text: str, run: list[re.Match[str]], word: re.Match[str]) -> bool:
    between = text[run[-1].end() : word.start()]
    is_titled = is_title(run[-1].group())
    if between.strip() and not (between.strip() == "," and is_titled):
        return False
    if run[-1].group().endswith(("'s", "’s")):
        return False
    if run[-1].group().endswith(".") and len(run[-1].group()) > 4 and not is_titled:
        return False
    return _may_be_name(word) or word.group() in _PARTICLES


def _may_be_name(word: re.Match[str]) -> bool:
    text = word.group()
    return text in _PARTICLES or text[0].isupper()


def _person(text: str, run: list[re.Match[str]]) -> Person | None:
    while run and (run[0].group() in _PARTICLES or (run[0].group().casefold() in STOP_WORDS and len(run) > 1)):
        run = run[1:]
    if not run:
        return None
    words = [word.group() for word in run]
    titled = [at for at, word in enumerate(words) if is_title(word)]
    name = words[titled[-1] + 1 :] if titled else words
    plain = tuple(part for word in name for part in _name_parts(word))
    if not plain or not any(len(word) > 1 for word in plain):
        return None
    if set(plain) & _BODIES or any(map(is_country, (*name, " ".join(name)))) or set(plain) & CALENDAR_WORDS:
        return None
    if any(word in STOP_WORDS for word in plain if not titled) or (
        not titled and all(w.isupper() and len(w) > 1 for w in name) and len(name) == 1
    ):
        return None
    before = last_word(text, max(0, run[0].start() - 40), run[0].start())
    titled = titled or ([0] if is_title(before) else [])
    first = run[titled[0]].start() if titled else run[0].start()
    end = run[-1].end() - len(re.search(r"(?:['’]s)?\.?$", words[-1]).group())  # type: ignore[union-attr]
    return Person(first, end, text[first:end], plain, bool(titled) or len(plain) > 1)


def _name_parts(word: str) -> list[str]:
    parts = re.split(r"[.\-‐‑–]", without_accents(fold_text(re.sub(r"['’]s$", "", word))))
    plain = (re.sub("['’]", "", part) for part in parts)
    return [part for part in plain if part and part not in _PARTICLES]


def without_accents(words: str) -> str:
    """Return words without the accents of their letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def is_title(word: str) -> bool:
    """Return True for a form of address or an office, such as "Ms." or "Finanzministerin"."""
    plain = word.casefold().rstrip(".")
    return plain in TITLES or plain.endswith(
        ("minister", "ministerin", "präsident", "präsidentin", "sekretär", "sekretärin")
    )


def is_same_person(one: Person, other: Person) -> bool:
    """Return True if two names may be of one person: order, case, accents, titles and initials make no difference."""
    shared = {word for word in one.words if len(word) > 1} & set(other.words)
    if not shared:
        return False
    ours = [word for word in one.words if word not in shared]
    theirs = [word for word in other.words if word not in shared]
    return len(shared) > 1 or not ours or not theirs or any(_is_alike(a, b) for a in ours for b in theirs)


def _is_alike(one: str, other: str) -> bool:
    """Return True for an initial of a name, or two forms of it: "Alex", "Alexander"."""
    least = min(len(one), len(other), 3)
    return one[:least] == other[:least]


def last_word(text: str, start: int, end: int) -> str:
    """Return the last word of a part of a text in lower case; an empty string for none."""
    words = text[start:end].split()
    return words[-1].casefold() if words else ""


def may_be_initials(letters: str) -> bool:
    """Return True if capitals may be a person's initials, and are no country, no body and no English word."""
    word = "".join(filter(str.isalpha, letters))
    is_body = bool(find_forums(word) or other_publisher_names(word))
    return not (is_body or is_country(word) or word.casefold() in english_words())


def gender_of(title: str) -> str | None:
    """Return "he" or "she" for a form of address, such as "Ms."; None for a word that tells neither."""
    return gendered_titles().get(title.casefold().rstrip("."))


@cache
def gendered_titles() -> dict[str, str]:
    """Return the forms of address in lower case, each with "he" or "she"."""
    return {title: gender for gender, *titles in word_sets("gendered_titles.txt") for title in titles}

"""Read the office to which words around a quotation give it: "the Minister of Finance said", "(Treasurer)"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS
from corpus.language.minutes_words import phrases
from corpus.language.months import CALENDAR_WORDS
from corpus.language.persons import Person
from corpus.language.tokens import STOP_WORDS, folded_words
from corpus.language.word_lists import alternatives, word_list

_HEADS = "|".join(sorted((*word_list("offices.txt"), *word_list("speaking_offices.txt")), key=lambda w: (-len(w), w)))
_MODIFIERS = word_list("office_modifiers.txt")
_VERBS = "|".join(sorted(word_list("reporting_verbs.txt")))
_FOR = "|".join(sorted(phrases("person", "complement")))
_ARTICLES, _JOINTS, _SOURCES = (alternatives("source_words.toml", key) for key in ("articles", "joints", "sources"))
_PART = rf"(?!(?i:{_HEADS})\b)[^\W\d_a-z][\w’'-]*"
_COMPLEMENT = rf"\s+(?:{_FOR})\s+(?:(?:{_ARTICLES})\s+)?{_PART}(?:(?:,|,?\s+(?:{_JOINTS}))?\s+{_PART}){{0,7}}"
_BEFORE = r"(?P<before>[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w’'-]*)?)"
OFFICE = rf"(?:{_BEFORE}\s+)?(?P<head>(?i:{_HEADS}))(?P<behind>{_COMPLEMENT})?(?![\w-])"
_THE = rf"(?i:{_ARTICLES})\s+"
_SAY = rf"(?:[a-z]+ly\s+)?(?:{_VERBS})\b"
_SAYS = re.compile(rf"\b{_THE}{OFFICE},?\s+{_SAY}")
# "According to the treasurer, “...”", and "Treasurer: “...”".
_LEADS = (
    re.compile(rf"(?:^|\s)(?i:{_SOURCES})\s+(?:{_ARTICLES})\s+{OFFICE}\s*,\W*$"),
    re.compile(rf"^\W*(?:{_THE})?{OFFICE}\s*:\W*$"),
)
# "“...”, said the treasurer", "“...”, the treasurer said", and "“...” (the treasurer)".
_FOLLOWS = (
    re.compile(rf"\W*(?:{_VERBS})\s+(?:{_ARTICLES})\s+{OFFICE}"),
    re.compile(rf"\W*{_THE}{OFFICE}\s+{_SAY}"),
    re.compile(rf"[\s”\"’'».,]*\(\s*(?:{_THE})?{OFFICE}\s*[,)]"),
)
_BEFORE_NAME = re.compile(rf"{OFFICE},?\s+(?:(?!(?i:{_HEADS})\b)[^\W\d_a-z][\w’'.-]*\s+){{0,3}}$")
_BEHIND_NAME = re.compile(rf",\s+(?:(?:{_ARTICLES})\s+)?{OFFICE}")
# Characters before a person's name in which the office stands.
_BESIDE = 160
_MOST_PLACES = 40
# Letters in which two forms of one word agree: "digital", "digitization", and "chair", "chairwoman".
_STEM = 5


class Office(NamedTuple):
    """An office as written, the folded noun in it, and the folded words for what it is."""

    words: str
    head: str
    fields: frozenset[str]
    is_formal: bool

    def is_other(self, other: "Office") -> bool:
        """Return True if two offices of one noun are surely not the same: each is for something else."""
        is_stated = self.is_formal and self.fields and other.fields
        return bool(self.head == other.head and is_stated and _stems(self.fields).isdisjoint(_stems(other.fields)))

    def has_same_stem(self, other: "Office") -> bool:
        """Return True if two offices may be one by their nouns: "chair" and "chairwoman"."""
        return self.head[:_STEM] == other.head[:_STEM]

    @property
    def spellings(self) -> list[list[str]]:
        """The folded words by which a record may call it: "finance minister", "minister of finance"."""
        plain = folded_words(self.words)
        if plain[-1] != self.head or len(plain) == 1:
            return [plain]
        return [plain, *([self.head, word, *plain[:-1]] for word in _FOR.split("|"))]


def office_said(lead: str, behind: str = "") -> Office | None:
    """Return the office to which a report gives a quotation; None for none.

    Args:
        lead: the words before it.
        behind: those behind it.
    """
    said = list(_SAYS.finditer(lead))[-1:]
    if said:
        return None if "," in lead[said[0].end() :].strip(" ,:") else _office(said[0])
    found = (*(pattern.search(lead) for pattern in _LEADS), *(pattern.match(behind) for pattern in _FOLLOWS))
    return next(map(_office, filter(None, found)), None)


def offices_of(person: Person, text: str) -> Iterator[Office]:
    """Yield the offices that a text has directly before or behind a person's name."""
    name = re.escape(person.name.split()[-1])
    for number, place in enumerate(re.finditer(rf"(?<![\w-]){name}(?![\w-])", text)):
        if number >= _MOST_PLACES:
            return
        before = text[max(0, place.start() - _BESIDE) : place.start()]
        found = (_BEFORE_NAME.search(before), _BEHIND_NAME.match(text, place.end()))
        yield from filter(None, map(_office, filter(None, found)))


def _office(match: re.Match[str]) -> Office | None:
    """Return the office of a match; None for a former or acting one, which another may hold now."""
    before, head, behind = ((match[name] or "") for name in ("before", "head", "behind"))
    if not _MODIFIERS.isdisjoint(folded_words(before)):
        return None
    fields = [word for word in (*before.split(), *behind.split()) if _tells(word)]
    kept = " ".join(word for word in before.split() if _tells(word))
    is_formal = bool(behind) or (bool(kept) and kept[0].isupper())
    words = " ".join(" ".join((kept, head, behind)).split())
    return Office(words, head.casefold(), frozenset(folded_words(" ".join(fields))), is_formal)


def _tells(word: str) -> bool:
    """Return True for a word that says what an office is for."""
    plain = word.casefold().strip(",&")
    is_other = plain in STOP_WORDS or plain in HONORIFICS or plain in CALENDAR_WORDS or plain in _MODIFIERS
    return bool(plain) and not is_other and plain not in _FOR.split("|") and not is_country(word.strip(","))


def _stems(words: frozenset[str]) -> set[str]:
    return {word[:_STEM] for word in words}

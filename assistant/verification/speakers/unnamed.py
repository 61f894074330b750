"""Find speakers whom a report names and a record never does."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from corpus.document import Document
from corpus.language.persons import Person, is_title, persons, without_accents
from corpus.language.scripts import is_cjk_text
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list
from corpus.transcript import turns

_NAME_WITH_OFFICE = re.compile(
    rf"[A-Z][\w’'-]+\s+[A-Z][\w’'-]+,\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}(?i:{'|'.join(sorted(word_list('offices.txt')))})\b"
)
_CAPITAL = re.compile(r"[^\W\d_a-z][\w’'-]*")
# Longer names that are so alike are spellings of one.
_SHORT = 4
_ALIKE = 0.8
# Characters of a record in which it is looked for whether it names anybody.
_LOOKED_AT = 20_000


def unnamed_speaker(said_by: Sequence[Person], document: Document) -> str | None:
    """Return the speaker whom the report names where the record names others and never this one; None otherwise."""
    if not said_by or not all(person.is_titled for person in said_by) or is_cjk_text(document.text[:_LOOKED_AT]):
        return None
    known = _words(document.id, document.text, document.title)
    for person in said_by:
        title = [word for word in folded_words(person.name) if word not in person.words]
        surname = person.words[-1]
        if any(_is_spelling(word, surname) for word in known) or (len(title) > 1 and set(title) <= known):
            return None
    return said_by[0].name if _names_anybody(document) else None


@lru_cache(maxsize=64)
def _words(identity: str, text: str, title: str) -> frozenset[str]:
    capitals = " ".join(_CAPITAL.findall(f"{title}\n{text}"))
    return frozenset(folded_words(without_accents(capitals)))


def _is_spelling(word: str, name: str) -> bool:
    """Return True if a word is a name or another spelling of it."""
    if word == name:
        return True
    return len(name) > _SHORT and word[:2] == name[:2] and SequenceMatcher(None, word, name).ratio() >= _ALIKE


def _names_anybody(document: Document) -> bool:
    """Return True if a record names persons with their titles, or those who speak."""
    if turns(document) or _NAME_WITH_OFFICE.search(document.text, 0, _LOOKED_AT):
        return True
    return any(is_title(person.name.split()[0]) for person in persons(document.text, 0, _LOOKED_AT))

"""Find speakers whom a report names and a record does not: by name, or by an office that somebody else holds there."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from corpus.document import Document
from corpus.language.persons import Person, is_same_person, is_title, persons, without_accents
from corpus.language.scripts import is_cjk_text
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list
from corpus.speech import office_holders
from corpus.transcript import turns

_OFFICE = re.compile(
    rf"\b[Tt]he\s+(?P<office>(?:[\w-]+\s+)?(?:{'|'.join(sorted(word_list('offices.txt')))}|treasurer|engineer|mayor|clerk))"
    rf"\s+(?:[a-z]+ly\s+)?(?:{'|'.join(sorted(word_list('reporting_verbs.txt')))})\b",
    re.IGNORECASE,
)
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


def office_conflict(lead: str, recorded: Sequence[Person], document: Document) -> tuple[str, str] | None:
    """Return the office to which the words before a quotation give it, and the record's speaker who does not hold it.

    Args:
        lead: the words of the report before the quotation.
        recorded: the persons of whom the record says that these are their words.
        document: the record.
    """
    named = next(iter(list(_OFFICE.finditer(lead))[-1:]), None)
    if named is None or not recorded or "," in lead[named.end() :].strip(" ,:"):
        return None
    words = folded_words(named["office"])
    labels = [turn.speaker for turn in turns(document) if words[-1] in folded_words(turn.speaker)]
    holders = [*office_holders(document, words[-1:]), *labels]
    people = [person for name in holders for person in persons(name.title() if name.isupper() else name)]
    if not people or any(is_same_person(one, other) for one in people for other in recorded):
        return None
    return f"the {named['office']}", recorded[-1].name


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

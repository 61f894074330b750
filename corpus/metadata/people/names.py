"""Find the full names of persons in a record: behind a title, in a list at its top, or as speakers give their own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.language.english import HONORIFICS, english_words
from corpus.language.minutes_words import phrases
from corpus.language.persons import TITLES, Person, is_title, persons, without_accents
from corpus.language.tokens import fold_text, folded_words
from corpus.metadata.people.record_text import TOP, RecordText

ADDRESS = frozenset((*HONORIFICS, *phrases("person", "address"), "madam"))
"""Forms of address, folded and without dots."""
ALL_TITLES = TITLES | ADDRESS
"""Forms of address and offices that stand before a name, folded and without dots."""
COMPLEMENT = frozenset(phrases("person", "complement"))
"""Words behind an office whose complement belongs to it: "Minister for Railways"."""
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
"""A capital, as a pattern."""
AROUND = 100
"""Characters of a line around a name that are read with it."""
_OF_MEN, _OF_WOMEN = (frozenset(phrases("person", name)) for name in ("man", "woman"))
_PART = rf"(?:{UPPER}\.|{UPPER}[\w’'-]+)"
_PARTICLE = r"(?:de|da|del|della|di|du|la|le|van|von|der|den|ter|bin|al|el|y|dos|das)"
_TITLE = rf"(?i:{'|'.join(sorted(map(re.escape, ALL_TITLES), key=lambda word: (-len(word), word)))})\b\.?[ \t]+"
NAME = rf"(?:{_TITLE})*(?P<name>{_PART}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_PART}){{0,3}})"
"""A pattern of a name with its titles; the group "name" has none of the titles."""
ENDS_NAME = r"(?=[ \t]*(?:$|[,;:.()\[\]|\n–—]|(?:and|et|und|y|will|is)\b))"
_INTRODUCES = re.compile(
    r"(?:\A\W*(?P<this>(?i:this is))|\b(?i:my name is|i['’]m|i am|je m['’]appelle|je suis|mein name ist|ich bin"
    rf"|me llamo|mi nombre es|soy))[ \t]+{NAME}{ENDS_NAME}",
    re.MULTILINE,
)
# "This is Cy Day, our new clerk": somebody else.
_IS_OTHER = re.compile(
    r"[ \t]*,?[ \t]*(?:our|my|the|your|their|who|whom|a|an|one)\b|\W+(?:he|she|his|her)\b", re.IGNORECASE
)
# Characters of a turn in which its speaker says who speaks.
_BEGINNING = 400


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """The person whom a label means.

    Attributes:
        name: as the record writes it, without titles.
        stated: the words of the record that say so; empty where the label has the name and no other bears it.
    """

    name: str
    stated: str = ""


def full_names(record: RecordText, word: str) -> Iterator[tuple[str, NamedPerson]]:
    """Yield each full name with a word, and with it the title before it and the office behind it."""
    for place in record.places_of_word(word):
        line = record.line_at(place.start, place.end)
        start = max(line.start, place.start - AROUND)
        near = record.text[start : min(place.end + AROUND, line.end)]
        for person in persons(near):
            is_here = person.start <= place.start - start < person.end
            name = without_titles(person.name)
            # A heading in capitals goes on with a verb: "Minister Bo Meets Ministers".
            goes_on = name.casefold().startswith(word) and name.split()[-1].casefold() in english_words()
            if is_here and " " in name and not goes_on and _is_list_or_titled(record, near, person, place.start):
                behind = re.match(r"[ \t]*[,(]([^,()\n;]{1,40})", near[person.end :])
                office = behind[1] if behind and not any(persons(behind[1])) else ""
                before = folded_words(near[: person.start])[-1:]
                yield " ".join((*before, person.name, office)), NamedPerson(name, in_one_line(person.name))


def _is_list_or_titled(record: RecordText, near: str, person: Person, offset: int) -> bool:
    """Return True if a full name has a title or, at the top of the record, stands in a list or the title."""
    before, behind = near[: person.start].rstrip(), near[person.end :].lstrip(" \t")
    if is_title(person.name.split()[0]) or is_title(before.split(" ")[-1] if before else ""):
        return True
    last = "".join(folded_words(before)[-1:])
    if last in COMPLEMENT:
        return False
    is_item = not before or before[-1] in ",;:|(•-–—*>" or last in ("and", "et", "und", "y")
    ends = not behind or behind[0] in ",;|()[.\n–—-" or bool(re.match(r"(?:and|et|und|y)\b", behind))
    return offset < record.head_end and ((is_item and ends) or offset in record.title)


def names_at_top(record: RecordText) -> list[NamedPerson]:
    """Return those whose full names stand above the talk, each once."""
    found: list[NamedPerson] = []
    for line in record.text[: min(record.head_end, 2 * TOP)].splitlines():
        found += [NamedPerson(without_titles(p.name), p.name) for p in persons(line)]
    return distinct(person for person in found if " " in person.name)


def own_names(record: RecordText, label: str) -> list[NamedPerson]:
    """Return the names that the speaker of a label gives: "My name is Ada Bo"."""
    found: list[NamedPerson] = []
    for turn in (turn for turn in record.turns if turn.speaker == label):
        words = turn.words.of(record.document.text)[:_BEGINNING]
        for match in _INTRODUCES.finditer(words):
            is_other = bool(match["this"] and _IS_OTHER.match(words, match.end("name")))
            before = words[: match.start()]
            is_other |= before.count("“") > before.count("”") or before.count('"') % 2 == 1
            if not is_other and (name := full_name(match["name"])) and " " in name:
                found.append(NamedPerson(name, in_one_line(words[match.start() : match.end("name")])))
    return distinct(found)


def have_other_titles(one: str, other: str) -> bool:
    """Return True if the titles of two names are of a man and of a woman: "Ms. Day" and "Mr. Cy Day"."""
    ours, theirs = ({word.strip(".") for word in folded_words(name)} for name in (one, other))
    return bool((ours & _OF_MEN and theirs & _OF_WOMEN) or (ours & _OF_WOMEN and theirs & _OF_MEN))


def full_name(words: str) -> str:
    """Return a name without titles; nothing for words that are no person's name."""
    found = list(persons(words.title() if words.isupper() else words))
    if len(found) != 1 or {*folded_words(words)} & {"of", "for"}:
        return ""
    return without_titles(in_one_line(words))


def without_titles(name: str) -> str:
    """Return a name without the titles before it."""
    parts = name.split()
    while len(parts) > 1 and fold_text(parts[0]).rstrip(".") in ALL_TITLES:
        parts.pop(0)
    return " ".join(parts)


def distinct(found: Iterable[NamedPerson]) -> list[NamedPerson]:
    """Return the persons, each once under the longest of the names that are parts of each other."""
    kept: list[NamedPerson] = []
    for person in sorted(dict.fromkeys(found), key=lambda one: -len("".join(plain_words(one.name)))):
        if not any(_is_part(person.name, other.name) for other in kept):
            kept.append(person)
    return kept


def _is_part(name: str, other: str) -> bool:
    """Return True if each word of a name is one of another name, or the initial of one: "A. Bo" and "Ada Bo"."""
    words = plain_words(other)
    return all(w in words or (len(w) == 1 and any(o.startswith(w) for o in words)) for w in plain_words(name))


def plain_words(name: str) -> frozenset[str]:
    """Return the folded words of a name without accents."""
    return frozenset(folded_words(without_accents(name)))


def in_one_line(words: str) -> str:
    """Return words with single spaces between them."""
    return " ".join(words.split())

"""Link the labels of a record to its persons: "THE CHAIR", "MS. BO" and "AB" are Ada Bo, if the record says so.

A link counts only where the record itself leaves no doubt: one person holds the office, bears the name with its title,
or has the initials. What counts stands outside the talk, or is how a speaker gives the own name; what is said of others
in the talk, and lists of those who are absent, prove nothing.
"""

import re
from collections.abc import Sequence
from functools import cached_property

from corpus.document import Document
from corpus.language.persons import TITLES, may_be_initials
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, folded_words
from corpus.metadata.people.absence import is_absent
from corpus.metadata.people.names import (
    ALL_TITLES,
    UPPER,
    NamedPerson,
    distinct,
    full_names,
    have_other_titles,
    names_at_top,
    own_names,
    plain_words,
)
from corpus.metadata.people.offices import ARTICLES, JUDGES, MODIFIERS, holders, holders_by_name, office_words
from corpus.metadata.people.record_text import RecordText

_INITIALS = re.compile(rf"{UPPER}{{2,4}}|(?:{UPPER}\.[ \t]?){{2,4}}")


class People:
    """The persons whom a record names.

    Args:
        document: the record.
    """

    def __init__(self, document: Document) -> None:
        self._record = RecordText(document)

    def meant_by(self, label: str) -> NamedPerson | None:
        """Return the one person whom a label or a name alone means in the record; None where that is not certain."""
        if is_cjk(label[:1]):
            return None
        found = self._meant_by(label)
        return found if found and not is_absent(self._record, found.name) else None

    def bearers(self, word: str) -> list[NamedPerson]:
        """Return those whose full name has a word, each once: behind a title, or in a list at the top of the record."""
        return distinct(person for _, person in full_names(self._record, word))

    def holders(self, office: Sequence[str]) -> list[NamedPerson]:
        """Return those who hold an office by the clearest words of the record, each once.

        Args:
            office: the folded words of the office, without article.
        """
        return holders(self._record, office)

    def _meant_by(self, label: str) -> NamedPerson | None:
        words = [word for word in folded_words(label) if word not in ARTICLES]
        names = [word.strip(".") for word in words if word.strip(".") not in ALL_TITLES | MODIFIERS]
        if office := office_words(label):
            return self._holder(label, office)
        if _INITIALS.fullmatch(label):
            return self._of_initials(label) or self._of_short_office(label)
        return self._bearer(label, names) if len([n for n in names if len(n) > 1]) == 1 else None

    def _holder(self, label: str, office: list[str]) -> NamedPerson | None:
        """Return the only holder of the office that a label is, who has no other label."""
        found = own_names(self._record, label) or self.holders(office)
        if not found and office == ["court"]:  # in transcripts of courts
            found = distinct(person for judge in sorted(JUDGES) for person in self.holders([judge]))
        if len(found) > 1:  # those with labels of their own are others
            others = [set(folded_words(turn.speaker)) for turn in self._record.turns if turn.speaker != label]
            found = [one for one in found if not any(set(folded_words(one.name)[-1:]) & words for words in others)]
        return found[0] if len(found) == 1 else None

    def _of_initials(self, label: str) -> NamedPerson | None:
        """Return the only person at the top of the record whose initials a label before a colon, or in brackets, is."""
        is_written = rf"^\W*{re.escape(label)}\W*[:：]|\({re.escape(label)}\)"
        is_label = any(turn.speaker == label for turn in self._record.turns)
        if not may_be_initials(label) or not (is_label or re.search(is_written, self._record.text, re.MULTILINE)):
            return None
        letters = [letter for letter in label if letter.isalpha()]
        found = [p for p in self._at_top if [word[0] for word in re.split(r"[ .-]+", p.name) if word] == letters]
        return found[0] if len(found) == 1 else None

    def _of_short_office(self, label: str) -> NamedPerson | None:
        """Return the one who holds an office that a label shortens: "CFO" is the Chief Financial Officer."""
        words = r"[ \t]+".join(rf"{letter}[a-z]+" for letter in label if letter.isalpha())
        spelled = dict.fromkeys(fold_text(match[0]) for match in re.finditer(rf"\b{words}\b", self._record.text))
        offices = (label.casefold(), *(office for office in spelled if {*office.split()} & TITLES))
        found = distinct(person for office in offices for person in holders_by_name(self._record, office.split()))
        return found[0] if len(found) == 1 else None

    def _bearer(self, label: str, names: list[str]) -> NamedPerson | None:
        """Return the person who bears a name that a label has alone; of namesakes the one with the label's title."""
        word = next(name for name in names if len(name) > 1)
        places = list(full_names(self._record, word))
        found = distinct(person for _, person in places)
        if len(found) < 2:
            differs = any(have_other_titles(label, titled) for titled, _ in places)
            return NamedPerson(found[0].name) if found and not differs else None
        titles = {w.strip(".") for w in folded_words(label)} & ALL_TITLES
        initials = [name for name in names if len(name) == 1]
        if initials:
            places = [(titled, p) for titled, p in places if _has_initials(p.name, initials)]
        carrying = distinct(p for titled, p in places if titles | {*initials} and titles <= set(folded_words(titled)))
        return carrying[0] if len(carrying) == 1 else None

    @cached_property
    def _at_top(self) -> list[NamedPerson]:
        return names_at_top(self._record)


def _has_initials(name: str, initials: Sequence[str]) -> bool:
    """Return True if each of some letters begins a word of a name."""
    return all(any(word[0] == initial for word in plain_words(name)) for initial in initials)

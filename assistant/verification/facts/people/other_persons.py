"""Find persons of whom a report says what a record's sentence says of another: "Mr. Bo moved" for "Ms. Ek moved"."""

import re
from collections.abc import Iterator, Sequence

from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.record_sentences import NearSentence
from corpus.language.persons import Person, is_title, persons
from corpus.language.tokens import STOP_WORDS
from corpus.span import Span

# From this share of common words on, two sentences say the same.
_SAME = 0.7
_WORDS = re.compile(r"\w+")
_WORD = re.compile(r"\s+(?P<word>[^\W\d_]+)")


def other_persons(sentence: str, near: Sequence[NearSentence]) -> Iterator[Conflict]:
    """Yield the persons whom the nearest sentences have before the verb behind another person of the report.

    Args:
        sentence: the sentence of the report.
        near: the sentences of the records that it is about, the nearest first.
    """
    close = [there for there in near if there.share >= _SAME]
    for person in _titled(sentence):
        verb = _verb(sentence, person)
        if not verb or any(has_name(there.text, person) for there in close):
            continue
        for there in close:
            other = next((p for p in _titled(there.text) if _verb(there.text, p) == verb), None)
            if other and not has_name(sentence, other):
                yield Conflict(Span(person.start, person.end), other.name, there.document)
                break


def _titled(text: str) -> list[Person]:
    return [person for person in persons(text) if is_title(person.name.split()[0])]


def has_name(text: str, person: Person) -> bool:
    """Return True if a text has the last name of a person as a word."""
    return set(_WORDS.findall(person.name.split()[-1].casefold())) <= set(_WORDS.findall(text.casefold()))


def _verb(text: str, person: Person) -> str | None:
    """Return the word behind a person, in lower case, if it may be a verb."""
    behind = _WORD.match(text, person.end)
    word = behind["word"] if behind else ""
    return word if word.islower() and word not in STOP_WORDS else None

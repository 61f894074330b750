"""Find the witness whose answers "A." marks in a hearing: the last name in capitals above the questions."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.english import HONORIFICS, english_words
from corpus.language.tokens import folded_words
from corpus.transcript import SpeechTurn

REPLIERS = frozenset(("A", "ANSWER", "Answer"))
"""The labels of a witness without a name."""
# Characters between the line that names a witness and the first question.
_NEAR = 400
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_UPPER}(?:{_UPPER}|[.'’-])*"
# "MR ARAM DAY (affirmed)", "EVE Q. BO," above "having been duly sworn", "EVE BO" above "was called as a witness".
_WITNESS = re.compile(
    rf"^[ \t]*(?P<name>{_WORD}(?:[ \t]{_WORD}){{1,5}})[ \t]*"
    r"(?:\([^\W\d_A-Z][^()\n]{2,60}\)[ \t]*$|,?[ \t]*\n+[ \t]*(?=[a-z]))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Witness:
    """A person who is examined.

    Attributes:
        name: as the record writes it, without form of address.
        stated: the words of the record that name the witness.
        start: where these words begin.
    """

    name: str
    stated: str
    start: int


def witnesses(text: str, turns: Sequence[SpeechTurn]) -> list[Witness]:
    """Return those who are examined in a hearing, in order; none in a text without answers of unnamed witnesses.

    Args:
        text: of the record.
        turns: its turns.
    """
    if not any(turn.speaker in REPLIERS for turn in turns):
        return []
    asked = [turn.span.start for turn in turns if not turn.speaker]
    found = []
    for match in _WITNESS.finditer(text):
        words = match["name"].split()
        name = words[1:] if "".join(folded_words(words[0])) in HONORIFICS else words
        at = bisect_right(asked, match.start("name"))
        is_near = at < len(asked) and asked[at] - match.end() <= _NEAR
        is_name = name != words or not english_words().issuperset(folded_words(" ".join(name)))
        if is_near and is_name:
            found.append(Witness(" ".join(name), " ".join(match[0].split()).rstrip(","), match.start("name")))
    return found


def witness_at(found: Sequence[Witness], offset: int) -> Witness | None:
    """Return the last witness who is named before a character; None before the first."""
    at = bisect_right(found, offset, key=lambda witness: witness.start) - 1
    return found[at] if at >= 0 else None

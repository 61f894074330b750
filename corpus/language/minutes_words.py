"""Words of minutes and of questions about them, from `data/minutes.toml`: patterns, labels, and outcomes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus.language.figures import NUMBERS
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text
from corpus.language.word_lists import word_list, word_table

# Words of a label beside the phrase that gives its sense: "Members present on 3 May" has three.
_MOST_BESIDE = 3
# Characters between a German verb and its prefix.
_LONGEST_CLAUSE = 160
# Sections with the words of questions.
_ASKING = ("asks", "asks_outcome", "vote", "frame", "action", "item", "record")
_AROUND = " .:：?？–—-0123456789()（）・"
UNREAL = re.compile(
    r"\b(?:to|should|would|will|could|may|might|must|shall|cannot|can|if|whether)\s+(?:\w+\s+)?be\s+\w+|\bif\s"
)
"""Words of folded text that state no outcome: "to be approved"."""
_WORD = re.compile(r"[\w'’]+")
# Words of a call of an item without a noun: "Third, the new roof."; a longer sentence gives a reason.
_SHORT_CALL = 8
# Words that join a sentence of a talk to the one before.
_TALK_LEAD = re.compile(
    r"^\W*(?:(?:then|so|good|okay|ok|right|well|fine|alright|all right|and|but|now|in that case|dann|also|gut|nun|und"
    r"|alors|donc|bon|bien|et|entonces|pues|bueno|y)\b[\s,.–—-]*)+"
)
_MARKS = re.compile(r"[*_#|\[\]<>]+")


class Outcome(NamedTuple):
    """An outcome, such as "rejected" of the kind "rejected", and its place in the sentence."""

    kind: str
    start: int
    end: int


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return word_table("minutes.toml")


@cache
def phrases(section: str, name: str) -> tuple[str, ...]:
    """Return the words and phrases of a class, folded, the longest first."""
    return tuple(sorted(map(fold_text, _table()[section][name]), key=lambda p: (-len(p), p)))


def classes(section: str) -> tuple[str, ...]:
    """Return the names of the classes of a section, in the order of the file."""
    return tuple(_table()[section])


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern of the words of a class in folded text; Japanese ones need no bounds."""
    words = phrases(section, name)
    latin = "|".join(_expression(phrase) for phrase in words if not is_cjk(phrase))
    others = [_expression(phrase) for phrase in words if is_cjk(phrase)]
    # One bound for all words: a bound for each would take ten times as long.
    return re.compile("|".join([rf"(?<!\w)(?:{latin})(?!\w)", *others]))


def says(section: str, name: str, text: str) -> bool:
    """Return True if a folded text has a word of a class."""
    return bool(pattern(section, name).search(text))


def label_class(section: str, words: str) -> str | None:
    """Return the class of a section that a label, a heading or a cell belongs to; None for other words.

    Args:
        section: of the file, with classes of labels.
        words: the label; the longest phrase in it decides.
    """
    folded = _MARKS.sub(" ", fold_text(words)).strip(_AROUND)
    best: tuple[int, str] | None = None
    for name in classes(section):
        for match in pattern(section, name).finditer(folded):
            beside = _WORD.findall(folded[: match.start()] + " " + folded[match.end() :])
            is_near = len(beside) <= _MOST_BESIDE and (match.start() == 0 or match.end() == len(folded) or not beside)
            if is_near and not folded[match.end() :].startswith(("'s", "’s")):
                best = max(best or (0, ""), (len(match.group()), name), key=lambda pair: pair[0])
    return best[1] if best else None


def is_label(section: str, name: str, words: str) -> bool:
    """Return True if words are a label of one class and hardly anything else."""
    folded = _MARKS.sub(" ", fold_text(words)).strip(_AROUND)
    return bool(pattern(section, name).fullmatch(folded))


@cache
def asking_words_ja() -> frozenset[str]:
    """Return the Japanese words with which questions ask, and which name no subject: "反対", "議事録", "何人"."""
    lists = (word_list("frame_words.txt"), word_list("meeting_actions.txt"))
    words = (phrase for section in _ASKING for name in classes(section) for phrase in phrases(section, name))
    return frozenset(filter(is_cjk, (*words, *lists[0], *lists[1])))


@cache
def only_asks(word: str) -> bool:
    """Return True for a folded word with which questions about minutes ask, and which names no subject: "decidió"."""
    return any(pattern(section, name).fullmatch(word) for section in _ASKING for name in classes(section))


def _expression(phrase: str) -> str:
    """Return the regular expression of a phrase, of "nahm ... an" the verb before its prefix at the end of a clause."""
    verb, is_apart, prefix = phrase.partition(" ... ")
    if is_apart:
        return rf"{_expression(verb)}(?=\s[^.;:!?]{{1,{_LONGEST_CLAUSE}}}?\s{prefix}\s*(?:[.,;:!?)]|$|und\b|sowie\b))"
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())


def only_outcome(sentence: str) -> Outcome | None:
    """Return the outcome that a sentence states; None where it states none, or may state another one, too."""
    folded = fold_text(sentence)
    if len(folded) != len(sentence):
        return None
    folded = UNREAL.sub(lambda m: " " * len(m.group()), folded)
    found: list[Outcome] = []
    for name in classes("outcome"):
        matches = list(pattern("outcome", name).finditer(folded))
        found += (Outcome(name, *match.span()) for match in matches)
        for match in matches:
            folded = f"{folded[: match.start()]}{' ' * len(match.group())}{folded[match.end() :]}"
    is_only = len({outcome.kind for outcome in found}) == 1 and not any(_other_kinds(folded, found[0].kind))
    return found[0] if is_only else None


def _other_kinds(folded: str, kind: str) -> Iterator[str]:
    """Yield the other kinds whose words, in any form, the rest of a sentence has."""
    names = (name for name in classes("asks_outcome") if name in classes("outcome") and name != kind)
    return (name for name in names if pattern("asks_outcome", name).search(folded))


def without_lead(sentence: str) -> str:
    """Return a sentence folded, without the words that join it to the one before: "Then it's carried."."""
    return _TALK_LEAD.sub("", fold_text(sentence)).lstrip()


def numbers_item(sentence: str) -> bool:
    """Return True if a sentence calls an item by its number: "Item eight", "We come to item 8"."""
    return bool(_numbered().match(without_lead(sentence)))


def calls_item(sentence: str) -> bool:
    """Return True if a sentence of a talk calls an item."""
    if sentence.rstrip().endswith(("?", "？")):
        return False
    folded = without_lead(sentence)
    if numbers_item(sentence) or _ordinal().match(folded):
        return True
    return len(folded.split()) <= _SHORT_CALL and bool(_ordinal_alone().match(folded))


def _any(name: str) -> str:
    return "|".join(re.escape(phrase) for phrase in phrases("announced", name))


@cache
def _numbered() -> re.Pattern[str]:
    """Return a pattern of "item eight" and "we come to item 8" at the beginning of a folded sentence."""
    numbers = "|".join(NUMBERS)
    return re.compile(
        rf"(?:(?:{_any('leads')})\s+)?(?:(?:the|agenda)\s+)?(?:{_any('nouns')})\s+(?:{numbers}|\d{{1,2}})\b"
    )


@cache
def _ordinal() -> re.Pattern[str]:
    """Return a pattern of "the second item"."""
    return re.compile(
        rf"(?:(?:{_any('leads')})\s+)?(?:(?:the|our|der|die|das|le|la|el)\s+)?(?:{_any('ordinals')})\s+(?:{_any('nouns')})\b"
    )


@cache
def _ordinal_alone() -> re.Pattern[str]:
    """Return a pattern of "Third, the roof"."""
    return re.compile(rf"(?:{_any('ordinals')})\s*[,:–—-]\s*\w")

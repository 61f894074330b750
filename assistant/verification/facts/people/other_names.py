"""Find names that a report spells otherwise than its records, and first names that are another person's."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.values import Value, words_of
from corpus.document import Document
from corpus.language.english import HONORIFIC
from corpus.language.persons import gendered_titles, is_title, persons
from corpus.span import Span

# Two names so alike are spellings of one; of short ones a single letter is more.
_ALIKE = 0.7
_ALIKE_SHORT = 0.6
_SHORT = 4
_NAME_WORD = re.compile(r"[\w’'-]*\w")
_TITLE_BEFORE = re.compile(rf"\b(?:{HONORIFIC})\.?\s+$")
_TITLE_WORD = re.compile(r"\b(?P<title>[^\W\d_]+)\.?\s+(?:[^\W\d_a-z][\w’'.-]*\s+)?$")
_PHRASE = re.compile(r"[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)*")


def other_spelling(value: Value, sentence: str, documents: Sequence[Document]) -> Conflict | None:
    """Return the record's other spelling of a name of several words: "Adela Bo" for "Adele Bo"."""
    run = next((m for m in _PHRASE.finditer(sentence) if m.start() <= value.span.start < m.end()), None)
    words = list(_NAME_WORD.finditer(sentence, run.start(), run.end())) if run else []
    for one, other in pairwise(words):
        pair = Span(one.start(), other.end())
        if not any(persons(pair.of(sentence))):
            continue
        if any({one.group().casefold(), other.group().casefold()} <= words_of(d.text) for d in documents):
            if conflict := _other_first_name(pair, one.group(), other.group(), sentence, documents):
                return conflict
            continue
        for document in documents:
            known = words_of(document.text)
            if (one.group().casefold() in known) == (other.group().casefold() in known):
                continue
            is_first = other.group().casefold() in known
            unknown, beside = (one, other) if is_first else (other, one)
            if is_title(beside.group()) or not unknown.group().isalpha():
                continue
            # "Minoru Terada" may be "TERADA Minoru" there.
            in_order = (_beside(beside.group(), unknown.group(), document.text, o) for o in (is_first, not is_first))
            if recorded := next(filter(None, in_order), None):
                return Conflict(pair, recorded, document)
    return None


def other_title(value: Value, sentence: str, documents: Sequence[Document]) -> Conflict | None:
    """Return the form of address before a name in the records, where the report has one of the other gender."""
    mine = _TITLE_WORD.search(sentence[: value.span.start])
    gender = gendered_titles().get(mine["title"].casefold()) if mine else None
    if mine is None or gender is None:
        return None
    title, last = "|".join(gendered_titles()), re.escape(str(value.value))
    named = rf"\b(?P<title>(?i:{title}))\.?\s+(?:[^\W\d_a-z][\w’'.-]*\s+)?{last}\b"
    for document in documents:
        titles = list(re.finditer(named, document.text))
        if titles and all(gendered_titles()[m["title"].casefold()] != gender for m in titles):
            place = Span(mine.start("title"), value.span.end)
            return Conflict(place, " ".join(titles[0].group().split()), document)
    return None


def _other_first_name(
    pair: Span, first: str, last: str, sentence: str, documents: Sequence[Document]
) -> Conflict | None:
    """Return the person of the records with this last name, where a title leads a first name that is another person's.

    "Ms. Anna Berg" where the records have Ruth Berg and Anna Bo, and nowhere Anna Berg.
    """
    if not _TITLE_BEFORE.search(sentence[: pair.start]):
        return None
    for document in documents:
        others = list(dict.fromkeys(re.findall(rf"(?<![\w-])([A-Z][\w’'-]+)\s+{re.escape(last)}\b", document.text)))
        firsts = [word for word in others if not is_title(word)]
        if first.casefold() in map(str.casefold, firsts) or any(len(word) == 1 for word in firsts):
            return None
        if len(firsts) == 1 and any(persons(f"{firsts[0]} {last}")):
            return Conflict(pair, f"{firsts[0]} {last}", document)
    return None


def _beside(word: str, unknown: str, text: str, is_before: bool) -> str | None:
    """Return the name in a record that has a word, and beside it one that is nearly the unknown one."""
    name, known = r"\b(?P<name>[^\W\d_a-z]\w*)", rf"\b{re.escape(word)}\b"
    for match in re.finditer(rf"{name}\s+{known}" if is_before else rf"{known}\s+{name}", text):
        if _is_misspelt(unknown.casefold(), match["name"].casefold()):
            return " ".join(match.group().split())
    return None


def _is_misspelt(one: str, other: str) -> bool:
    """Return True if two words are nearly equal, and not two forms of one word: "Island", "Islands"."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    if one[:1] != other[:1] or one.startswith(other) or other.startswith(one) or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= (_ALIKE if len(one) > _SHORT else _ALIKE_SHORT)

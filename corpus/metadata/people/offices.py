"""Find who holds an office in a record: "Chair: Ada Bo", "Ada Bo, Town Clerk", "Minister for Ports Ada Bo"."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.language.countries import is_country
from corpus.language.english import HONORIFICS
from corpus.language.minutes_words import label_class, phrases
from corpus.language.persons import TITLES, is_title
from corpus.language.tokens import STOP_WORDS, fold_text, folded_words
from corpus.language.word_lists import word_list
from corpus.metadata.people.absence import is_in_absence
from corpus.metadata.people.names import (
    ADDRESS,
    ALL_TITLES,
    AROUND,
    COMPLEMENT,
    ENDS_NAME,
    NAME,
    UPPER,
    NamedPerson,
    distinct,
    full_name,
    in_one_line,
)
from corpus.metadata.people.record_text import MOST_PLACES, RecordText
from corpus.span import Span

ARTICLES = frozenset(phrases("person", "article"))
"""Words before an office in a label, which belong to no name."""
MODIFIERS = word_list("office_modifiers.txt")
"""Words beside an office that make another one of it, or one of former days."""
JUDGES = phrases("person", "judge")
"""Offices that a court has, and whose modifiers make no other office: "District Judge"."""
_BODIES = word_list("body_nouns.txt") | word_list("record_nouns.txt")
_OF_MINUTES = ("chair", "secretary")
_ARTICLE = rf"(?:(?i:{'|'.join(sorted(ARTICLES))})[ \t]+)?"
_NAME_BEFORE = re.compile(rf"{NAME}[ \t]*[(\[,|–—-][ \t]*{_ARTICLE}$")
_NAME_BEHIND = re.compile(rf"[ \t]+{NAME}", re.MULTILINE)
_NAME_BEHIND_COLON = re.compile(rf"[*_]*[ \t]*[:：][ \t]*[*_]*[ \t]*{NAME}{ENDS_NAME}", re.MULTILINE)
_NAME_BEHIND_COMMA = re.compile(rf",[ \t]+{NAME}{ENDS_NAME}", re.MULTILINE)
_ENDS_OFFICE = re.compile(r"[ \t]*(?:$|[,;.:()\[\]|\n]|(?:and|et|und|y)\b)")
_HAS_COMPLEMENT = re.compile(rf"[ \t]*[,(]?[ \t]*(?:{'|'.join(sorted(COMPLEMENT))})\b", re.IGNORECASE)
# Characters in which words for one office agree: "chair(woman)".
_SAME = 5


def office_words(label: str) -> list[str]:
    """Return the folded words of a label that is an office alone, without article and form of address; else none."""
    words = [word.strip(".") for word in folded_words(label.replace("’", "'").replace("l'", ""))]
    has_article = words[:1] and words[0] in ARTICLES
    while words and words[0] in ARTICLES | ADDRESS and len(words) > 1:
        words.pop(0)
    head = _head(words)
    if head and head[-1].isdigit():
        head = head[:-1]
    is_known = bool(head) and (head[-1] in TITLES - HONORIFICS or label_class("label", head[-1]) is not None)
    return words if words and (has_article or is_known) else []


def is_office(words: str) -> bool:
    """Return True for words that are an office, and no country or body."""
    head = _head(office_words(words))
    is_body = is_country(words) or {*head} & _BODIES
    is_known = bool(head) and (head[-1] in TITLES - HONORIFICS or label_class("label", head[-1]) in _OF_MINUTES)
    return is_known and not is_body


def _head(words: list[str]) -> list[str]:
    """Return the words of an office before its complement: "minister" of "minister for rail"."""
    return next((words[:at] for at, word in enumerate(words) if word in COMPLEMENT and at), words)


def holders(record: RecordText, office: Sequence[str]) -> list[NamedPerson]:
    """Return those who hold an office by the clearest words of a record, each once.

    Args:
        record: the record.
        office: the folded words of the office, without article.
    """
    if found := holders_by_name(record, office):
        return found
    # A class of minutes has several words for one office: "Vorsitz: Ada Bo" and "DIE VORSITZENDE".
    words = " ".join(office)
    role = label_class("label", words)
    # "Vice president" is no other word for the president.
    if role not in _OF_MINUTES or words not in phrases("label", role):
        return []
    same = phrases("label", role)
    if not re.search(rf"\b{re.escape(words)}\b", record.text, re.IGNORECASE):  # "chairwoman" of "Chair: Ada Bo"
        same = tuple(other for other in same if other[:_SAME] == words[:_SAME])
    return distinct(person for other in same for person in holders_by_name(record, other.split()))


def holders_by_name(record: RecordText, office: Sequence[str]) -> list[NamedPerson]:
    """Return those beside whose names a record has just these words of an office, each once."""
    found: list[NamedPerson] = []
    for place, person in _names_beside(record, office):
        # "Press Secretary" is another office; "District Judge" is a judge.
        is_other = _is_qualified(record.text, place.start) and office[-1] not in JUDGES
        if not (is_other or record.turn_at(place.start) or is_in_absence(record, place)):
            found.append(person)
    return distinct(found)


def _names_beside(record: RecordText, office: Sequence[str]) -> Iterator[tuple[Span, NamedPerson]]:
    """Yield where a name stands beside an office."""
    text = record.text
    words = r"[ \t]+".join(map(re.escape, office))
    pattern = re.compile(rf"(?<![\w-]){words}(?!\w)", re.IGNORECASE)
    for match in islice(pattern.finditer(text), MOST_PLACES):
        start, end = match.span()
        before = text[max(text.rfind("\n", 0, start) + 1, start - AROUND) : start]
        previous = next(iter(folded_words(before.replace("-", " "))[-1:]), "")
        next_word = re.match(r"[ \t,;(\[–—-]*(\w*)", text[end : end + AROUND])
        modified = {previous, fold_text(next_word[1]) if next_word else ""} & MODIFIERS
        if modified or _is_of_body(text, end):
            continue
        for found in _names_behind(text, end, before, previous):
            yield Span(start, found[1]), NamedPerson(found[0], in_one_line(text[start : found[1]]))
        name = _NAME_BEFORE.search(before) if _ENDS_OFFICE.match(text, end) else None
        if name and " " in (plain := full_name(name["name"])):
            closing = end + (text[end : end + 1] in tuple(")]"))
            first = start - len(before) + name.start("name")
            yield Span(first, closing), NamedPerson(plain, in_one_line(text[first:closing]))


def _names_behind(text: str, end: int, before: str, previous: str) -> Iterator[tuple[str, int]]:
    """Yield the names behind an office, each with its end.

    Args:
        text: the text.
        end: the end of the office.
        before: what stands before it in its line.
        previous: the last word of that, folded.
    """
    direct = _NAME_BEHIND.match(text, end)
    behind_colon = _NAME_BEHIND_COLON.match(text, end) if not before.strip(" \t*_-•>#|") else None
    behind_comma = _NAME_BEHIND_COMMA.match(text, end) if previous in ARTICLES else None
    for match in filter(None, (direct, behind_colon, behind_comma)):
        name = full_name(match["name"])
        has_modifier = {*folded_words(match["name"])} & MODIFIERS
        is_other = has_modifier or _HAS_COMPLEMENT.match(text, match.end("name"))
        # "President Bo", but "Chair: Ada Bo" or "Chair: Ms. Bo": behind a colon one word may be anything.
        if name and not is_other and (" " in name or match is direct or _is_titled(match)):
            yield name, match.end("name")


def _is_titled(match: re.Match[str]) -> bool:
    """Return True if the name at the end of a match has a title before it."""
    before = match[0][: -len(match["name"])].split()
    return bool(before) and is_title(before[-1])


def _is_of_body(text: str, end: int) -> bool:
    """Return True if words behind an office name the body whose office it is: "Chair, Finance Committee"."""
    behind = re.match(r"[ \t]*[,(–—-][ \t]*([^,;:.()\n]*)", text[end : end + AROUND])
    return bool(behind and {*folded_words(behind[1])} & _BODIES)


def _is_qualified(text: str, offset: int) -> bool:
    """Return True if a word with a capital before an office makes another of it: "Press Secretary"."""
    before = text[max(0, offset - AROUND) : offset]
    match = re.search(rf"(?:^|(?P<opens>[.:;,()\n]|\b\w+)[ \t]+)(?P<word>{UPPER}[\w’'-]+)[ \t]+$", before)
    return bool(match and match["word"].casefold() not in STOP_WORDS | ALL_TITLES and match["opens"])

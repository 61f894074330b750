"""Match the name or the office that a question has for a speaker with the speakers of records."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache
from itertools import pairwise

from corpus.document import Document
from corpus.kept import text_without_accents, text_without_case
from corpus.language.english import HONORIFICS, OFFICES
from corpus.language.minutes_words import phrases
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS, folded_words
from corpus.language.word_lists import word_list
from corpus.speech import name_words, office_holders, speakers, speeches

_FOREIGN_TITLES = frozenset(phrases("person", "foreign"))


def speakers_named(part: str, documents: Sequence[Document]) -> set[str]:
    """Return the names under which records have words of a person, who is named in any usual way; none without words.

    Args:
        part: a name in either order, with initials, alone or with an office; or an office that one speaker has.
        documents: the records.
    """
    words = [w for w in name_words(part) if w not in STOP_WORDS and w not in _FOREIGN_TITLES]
    words = words or [w for w in name_words(part) if w.title() in part.split()]  # "Will"
    if not words:
        return set()
    named = [word for word in words if word not in OFFICES]
    typed = {word for word in (*folded_words(part), *words) if len(word) > 1}
    having = [d for d in documents if any(map(text_without_case(d).__contains__, typed))]
    by_name = _named_in(words, having) if named else set()
    if named and not by_name and any(token[:1].isupper() for token in part.split()):  # "Nunez" for "Núñez"
        texts = ((document, text_without_accents(document)) for document in documents)
        by_name = _named_in(words, [d for d, text in texts if any(w in text for w in words if len(w) > 1)])
    whole = {name for name in by_name if {*named} <= {*name_words(name)}}
    found = _with_title(part, whole or by_name, having)
    return found if found or _has_name_behind_title(part) else _of_office(words, documents)


def _has_name_behind_title(part: str) -> bool:
    """Return True for "President Bo", who is no other president."""
    tokens = [token.strip(".,") for token in part.split()]
    return any(
        title.casefold() in name_titles() and name[:1].isupper() and name.casefold() not in name_titles()
        for title, name in pairwise(tokens)
    )


def _with_title(part: str, names: set[str], documents: Sequence[Document]) -> set[str]:
    """Return those of several namesakes that carry a title or an office of a question; all of them if none does."""
    titles = [word for word in folded_words(part) if word in name_titles()]
    if len(names) < 2 or not titles:
        return names
    carrying = {name for name in names if all(any(_carries(t, name, d) for d in documents) for t in titles)}
    return carrying or names


def _carries(title: str, name: str, document: Document) -> bool:
    """Return True if a record writes a title or an office beside the whole name of a speaker: "Dr M. Bo" of Max Bo."""
    said = [speech for speech in speeches(document) if speech.name == name]
    if any(title in folded_words(f"{speech.speaker} {speech.office}") for speech in said):
        return True
    first, _, rest = " ".join(name.split()).partition(" ")
    if not rest or rest.casefold() not in f"{document.title.casefold()}\n{text_without_case(document)}":
        return False
    whole = rf"(?:{re.escape(first)}|{re.escape(first[0])}\.?)\s+{re.escape(rest)}\b"
    others = "|".join(map(re.escape, sorted(name_titles())))
    before = rf"\b{re.escape(title)}\.?[ \t]+(?:(?:{others})\.?[ \t]+){{0,2}}{whole}"
    behind = rf"\b{whole}[ \t]*[,(][ \t]*(?:[\w'’]+[ \t]+){{0,3}}?{re.escape(title)}\b(?!\.?[ \t]+(?-i:[A-Z]))"
    return re.search(f"{before}|{behind}", f"{document.title}\n{document.text}", re.IGNORECASE) is not None


@cache
def name_titles() -> frozenset[str]:
    """Return the forms of address and offices of a name, folded, without those that are articles, too."""
    all_titles = frozenset((*HONORIFICS, *OFFICES, *_FOREIGN_TITLES, *word_list("person_titles.txt")))
    return all_titles.difference(phrases("person", "article"))


def _named_in(words: Sequence[str], documents: Iterable[Document]) -> set[str]:
    return {name for document in documents for name in speakers(document) if _is_name(words, name, document)}


def _is_name(words: Sequence[str], name: str, document: Document) -> bool:
    """Return True if the words that a question has for a person are those of a speaker's name, in any order.

    An initial stands for a name; further words may be an office, or stand with the name in the record.
    """
    if any(map(is_cjk, words)):
        return any(word in name or name in word for word in words if is_cjk(word))
    own = name_words(name)
    if not any(len(word) > 1 and word not in OFFICES and word in own for word in words):
        return False
    rest = [w for w in words if w not in own and not any(_is_initial(w, other) for other in own)]
    if not rest:
        return True
    if _has_other_given_name(words, own):
        return False
    stated = [set(folded_words(e.office)) for e in speeches(document) if e.name == name and e.office]
    rest = [w for w in rest if not (any(w in office for office in stated) or (w in OFFICES and not stated))]
    return all(_stands_beside(word, {*own, *words} - {word}, document) for word in rest)


def _has_other_given_name(words: Sequence[str], own: Sequence[str]) -> bool:
    """Return True if a full name has beside the family name another given name than the words: "Eve Bo", "Ada Bo"."""
    given = [word for word in own if word not in words and word not in name_titles() and len(word) > 1]
    if not given:
        return False
    beside = {one for pair in pairwise(words) for one, other in (pair, pair[::-1]) if other in own and one not in own}
    return any(
        len(word) > 1 and word not in name_titles() and not any(word[:3] == other[:3] for other in given)
        for word in beside
    )


def _stands_beside(word: str, names: Set[str], document: Document) -> bool:
    """Return True if a record writes a word directly before or behind one of some names."""
    others = "|".join(re.escape(other) for other in sorted(names) if len(other) > 1)
    pattern = rf"\b{re.escape(word)}\W{{1,3}}(?:{others})\b|\b(?:{others})\W{{1,3}}{re.escape(word)}\b"
    return re.search(pattern, f"{document.title}\n{document.text}", re.IGNORECASE) is not None


def _is_initial(one: str, other: str) -> bool:
    """Return True if one of two words is the first letter of the other."""
    return one != other and min(len(one), len(other)) == 1 and one[0] == other[0]


def _of_office(words: Sequence[str], documents: Sequence[Document]) -> set[str]:
    """Return those who hold an office: by a label of a turn, by the office beside a name, or by another word for it."""
    found: set[str] = set()
    for document in documents:
        for speech in speeches(document):
            label = {*name_words(speech.speaker)}
            office = folded_words(speech.office)
            is_of_office = {*words} <= label | {*office} and (name_titles() & {*words} or words[-1:] == office[-1:])
            if {*words} == label or is_of_office:
                found.add(speech.name)
        for holder in office_holders(document, words) if name_titles() & {*words} else ():
            found |= {name for name in speakers(document) if _is_name(name_words(holder), name, document)}
    return found


def all_speakers(documents: Iterable[Document]) -> list[str]:
    """Return the names of all who speak in some records, each once, in order."""
    return sorted({name for document in documents for name in speakers(document)}, key=str.casefold)

"""Find the records that a question names by the place of their meeting or by distinctive words of their titles."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from corpus.document import Document
from corpus.language.countries import also_called, is_country
from corpus.language.dates import find_years
from corpus.language.english import translations
from corpus.language.scripts import KANJI, KATAKANA, is_cjk
from corpus.language.tokens import content_words, stem, stems
from corpus.language.word_lists import word_sets
from index.search.filters import places_of, years_of

# Nouns behind the name of a record or of its meeting: "the ferry hearing", "the Takasaki declaration".
_ANY_RECORD, *_SOME_RECORDS = word_sets("record_nouns.txt")
_RECORD = "|".join((*_ANY_RECORD, *chain.from_iterable(_SOME_RECORDS)))
# Not the verb of "Is the president meeting Ms. Lund?".
_RECORD_NOUN = re.compile(rf"\b(?:{_RECORD})s?\b(?!(?<=ing)\s(?:the\s|an?\s|(?-i:[A-Z])))", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|this|that|our|last|latest)\s+(.+)$", re.IGNORECASE)
# Most characters before its noun in which a record's name stands.
_REACH = 200
# Most content words of a record's name before its noun.
_LONGEST = 4
# Share of the words of a record's name that another record about the same has in its title.
_NEARLY_ALL = 0.66
_CAPITAL = r"[A-Z][\w'’-]*"
_MET = r"(?:meetings?|summit|conference|session|event|talks|hearing|ministerial|held|hosted|took place|met)"
_BREAK = re.compile(
    r"[,;:()?!]|\b(?:of|in|at|on|for|by|from|with|and|or|to|did|does|do|was|were|is|are|has|had|have|about)\b", re.I
)


def places_in(question: str, documents: Sequence[Document]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the places of meetings that a question names as places, each with its mention.

    A city counts wherever it stands, but for a subject that acts ("what did Trieste say") and for a part of a longer
    name ("Trieste Process"). A country counts only as the place of a meeting, not in "Did Italy attend?".

    Args:
        question: the question.
        documents: all records; each place comes as they spell it.
    """
    for place in sorted({place for document in documents for place in places_of(document)}):
        pattern = _country(place) if is_country(place) else _city(place)
        yield from ((place, match) for match in pattern.finditer(question))


def records_titled(question: str, documents: Sequence[Document]) -> frozenset[str]:
    """Return the names of the few records that a question names by words of their title or file name; else nothing.

    All content words between "the" and a noun such as "committee" or "hearing" must stand there, one of them in few
    titles, and the noun too unless any record may be called so. A record with nearly all of three words and more is
    named, too: a fact sheet on the meeting of a press call. Of "the 2021 cyber meeting" only records of 2021 are meant.

    Args:
        question: the question.
        documents: all records.
    """
    few = max(1, min(3, len(documents) // 4))
    found: set[str] = set()
    for noun in _RECORD_NOUN.finditer(question):
        phrase = _THE.search(_BREAK.split(question[max(0, noun.start() - _REACH) : noun.start()])[-1])
        typed = phrase.group(1) if phrase else ""
        words = [word for word in content_words(typed) if not word.isdecimal()][-_LONGEST:]
        wanted = {stem(word) for word in words} | ({stem(noun.group().casefold())} - _GENERIC)
        if all(is_country(word) for word in words):
            continue
        years = {*find_years(typed)}
        meant = [d for d in documents if not years or years & {*years_of(d)}]
        named = {d.name for d in meant if wanted <= title_stems(d.name, d.title)}
        rarest = min(sum(stem(word) in title_stems(d.name, d.title) for d in documents) for word in words)
        if named and rarest <= few:
            least = max(2, math.ceil(_NEARLY_ALL * len(wanted)))
            found |= named | {d.name for d in meant if len(wanted & title_stems(d.name, d.title)) >= least}
    return frozenset(found | _titled_in_japanese(question, documents, few))


def _titled_in_japanese(question: str, documents: Sequence[Document], few: int) -> set[str]:
    """Return the names of the few records that a Japanese question names: by "Camp David の共同声明"."""
    found: set[str] = set()
    for match in _NAME_BEFORE_NOUN.finditer(question):
        nouns = {stem(word) for phrase in translations(match["noun"]) for word in phrase.split()}
        if nouns.isdisjoint(_NOUNS):
            continue
        named = [d for d in documents if {*stems(match["name"])} <= title_stems(d.name, d.title)]
        called = [d for d in named if nouns & title_stems(d.name, d.title)]
        found |= {d.name for d in called or named} if len(called or named) <= few else set()
    return found


_NAME_BEFORE_NOUN = re.compile(
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})*) ?の?(?P<noun>[{KANJI}]{{2,}}|[{KATAKANA}]{{3,}})", re.ASCII
)
_NOUNS = frozenset(map(stem, (*_ANY_RECORD, *chain.from_iterable(_SOME_RECORDS))))
_GENERIC = frozenset(map(stem, _ANY_RECORD))


@lru_cache(maxsize=4096)
def title_stems(name: str, title: str) -> frozenset[str]:
    """Return the stems of the words of a record's title and file name."""
    return frozenset(stems(f"{title} {re.sub(r'[._-]+', ' ', name)}"))


@lru_cache(maxsize=4096)
def _city(place: str) -> re.Pattern[str]:
    name = re.escape(place)
    if is_cjk(place):
        return re.compile(name)
    no_name = rf"(?!\s+(?!(?i:{_RECORD}|G\d+)\b){_CAPITAL})"
    acts = r"(?<!\bdid )(?<!\bdoes )(?<!\bdo )(?<!\bwill )"
    return re.compile(rf"{acts}\b(?i:{name})\b{no_name}|\b(?i:{name})\b(?= (?:and|or) {_CAPITAL})")


@lru_cache(maxsize=4096)
def _country(place: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in _longest_first((place, *also_called(place))))
    return re.compile(
        rf"\b{_MET}\s+(?:\w+\s+){{0,3}}?in\s+(?:the\s+)?(?P<place>{names})\b|\bthe\s+(?:{names})\s+(?:meeting|summit)\b",
        re.IGNORECASE,
    )


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)

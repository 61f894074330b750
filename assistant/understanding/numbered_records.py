"""Find the records that a question names by number, day or version: "cycle 32", "the 31st session", "the draft"."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from corpus.document import Document
from corpus.language.dates import find_date_ranges, find_slashed_days, mask_days, states_days
from corpus.language.minutes_words import phrases
from corpus.language.tokens import STOP_WORDS, content_words, stem, stems
from corpus.language.word_lists import word_list
from index.versions import VERSION_KINDS, title_words, version_marks, version_of

# Characters at the top of a record in which "meeting no. 17" is its own number.
_TOP = 300
_MARK = r"(?:no\.?|nr\.?|n[°ºo]\.?|n\.\s?º|number|nummer|numéro|número|#)"
_WORD = r"(?P<word>[^\W\d_]{3,})"
_BEHIND = re.compile(
    rf"{_WORD}\s+(?:{_MARK}\s*)?(?P<number>\d{{1,3}}(?:(?:\s*,\s*|\s+(?:and|und|et|y|to|bis)\s+)\d{{1,3}})*)(?![\d/:%]|[.,]\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\d.,/])(?P<number>\d{{1,3}})(?:st|nd|rd|th|e|er|ème|\.[aoªº]?)\s+{_WORD}", re.IGNORECASE)
_JAPANESE = re.compile(r"第\s*(?P<number>\d{1,3})\s*(?P<word>回|期|次|号)")
_DAY_IN_NAME = re.compile(r"\d+([-_.])\d+\1\d+")
_MARKS = re.compile(r"[-_+.]+")
# Nouns of meetings beside which a number at the top of a record is its own.
_NOUNS = "sitting cycle round sitzung tagung séance réunion sesión 回 期 次 号".split()
_MEETINGS = frozenset(map(stem, (*word_list("record_nouns.txt"), *_NOUNS)))
# Words before a day that ask for another time than the day itself.
_COMPARED = re.compile(
    r"\b(?:before|after|since|until|till|by|from|between|to|and|prior to|later than|avant|après|depuis|jusqu['’]au"
    r"|vor|nach|seit|bis|antes del?|después del?|desde|hasta)\s+(?:the\s+|le\s+|dem\s+|zum\s+|el\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A word with the number beside it: the stem of the word, the number, and the word as typed."""

    stem: str
    number: int
    word: str = field(compare=False)


def records_numbered(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of the records of a series that a question names by number, and the meetings that none has.

    No names if it names all or none; a meeting without a record is one such as "cycle 33".

    Args:
        question: the question.
        documents: all records. A word with a number is that of a series if other records have it with another one.
    """
    asked = {n: None for n in _numbers(mask_days(question)) if n.stem not in _of_items()}
    if not asked:
        return frozenset(), ()
    by_word: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for document in documents:
        for own in _own_numbers(document.name, document.title, document.text[:_TOP]):
            by_word[own.stem][own.number].add(document.name)
    series = [n for n in asked if len(by_word[n.stem]) > 1]
    found = [by_word[n.stem][n.number] for n in series if n.number in by_word[n.stem]]
    lacking = [f"{n.word} {n.number}" for n in series if n.number not in by_word[n.stem] and n.stem in _MEETINGS]
    return frozenset().union(*found), tuple(lacking)


def records_of_version(question: str, documents: Sequence[Document]) -> frozenset[str]:
    """Return the names of the records of the versions that a question names: "according to the draft"; else none.

    Args:
        question: the question.
        documents: all records; those count that are marked so, and of which there is another version.
    """
    kinds = [kind for kind in VERSION_KINDS if _version_named(kind).search(question)]
    found = [d for d in documents if any(kind in version_of(d).kinds for kind in kinds)] if kinds else []
    others = {(title_words(d.title), d.meeting.first_day, version_of(d).label) for d in documents} if found else set()
    return frozenset(
        d.name
        for d in found
        if any(o[:2] == (title_words(d.title), d.meeting.first_day) and o[2] != version_of(d).label for o in others)
    )


@cache
def _version_named(kind: str) -> re.Pattern[str]:
    """Return a pattern of "the draft" and "the approved minutes" for a kind of version; no "draft budget"."""
    return re.compile(
        rf"\b(?:the|le|la|el|der|die|das|dem|den)\s+(?:{version_marks(kind)})"
        r"(?=\s+(?:version|minutes|copy|text|record|one|fassung|protokoll|say|says|said|state|states|of|on|and)\b|\W*$|,|;)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def _own_numbers(name: str, title: str, top: str) -> frozenset["_Number"]:
    """Return the words with a number in the title and the name of a record; at its top the first of each meeting noun.

    Further ones there are of other meetings: "The minutes of the 30th session were approved."
    """
    found = _numbers(mask_days(f"{title} | {_MARKS.sub(' ', _DAY_IN_NAME.sub('|', name))}"))
    of_title = {number.stem for number in found}
    first = {number.stem: number for number in reversed(_numbers(mask_days(top)))}
    return frozenset((*found, *(n for n in first.values() if n.stem in _MEETINGS - of_title)))


def _numbers(text: str) -> list["_Number"]:
    """Return the stems of words with the number beside them, in order."""
    words = unicodedata.normalize("NFKC", text)
    matches = [match for pattern in (_BEHIND, _BEFORE, _JAPANESE) for match in pattern.finditer(words)]
    found = ((match["word"].casefold(), match["number"]) for match in sorted(matches, key=lambda m: m.start()))
    kept = ((w, int(n)) for w, numbers in found if w not in STOP_WORDS for n in re.findall(r"\d+", numbers))
    return [_Number(stem(word), number, word) for word, number in kept]


def records_of_day(question: str, documents: Sequence[Document]) -> frozenset[str]:
    """Return the names of the records of the one day that a question names with its year; none if no meeting was on it.

    A day in numbers with two readings is the one on which there was a meeting. None either if a record of another day
    names it and has more words of the question: then it is the day of something else.

    Args:
        question: the question.
        documents: all records.
    """
    named = _days_named(question)
    if len(named) != 1:
        return frozenset()
    of_day = [
        d for d in documents if (period := d.meeting.period) and any(period[0] <= x <= period[1] for x in named[0])
    ]
    days = {d.meeting.period for d in of_day}
    if not of_day or (len(days) > 1 and len(named[0]) > 1):
        return frozenset()
    words = {stem(word) for word in content_words(mask_days(question))}
    own = max(len(words & set(stems(d.text))) for d in of_day)
    elsewhere = [d for d in documents if d not in of_day and any(states_days(d.text, (x, x)) for x in named[0])]
    if any(len(words & set(stems(d.text))) > own for d in elsewhere):
        return frozenset()
    return frozenset(d.name for d in of_day)


def _days_named(question: str) -> list[tuple[date, ...]]:
    """Return the days with a year that a question names, each with its readings; none of a run or behind "before"."""
    ranges = [(d.start, d.resolve()) for d in find_date_ranges(question) if d.year]
    named = {start: tuple(dict.fromkeys(period)) for start, period in ranges if period}
    named |= {d.start: d.readings for d in find_slashed_days(question) if len(d.readings) > 1}
    is_single = all(len(days) == 1 for start, days in named.items() if start in dict(ranges))
    return [*named.values()] if is_single and not any(_COMPARED.search(question[:start]) for start in named) else []


@lru_cache(maxsize=1)
def _of_items() -> frozenset[str]:
    """Return the stems of the words for parts of a record: "item", "paragraph"."""
    return frozenset(stem(phrase) for phrase in phrases("item", "number"))

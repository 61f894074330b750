"""Find the years and months of meetings that a question names, apart from those of other things."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from assistant.understanding.filters.exclusions import is_behind_but_not, is_left_out
from assistant.understanding.references import is_about_meeting
from corpus.document import Document, Kind
from corpus.kept import text_without_case
from corpus.language.dates import YEAR, find_date_ranges, find_era_years, find_months, find_slashed_days
from corpus.language.months import ANY_MONTH, FOREIGN_MONTH, FOREIGN_MONTH_NUMBERS, MONTHS
from corpus.language.tokens import content_words
from corpus.language.word_lists import word_list
from corpus.tables import column_names
from index.search.filters import months_of, years_of

# A year that dates the meeting: "in 2021", "July 2020", "the 2021 meeting"; that of "the 2020 roadmap" does not.
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?"
_WHEN = re.compile(
    rf"""
    \b(?:in|during|of|since|from|to|and|until|by|for|at|on|between|vs\.?|versus)\s+
        (?:(?:early|late|mid|spring|summer|autumn|fall|winter|{ANY_MONTH})\.?\s+)?{_DAY}({YEAR})\b
    | \b(?:{ANY_MONTH})\.?\s+{_DAY}({YEAR})\b
    | \b(?:{FOREIGN_MONTH})\.?\s+(?:del?\s+)?({YEAR})\b
    | \b(?:en|de|del|desde|depuis|seit|ab|bis|jahre?|année|año)\s+({YEAR})\b
    | \b({YEAR})\b(?=['’]?s?\s+(?:\w+\s+){{0,4}}?
        (?:meetings?|summit|conference|ministerial|session|gathering|event|presidency|text|release|report|record|account
        |declaration|statement|communiqu))
    | \b({YEAR})\b(?=\s*[?.!]?\s*$)
    | \b({YEAR})\b(?=\s+(?:and|with|to|vs\.?|versus|or)\s+{YEAR}\b)
    | ({YEAR})年
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "What does it cost from March?" asks for what begins then, in a record of any month.
_FROM_MONTH = re.compile(
    r"\b(?:(?:(?:from|starting|beginning|effective)(?: in| from)?|ab|dès|à partir de|a partir de)\s+|à partir d['’])"
    rf"(?:{ANY_MONTH}|{FOREIGN_MONTH})\b(?!\s+(?:\d|to\b|until\b|till\b|through\b|bis\b|à\b|a\b|[-–]))",
    re.IGNORECASE,
)
# Words before a year that are no name with it.
_BEFORE_YEAR = word_list("before_years.txt")


@dataclass(frozen=True, slots=True)
class QuestionTimes:
    """The years and months of meetings that a question names; `known` has the years of all records."""

    years: frozenset[int]
    months: frozenset[int]
    excluded: frozenset[int]
    known: frozenset[int]


def question_times(question: str, documents: Sequence[Document], about_meeting: bool) -> QuestionTimes:
    """Return the times of meetings in a question.

    The time of another thing is none: "the cost in 2023", "to close the lock in April". So is the year of a question on
    nothing that is done at a meeting, where a record of another time, or of none, names the year and fits better, or
    has a passage that names it and fits as well as any of the year's own records; and a month without a year, where the
    records that fit best are of other months and one names it.

    Args:
        question: the question.
        documents: all records.
        about_meeting: True for a question that names a place, forum or publisher.
    """
    found = {int(next(filter(None, m.groups()))): m.start() for m in _WHEN.finditer(question)}
    found |= find_era_years(question)
    known: frozenset[int] = frozenset().union(*(years_of(d) for d in documents)) if documents else frozenset()
    found = {y: start for y, start in found.items() if y in known or not _is_of_name(question, y, documents)}
    in_numbers = days_in_numbers(question)
    found |= {day.year: start for start, _, days in in_numbers for day in days}
    excluded = frozenset(year for year, start in found.items() if is_left_out(question[:start]))
    if found and all(is_behind_but_not(question[:start]) for start in found.values()):
        excluded = frozenset(found)
    months = find_months(_FROM_MONTH.sub(" ", question)) | {
        days[0].month for _, _, days in in_numbers if len(days) == 1
    }
    about_meeting |= is_about_meeting(question)
    undated = {year for year in found if any(_names_time(d.text, year, months) for d in documents if not years_of(d))}
    years = set(found) - excluded
    elsewhere = set() if about_meeting or not years else _of_another_thing(question, years, months, documents)
    if months and not years and not about_meeting and _are_of_another_thing(question, months, documents):
        months = frozenset()
    return QuestionTimes(
        frozenset(years - elsewhere), frozenset() if elsewhere else months, excluded & known, known | undated
    )


def _is_of_name(question: str, year: int, documents: Sequence[Document]) -> bool:
    """Return True if a year is part of a name that records have: "Congress 2027" of minutes of 2026.

    Records write such a name with a capital; "the meeting 2027" and "before 2019" are none.
    """
    name = re.search(rf"\b([^\W\d_]{{4,}})\s+{year}\b", question, re.IGNORECASE)
    if name is None or find_months(name[1]) or name[1].casefold() in _BEFORE_YEAR:
        return False
    found = f"{name[1].casefold()} {year}"
    written = re.compile(rf"\b{re.escape(name[1].capitalize())}\s+{year}\b")
    return any(
        written.search(document.title) or (found in text_without_case(document) and written.search(document.text))
        for document in documents
    )


def days_in_numbers(question: str) -> list[tuple[int, int, tuple[date, ...]]]:
    """Return start, end and readings of the days of a question in numbers alone: "29/10/2024", "2024-10-29"."""
    ranges = [(d.start, d.end, d.resolve()) for d in find_date_ranges(question) if d.year and d.first == d.last]
    numeric = [(s, e, (p[0],)) for s, e, p in ranges if p and not any(c.isalpha() for c in question[s:e])]
    return numeric + [(d.start, d.end, d.readings) for d in find_slashed_days(question) if len(d.readings) > 1]


def _of_another_thing(
    question: str, years: Set[int], months: frozenset[int], documents: Sequence[Document]
) -> set[int]:
    """Return the years that the records with most words of the question name, while no record of the year has as many.

    Such a record is of another time itself.
    """
    words = _patterns(question)
    shared = [(_shared(text_without_case(document), words), document) for document in documents]
    best = _best(shared)
    of_best: frozenset[int] = frozenset().union(*map(years_of, best))
    named = {year for year in years - of_best if any(_names_time(d.text, year, months) for d in best)}
    return named | {year for year in years - named if not months and _is_in_other_passage(year, words, shared)}


def _are_of_another_thing(question: str, months: frozenset[int], documents: Sequence[Document]) -> bool:
    """Return True if the records with most words of the question are of other months, and one names these months."""
    without = {word for month in months for word in content_words(MONTHS[month - 1])}
    words = {word: pattern for word, pattern in _patterns(question).items() if word not in without}
    best = _best([(_shared(text_without_case(document), words), document) for document in documents])
    if any(months & months_of(document) for document in best):
        return False
    named = re.compile(rf"\b(?:{'|'.join(MONTHS[month - 1] for month in months)})\b")
    return any(named.search(document.text) for document in best)


def _patterns(question: str) -> dict[str, re.Pattern[str]]:
    """Return the content words of a question, each with the pattern that finds it where a word begins."""
    return {w: re.compile(rf"\b{re.escape(w)}") for w in content_words(question) if not w.isdecimal()}


def _best(shared: Sequence[tuple[int, Document]]) -> list[Document]:
    """Return the records that have most words, from pairs of a number of words and a record; none where all have 0."""
    most = max((number for number, _ in shared), default=0)
    return [document for number, document in shared if most and number == most]


def _is_in_other_passage(
    year: int, words: Mapping[str, re.Pattern[str]], documents: Sequence[tuple[int, Document]]
) -> bool:
    """Return True if a passage that names a year, of a record of another time, has most words of a question.

    None of the records of the year has a passage with more of them.

    Args:
        year: the year.
        words: the words of the question, with their patterns.
        documents: all records, each with the number of those words that it has; a passage has no more of them.
    """
    others = [d for has, d in documents if 2 * has >= len(words) and year not in years_of(d) and str(year) in d.text]
    named = max((_shared(text, words) for d in others for text in _texts(d) if str(year) in text), default=0)
    if 2 * named < len(words) or not named:
        return False
    own = (d for has, d in documents if has > named and year in years_of(d))
    return all(_shared(text, words) <= named for d in own for text in _texts(d))


def _texts(document: Document) -> Iterator[str]:
    """Yield the blocks of a record, folded, each with its heading and the names of its columns."""
    heading = ""
    for block in document.outline:
        words = block.words.of(document.text)
        if block.kind in (Kind.HEADING, Kind.TITLE):
            heading = words
        columns = column_names(document, block.span.start) if "|" in words else ()
        yield " ".join((words, heading, *columns)).casefold()


def _shared(text: str, words: Mapping[str, re.Pattern[str]]) -> int:
    """Return how many words a text has, by their patterns; the search for the plain word is the faster one."""
    return sum(word in text and pattern.search(text) is not None for word, pattern in words.items())


def _names_time(text: str, year: int, months: frozenset[int]) -> bool:
    """Return True if a text names the year, or one of the months in it if there are any."""
    if str(year) not in text:
        return False
    if not months:
        return True
    names = "|".join(f"{MONTHS[month - 1]}|{MONTHS[month - 1][:3]}" for month in months)
    foreign = "|".join(re.escape(name) for name, month in FOREIGN_MONTH_NUMBERS.items() if month in months)
    numbers = "|".join(f"0?{month}" for month in months)
    pattern = (
        rf"\b(?:{names}|(?i:{foreign}))\.?\s+(?:\d\d?\w*,?\s+|del?\s+)?{year}"
        rf"|{year}[-/年](?:{numbers})\b|\b(?:{numbers})[./]{year}"
    )
    return bool(re.search(pattern, text))

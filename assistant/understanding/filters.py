"""Derive search filters from a question: times, forums, publishers, places, records, and the sides of a comparison."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import product

from assistant.understanding.named_records import places_in, records_titled
from assistant.understanding.numbered_records import records_numbered, records_of_day
from assistant.understanding.references import is_about_meeting
from corpus.document import Document, Kind
from corpus.language.dates import (
    ERA_YEAR,
    YEAR,
    find_date_ranges,
    find_era_years,
    find_months,
    find_slashed_days,
    without_months,
)
from corpus.language.months import ANY_MONTH, FOREIGN_MONTH, FOREIGN_MONTH_NUMBERS, MONTHS
from corpus.language.organizations import find_forums, other_publisher_names
from corpus.language.tokens import content_words
from corpus.tables import column_names
from index.search.filters import Filters, years_of

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
    | ({YEAR})年
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT = re.compile(
    r"""\b(?:not|rather\sthan|instead\sof|as\sopposed\sto|unlike|except|excluding|without|other\sthan)\s+
    (?:(?:at|in|by|from|of|the|for|that|one|what)\s+){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
# "other than in 2021" leaves out; "but not in 2021" needs the other meeting too, so it compares.
_LEFT_OUT = re.compile(
    r"""\b(?:(?<!but\s)not|except|excluding|other\sthan|apart\sfrom|besides)\s+
    (?:(?:at|in|by|from|of|for|the|that|one|meetings?|records?|\w+day|\d+|[A-Z][a-z]+)\s+){0,4}$""",
    re.VERBOSE,
)
_LEFT_OUT_NAME = re.compile(
    r"(?:\b(?:except(?: for)?|excluding|other than|apart from)|(?<=,)\s+not)\s+(?:(?:in|at|the|by|from|of)\s+)*"
    r"[A-Z][\w'’-]*(?:(?: and(?: the)?|,)? [A-Z][\w'’-]*)*"
)
# Phrases that ask for the records of a publisher: "according to METI", "METI's release", "do METI and MIC agree".
_RECORDS = "(?:press )?(?:release|report|record|account|text|statement|article|page|version|document)s?"
_SOURCE_BEFORE = re.compile(
    rf"\b(?:according to|as told by|(?:reported|published|issued|written|described) by|{_RECORDS} (?:by|of|from)"
    r"|do|does)\s+(?:the\s+)?(?:\w+\s+and\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_SOURCE_AFTER = re.compile(
    rf"(?:['’]s)?\s+(?:and\s+(?:the\s+)?[\w ]{{2,30}}?\s+)?(?:{_RECORDS}|(?:say|report|mention|write|tell|put|name)s?"
    r"|said|reported|mentioned|describes?|described|wrote|told|agree|disagree|differ)\b"
    r"|(?:の(?:記録|資料|発表|報告|文書|声明|リリース|説明)|によ|は(?=.*(?:述べ|言|発表|報告|説明|書)))",
    re.IGNORECASE,
)
# The most sides of a comparison; a question that names more is about all records.
_MOST_SIDES = 4
_EACH_RECORD = re.compile(
    r"\b(?:both|each|two|three|four|various|different|which(?: one)? of the)\b.{0,40}?"
    r"\b(?:accounts?|releases?|records?|reports?|texts?|versions?|documents?|statements?|sources?|declarations?|pages?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuestionFilters:
    """The filters that a question names, with the rest of its words.

    Attributes:
        filters: the conditions on records to which it restricts the search.
        preferred: publishers that it mentions without asking for their records.
        unmet: years, forums and other conditions that it names and no record meets, with those that became filters.
        rest: the question without the words that became filters: every passage that passes the filters fulfils them.
        mentions: all years, months, forums, publishers and places that it names and a record has, filters or not.
    """

    filters: Filters
    preferred: frozenset[str]
    unmet: tuple[str, ...]
    rest: str
    mentions: Filters = Filters()


def question_filters(question: str, documents: Sequence[Document]) -> QuestionFilters:
    """Return the filters that a question names.

    Args:
        question: the question.
        documents: all records; a year or forum that none of them has is `unmet` and no filter, and so is what no record
            has together with the more distinctive conditions before it.
    """
    forums, excluded_forums = _forums(question)
    known_forums = {d.meeting.forum for d in documents if d.meeting.forum}
    filter_forums = (forums & known_forums) or (
        known_forums - excluded_forums if excluded_forums & known_forums else set()
    )
    requested, mentioned = publishers_in(question, documents)
    titled = records_titled(question, documents)
    numbered = records_numbered(question, documents)
    titled = (titled & numbered) or numbered or titled
    places, excluded_places = _places(question, documents)
    # The place in the name of a record is none of its meeting: "the Lima Declaration".
    places -= {p for p in places for d in documents if d.name in titled and p.casefold() in d.title.casefold()}
    times = _times(question, documents, bool(forums or requested or mentioned or places))
    if len(times.years) > 1 or len(times.months) > 1:
        titled = frozenset()  # the title belongs to one of several meetings
    elif times.years and (of_day := records_of_day(question, documents)):
        titled = (titled & of_day) or of_day
    # A question that names every forum, place or publisher compares them, so it excludes no record.
    named = Filters(
        forums=frozenset() if filter_forums == known_forums else frozenset(filter_forums),
        years=times.years & times.known,
        publishers=frozenset() if requested == {d.publisher for d in documents if d.publisher} else requested,
        months=times.months,
        names=titled,
        places=places,
    )
    excluded = [Filters(places=excluded_places)] if excluded_places else []
    excluded += [Filters(years=frozenset({year})) for year in sorted(times.excluded)]
    left_out = frozenset(d.name for d in documents if any(other.fits(d) for other in excluded))
    filters, conflicts = _compatible(replace(named, excluded=left_out), documents)
    unmet = (*map(str, sorted(times.years - times.known)), *sorted(forums - known_forums), *conflicts)
    mentions = Filters(
        frozenset(forums & known_forums), filters.years, requested | mentioned, times.months, places=filters.places
    )
    return QuestionFilters(filters, mentioned, unmet, without(question, filters, documents), mentions)


@dataclass(frozen=True, slots=True)
class _Times:
    """The years and months of meetings that a question names; `known` has the years of all records."""

    years: frozenset[int]
    months: frozenset[int]
    excluded: frozenset[int]
    known: frozenset[int]


def _times(question: str, documents: Sequence[Document], about_meeting: bool) -> _Times:
    """Return the times of meetings in a question.

    The year of another thing ("the cost in 2023") is none: that of a question on nothing that is done at a meeting,
    where a record of another time, or of none, names the year and fits better, or has a passage that names it and fits
    as well as any of the year's own records.

    Args:
        question: the question.
        documents: all records.
        about_meeting: True for a question that names a place, forum or publisher.
    """
    found = {int(next(filter(None, m.groups()))): m.start() for m in _WHEN.finditer(question)}
    found |= find_era_years(question)
    in_numbers = _days_in_numbers(question)
    found |= {day.year: start for start, _, days in in_numbers for day in days}
    excluded = frozenset(year for year, start in found.items() if _LEFT_OUT.search(question[:start]))
    known: frozenset[int] = frozenset().union(*(years_of(d) for d in documents)) if documents else frozenset()
    months = find_months(question) | {days[0].month for _, _, days in in_numbers if len(days) == 1}
    about_meeting |= is_about_meeting(question)
    undated = {year for year in found if any(_names_time(d.text, year, months) for d in documents if not years_of(d))}
    years = set(found) - excluded
    elsewhere = set() if about_meeting or not years else _of_another_thing(question, years, months, documents)
    return _Times(frozenset(years - elsewhere), frozenset() if elsewhere else months, excluded & known, known | undated)


def _days_in_numbers(question: str) -> list[tuple[int, int, tuple[date, ...]]]:
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
    words = {w: re.compile(rf"\b{re.escape(w)}") for w in content_words(question) if not w.isdecimal()}
    shared = [(_shared(document.text.casefold(), words), document) for document in documents]
    most = max((number for number, _ in shared), default=0)
    best = [document for number, document in shared if number == most]
    of_best: frozenset[int] = frozenset().union(*map(years_of, best))
    named = {year for year in years - of_best if most and any(_names_time(d.text, year, months) for d in best)}
    return named | {year for year in years - named if not months and _is_in_other_passage(year, words, documents)}


def _is_in_other_passage(year: int, words: Mapping[str, re.Pattern[str]], documents: Sequence[Document]) -> bool:
    """Return True if a passage that names a year, of a record of another time, has most words of a question.

    None of the records of the year has a passage with more of them.
    """
    others = [d for d in documents if year not in years_of(d) and str(year) in d.text]
    named = max((_shared(text, words) for d in others for text in _texts(d) if str(year) in text), default=0)
    if 2 * named < len(words) or not named:
        return False
    own = (_shared(text, words) for d in documents if year in years_of(d) for text in _texts(d))
    return named >= max(own, default=0)


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


def _places(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the places of meetings that a question names, and those that it excludes."""
    named: set[str] = set()
    excluded: set[str] = set()
    for place, match in places_in(question, documents):
        (excluded if _LEFT_OUT.search(question[: match.start()]) else named).add(place)
    return frozenset(named), frozenset(excluded - named)


def _compatible(named: Filters, documents: Sequence[Document]) -> tuple[Filters, tuple[str, ...]]:
    """Return the conditions that some record meets together, the most distinctive first, and the others in words.

    A month that no such record has is dropped without a word: it may be that of the publication.
    """
    filters, unmet = Filters(excluded=named.excluded), []
    for name in ("names", "places", "forums", "years", "publishers", "months"):
        if values := getattr(named, name):
            narrower = replace(filters, **{name: values})
            if any(map(narrower.fits, documents)):
                filters = narrower
            elif name != "months":
                unmet.append(str(Filters(**{name: values})))
    return filters, tuple(unmet)


def without(question: str, filters: Filters, documents: Sequence[Document]) -> str:
    """Return the question without the words that became filters; the whole question if no other word is left."""
    rest = question
    for start, end, days in sorted(_days_in_numbers(question), reverse=True):
        if filters.years & {day.year for day in days}:
            rest = f"{rest[:start]} {rest[end:]}"
    if filters.months:
        rest = without_months(rest)
    for year in filters.years:
        rest = re.sub(rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?{year}(?!\d)年?", " ", rest)
    if filters.years & find_era_years(rest).keys():
        rest = ERA_YEAR.sub(" ", rest)
    rest = _LEFT_OUT_NAME.sub(" ", rest)
    for forum in filters.forums:
        rest = re.sub(rf"(?<![A-Za-z0-9]){re.escape(forum)}(?![A-Za-z0-9])", " ", rest, flags=re.IGNORECASE)
    for document in documents:
        if document.publisher in filters.publishers:
            names = _names(document.publisher, document.short_publisher or document.publisher)
            for name in sorted(names, key=len, reverse=True):
                rest = _name_pattern(name).sub(" ", rest)
    return rest if content_words(rest) else question


def publishers_in(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the publishers whose records a question asks for ("not METI": all others), and those it only mentions."""
    requested: set[str] = set()
    excluded: set[str] = set()
    mentioned: set[str] = set()
    known = {d.publisher: d.short_publisher or d.publisher for d in documents if d.publisher}
    for publisher, short in known.items():
        places = [m.span() for name in _names(publisher, short) for m in _name_pattern(name).finditer(question)]
        if any(_NOT.search(question[:start]) for start, _ in places):
            excluded.add(publisher)
        elif any(_SOURCE_BEFORE.search(question[:s]) or _SOURCE_AFTER.match(question[e:]) for s, e in places):
            requested.add(publisher)
        elif places:
            mentioned.add(publisher)
    if excluded and not requested:
        requested = mentioned or set(known) - excluded
    return frozenset(requested), frozenset(mentioned - requested)


def comparison_sides(question: str, mentions: Filters, documents: Sequence[Document]) -> tuple[Filters, ...]:
    """Return the sides of a comparison as filters, each of which some record passes; empty with fewer than two.

    Several years, months, forums or publishers make one side each. Without them, a question for "both accounts" or
    "each release" has a side for each record that passes the filters.

    Args:
        question: the question.
        mentions: all years, months, forums and publishers that it names.
        documents: all records.
    """
    several = [f.name for f in fields(mentions) if len(getattr(mentions, f.name)) > 1]
    if several:
        choices = product(*(sorted(getattr(mentions, name)) for name in several))
        sides = (replace(mentions, **{n: frozenset({v}) for n, v in zip(several, c, strict=True)}) for c in choices)
        return _sides_with_records(list(sides), several, documents)
    records = [d for d in documents if mentions.fits(d)]
    if mentions and _EACH_RECORD.search(question) and 1 < len(records) <= _MOST_SIDES:
        return tuple(replace(mentions, names=frozenset({d.name})) for d in records)
    return ()


def _sides_with_records(
    sides: Sequence[Filters], several: Sequence[str], documents: Sequence[Document]
) -> tuple[Filters, ...]:
    """Return the sides that different records pass; a side without a record drops what the question names only once.

    In "the summit of the one forum in 2022 and that of the other body in 2023" the forum belongs to one side.
    """
    passed = [side for side in sides if any(map(side.fits, documents))]
    if len(several) == 1:
        relaxed = (Filters(**{several[0]: getattr(side, several[0])}) for side in sides if side not in passed)
        passed += [side for side in relaxed if any(map(side.fits, documents))]
    by_records = {frozenset(d.name for d in documents if s.fits(d)): s for s in reversed(passed)}
    return tuple(reversed(by_records.values())) if 1 < len(by_records) <= _MOST_SIDES else ()


def _forums(question: str) -> tuple[set[str], set[str]]:
    """Return the forums that a question names, and those that it excludes."""
    named: set[str] = set()
    excluded: set[str] = set()
    for name, start in find_forums(question, re.IGNORECASE):
        (excluded if _NOT.search(question[:start]) else named).add(name)
    return named - excluded, excluded


def _names(publisher: str, short: str) -> tuple[str, ...]:
    return (publisher, publisher.partition(",")[0], short, *other_publisher_names(short))


def _name_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of a name as a whole word; an abbreviation matches in capitals alone."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", 0 if name.isupper() else re.IGNORECASE)

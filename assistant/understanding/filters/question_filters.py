"""Derive the filters of a question: the conditions on records that it names, and its words without them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.understanding.attendance import asks_for_attendance
from assistant.understanding.filters.exclusions import LEFT_OUT_NAME, NOT, is_behind_but_not, is_left_out
from assistant.understanding.filters.publishers import name_pattern, publisher_names, publishers_in
from assistant.understanding.filters.times import QuestionTimes, days_in_numbers, question_times
from assistant.understanding.named_records import places_in, records_titled
from assistant.understanding.numbered_records import records_numbered, records_of_day, records_of_version
from corpus.document import Document
from corpus.language.dates import ERA_YEAR, find_era_years, without_months
from corpus.language.organizations import find_forums
from corpus.language.scripts import asks_in_japanese
from corpus.language.tokens import content_words
from index.search.filters import Filters

_WITHIN = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$", re.IGNORECASE)
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+)*")


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
    requested, mentioned = publishers_in(question, documents)
    titled, lacking = _records_named(question, documents)
    places, excluded_places = _places(question, documents)
    # The place in the name of a record is none of its meeting: "the Lima Declaration".
    places -= {p for p in places for d in documents if d.name in titled and p.casefold() in d.title.casefold()}
    times = question_times(question, documents, bool(forums or requested or mentioned or places))
    # A question that names every forum, place or publisher compares them, so it excludes no record.
    filter_forums = (forums & known_forums) or (known_forums - excluded_forums)
    named = Filters(
        forums=frozenset() if filter_forums == known_forums else frozenset(filter_forums),
        years=times.years & times.known,
        publishers=frozenset() if requested == {d.publisher for d in documents if d.publisher} else requested,
        months=times.months,
        names=_of_times(titled, times, question, documents),
        places=places,
        excluded=_left_out(documents, excluded_places, times.excluded),
    )
    filters, conflicts = _compatible(named, documents)
    unmet = (*map(str, sorted(times.years - times.known)), *sorted(forums - known_forums), *lacking, *conflicts)
    mentions = Filters(
        frozenset(forums & known_forums), filters.years, requested | mentioned, times.months, places=filters.places
    )
    return QuestionFilters(filters, mentioned, unmet, without(question, filters, documents), mentions)


def _records_named(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of the records that a question names by title, number or version, and meetings without one."""
    titled = records_titled(question, documents)
    numbered, lacking = records_numbered(question, documents)
    for names in (numbered, records_of_version(question, documents)):
        titled = (titled & names) or names or titled
    return titled, lacking


def _of_times(
    titled: frozenset[str], times: QuestionTimes, question: str, documents: Sequence[Document]
) -> frozenset[str]:
    """Return the names of records that fit the times of a question, of those that it names if there are any."""
    if len(times.years) > 1 or len(times.months) > 1:
        return frozenset()  # the title belongs to one of several meetings
    of_day = records_of_day(question, documents) if times.years else frozenset()
    return (titled & of_day) or of_day or titled


def _left_out(documents: Sequence[Document], places: frozenset[str], years: frozenset[int]) -> frozenset[str]:
    """Return the names of the records of places and years that a question excludes."""
    excluded = [Filters(places=places)] if places else []
    excluded += [Filters(years=frozenset({year})) for year in sorted(years)]
    return frozenset(d.name for d in documents if any(other.fits(d) for other in excluded))


def _places(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the places of meetings that a question names, and those that it excludes."""
    named: set[str] = set()
    excluded: set[str] = set()
    but_not: set[str] = set()
    asks_who_came = asks_for_attendance(question)
    for place, match in places_in(question, documents):
        before = question[: match.start()]
        is_excluded = is_left_out(before)
        if is_excluded and asks_who_came and not _WITHIN.search(before):
            continue  # "Who came apart from Japan?" leaves out a participant
        (excluded if is_excluded else named).add(place)
        if is_behind_but_not(before):
            but_not.add(place)
    if named and named == but_not:  # "on AI, but not in Rome"; with a second place the question compares
        return frozenset(), frozenset(excluded | named)
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
    for start, end, days in sorted(days_in_numbers(question), reverse=True):
        if filters.years & {day.year for day in days}:
            rest = f"{rest[:start]} {rest[end:]}"
    if filters.months:
        rest = without_months(rest)
    for year in filters.years:
        rest = re.sub(rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?{year}(?!\d)年?", " ", rest)
    if filters.years & find_era_years(rest).keys():
        rest = ERA_YEAR.sub(" ", rest)
    rest = LEFT_OUT_NAME.sub(" ", rest)
    for forum in filters.forums:
        rest = re.sub(rf"(?<![A-Za-z0-9]){re.escape(forum)}(?![A-Za-z0-9])", " ", rest, flags=re.IGNORECASE)
    for document in documents:
        if document.publisher in filters.publishers:
            names = publisher_names(document.publisher, document.short_publisher or document.publisher)
            for name in sorted(names, key=len, reverse=True):
                rest = name_pattern(name).sub(" ", rest)
    if asks_in_japanese(question):  # in an English question the words around a place or a title show what it is
        titles = {word for d in documents if d.name in filters.names for word in _LATIN_NAME.findall(d.title)}
        named = (*filters.places, *(name for name in _LATIN_NAME.findall(rest) if name in titles))
        for name in named:
            rest = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", " ", rest)
    return rest if content_words(rest) else question


def _forums(question: str) -> tuple[set[str], set[str]]:
    """Return the forums that a question names, and those that it excludes."""
    named: set[str] = set()
    excluded: set[str] = set()
    for name, start in find_forums(question, re.IGNORECASE):
        (excluded if NOT.search(question[:start]) else named).add(name)
    return named - excluded, excluded

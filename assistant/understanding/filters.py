"""Derive search filters from a question: years, months, forums, publishers, and the sides of a comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

from corpus.document import Document
from corpus.language.dates import MONTH_MENTION, YEAR, find_months
from corpus.language.months import ANY_MONTH
from corpus.language.organizations import find_forums, other_publisher_names
from corpus.language.tokens import content_words
from index.search.filters import Filters, years_of

# A year that dates the meeting: "in 2021", "July 2020", "the 2021 meeting"; that of "the 2020 roadmap" does not.
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?"
_WHEN = re.compile(
    rf"""
    \b(?:in|during|of|since|from|to|and|until|by|for|at|on|between|vs\.?|versus)\s+
        (?:(?:early|late|mid|spring|summer|autumn|fall|winter|{ANY_MONTH})\.?\s+)?{_DAY}({YEAR})\b
    | \b(?:{ANY_MONTH})\.?\s+{_DAY}({YEAR})\b
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
# Phrases that ask for the records of a publisher: "according to METI", "METI's release", "do METI and MIC agree".
_RECORDS = "(?:press )?(?:release|report|record|account|text|statement|article|page|version|document)s?"
_SOURCE_BEFORE = re.compile(
    rf"\b(?:according to|as told by|(?:reported|published|issued|written|described) by|{_RECORDS} (?:by|of|from)"
    r"|do|does)\s+(?:the\s+)?(?:\w+\s+and\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_SOURCE_AFTER = re.compile(
    rf"(?:['’]s)?\s+(?:and\s+(?:the\s+)?[\w ]{{2,30}}?\s+)?(?:{_RECORDS}|(?:say|report|mention|write|tell|put|name)s?"
    r"|said|reported|mentioned|describes?|described|wrote|told|agree|disagree|differ)\b|(?:の|によ|は)",
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
        filters: the years, months, forums and publishers to which it restricts the search.
        preferred: publishers that it mentions without asking for their records.
        unmet: years and forums that it names and no record is from.
        rest: the question without the words that became filters: every passage that passes the filters fulfils them.
        mentions: all years, months, forums and publishers that it names and a record has, filters or not.
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
        documents: all records; a year or forum that none of them has is `unmet` and no filter.
    """
    years = {int(next(filter(None, m.groups()))) for m in _WHEN.finditer(question)}
    known_years = frozenset().union(*(years_of(d) for d in documents)) if documents else frozenset()
    forums, excluded_forums = _forums(question)
    known_forums = {d.meeting.forum for d in documents if d.meeting.forum}
    filter_forums = (forums & known_forums) or (
        known_forums - excluded_forums if excluded_forums & known_forums else set()
    )
    requested, mentioned = publishers_in(question, documents)
    # A question that names every forum or publisher compares them, so it excludes no record.
    publishers = frozenset() if requested == {d.publisher for d in documents if d.publisher} else requested
    filters = Filters(
        forums=frozenset() if filter_forums == known_forums else frozenset(filter_forums),
        years=frozenset(years & known_years),
        publishers=publishers,
    )
    with_months = replace(filters, months=find_months(question))
    if any(with_months.keeps(d) for d in documents):
        filters = with_months
    unmet = (*(str(y) for y in sorted(years - known_years)), *sorted(forums - known_forums))
    mentions = Filters(frozenset(forums & known_forums), filters.years, requested | mentioned, filters.months)
    return QuestionFilters(filters, mentioned, unmet, without(question, filters, documents), mentions)


def without(question: str, filters: Filters, documents: Sequence[Document]) -> str:
    """Return the question without the words that became filters; the whole question if no other word is left."""
    rest = question
    if filters.months:
        rest = MONTH_MENTION.sub(" ", rest)
    for year in filters.years:
        rest = re.sub(rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?{year}(?!\d)年?", " ", rest)
    for forum in filters.forums:
        rest = re.sub(rf"(?<![A-Za-z0-9]){forum}(?![A-Za-z0-9])", " ", rest, flags=re.IGNORECASE)
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
    records = [d for d in documents if mentions.keeps(d)]
    if mentions and _EACH_RECORD.search(question) and 1 < len(records) <= _MOST_SIDES:
        return tuple(replace(mentions, names=frozenset({d.name})) for d in records)
    return ()


def _sides_with_records(
    sides: Sequence[Filters], several: Sequence[str], documents: Sequence[Document]
) -> tuple[Filters, ...]:
    """Return the sides that different records pass; a side without a record drops what the question names only once.

    In "the summit of the one forum in 2022 and that of the other body in 2023" the forum belongs to one side.
    """
    passed = [side for side in sides if any(map(side.keeps, documents))]
    if len(several) == 1:
        relaxed = (Filters(**{several[0]: getattr(side, several[0])}) for side in sides if side not in passed)
        passed += [side for side in relaxed if any(map(side.keeps, documents))]
    by_records = {frozenset(d.name for d in documents if s.keeps(d)): s for s in reversed(passed)}
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

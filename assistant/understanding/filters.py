"""Read filters from a question: years, months, forums and publishers, also for each side of a comparison."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

from corpus.document import Document
from corpus.language.dates import MONTH_MENTION, YEAR, find_months
from corpus.language.months import ANY_MONTH
from corpus.language.organizations import find_forums, other_publisher_names
from corpus.language.tokens import content_words
from index.search.filters import Filters, years_of

# A year that says when: "in 2021", "July 2020", "the 2021 meeting". "The 2020 roadmap" names a thing, not a time.
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
# "according to METI", "METI's release", "do METI and MIC agree": its records are meant, and not only the body itself.
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
# A question with more sides than these asks about all records and compares none.
_MOST_SIDES = 4
_EACH_RECORD = re.compile(
    r"\b(?:both|each|two|three|four|various|different|which(?: one)? of the)\b.{0,40}?"
    r"\b(?:accounts?|releases?|records?|reports?|texts?|versions?|documents?|statements?|sources?|declarations?|pages?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuestionFilters:
    """What a question names, of what the records have.

    Attributes:
        filters: the years, months, forums and publishers that it asks for.
        preferred: publishers that it mentions without saying that their records are meant.
        unmet: what it asks for that no record has, such as a year without a meeting.
        rest: the question without the words that the filters stand for; they hold in every passage that passes.
        every: all years, months, forums and publishers that it names and a record has, whether or not they narrow.
    """

    filters: Filters
    preferred: frozenset[str]
    unmet: tuple[str, ...]
    rest: str
    every: Filters = Filters()


def question_filters(question: str, documents: Sequence[Document]) -> QuestionFilters:
    """Read from a question which records it is about.

    Args:
        question: as asked.
        documents: all records; only what one of them has becomes a filter, the rest is `unmet`.
    """
    years = {int(next(filter(None, m.groups()))) for m in _WHEN.finditer(question)}
    known_years = frozenset().union(*(years_of(d) for d in documents)) if documents else frozenset()
    forums, dropped_forums = _forums(question)
    known_forums = {d.meeting.forum for d in documents if d.meeting.forum}
    wanted_forums = (forums & known_forums) or (
        known_forums - dropped_forums if dropped_forums & known_forums else set()
    )
    asked, mentioned = publishers_named(question, documents)
    publishers = frozenset() if asked == {d.publisher for d in documents if d.publisher} else asked
    # A question that names every forum or publisher there is asks to compare them: nothing is left out.
    filters = Filters(
        forums=frozenset() if wanted_forums == known_forums else frozenset(wanted_forums),
        years=frozenset(years & known_years),
        publishers=publishers,
    )
    with_months = replace(filters, months=find_months(question))
    if any(with_months.keeps(d) for d in documents):
        filters = with_months
    unmet = (*(str(y) for y in sorted(years - known_years)), *sorted(forums - known_forums))
    every = Filters(frozenset(forums & known_forums), filters.years, asked | mentioned, filters.months)
    return QuestionFilters(filters, mentioned, unmet, without(question, filters, documents), every)


def without(question: str, filters: Filters, documents: Sequence[Document]) -> str:
    """The question without the words that became filters; the whole question when nothing else would be left."""
    rest = question
    if filters.months:
        rest = MONTH_MENTION.sub(" ", rest)
    for year in filters.years:
        rest = re.sub(rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?{year}(?!\d)年?", " ", rest)
    for forum in filters.forums:
        rest = re.sub(rf"(?<![A-Za-z0-9]){forum}(?![A-Za-z0-9])", " ", rest, flags=re.IGNORECASE)
    for document in documents:
        if document.publisher in filters.publishers:
            for name in sorted(
                _names(document.publisher, document.short_publisher or document.publisher), key=len, reverse=True
            ):
                rest = re.sub(
                    rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])",
                    " ",
                    rest,
                    flags=0 if name.isupper() else re.IGNORECASE,
                )
    return rest if content_words(rest) else question


def publishers_named(question: str, documents: Sequence[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """The publishers whose records are asked for ("not METI" asks for the others), and those only mentioned."""
    asked: set[str] = set()
    dropped: set[str] = set()
    mentioned: set[str] = set()
    known = {d.publisher: d.short_publisher or d.publisher for d in documents if d.publisher}
    for publisher, short in known.items():
        places = [place for name in _names(publisher, short) for place in _places(question, name)]
        if any(_NOT.search(question[:start]) for start, _ in places):
            dropped.add(publisher)
        elif any(_SOURCE_BEFORE.search(question[:s]) or _SOURCE_AFTER.match(question[e:]) for s, e in places):
            asked.add(publisher)
        elif places:
            mentioned.add(publisher)
    if dropped and not asked:
        asked = mentioned or set(known) - dropped
    return frozenset(asked), frozenset(mentioned - asked)


def comparison_sides(question: str, every: Filters, documents: Sequence[Document]) -> tuple[Filters, ...]:
    """The sides of a comparison as filters, each of which some record passes; empty when there are not two.

    Years, months, forums or publishers that are named beside each other make the sides; else, when "both accounts" or
    "each release" is asked for, the few records that what is named leaves.

    Args:
        question: as asked.
        every: all that it names.
        documents: all records.
    """
    several = [f.name for f in fields(every) if len(getattr(every, f.name)) > 1]
    if several:
        combined = product(*(sorted(getattr(every, name)) for name in several))
        wanted = (replace(every, **{n: frozenset({v}) for n, v in zip(several, c, strict=True)}) for c in combined)
        return _sides(wanted, several, documents)
    kept = [d for d in documents if every.keeps(d)]
    if every and _EACH_RECORD.search(question) and 1 < len(kept) <= _MOST_SIDES:
        return tuple(replace(every, names=frozenset({d.name})) for d in kept)
    return ()


def _sides(wanted: Iterable[Filters], several: Sequence[str], documents: Sequence[Document]) -> tuple[Filters, ...]:
    """The filters that different records pass; what is named only once is let go for a side where it leaves nothing.

    In "the summit of the one forum in 2022 and that of the other body in 2023" the forum belongs to one side.
    """
    sides = list(wanted)
    found = [s for s in sides if any(map(s.keeps, documents))]
    if len(several) == 1:
        alone = (Filters(**{several[0]: getattr(s, several[0])}) for s in sides if s not in found)
        found += [s for s in alone if any(map(s.keeps, documents))]
    apart = {frozenset(d.name for d in documents if s.keeps(d)): s for s in reversed(found)}
    return tuple(reversed(apart.values())) if 1 < len(apart) <= _MOST_SIDES else ()


def _forums(question: str) -> tuple[set[str], set[str]]:
    asked: set[str] = set()
    dropped: set[str] = set()
    for name, start in find_forums(question, re.IGNORECASE):
        (dropped if _NOT.search(question[:start]) else asked).add(name)
    return asked - dropped, dropped


def _names(publisher: str, short: str) -> tuple[str, ...]:
    return (publisher, publisher.partition(",")[0], short, *other_publisher_names(short))


def _places(question: str, name: str) -> list[tuple[int, int]]:
    case = 0 if name.isupper() else re.IGNORECASE
    return [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", question, case)]

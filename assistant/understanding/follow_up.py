"""Complete a follow-up question with what it needs of the turns before: their words, or only their filters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import Enum, auto

from assistant.conversation import Conversation
from assistant.query import NOT_SEARCHED, Query
from assistant.understanding.filters.question_filters import QuestionFilters, without
from assistant.understanding.named_records import places_in
from assistant.understanding.recency import asks_for_newest
from assistant.understanding.references import (
    CONTINUES,
    is_bare,
    is_fragment,
    refers_back,
    refers_to_meeting,
    subject_words,
)
from corpus.document import Document
from corpus.kept import text_without_case
from corpus.language.countries import country_pattern, is_country
from corpus.language.dates import YEAR
from corpus.language.english import english_words
from corpus.language.months import ANY_MONTH
from corpus.language.organizations import find_forums
from corpus.language.tokens import content_words
from index.search.filters import Filters

_COUNTRY = re.compile(rf"\b(?:{country_pattern('English')})\b|{country_pattern('Japanese')}", re.IGNORECASE)
_TIME = re.compile(rf"\b(?:{ANY_MONTH})\.?(?: {YEAR})?\b|\b{YEAR}\b|(?:\d{{4}}年)?\d{{1,2}}月|\d{{4}}年", re.IGNORECASE)
_NAME = re.compile(
    r"(?<=\s)[A-Z][\w'’-]*[a-z][\w'’-]*(?: [A-Z][\w'’-]+)*|^[A-Z][\w'’-]*[a-z][\w'’-]*(?=\W*$)|\b[A-Z]{2,}\b"
)
_IN_A_PLACE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?([A-Z][\w'’-]+)")
# The words around the names of a fragment, as in "and in July then?"
_AROUND = re.compile(
    r"\W*(?:(?:in|at|on|for|from|by|with|about|of|the|to|during|then|too|meeting|one|summit|mr|ms|minister"
    r"|は|も|では|には|からは|の場合は|年)\W*)*",
    re.IGNORECASE,
)
# A preposition whose name was removed.
_DANGLING = re.compile(
    r"\b(?:in|at|on|of|for|from|during|by)\s+(?:the\s+)?(?=\W|$|(?:in|at|on|of|for|from|by)\b)", re.IGNORECASE
)


class Need(Enum):
    """Parts of the turns before that a question needs."""

    NOTHING = auto()
    FILTERS = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with what it takes over from the turns before.

    Attributes:
        text: the question, behind the questions that it needs or with its name in their place.
        latest: as typed; empty for a question that is searched without words of others.
        context: the questions in front, oldest first.
        need: what it needs of the turns before.
    """

    text: str
    latest: str = ""
    context: tuple[str, ...] = ()
    need: Need = Need.NOTHING


def complete(
    question: str,
    own: QuestionFilters,
    conversation: Conversation,
    documents: Sequence[Document],
    is_follow_up: bool | None = None,
) -> Completed:
    """Return the question with the words that it needs of the turns before.

    Args:
        question: as typed.
        own: the filters that it names itself.
        conversation: the turns before it.
        documents: all records, whose places can be replaced.
        is_follow_up: True if it needs the words of the turn before; None to decide by its own words.
    """
    turn = conversation.last_searched
    if not turn:
        return Completed(question)
    last = turn.query
    if is_follow_up is None:
        need = _need(question, own, last, documents)
    else:
        need = Need.WORDS if is_follow_up else Need.NOTHING
    if need is not Need.WORDS:
        return Completed(question, need=need)
    if whole := _with_name_replaced(last.latest_text, question, documents):
        whole = _with_possible_time(whole, own.filters, last.named, documents)
        return _behind(last.context, whole) if last.context else Completed(whole, need=Need.FILTERS)
    replaced = Filters(
        **{f.name: getattr(last.named, f.name) for f in fields(Filters) if _replaces(own.filters, f.name)}
    )
    return _behind(tuple(_without(part, replaced, documents) for part in _context(conversation, documents)), question)


def _context(conversation: Conversation, documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the questions that a follow-up needs: the last that is no bare "Why?", and the one with its subject.

    A question whose only subject is the meeting is carried by its filters.
    """
    before: list[Query] = []
    for turn in reversed(conversation.turns):
        if turn.query.intent not in NOT_SEARCHED:
            before.append(turn.query)
            if not turn.query.is_follow_up or (not turn.query.latest and subject_words(turn.query.text)):
                break
    last, *earlier = [query for query in before if not is_bare(query.latest_text)] or before[-1:]
    # One that stands alone says more than one that refers back itself: "What is it?" before "Who wanted it?".
    whole_first = sorted(earlier, key=lambda query: refers_back(query.latest_text))
    has_subject = (query.latest_text for query in whole_first if _has_subject(query, documents))
    return (*(text for text, _ in zip(has_subject, range(1), strict=False)), last.latest_text)


def _has_subject(query: Query, documents: Sequence[Document]) -> bool:
    """Return True if the question has a subject beside the time, place and forum of the meeting."""
    places = {word for place in query.named.places for word in content_words(place)}
    return not places.issuperset(subject_words(without(query.latest_text, query.named, documents)))


def carried_filters(own: QuestionFilters, last: Query, documents: Sequence[Document]) -> Filters:
    """Return the filters of the turn before that a follow-up keeps, as its own neither replace nor contradict them."""
    kept = Filters(
        **{
            f.name: getattr(last.named, f.name)
            for f in fields(Filters)
            if not getattr(own.filters, f.name) and not _replaces(own.filters, f.name)
        }
    )
    both = own.filters.and_then(kept)
    if own.unmet or not own.filters or any(map(both.fits, documents)):
        return Filters() if own.unmet else kept
    return Filters()


def _need(question: str, own: QuestionFilters, last: Query, documents: Sequence[Document]) -> Need:
    if refers_back(question) or is_fragment(question):
        return Need.NOTHING if _is_new_subject(question, last) else Need.WORDS
    rest = CONTINUES.sub("", question)
    continues = rest != question
    if (own.filters or own.unmet) and not continues:
        return Need.NOTHING
    if not last.named:
        has_subject = not all(map(is_country, subject_words(rest))) and not refers_to_meeting(question)
        # "The next meeting" needs no other word.
        return Need.NOTHING if has_subject or asks_for_newest(question) else Need.WORDS
    if continues or refers_to_meeting(question):
        return Need.FILTERS
    new_places = (place for place in _IN_A_PLACE.findall(question) if place not in last.text and not is_country(place))
    if any(new_places):
        return Need.NOTHING
    names = [word for word in subject_words(question) if not is_country(word)]
    if all(_is_name(word, question) for word in names):
        within = [text_without_case(document) for document in documents if last.named.fits(document)]
        return Need.FILTERS if all(any(word in text for text in within) for word in names) else Need.NOTHING
    return Need.NOTHING


def _is_new_subject(question: str, last: Query) -> bool:
    """Return True for a name alone, typed as a search of its own and not mentioned before."""
    words = content_words(question)
    is_search = (
        bool(words) and question.rstrip()[-1:] not in "?？" and not CONTINUES.match(question) and not is_bare(question)
    )
    return is_search and question.strip() in " ".join(_NAME.findall(question)) and words[0] not in last.text.casefold()


def _is_name(word: str, question: str) -> bool:
    """Return True if a folded word is written with a capital in the question, or is no English word."""
    typed = re.search(rf"(?<!^)\b{re.escape(word)}", question, re.IGNORECASE)
    return word not in english_words() or bool(typed and not typed.group().islower())


def _behind(context: tuple[str, ...], question: str) -> Completed:
    context = tuple(part.rstrip("?!.？。 ") for part in context)
    return Completed(" - ".join((*context, question)), question, context, Need.WORDS)


def _replaces(own: Filters, name: str) -> bool:
    """Return True if filters take the place of a condition: a place or record of all others, a time of times."""
    if name == "publishers":
        return bool(own.publishers)
    if own.places or own.names:
        return True
    if name in ("years", "months"):
        return bool(own.years) or (name == "months" and bool(own.months))
    return bool(getattr(own, name))


def _without(text: str, replaced: Filters, documents: Sequence[Document]) -> str:
    """Return a question without the words of conditions that a follow-up replaces."""
    if not replaced:
        return text
    rest = " ".join(_DANGLING.sub(" ", without(text, replaced, documents)).split())
    return re.sub(r" (?=[?!.,]$)", "", rest)


def _with_name_replaced(before: str, fragment: str, documents: Sequence[Document]) -> str | None:
    """Return the question before with the names of a fragment in the places of its own of the same kinds.

    "What did they say in April 2020?" and "And in July?" give "What did they say in July 2020?"; None where the
    fragment is more than names, or the question before has no name of a kind, or two.
    """
    fragment = rest = CONTINUES.sub("", fragment)
    names = list(_names(fragment, documents))
    for _, start, end in sorted(names, key=lambda name: -name[1]):
        rest = rest[:start] + rest[end:]
    if not names or not _AROUND.fullmatch(rest):
        return None
    whole = before
    for kind, start, end in names:
        places = [(s, e) for other, s, e in _names(whole, documents) if other == kind]
        if len(places) != 1:
            return None
        whole = _put(whole, *places[0], fragment[start:end], kind)
    return whole


def _with_possible_time(question: str, own: Filters, last: Filters, documents: Sequence[Document]) -> str:
    """Return a completed question, without the time of the turn before where no record with the new name is of it."""
    times = Filters(years=last.years, months=last.months)
    if not own or own.years or own.months or any(map(own.and_then(times).fits, documents)):
        return question
    return _without(question, times, documents)


def _put(text: str, start: int, end: int, name: str, kind: str) -> str:
    """Return the text with a name in the place of another; a month alone keeps the year."""
    year = re.search(rf" {YEAR}$", text[start:end]) if kind == "time" and not re.search(YEAR, name) else None
    return text[:start] + name + (year.group() if year else "") + text[end:]


def _names(text: str, documents: Sequence[Document]) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each time, country, place, forum and other name of a text, none twice."""
    found = [("time", *m.span()) for m in _TIME.finditer(text)]
    found += [("place", *m.span()) for place, m in places_in(text, documents) if not is_country(place)]
    found += [("country", *m.span()) for m in _COUNTRY.finditer(text)]
    found += [("forum", start, start + len(name)) for name, start in find_forums(text, re.IGNORECASE)]
    taken: list[tuple[int, int]] = []
    for kind, start, end in (*found, *_other_names(text)):
        if not any(start < e and s < end for s, e in taken):
            taken.append((start, end))
            yield kind, start, end


def _other_names(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names of people and things; an abbreviation is no name of a person."""
    for match in _NAME.finditer(text):
        if content_words(match.group()):
            yield "abbreviation" if match.group().isupper() else "name", *match.span()

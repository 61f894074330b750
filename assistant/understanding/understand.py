"""A question, and the conversation before it, become a query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.comparison import comparison_sides
from assistant.understanding.filters import QuestionFilters, question_filters, without
from assistant.understanding.guardrails import is_small_talk, is_unsafe
from assistant.understanding.history import cited_before, standalone_question
from corpus.document import Document, Kind
from index.search.filters import Filters

_COMPARES = re.compile(
    r"\b(?:compare|comparison|differ\w*|contrast|versus|vs|vice versa|whereas|both|each|respectively|similarit\w*|"
    r"changed?|evolv\w*|shift\w*|agree|disagree|between .{2,60} and|from .{2,60} to|which of)\b|比較|違い|異なる|変化",
    re.IGNORECASE,
)
# A statement before a question leads in to it: "The office was planned in 2021. What did it do in 2023?"
_LAST_QUESTION = re.compile(r"^.*[.!。]\s+(?=[A-Z][^.!]+[?？]\s*$)", re.DOTALL)
_ONE_NOT_THE_OTHER = re.compile(r"\b(?:that|which|but|and|while) .{2,60}?\b(?:not|n['’]t)\b", re.IGNORECASE)
_LISTED = (
    "countries members ministers topics areas points organizations organisations annexes documents officials issues "
    "agendas themes"
).split()
_LISTS = re.compile(
    rf"\b(?:list|which (?:\w+ )?(?:{'|'.join(_LISTED)})|all (?:the )?\w+s|every|name the|what (?:are|were) the|"
    r"whom?ever|with whom)\b|すべて|一覧|どの国",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"^\W*(?:who|when|where|whose|at what|on which|in which|how (?:many|much|long|often|old))\b|誰|いつ|どこ|何時|何人",
    re.IGNORECASE,
)


_CONTACT = re.compile(
    r"\b(?:contacts?|telephone|phone|fax|e-?mail|inquir\w+|enquir\w+|(?:which|what) (?:division|office|bureau|section))"
    r"\b|連絡先|問い合わせ|電話",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:titles?|titled|headings?|headlines?|called|names? of the (?:topic|section|item)s?)\b|題名|見出し",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A query and what was named in the question.

    Attributes:
        query: what is searched.
        named: what of the question became a filter, what no record meets, and what is left to look for.
    """

    query: Query
    named: QuestionFilters


def understand(
    question: str,
    conversation: Conversation,
    documents: list[Document],
    chosen: Filters,
    leans: bool | None = None,
    names: Sequence[str] = (),
) -> Understood:
    """Make a standalone query of a question.

    Args:
        question: as typed.
        conversation: the turns before it.
        documents: all records, whose years, forums and publishers a question may name.
        chosen: the filters that the user set; they win over what the question names.
        leans: whether it leans on the turns before it, where that is known; None to tell by its words.
        names: what is searched beside it, and narrows nothing.
    """
    if is_small_talk(question):
        return Understood(
            Query(question, chosen, Intent.SMALL_TALK), QuestionFilters(Filters(), frozenset(), (), question)
        )
    if is_unsafe(question):
        return Understood(Query(question, chosen, Intent.UNSAFE), QuestionFilters(Filters(), frozenset(), (), question))
    text = standalone_question(question, conversation, leans)
    found = question_filters(text, documents)
    follows = text != question
    latest = question if follows else _LAST_QUESTION.sub("", question)
    if latest != text:
        found = _with_its_own_time(found, question_filters(latest, documents))
    sides = comparison_sides(question, found.every, documents) if _compares(question, found.every) else ()
    intent = Intent.COMPARISON if sides else _intent(question)
    if sides:
        found = replace(found, filters=_widest(sides), rest=without(text, _apart(found.every), documents))
    beside = f"{', '.join(names)} - " if names else ""
    found = replace(found, rest=beside + found.rest)
    query = Query(
        beside + text,
        chosen.and_then(found.filters),
        intent,
        _wants(question),
        found.preferred,
        latest=question if follows or names else "",
        near=cited_before(conversation) if follows else (),
        sides=tuple(chosen.and_then(side) for side in sides),
    )
    return Understood(query, found)


def _with_its_own_time(found: QuestionFilters, own: QuestionFilters) -> QuestionFilters:
    """What a follow-up and the turns before name together, but the time of the follow-up alone when it names one."""
    if not (own.filters.years or own.filters.months or own.unmet):
        return found
    filters, every = (
        replace(f, years=own.filters.years, months=own.filters.months) for f in (found.filters, found.every)
    )
    return replace(found, filters=filters, every=every, unmet=own.unmet)


def _widest(sides: Sequence[Filters]) -> Filters:
    """What all sides together narrow the search to: a condition that one side lacks narrows nothing."""
    every = {f.name: [getattr(side, f.name) for side in sides] for f in fields(Filters)}
    return Filters(**{name: frozenset().union(*values) for name, values in every.items() if all(values)})


def _apart(every: Filters) -> Filters:
    """Of all that is named, what tells the sides apart."""
    return Filters(**{f.name: v for f in fields(every) if len(v := getattr(every, f.name)) > 1})


def _wants(question: str) -> frozenset[Kind]:
    """The kinds of passages that are cited only when asked for, and are."""
    wanted = {Kind.CONTACT} if _CONTACT.search(question) else set()
    return frozenset(wanted | ({Kind.TITLE, Kind.HEADING} if _TITLE.search(question) else set()))


def _compares(question: str, every: Filters) -> bool:
    """Whether what is named beside each other is to be compared: two times or forums always are.

    Of two publishers one may be asked about the other.
    """
    beside = max(map(len, (every.years, every.months, every.forums))) > 1
    return beside or bool(_COMPARES.search(question) or _ONE_NOT_THE_OTHER.search(question))


def _intent(question: str) -> Intent:
    if _COMPARES.search(question):
        return Intent.COMPARISON
    if _LISTS.search(question):
        return Intent.LIST
    return Intent.FACT if _FACT.search(question) else Intent.TOPIC

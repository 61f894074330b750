"""Turn a question and the conversation before it into a query."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.answer_type import answer_requirements
from assistant.understanding.filters import QuestionFilters, comparison_sides, question_filters, without
from assistant.understanding.split_questions import SubQuestion
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


def understand(
    question: SubQuestion, conversation: Conversation, documents: Sequence[Document], chosen: Filters
) -> Query:
    """Make a standalone query of a question.

    Args:
        question: one question of the message.
        conversation: the turns before it.
        documents: all records, whose years, forums and publishers a question may name.
        chosen: the filters that the user set; they win over what the question names.
    """
    typed = question.text
    if question.intent:
        return Query(typed, chosen, question.intent)
    text = conversation.standalone(typed, question.leans)
    named = question_filters(text, documents)
    follows = text != typed
    latest = typed if follows else _LAST_QUESTION.sub("", typed)
    if latest != text:
        named = _with_its_own_time(named, question_filters(latest, documents))
    sides = comparison_sides(typed, named.every, documents) if _compares(typed, named.every) else ()
    if sides:
        named = replace(named, filters=_widest(sides), rest=without(text, _apart(named.every), documents))
    beside = f"{', '.join(question.names)} - " if question.names else ""
    latest = typed if follows or beside else ""
    return Query(
        beside + text,
        chosen.and_then(named.filters),
        Intent.COMPARISON if sides else _intent(typed),
        _wants(typed),
        named.preferred,
        latest,
        near=conversation.last_cited if follows else (),
        sides=tuple(chosen.and_then(side) for side in sides),
        keywords=beside + named.rest,
        unmet=named.unmet,
        language=question.language,
        answer=answer_requirements(beside + text, latest),
    )


def plain_query(text: str, filters: Filters = Filters()) -> Query:
    """Return the query of a text that is searched as it is: nothing that it names narrows the search."""
    return Query(text, filters, answer=answer_requirements(text))


def _with_its_own_time(found: QuestionFilters, own: QuestionFilters) -> QuestionFilters:
    """Return what a follow-up and the turns before it name together, with the follow-up's time when it names one."""
    if not (own.filters.years or own.filters.months or own.unmet):
        return found
    filters, every = (
        replace(f, years=own.filters.years, months=own.filters.months) for f in (found.filters, found.every)
    )
    return replace(found, filters=filters, every=every, unmet=own.unmet)


def _widest(sides: Sequence[Filters]) -> Filters:
    """Return the filters that all sides pass together: a condition that one side lacks narrows nothing."""
    every = {f.name: [getattr(side, f.name) for side in sides] for f in fields(Filters)}
    return Filters(**{name: frozenset().union(*values) for name, values in every.items() if all(values)})


def _apart(every: Filters) -> Filters:
    """Return the conditions that tell the sides apart."""
    return Filters(**{f.name: v for f in fields(every) if len(v := getattr(every, f.name)) > 1})


def _wants(question: str) -> frozenset[Kind]:
    """Return the kinds of passages that are cited only when a question asks for them, and that this one asks for."""
    wanted = {Kind.CONTACT} if _CONTACT.search(question) else set()
    return frozenset(wanted | ({Kind.TITLE, Kind.HEADING} if _TITLE.search(question) else set()))


def _compares(question: str, every: Filters) -> bool:
    """Return True if the question compares what it names beside each other; two times or forums always are compared.

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

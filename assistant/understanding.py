"""A question, and the conversation before it, become a query."""

import re
from dataclasses import dataclass, replace

from assistant.conversation import Conversation
from assistant.courtesy import is_small_talk, is_unsafe
from assistant.follow_up import cited_before, standalone
from assistant.named import Named, named
from assistant.query import Intent, Query
from corpus.document import Document, Kind
from index.filters import Filters

_COMPARES = re.compile(
    r"\b(?:compare|comparison|differ\w*|contrast|versus|vs|both|each|respectively|similarit\w*|changed?|evolv\w*|"
    r"shift\w*|agree|disagree|between .{2,60} and|from .{2,60} to|which of)\b|比較|違い|異なる|変化",
    re.IGNORECASE,
)
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
    named: Named


def understand(question: str, conversation: Conversation, documents: list[Document], chosen: Filters) -> Understood:
    """Make a standalone query of a question.

    Args:
        question: as typed.
        conversation: the turns before it.
        documents: all records, whose years, forums and publishers a question may name.
        chosen: the filters that the user set; they win over what the question names.
    """
    if is_small_talk(question):
        return Understood(Query(question, chosen, Intent.SMALL_TALK), Named(Filters(), frozenset(), (), question))
    if is_unsafe(question):
        return Understood(Query(question, chosen, Intent.UNSAFE), Named(Filters(), frozenset(), (), question))
    text = standalone(question, conversation)
    found = named(text, documents)
    follows = text != question
    if follows:
        found = _with_its_own_time(found, named(question, documents))
    query = Query(
        text,
        chosen.and_then(found.filters),
        _intent(question),
        _wants(question),
        found.preferred,
        latest=question if follows else "",
        near=cited_before(conversation) if follows else (),
    )
    return Understood(query, found)


def _with_its_own_time(found: Named, own: Named) -> Named:
    """What a follow-up and the turns before name together, but the time of the follow-up alone when it names one."""
    if not (own.filters.years or own.filters.months or own.unmet):
        return found
    filters = replace(found.filters, years=own.filters.years, months=own.filters.months)
    return replace(found, filters=filters, unmet=own.unmet)


def _wants(question: str) -> frozenset[Kind]:
    """The kinds of passages that are cited only when asked for, and are."""
    wanted = {Kind.CONTACT} if _CONTACT.search(question) else set()
    return frozenset(wanted | ({Kind.TITLE, Kind.HEADING} if _TITLE.search(question) else set()))


def _intent(question: str) -> Intent:
    if _COMPARES.search(question):
        return Intent.COMPARISON
    if _LISTS.search(question):
        return Intent.LIST
    return Intent.FACT if _FACT.search(question) else Intent.TOPIC

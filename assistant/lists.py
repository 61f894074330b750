"""Lists in a record: their items, and what leads in to them."""

import re
from collections.abc import Sequence

from corpus.document import Kind
from corpus.passages import Passage

# "... the following key points.", "... are as follows:", "discussed eleven areas:"
_LEADS_IN = re.compile(
    r"(?:[:：]|\b(?:following(?! (?:day|week|month|year|morning))|as follows|below)\b[^.]*\.|以下[^。]*。)\s*$",
    re.IGNORECASE,
)


def items_of(passages: Sequence[Passage], at: int) -> list[Passage]:
    """The items of the list that a passage belongs to, or leads in to, or heads; none when it does none of these.

    Args:
        passages: all passages of the document, in order.
        at: the passage's position among them.
    """
    passage = passages[at]
    if passage.kind is Kind.LIST_ITEM:
        first = at
        while first > 0 and _same_list(passages[first - 1], passage):
            first -= 1
        return _items_from(passages, first)
    if passage.kind in (Kind.HEADING, Kind.BODY) and (passage.kind is Kind.HEADING or leads_in(passage)):
        return _items_from(passages, at + 1)
    return []


def leads_in(passage: Passage) -> bool:
    """Whether a passage announces a list."""
    return passage.kind is Kind.BODY and bool(_LEADS_IN.search(passage.text))


def _items_from(passages: Sequence[Passage], first: int) -> list[Passage]:
    items: list[Passage] = []
    for passage in passages[first:]:
        if not _same_list(passage, items[0] if items else passage):
            break
        items.append(passage)
    return items


def _same_list(passage: Passage, other: Passage) -> bool:
    return passage.kind is Kind.LIST_ITEM and passage.headings == other.headings

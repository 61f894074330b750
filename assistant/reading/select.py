"""Select which of the scored sentences an answer cites, by the kind of question: a fact, a list or a comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.query import Intent, Query
from assistant.retrieval.deduplicate import distinct_quotations
from assistant.retrieval.score_sentences import Evidence, best_first
from corpus.document import Kind
from corpus.passages import Passage
from corpus.span import Span
from index.library import Snapshot
from index.search.filters import Filters

# "... the following key points.", "... are as follows:", "discussed eleven areas:"
_INTRODUCTION = re.compile(
    r"(?:[:：]|\b(?:following(?! (?:day|week|month|year|morning))|as follows|below)\b[^.]*\.|以下[^。]*。)\s*$",
    re.IGNORECASE,
)


def items_of(passages: Sequence[Passage], at: int) -> list[Passage]:
    """Return the items of the list that a passage belongs to, introduces or is the heading of; none without a list.

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
    if passage.kind in (Kind.HEADING, Kind.BODY) and (passage.kind is Kind.HEADING or introduces_list(passage)):
        return _items_from(passages, at + 1)
    return []


def introduces_list(passage: Passage) -> bool:
    """Return True if a passage introduces a list."""
    return passage.kind is Kind.BODY and bool(_INTRODUCTION.search(passage.text))


def _items_from(passages: Sequence[Passage], first: int) -> list[Passage]:
    items: list[Passage] = []
    for passage in passages[first:]:
        if not _same_list(passage, items[0] if items else passage):
            break
        items.append(passage)
    return items


def _same_list(passage: Passage, other: Passage) -> bool:
    return passage.kind is Kind.LIST_ITEM and passage.headings == other.headings


# Number of the best sentences that may belong to the list that a question asks for.
_POINTERS = 3


@dataclass(frozen=True, slots=True)
class SelectionLimits:
    """Limits on the number of cited sentences and on their distance from the best score.

    Attributes:
        citations: most sentences of an answer.
        citations_list: the same for a question that asks for a list.
        citations_comparison: the same for a question that compares.
        margin: most that the score of a cited sentence is below the best.
        side_margin: the same for the best sentence of another record in a comparison.
        item_characters: most characters of a list item that is cited whole.
    """

    citations: int = 3
    citations_list: int = 12
    citations_comparison: int = 4
    margin: float = 0.12
    side_margin: float = 0.2
    item_characters: int = 450


def select_evidence(
    query: Query, evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits = SelectionLimits()
) -> list[Evidence]:
    """Return the evidence to cite, best first.

    Args:
        query: the question.
        evidence: sentences, best first.
        snapshot: the snapshot of the library that they are from.
        limits: the limits on number and score.
    """
    if not evidence:
        return []
    return distinct_quotations(_select(query, evidence, snapshot, limits), query)


def _select(query: Query, evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits) -> list[Evidence]:
    if query.intent is Intent.LIST and (items := _whole_list(evidence, snapshot, limits)):
        return items
    if query.intent is Intent.COMPARISON:
        return _whole_items(_each_side(query, evidence, limits), limits)
    return _whole_items(_close_to_best(evidence, limits.citations, limits.margin), limits)


def _close_to_best(evidence: Sequence[Evidence], most: int, margin: float) -> list[Evidence]:
    return [e for e in evidence[:most] if e.score >= evidence[0].score - margin]


def _whole_items(chosen: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the evidence with short list items as a whole instead of one of their sentences."""
    selected: list[Evidence] = []
    for evidence in chosen:
        is_item = evidence.passage.kind is Kind.LIST_ITEM and len(evidence.passage.words) <= limits.item_characters
        whole = _whole(evidence, evidence.passage) if is_item else evidence
        if not any(e.passage.document == whole.passage.document and e.span.overlaps(whole.span) for e in selected):
            selected.append(whole)
    return selected


def _each_side(query: Query, evidence: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the best of each named side; without sides the best of all, and the best of other records near it."""
    if query.sides:
        return _of_named_sides(query.sides, evidence, limits)
    chosen = _close_to_best(evidence, limits.citations, limits.margin)
    seen = {e.passage.document.id for e in chosen}
    least = evidence[0].score - limits.side_margin
    for candidate in evidence:
        document = candidate.passage.document.id
        if candidate.score >= least and document not in seen and len(chosen) < limits.citations_comparison:
            seen.add(document)
            chosen.append(candidate)
    return chosen


def _of_named_sides(sides: Sequence[Filters], evidence: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    most = max(1, limits.citations_comparison // len(sides))
    chosen: list[Evidence] = []
    for side in sides:
        of_side = [e for e in evidence if side.keeps(e.passage.document) and e not in chosen]
        chosen += _close_to_best(of_side, most, limits.margin) if of_side else []
    return best_first(chosen)


def _whole_list(evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits) -> list[Evidence]:
    """Return all items of the list that the best sentences introduce or belong to; none without such a list."""
    near = [e for e in evidence[:_POINTERS] if e.score >= evidence[0].score - limits.margin]
    for candidate in near:
        passages = [passage for _, passage in snapshot.passages_of(candidate.passage.document)]
        items = items_of(passages, candidate.passage.order)
        # One item alone may be the answer; the whole list is, if its introduction, heading or several items are best.
        is_introduction = introduces_list(candidate.passage) or candidate.passage.kind is Kind.HEADING
        if len(items) > 1 and (is_introduction or sum(e.passage in items for e in near) > 1):
            return [_whole(candidate, item) for item in items[: limits.citations_list]]
    return []


def _whole(evidence: Evidence, item: Passage) -> Evidence:
    return replace(evidence, passage=item, span=Span(item.words.start, item.words.end))

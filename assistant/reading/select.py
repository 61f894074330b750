"""Select the sentences that an answer cites: all that the question needs, and nothing else."""

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
_LEADS_IN = re.compile(
    r"(?:[:：]|\b(?:following(?! (?:day|week|month|year|morning))|as follows|below)\b[^.]*\.|以下[^。]*。)\s*$",
    re.IGNORECASE,
)


def items_of(passages: Sequence[Passage], at: int) -> list[Passage]:
    """Return the items of the list that a passage belongs to, leads in to or heads; an empty list without one.

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
    """Return True if a passage announces a list."""
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


# As many of the best sentences may point to the list that a question asks for.
_POINTERS = 3


@dataclass(frozen=True, slots=True)
class SelectionLimits:
    """How many sentences an answer cites, and how far below the best their scores may be.

    Attributes:
        citations: most sentences of an answer.
        citations_list: the same for a question that asks for a list.
        citations_comparison: the same for a question that compares.
        margin: how far below the best score a cited sentence may be.
        side_margin: the same for the best sentence of another record of a comparison.
        item_characters: list items up to this length are cited whole.
    """

    citations: int = 3
    citations_list: int = 12
    citations_comparison: int = 4
    margin: float = 0.15
    side_margin: float = 0.2
    item_characters: int = 450


def select_evidence(
    query: Query, evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits = SelectionLimits()
) -> list[Evidence]:
    """Select the evidence to cite, best first.

    Args:
        query: the question.
        evidence: sentences, best first.
        snapshot: the state of the library that they are from.
        limits: how many are cited, and how far below the best.
    """
    if not evidence:
        return []
    return distinct_quotations(_select(query, evidence, snapshot, limits), query)


def _select(query: Query, evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits) -> list[Evidence]:
    if query.intent is Intent.LIST and (listed := _whole_list(evidence, snapshot, limits)):
        return listed
    if query.intent is Intent.COMPARISON:
        return _whole_items(_each_side(query, evidence, limits), limits)
    return _whole_items(_near_the_best(evidence, limits.citations, limits.margin), limits)


def _near_the_best(evidence: Sequence[Evidence], most: int, margin: float) -> list[Evidence]:
    return [e for e in evidence[:most] if e.score >= evidence[0].score - margin]


def _whole_items(chosen: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the evidence with short list items whole: the second sentence of an item belongs to it."""
    selected: list[Evidence] = []
    for evidence in chosen:
        is_item = evidence.passage.kind is Kind.LIST_ITEM and len(evidence.passage.words) <= limits.item_characters
        whole = _whole(evidence, evidence.passage) if is_item else evidence
        if not any(e.passage.document == whole.passage.document and e.span.overlaps(whole.span) for e in selected):
            selected.append(whole)
    return selected


def _each_side(query: Query, evidence: Sequence[Evidence], limits: SelectionLimits) -> list[Evidence]:
    """Return the best of each named side; without sides the best of all, and of each other record not far behind."""
    if query.sides:
        return _of_named_sides(query.sides, evidence, limits)
    chosen = _near_the_best(evidence, limits.citations, limits.margin)
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
        chosen += _near_the_best(of_side, most, limits.margin) if of_side else []
    return best_first(chosen)


def _whole_list(evidence: Sequence[Evidence], snapshot: Snapshot, limits: SelectionLimits) -> list[Evidence]:
    """Return every item of the list that the best sentences lead in to or belong to; empty when they point to none."""
    near = [e for e in evidence[:_POINTERS] if e.score >= evidence[0].score - limits.margin]
    for candidate in near:
        passages = [passage for _, passage in snapshot.passages_of(candidate.passage.document)]
        items = items_of(passages, candidate.passage.order)
        # One item may itself be the answer: the list is meant when its lead-in, its heading or several items are best.
        pointed = leads_in(candidate.passage) or candidate.passage.kind is Kind.HEADING
        if len(items) > 1 and (pointed or sum(e.passage in items for e in near) > 1):
            return [_whole(candidate, item) for item in items[: limits.citations_list]]
    return []


def _whole(evidence: Evidence, item: Passage) -> Evidence:
    return replace(evidence, passage=item, span=Span(item.words.start, item.words.end))

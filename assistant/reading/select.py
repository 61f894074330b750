"""Which of the weighed sentences are cited: all that the question needs, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Intent, Query
from assistant.retrieval.score_sentences import Evidence, best_first
from corpus.document import Kind
from corpus.passages import Passage
from corpus.span import Span
from index.library import Snapshot
from index.search.filters import Filters
from index.settings import Settings

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


# How many of the best sentences may point to the list that is asked for.
_POINTERS = 3


def select_evidence(query: Query, weighed: Sequence[Evidence], view: Snapshot, settings: Settings) -> list[Evidence]:
    """Choose the evidence to cite, best first.

    Args:
        query: what was asked.
        weighed: sentences, best first.
        view: the state of the library that they are from.
        settings: how many may be cited, and how far below the best.
    """
    if not weighed:
        return []
    if query.intent is Intent.LIST and (listed := _whole_list(weighed, view, settings)):
        return listed
    if query.intent is Intent.COMPARISON:
        return _whole_items(_each_side(query, weighed, settings), settings)
    return _whole_items(_near_the_best(weighed, settings.citations, settings.citation_margin), settings)


def _near_the_best(weighed: Sequence[Evidence], most: int, margin: float) -> list[Evidence]:
    return [e for e in weighed[:most] if e.score >= weighed[0].score - margin]


def _whole_items(chosen: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    """The same with short list items whole: what an item says in its second sentence belongs to it."""
    found: list[Evidence] = []
    for evidence in chosen:
        is_item = evidence.passage.kind is Kind.LIST_ITEM and len(evidence.passage.words) <= settings.item_characters
        whole = _whole(evidence, evidence.passage) if is_item else evidence
        if not any(e.passage.document == whole.passage.document and e.span.overlaps(whole.span) for e in found):
            found.append(whole)
    return found


def _each_side(query: Query, weighed: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    """The best of each side that was named; else the best of all, and of each other record that is not far behind."""
    if query.sides:
        return _of_named_sides(query.sides, weighed, settings)
    chosen = _near_the_best(weighed, settings.citations, settings.citation_margin)
    seen = {e.passage.document.id for e in chosen}
    least = weighed[0].score - settings.side_margin
    for evidence in weighed:
        document = evidence.passage.document.id
        if evidence.score >= least and document not in seen and len(chosen) < settings.citations_comparison:
            seen.add(document)
            chosen.append(evidence)
    return chosen


def _of_named_sides(sides: Sequence[Filters], weighed: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    most = max(1, settings.citations_comparison // len(sides))
    chosen: list[Evidence] = []
    for side in sides:
        of_side = [e for e in weighed if side.keeps(e.passage.document) and e not in chosen]
        chosen += _near_the_best(of_side, most, settings.citation_margin) if of_side else []
    return best_first(chosen)


def _whole_list(weighed: Sequence[Evidence], view: Snapshot, settings: Settings) -> list[Evidence]:
    """Every item of the list that the best sentences lead in to or belong to; empty when they point to none."""
    near = [e for e in weighed[:_POINTERS] if e.score >= weighed[0].score - settings.citation_margin]
    for evidence in near:
        passages = [passage for _, passage in view.passages_of(evidence.passage.document)]
        items = items_of(passages, evidence.passage.order)
        # One item may itself be the answer: the list is meant when its lead-in, its heading or several items are best.
        pointed = leads_in(evidence.passage) or evidence.passage.kind is Kind.HEADING
        if len(items) > 1 and (pointed or sum(e.passage in items for e in near) > 1):
            return [_whole(evidence, item) for item in items[: settings.citations_list]]
    return []


def _whole(evidence: Evidence, item: Passage) -> Evidence:
    return replace(evidence, passage=item, span=Span(item.words.start, item.words.end))

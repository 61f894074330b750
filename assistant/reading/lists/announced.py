"""Cite a list with the sentence that announces it: "They affirm that they plan to:" answers nothing alone."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Intent, Query
from assistant.reading.lists.find import ItemList, announcement, lists_of
from assistant.retrieval.evidence import Evidence
from corpus.span import Span
from index.snapshot import Snapshot


def with_announced_lists(query: Query, cited: Sequence[Evidence], snapshot: Snapshot, most: int) -> list[Evidence]:
    """Return cited sentences, the first with the list that it announces; others that only announce are left out.

    Args:
        query: the question; one for a single fact, "When were they decided?", may be answered by the announcement.
        cited: the sentences, best first.
        snapshot: the snapshot of the library that they are from.
        most: the most items of a list.
    """
    if query.intent is Intent.FACT:
        return list(cited)
    found: list[Evidence] = []
    for evidence in cited:
        announced = _announced_list(evidence, snapshot)
        items = announced.items if announced else ()
        is_cited = any(_holds(other, item.span, evidence) for item in items for other in cited)
        if items and found and not is_cited:
            continue
        found.append(evidence)
        left = [i for i in items[:most] if not any(_holds(other, i.span, evidence) for other in cited)]
        found += [replace(evidence, passage=i.passage, span=i.span, also_in=()) for i in left]
    return found


def _announced_list(evidence: Evidence, snapshot: Snapshot) -> ItemList | None:
    """Return the list that a sentence announces at the end of its passage; None for another sentence."""
    if announcement(evidence.passage) != evidence.span or not evidence.quote.rstrip(" *_").endswith((":", "：")):
        return None
    passages = [passage for _, passage in snapshot.passages_of(evidence.document)]
    return next((one for one in lists_of(passages) if one.pointers[-1] == evidence.passage), None)


def _holds(other: Evidence, span: Span, evidence: Evidence) -> bool:
    return other.document.id == evidence.document.id and other.span.overlaps(span)

"""Cite with a sentence on a subject the others of its paragraph or list that name the subject, too."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from assistant.query import Query
from assistant.reading.adjacent import beside_evidence
from assistant.reading.lists.find import item_of
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from corpus.document import Kind
from corpus.language.sentences import sentences
from corpus.passages import Passage
from corpus.tables import cells
from corpus.transcript import turn_at
from index.snapshot import Snapshot

# "What did they say about horse racing?", "How do they stand on horse racing?"
_ABOUT = re.compile(
    r"^\W*(?:so\s+|and\s+)?(?:what|how)\b.*\b(?:about|on|regarding|concerning)\s+(?P<subject>[^?]{3,60})\??\s*$",
    re.IGNORECASE | re.DOTALL,
)
# "Which directors came?": the items of a list that say so are meant.
_KIND = re.compile(r"^\W*(?:which|what)\s+(?P<subject>[^\W\d_]{2,})s\b(?!\s+(?:is|was)\b)", re.IGNORECASE)
# Words of a subject, and sentences that are added.
_MOST_WORDS, _MOST_ADDED = 3, 4


def with_same_subject(query: Query, cited: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Return cited sentences, behind them the others of the first one's paragraph that name the subject asked about.

    Args:
        query: the question.
        cited: the sentences, best first.
        snapshot: the snapshot of the library.
    """
    own = (query.keywords or query.latest_text).rpartition(" - ")[2]
    match = _ABOUT.match(own) or (cited and cited[0].passage.kind is Kind.LIST_ITEM and _KIND.match(own))
    if not (cited and match) or query.sides or query.language or query.speaker:
        return list(cited)
    best = cited[0]
    terms = QueryTerms(match["subject"], snapshot)
    names_all = 0 < len(terms.words) <= _MOST_WORDS and len(terms.covered(best.quote)) == len(terms.words)
    if not names_all or turn_at(best.document, best.span.start):
        return list(cited)
    beside = [e for e in _beside(best, snapshot) if len(terms.covered(e.quote)) == len(terms.words)]
    new = [e for e in beside if not any(_overlaps(e, other) for other in cited)]
    return [*cited, *new[:_MOST_ADDED]]


def _beside(best: Evidence, snapshot: Snapshot) -> list[Evidence]:
    """Return the sentences of the paragraph of a sentence, or the items of its list."""
    document = best.document
    if best.passage.kind is Kind.BODY:
        at = bisect_right(document.outline, best.span.start, key=lambda block: block.span.start) - 1
        return [beside_evidence(best, best.passage, s) for s in sentences(document.text, document.outline[at].words)]
    passages = [passage for _, passage in snapshot.passages_of(document)]
    runs = (list(run) for is_item, run in groupby(passages, key=_is_item) if is_item)
    own = next((run for run in runs if best.passage in run), [])
    items = (item for passage in own if not cells(passage.words_text) and (item := item_of(passage)))
    return [beside_evidence(best, item.passage, item.span) for item in items]


def _is_item(passage: Passage) -> bool:
    return passage.kind is Kind.LIST_ITEM


def _overlaps(one: Evidence, other: Evidence) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)

"""Select the evidence of a comparison: what each side says, and a note for a side of which nothing was found."""

from collections.abc import Sequence

from assistant.query import Query
from assistant.reading.further import best_of_each_meeting, fitting
from assistant.retrieval.evidence import Evidence, best_first
from assistant.wording import say, spell_filters
from index.search.filters import Filters

# A side without a word of the question says nothing of it if its best score is so far below the best of all.
_FAR = 0.3


def each_side(
    query: Query, evidence: Sequence[Evidence], most: int, margin: float
) -> tuple[list[Evidence], tuple[str, ...]]:
    """Return the best sentences of each named side, and a note for each side without one.

    A side with several meetings gets the best sentence of each that speaks of the subject.

    Args:
        query: the question; its sides are compared.
        evidence: sentences, best first.
        most: the most sentences of all sides together.
        margin: most that the score of a sentence is below the best of its side.
    """
    of_each = max(1, most // len(query.sides))
    chosen: list[Evidence] = []
    missing: list[Filters] = []
    speaks = any(e.term_overlap > 0 for e in evidence)
    for side in query.sides:
        of_side = [e for e in evidence if side.keeps(e.document) and e not in chosen]
        if not of_side or (speaks and not _speaks(of_side, evidence[0].score - _FAR)):
            missing.append(side)
            continue
        meetings = best_of_each_meeting(fitting(of_side[0], of_side), of_each)
        near = [e for e in of_side[:of_each] if e.score >= of_side[0].score - margin]
        chosen += meetings if len(meetings) > 1 else near
    language = query.reply_language
    notes = tuple(say(language, "no_side", side=spell_filters(side, language)) for side in missing if chosen)
    return best_first(chosen or evidence[:of_each]), notes


def _speaks(evidence: Sequence[Evidence], least: float) -> bool:
    """Return True if a sentence of a side holds a word of the question, or its best has at least some score."""
    return evidence[0].score >= least or any(e.term_overlap > 0 for e in evidence)

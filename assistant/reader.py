"""Which of the weighed sentences are cited: all that the question needs, and nothing else."""

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.query import Intent, Query
from index.settings import Settings


def read(query: Query, weighed: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    """Choose the evidence to cite, best first.

    Args:
        query: what was asked.
        weighed: sentences, best first.
        settings: how many may be cited, and how far below the best.
    """
    if not weighed:
        return []
    most = settings.citations_comparison if query.intent is Intent.COMPARISON else settings.citations
    chosen = [weighed[0]]
    best = weighed[0].score
    for evidence in weighed[1:]:
        if len(chosen) == most or evidence.score < best - settings.citation_margin:
            break
        chosen.append(evidence)
    if query.intent is Intent.COMPARISON:
        chosen += _other_sides(chosen, weighed, best - 2 * settings.citation_margin)
    return chosen


def _other_sides(chosen: Sequence[Evidence], weighed: Sequence[Evidence], least: float) -> list[Evidence]:
    """The best sentence of each record that a comparison has not cited yet."""
    seen = {e.passage.document.id for e in chosen}
    added: list[Evidence] = []
    for evidence in weighed:
        if evidence.score >= least and evidence.passage.document.id not in seen:
            seen.add(evidence.passage.document.id)
            added.append(evidence)
    return added

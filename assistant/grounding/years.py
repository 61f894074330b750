"""Compare the year that a question names with the years that its evidence is of."""

from collections.abc import Sequence

from assistant.query import Query
from assistant.retrieval.score_sentences import Evidence
from corpus.language.dates import find_years
from index.search.filters import years_of


def is_of_other_year(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Return True if the best sentence, and any other of its record, is of another year than the question.

    The year of a sentence stands in it or in the heading over it. A record of the year that is asked for may tell of
    other years.

    Args:
        query: the question.
        evidence: sentences, best first; at least one.
    """
    asked = query.filters.years | {int(name) for name in query.unmet if name.isdigit()}
    if not asked or not asked.isdisjoint(years_of(evidence[0].document)):
        return False
    told = [_years(e) for e in evidence if e.document == evidence[0].document]
    return bool(told[0]) and asked.isdisjoint(set().union(*told))


def _years(evidence: Evidence) -> set[int]:
    texts = (evidence.words_read, *reversed(evidence.passage.headings))
    return next(filter(None, map(find_years, texts)), set())

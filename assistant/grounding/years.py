"""Compare the year that a question names with the years that its evidence is of."""

from collections.abc import Sequence

from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.understanding.answer_type import AnswerContent
from corpus.language.dates import find_years
from index.search.filters import years_of

# Least share of the question in another sentence on its subject, of that in the best one.
_NEAR = 0.8


def is_of_other_year(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Return True if the best sentence, and any other of its record on its subject, is of another year than is asked.

    The year of a sentence stands in it or in the heading over it. A record of the year that is asked for may tell of
    other years; but a number of an earlier year is none of this one.

    Args:
        query: the question.
        evidence: sentences, best first; at least one.
    """
    asked = query.filters.years | {int(name) for name in query.unmet if name.isdigit()}
    if query.answer.preferred is AnswerContent.NUMBER:  # a passage of another year may name this one
        asked |= find_years(query.latest_text)
    best = evidence[0]
    if not asked or (not asked.isdisjoint(years_of(best.document)) and not _is_of_earlier(query, best, min(asked))):
        return False
    on_subject = [e for e in evidence if e.term_overlap >= _NEAR * best.term_overlap]
    told = [_years(e) for e in on_subject if e.document == best.document]
    return bool(told[0]) and asked.isdisjoint(set().union(*told))


def _is_of_earlier(query: Query, best: Evidence, asked: int) -> bool:
    """Return True if a number is asked for, and the sentence is of years before the one of the question."""
    return query.answer.preferred is AnswerContent.NUMBER and max(find_years(best.words_read), default=asked) < asked


def _years(evidence: Evidence) -> set[int]:
    texts = (evidence.words_read, *reversed(evidence.passage.headings))
    return next(filter(None, map(find_years, texts)), set())

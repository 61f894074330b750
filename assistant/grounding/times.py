"""Tell whether a likely sentence holds any word of time that "when" asks for."""

import re
from collections.abc import Sequence

from assistant.grounding.quantities import REACH, around, share_held
from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import AnswerContent, AnswerType, holds
from corpus.language.months import CALENDAR_WORDS
from corpus.language.tokens import folded_words
from corpus.language.word_lists import alternatives, word_list

# Sentences near the best one that are read.
_MOST = 4
# A sentence with a time may answer if the ranker gives it this probability, or if it holds this share of the question.
_LEAST_PROBABILITY, _LEAST_SHARE = 0.1, 0.5
_WORDS = "time_words.toml"
_SPAN_OF_TIME = re.compile(
    rf"\b(?:(?:{alternatives(_WORDS, 'spans')})s?|{alternatives(_WORDS, 'words')}"
    rf"|(?:{alternatives(_WORDS, 'stems')})\w*)\b",
    re.IGNORECASE,
)


def lacks_time(query: Query, terms: QueryTerms, evidence: Sequence[Evidence]) -> bool:
    """Return True if a question asks when, and no likely sentence near the best one holds a word of time.

    Args:
        query: the question; sides of a comparison, other languages and speakers are not compared so.
        terms: its words.
        evidence: sentences, best first; at least one.
    """
    fact = query.answer.fact
    if fact is None or fact.kind is not AnswerType.WHEN or query.sides or query.language or query.speaker:
        return False
    near = [e for e in evidence if e.score >= evidence[0].score - REACH][:_MOST]
    if terms.language != "en" or all(e.ranker_probability is None for e in near):
        return False
    return not any(_has_time(e) and _is_likely(terms, e) for e in near)


def _has_time(evidence: Evidence) -> bool:
    text = " ".join((evidence.words_read, *evidence.passage.headings))
    words = CALENDAR_WORDS | word_list("seasons.txt")
    is_named = (
        holds(AnswerContent.DATE, text) or holds(AnswerContent.HOUR, text) or not words.isdisjoint(folded_words(text))
    )
    return is_named or bool(_SPAN_OF_TIME.search(text))


def _is_likely(terms: QueryTerms, evidence: Evidence) -> bool:
    if (evidence.ranker_probability or 0.0) >= _LEAST_PROBABILITY:
        return True
    title = evidence.document.title
    return share_held(terms, evidence, *around(evidence), title) >= _LEAST_SHARE

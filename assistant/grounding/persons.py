"""Tell whether a likely sentence names the person or body that "who" or "which company" asks for."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.grounding.quantities import REACH, around, share_held
from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from corpus.language.names import proper_names
from corpus.language.tokens import stem, stems
from corpus.language.word_lists import alternatives, word_list, word_table
from corpus.speech import speech_at

_MOST = 4
# A sentence that names somebody answers if the ranker gives it this probability, or if it holds this share of the
# question: of 60 questions that are answered 2 have none, of 74 others 16.
_LEAST_PROBABILITY, _LEAST_SHARE = 0.2, 0.5
_WORDS = "who_words.toml"
_WHO = re.compile(
    rf"\W*(?:(?:{alternatives(_WORDS, 'before')})\s+)*(?:who(?:m|se)?|(?:which|what)\s+"
    rf"(?:(?!{alternatives(_WORDS, 'not_between')})[\w-]+\s+){{0,2}}(?:{alternatives(_WORDS, 'bodies')}))\b",
    re.IGNORECASE,
)
_SPEAKS_OF_PERSONS = re.compile(rf"\b(?:{alternatives(_WORDS, 'pronouns')})\b", re.IGNORECASE)


def lacks_person(query: Query, terms: QueryTerms, evidence: Sequence[Evidence]) -> bool:
    """Return True if a question asks who or which body, and no likely sentence near the best one names anybody.

    Args:
        query: the question; sides of a comparison, other languages and speakers are not compared so.
        terms: its words.
        evidence: sentences, best first; at least one.
    """
    if query.sides or query.language or query.speaker or not _WHO.match(query.latest_text):
        return False
    near = [e for e in evidence if e.score >= evidence[0].score - REACH][:_MOST]
    if terms.language != "en" or all(e.ranker_probability is None for e in near):
        return False
    known = set(stems(query.text))
    return not any(
        (speech_at(e.document, e.span) or _names_somebody(e.words_read, known)) and _is_likely(terms, e) for e in near
    )


def _is_likely(terms: QueryTerms, evidence: Evidence) -> bool:
    if (evidence.ranker_probability or 0.0) >= _LEAST_PROBABILITY:
        return True
    return share_held(terms, evidence, *around(evidence), *_titles(evidence)) >= _LEAST_SHARE


def _titles(evidence: Evidence) -> tuple[str, str]:
    """Return the title and the publisher of a record, whose people its sentences tell of without naming it again."""
    return evidence.document.title, evidence.document.publisher or ""


def _names_somebody(text: str, known: set[str]) -> bool:
    if text.rstrip().endswith((":", "：")):  # the list below it may name them
        return True
    if _SPEAKS_OF_PERSONS.search(text) or not _persons_and_bodies().isdisjoint(set(stems(text)) - known):
        return True
    return any(not set(stems(text[name.start : name.end])) <= known for name in proper_names(text))


@cache
def _persons_and_bodies() -> frozenset[str]:
    return frozenset(
        map(stem, (*word_table(_WORDS)["groups"], *word_list("body_nouns.txt"), *word_list("offices.txt")))
    )

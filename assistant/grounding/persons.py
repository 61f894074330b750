"""Tell whether a likely sentence names the person, body or thing that "who" or "which company" asks for."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.grounding.quantities import REACH, around, share_held
from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from corpus.document import Kind
from corpus.facts import facts_text
from corpus.language.countries import is_country
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
# "Which company", "the name of the boat"
_NAMED = re.compile(
    rf"\W*(?:(?:{alternatives(_WORDS, 'before')})\s+)*(?:which|what)\s+"
    rf"(?:(?!{alternatives(_WORDS, 'not_between')})[\w-]+\s+){{0,2}}(?:{alternatives(_WORDS, 'named')})\b"
    r"|\W*(?:what(?:['’]s| is| was)\s+)?the name of the\b",
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
    asks_for_name = bool(_NAMED.match(query.latest_text))
    if query.sides or query.language or query.speaker or not (asks_for_name or _WHO.match(query.latest_text)):
        return False
    near = [e for e in evidence if e.score >= evidence[0].score - REACH][:_MOST]
    if terms.language != "en" or all(e.ranker_probability is None for e in near):
        return False
    known = set(stems(query.text))
    if asks_for_name:
        return not any(_has_new_name(e, known) for e in near)
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


def _has_new_name(evidence: Evidence, known: set[str]) -> bool:
    """Return True if a sentence names a thing that neither the question nor title and facts of its record name."""
    text = evidence.words_read
    if text.rstrip().endswith((":", "：")) or evidence.passage.kind is Kind.LIST_ITEM:
        return True
    document = evidence.document
    known = known | {*stems(f"{document.title} {facts_text(document)} {document.publisher or ''}")}
    names = [text[name.start : name.end] for name in proper_names(text) if not name.is_person]
    return any(not {*stems(name)} <= known and not any(map(is_country, (name, *name.split()))) for name in names)


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

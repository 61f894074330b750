"""Measure how well the evidence for a question answers it; the measures are what the judge weighs."""

import math
import re
from dataclasses import dataclass

from assistant.grounding.persons import lacks_person
from assistant.grounding.quantities import around, lacks_quantity
from assistant.grounding.times import lacks_time
from assistant.query import Intent, Query
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.retriever import Retrieved
from assistant.understanding.answer_type import SUM_WORDS, AnswerContent, holds
from corpus.facts import facts_text
from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.speech import speeches_in
from corpus.transcript import turn_at
from index.snapshot import Snapshot

# Number of the best sentences that are measured, and of those whose passages may hold what the best one lacks.
_MEASURED = 8
_NEAREST = 3
# A name that more passages hold would be looked for in many texts, to see how they write it.
_MOST_PASSAGES = 50
_LEAST_PROBABILITY = 1e-3
# Domain similarity from which on a question is surely on the subjects of the records.
_RELATED = 4.0
# A word with a capital that does not begin a sentence.
_CAPITAL = re.compile(r"(?<=[^.?!:\s]\s)[A-Z]\w+")
# Words that set sides against each other; "change" does so only as a verb.
_SETS_AGAINST = re.compile(
    r"\b(?:compar\w*|differ\w*|contrast\w*|versus|vs|similar\w*|disagree\w*|whereas|both|each|agree|which of|changed"
    r"|vergleich\w*|unterschied\w*|compara\w*|diff[ée]r\w*|diferen\w*)\b|比較|違い|異なる"
    r"|\bhow (?:did|has|have|do|does)\b.{2,80}\b(?:chang|shift|evolv)\w*|\b(?:chang|shift|evolv)\w* (?:from|between)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """Measures of the evidence for a question.

    Words are looked for in the passage of a sentence, in the words above it, and in title and facts of its record; how
    important they are says `QueryTerms.importance`.

    Attributes:
        score: the score of the best sentence.
        similarity: the similarity of the question to the records, see `DomainSimilarity`.
        ranker: log-odds of the ranker that the best sentence answers; `best_ranker` if it did not read it.
        best_ranker: the same of the sentence that it prefers; 0 if it read none.
        missing: importance of the most important word that the best passage lacks; of three passages the least.
        missing_sum: importance of all words that the best passage lacks.
        missing_names: number of names that the best passage lacks; of three passages the least.
        lacks_kind: 1 if the question asks for an hour, a sum, a share, a number, a person or a time that is lacking,
            see `lacks_quantity`, `lacks_person` and `lacks_time`; else 0.
        unrelated: the share of importance that is missing, times what the similarity lacks to 4; 0 for a question on
            the subjects of the records.
    """

    score: float
    similarity: float
    ranker: float
    best_ranker: float
    missing: float
    missing_sum: float
    missing_names: float
    lacks_kind: float
    unrelated: float


def answer_features(retrieved: Retrieved, similarity: float) -> AnswerFeatures:
    """Measure the evidence of a search; there is at least one sentence.

    Args:
        retrieved: the query with its evidence.
        similarity: the score of the query by `DomainSimilarity`.
    """
    terms, evidence = retrieved.prepared.terms, retrieved.evidence[:_MEASURED]
    query, snapshot = retrieved.prepared.query, retrieved.prepared.snapshot
    named = _names(query.text, terms, set(terms.words), snapshot)
    lacking = words_lacking(retrieved)
    if _compares(query):
        # Each side has a part of the words, and those that compare stand in none: only names must be somewhere.
        lacking = [named.intersection(*[_lacking(terms, e, query.filters.speakers, "") for e in evidence])]
    total = sum(terms.importance.values())
    first = sum(terms.importance[word] for word in lacking[0])
    covered = 1 - first / total if total else 0.0
    required = query.answer.required
    if query.speaker:  # who is asked how many may say that nobody knows
        required = tuple(kind for kind in required if kind is not AnswerContent.COUNT)
    odds = [_log_odds(e.ranker_probability) for e in evidence if e.ranker_probability is not None]
    own, best = evidence[0].ranker_probability, max(odds, default=0.0)
    return AnswerFeatures(
        score=evidence[0].score,
        similarity=similarity,
        ranker=best if own is None else _log_odds(own),
        best_ranker=best,
        missing=min(max((terms.importance[word] for word in words), default=0.0) for words in lacking),
        missing_sum=first,
        missing_names=float(min(len(words & named) for words in lacking)),
        lacks_kind=float(
            lacks_person(query, terms, evidence)
            or lacks_time(query, terms, evidence)
            or any(lacks_quantity(kind, query, terms, evidence, named) for kind in required)
        ),
        unrelated=(1 - covered) * max(0.0, _RELATED - similarity),
    )


def _compares(query: Query) -> bool:
    """Return True if sides are set against each other, not for "climate change" or "the border between A and B"."""
    return bool(query.sides) or (query.intent is Intent.COMPARISON and bool(_SETS_AGAINST.search(query.text)))


def words_lacking(retrieved: Retrieved) -> list[set[str]]:
    """Return for each of the best sentences the words of the question that its passage and context lack."""
    filters = retrieved.prepared.query.filters
    # Names of the records that are searched need not stand in each: "What did the Pier and the Quay Board say?"
    titles = " ".join(d.title for d in retrieved.prepared.snapshot.documents if d.name in filters.names)
    terms = retrieved.prepared.terms
    return [_lacking(terms, e, filters.speakers, titles) for e in retrieved.evidence[:_NEAREST]]


def _lacking(terms: QueryTerms, evidence: Evidence, names: frozenset[str], titles: str) -> set[str]:
    passage, document = evidence.passage, evidence.document
    # Beside the words of others in a passage of several turns, only those of the one who is asked for count.
    words = passage.text
    if names:
        turn = turn_at(document, evidence.span.start)
        told = (speech.span for speech in speeches_in(document, passage.span) if speech.name in names)
        words = turn.words.of(document.text) if turn else " ".join(span.of(document.text) for span in told)
    covered = terms.covered(
        document.title, titles, *passage.headings, facts_text(document), words, evidence.words_read, *around(evidence)
    )
    is_sum = holds(AnswerContent.SUM, evidence.words_read)
    return set(terms.words).difference(covered, SUM_WORDS if is_sum else ())


def _names(text: str, terms: QueryTerms, words: set[str], snapshot: Snapshot) -> set[str]:
    typed = set() if text.isupper() else {word.casefold() for word in _CAPITAL.findall(text)}

    def is_name(word: str) -> bool:
        if word in typed or is_country(word):
            return True
        is_rare = 0 < terms.frequency[word] <= _MOST_PASSAGES and word not in english_words()
        return is_rare and snapshot.writes_as_name(word)

    return {word for word in words if is_name(word)}


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _LEAST_PROBABILITY), 1 - _LEAST_PROBABILITY)
    return math.log(inside / (1 - inside))

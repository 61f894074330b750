"""Judge whether the evidence answers a question, corrects what it takes for granted, or answers nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Reason
from assistant.citations.citation import Citation
from assistant.grounding.abstention import join_words
from assistant.grounding.false_premise import corrections, find_false_premise
from assistant.query import Query
from assistant.retrieval.deduplicate import distinct_citations
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.retriever import Retrieved
from assistant.understanding.answer_type import AnswerContent, AnswerRequirements, holds
from corpus.language.english import english_words
from corpus.language.stemming import stem
from corpus.language.tokens import content_words, folded_words

# As many of the best sentences are read for the year or forum that no record is from.
_READ_FOR_TIME = 3
# As many of the best sentences are read for the hour, the sum or the person that a question asks for.
_READ_FOR_TYPE = 8
# Words of most questions about meetings; they do not say which subject is asked about.
_FRAME = frozenset(
    map(
        stem,
        "said say agree discuss decide conclude talk mention state record report meeting minister leader member"
        " country participant government party side".split(),
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b([A-Z][\w'’-]{2,})")


@dataclass(frozen=True, slots=True)
class AnswerabilityThresholds:
    """Thresholds below which a question is refused; set on the questions of the founding records with one encoder.

    Attributes:
        encoder: the name of the encoder that they were set on; with another, refusals are not calibrated.
        least_score: least score of the best sentence.
        similarity_weight: weight of the domain similarity, a standard deviation, in that score.
        least_similarity: least domain similarity of a question whose words mean nothing to the search by words.
        least_similarity_unmentioned: least domain similarity of a question about something of which no record mentions
            a word: 24 such reached 4.0 at most, those that are answered in other words 4.6 and more.
    """

    encoder: str = "multilingual-e5-small and all-MiniLM-L6-v2 at 0.15"
    least_score: float = 0.45
    similarity_weight: float = 0.06
    least_similarity: float = 2.5
    least_similarity_unmentioned: float = 4.3


# The thresholds that were set on each encoder, by its name.
CALIBRATED = {thresholds.encoder: thresholds for thresholds in (AnswerabilityThresholds(),)}


def thresholds_for(encoder: str) -> AnswerabilityThresholds:
    """Return the thresholds that were set on an encoder; those of the packaged pair where none were."""
    return CALIBRATED.get(encoder) or AnswerabilityThresholds()


@dataclass(frozen=True, slots=True)
class Supported:
    """The evidence answers the question.

    Attributes:
        because: the values that decided, in one line.
    """

    because: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The records contradict what the question takes for granted.

    Attributes:
        because: what decided, in one line.
        note: tells the reader what is wrong in the question.
        citations: sentences that correct it; at least one.
    """

    because: str
    note: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The evidence does not answer the question.

    Attributes:
        because: what decided, in one line.
        reason: the reason that the reply gives.
    """

    because: str
    reason: Reason = Reason.NOT_IN_RECORDS


Judgement = Supported | Corrected | Missing


def judge(retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds) -> Judgement:
    """Judge whether the evidence answers the question.

    Args:
        retrieved: the query with its evidence.
        similarity: domain similarity of the query, see `assistant.grounding.domain_similarity`.
        thresholds: set on the encoder of the library.
    """
    query, documents = retrieved.prepared.query, retrieved.prepared.snapshot.documents
    premise = find_false_premise(query.text, documents)
    if premise and (citations := distinct_citations(corrections(premise), query)):
        because = f"the question takes a {premise.place} meeting in {premise.year} for granted"
        return Corrected(because, str(premise), tuple(citations))
    return _judge_evidence(retrieved, similarity, thresholds)


def _judge_evidence(
    retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds
) -> Supported | Missing:
    query, terms, evidence = retrieved.prepared.query, retrieved.prepared.terms, retrieved.evidence
    if not evidence:
        return Missing("retrieval found no passage")
    if absent := _absent(query, terms, [e.quote for e in evidence[:_READ_FOR_TIME]]):
        return Missing(absent)
    score = evidence[0].score + thresholds.similarity_weight * similarity
    summary = f"the best sentence weighs {evidence[0].score:.3f}, with familiarity {similarity:.1f} {score:.3f}"
    if low := _below_threshold(query, terms, score, similarity, thresholds):
        return Missing(summary + low)
    if lacking := lacking_content(query.answer, terms, [e.quote for e in evidence[:_READ_FOR_TYPE]]):
        because = f"{lacking} is asked for, and the best sentences hold none"
        return Missing(because, Reason.FACT_NOT_IN_RECORDS)
    return Supported(f"{summary}; least_score is {thresholds.least_score:g}")


def _absent(query: Query, terms: QueryTerms, best: Sequence[str]) -> str | None:
    """Return which name, year or forum of the question no record has, or that no word is known; None otherwise."""
    if names := missing_names(query.text, terms):
        return f"no record mentions {join_words(names)}"
    if query.unmet and not any(name in quote for name in query.unmet for quote in best):
        return f"no record is from {join_words(query.unmet)}, and the best sentences name it not"
    return "no word of the question is known" if terms.is_gibberish else None


def _below_threshold(
    query: Query, terms: QueryTerms, score: float, similarity: float, thresholds: AnswerabilityThresholds
) -> str | None:
    """Return which threshold the question stays below; None when it reaches all that apply to it."""
    words_compared = bool(terms.words) or not content_words(query.text)
    if score < thresholds.least_score and words_compared:
        return f", below least_score {thresholds.least_score:g}"
    if similarity < thresholds.least_similarity and not words_compared:
        name = f"least_familiarity {thresholds.least_similarity:g}"
        return f", below {name}, which decides where words were not compared"
    unmentioned = _unmentioned(terms)
    if unmentioned and similarity < thresholds.least_similarity_unmentioned:
        name = f"least_familiarity_unmentioned {thresholds.least_similarity_unmentioned:g}"
        return f"; no record mentions {join_words(unmentioned)}: below {name}"
    return None


def _unmentioned(terms: QueryTerms) -> tuple[str, ...]:
    """Return the words of the question's subject where all are English and no record has a single one of them."""
    subject = [word for word in terms.words if stem(word) not in _FRAME and not word.isdecimal()]
    if any(terms.frequency[word] or word not in english_words() for word in subject):
        return ()
    return tuple(subject)


def missing_names(question: str, terms: QueryTerms) -> tuple[str, ...]:
    """Return names in the question that no record holds; a question all in capitals tells no names apart."""
    if question.isupper():
        return ()
    absent = set(terms.missing)
    names = (_POSSESSIVE.sub("", name) for name in _NAME.findall(question))
    return tuple(name for name in names if name in absent)


def lacking_content(answer: AnswerRequirements, terms: QueryTerms, sentences: Sequence[str]) -> str | None:
    """Return the content that the question asks for and no sentence holds; None where nothing lacks.

    Args:
        answer: what the question requires of its answer.
        terms: its words, with the frequency of each in the records.
        sentences: the best evidence.
    """
    for content in answer.required:
        if not any(holds(content, sentence) for sentence in sentences):
            return content.value
    of_the_country = [s for s in sentences if any(name <= set(folded_words(s)) for name in answer.countries)]
    if of_the_country and not any(holds(AnswerContent.PERSON, sentence) for sentence in of_the_country):
        return AnswerContent.PERSON.value
    if answer.counted and not terms.frequency.get(answer.counted.casefold(), 1):
        return f"a number of {answer.counted}"
    return None

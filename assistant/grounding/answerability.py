"""Judge retrieved evidence: does it answer the question, correct a false premise of it, or lack the answer?"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from assistant.answer import Reason, join_words
from assistant.citations.citation import Citation
from assistant.grounding.false_premise import corrections, find_false_premise
from assistant.query import Query
from assistant.retrieval.deduplicate import distinct_citations
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.retriever import Retrieved
from assistant.retrieval.score_sentences import Evidence
from assistant.understanding.answer_type import AnswerContent, AnswerRequirements, holds
from corpus.document import sha256_of
from corpus.language.english import english_words
from corpus.language.tokens import content_words, folded_words, stem
from index.library import Snapshot
from index.models.encoder import Encoder, Vectors

# Number of the best sentences that may mention a year or forum that no record is from.
_READ_FOR_TIME = 3
# Number of the best sentences that may hold the hour, the sum or the person that a question asks for.
_READ_FOR_TYPE = 8
# Least share of the best sentence's score of a sentence that may hold it: a worse one is about another subject.
_LEAST_SHARE_FOR_TYPE = 0.5
# Stems of words that occur in most questions about meetings and do not name the subject.
_FRAME = frozenset(
    map(
        stem,
        "said say agree discuss decide conclude talk mention state record report meeting minister leader member"
        " country participant government party side".split(),
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b([A-Z][\w'’-]{2,})")


# Questions on everyday subjects: their cosines with the records show how high a cosine is by chance.
_UNRELATED = (
    "How long should pasta be boiled?",
    "Who won the football world cup in 1998?",
    "What is the derivative of a polynomial?",
    "How do I repair a bicycle tyre?",
    "Which medicine helps against a migraine?",
    "What are the words of a lullaby?",
    "How tall is the highest mountain in Africa?",
    "When should tomatoes be planted in the garden?",
    "Which actor played the villain in the film?",
    "How does a car engine work?",
    "What is the melting point of iron?",
    "How can I train my dog to sit?",
    "Who painted the ceiling of the chapel?",
    "What causes a rainbow?",
    "How many moves are needed to win at chess?",
    "Which shoes are best for running a marathon?",
)


@dataclass(frozen=True, slots=True)
class DomainSimilarity:
    """Measure of how close a query is to the records, beside questions that have nothing to do with them.

    Cosines differ between encoders and grow with the library, so they are compared with those of unrelated questions.

    Attributes:
        mean: mean of the cosines of unrelated questions with their nearest passage.
        deviation: standard deviation of these cosines.
    """

    mean: float
    deviation: float

    @classmethod
    def of(cls, snapshot: Snapshot, encoder: Encoder) -> "DomainSimilarity":
        """Measure the unrelated questions with a snapshot of the library and its encoder."""

        def measure() -> list[float]:
            nearest = [snapshot.search_dense(encoder.encode_query(question), 1) for question in _UNRELATED]
            return [hits[0][1] for hits in nearest if hits]

        version = sha256_of("\n".join((encoder.name, *_UNRELATED)))
        cosines = np.array(snapshot.derived(f"cosines of unrelated questions {version[:16]}", measure))
        return cls(float(cosines.mean()), float(cosines.std()) or 1.0) if len(cosines) else cls(0.0, 1.0)

    def score(self, snapshot: Snapshot, query: Vectors) -> float:
        """Return the z-score of the query's best cosine against unrelated questions; 0 if it is below their mean."""
        nearest = snapshot.search_dense(query, 1)
        return max(0.0, (nearest[0][1] - self.mean) / self.deviation) if nearest else 0.0


@dataclass(frozen=True, slots=True)
class AnswerabilityThresholds:
    """Thresholds below which a question is not answered; set on questions on the founding records with one encoder.

    Attributes:
        encoder: name of the encoder that they were set on; they are not calibrated for another.
        least_score: least score of the best sentence, the weighted domain similarity included.
        similarity_weight: weight of the domain similarity in that score.
        least_similarity: least domain similarity of a question whose words the search by words does not know.
        least_similarity_unmentioned: least domain similarity of a question without any word of its subject in the
            records: 24 unanswerable ones reached 4.0 at most, the answerable ones 4.6 and more.
    """

    encoder: str = "multilingual-e5-small and all-MiniLM-L6-v2 at 0.15"
    least_score: float = 0.45
    similarity_weight: float = 0.06
    least_similarity: float = 2.5
    least_similarity_unmentioned: float = 4.3


# Calibrated thresholds by the name of their encoder; `python -m benchmarks.calibrate` writes the file.
CALIBRATED = {
    encoder: AnswerabilityThresholds(encoder=encoder, **values)
    for encoder, values in json.loads((files("assistant.grounding") / "calibration.json").read_text("utf-8")).items()
}


def thresholds_for(encoder: str) -> AnswerabilityThresholds:
    """Return the thresholds of an encoder; those of the packaged pair of encoders if it has none."""
    return CALIBRATED.get(encoder) or AnswerabilityThresholds()


@dataclass(frozen=True, slots=True)
class Supported:
    """Judgement: the evidence answers the question.

    Attributes:
        explanation: the values that decided, in one line.
    """

    explanation: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Judgement: the records contradict a premise of the question.

    Attributes:
        explanation: the premise, in one line.
        note: what the reader must know about the premise.
        citations: sentences that correct it; at least one.
    """

    explanation: str
    note: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Judgement: the evidence does not answer the question.

    Attributes:
        explanation: the value or word that decided, in one line.
        reason: the reason that the reply gives.
    """

    explanation: str
    reason: Reason = Reason.NOT_IN_RECORDS


Judgement = Supported | Corrected | Missing


def judge(retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds) -> Judgement:
    """Judge whether the evidence answers the question.

    Args:
        retrieved: the query with its evidence.
        similarity: the score of the query by `DomainSimilarity`.
        thresholds: the thresholds of the library's encoder.
    """
    query, documents = retrieved.prepared.query, retrieved.prepared.snapshot.documents
    premise = find_false_premise(query.text, documents)
    if premise and (citations := distinct_citations(corrections(premise), query)):
        explanation = f"the question takes a {premise.place} meeting in {premise.year} for granted"
        return Corrected(explanation, str(premise), tuple(citations))
    return _judge_evidence(retrieved, similarity, thresholds)


def _judge_evidence(
    retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds
) -> Supported | Missing:
    query, terms, evidence = retrieved.prepared.query, retrieved.prepared.terms, retrieved.evidence
    if not evidence:
        return Missing("retrieval found no passage")
    if absent := _explain_absence(query, terms, [e.quote for e in evidence[:_READ_FOR_TIME]]):
        return Missing(absent)
    score = evidence[0].score + thresholds.similarity_weight * similarity
    summary = f"the best sentence weighs {evidence[0].score:.3f}, with domain similarity {similarity:.1f} {score:.3f}"
    if low := _explain_low_score(query, terms, score, similarity, thresholds):
        return Missing(summary + low)
    if lacking := lacking_content(query.answer, terms, _near_best(evidence[:_READ_FOR_TYPE])):
        return Missing(f"{lacking} is asked for, and the best sentences hold none", Reason.FACT_NOT_IN_RECORDS)
    return Supported(f"{summary}; least_score is {thresholds.least_score:g}")


def _near_best(evidence: Sequence[Evidence]) -> list[str]:
    """Return the words of the evidence whose score is not far below the first."""
    return [e.words_read for e in evidence if e.score >= _LEAST_SHARE_FOR_TYPE * evidence[0].score]


def _explain_absence(query: Query, terms: QueryTerms, best: Sequence[str]) -> str | None:
    """Explain which name, year or forum of the question is not in the records; None if all are and a word is known."""
    if names := missing_names(query.text, terms):
        return f"no record mentions {join_words(names)}"
    if query.unmet and not any(name in quote for name in query.unmet for quote in best):
        return f"no record is from {join_words(query.unmet)}, and the best sentences do not mention it"
    return "no word of the question is known" if terms.is_gibberish else None


def _explain_low_score(
    query: Query, terms: QueryTerms, score: float, similarity: float, thresholds: AnswerabilityThresholds
) -> str | None:
    """Explain which threshold the question stays below; None if it reaches all that apply."""
    words_compared = bool(terms.words) or not content_words(query.text)
    if score < thresholds.least_score and words_compared:
        return f", below least_score {thresholds.least_score:g}"
    if similarity < thresholds.least_similarity and not words_compared:
        name = f"least_similarity {thresholds.least_similarity:g}"
        return f", below {name}, which decides where words were not compared"
    unmentioned = _unmentioned(terms)
    if unmentioned and similarity < thresholds.least_similarity_unmentioned:
        name = f"least_similarity_unmentioned {thresholds.least_similarity_unmentioned:g}"
        return f"; no record mentions {join_words(unmentioned)}: below {name}"
    return None


def _unmentioned(terms: QueryTerms) -> tuple[str, ...]:
    """Return the words of the question's subject if all are English and none occurs in the records; else nothing."""
    subject = [word for word in terms.words if stem(word) not in _FRAME and not word.isdecimal()]
    if any(terms.frequency[word] or word not in english_words() for word in subject):
        return ()
    return tuple(subject)


def missing_names(question: str, terms: QueryTerms) -> tuple[str, ...]:
    """Return the names in a question that do not occur in the records; none for a question all in capitals."""
    if question.isupper():
        return ()
    absent = set(terms.missing)
    names = (_POSSESSIVE.sub("", name) for name in _NAME.findall(question))
    return tuple(name for name in names if name in absent)


def lacking_content(answer: AnswerRequirements, terms: QueryTerms, sentences: Sequence[str]) -> str | None:
    """Return the kind of content that the question requires and no sentence holds; None if nothing is lacking.

    Args:
        answer: the requirements of the question.
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

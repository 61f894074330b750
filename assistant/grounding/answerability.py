"""Judge retrieved evidence: does it answer the question, correct a false premise of it, or lack the answer?"""

import json
import re
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from assistant.answer import Reason
from assistant.citations.citation import Citation
from assistant.grounding.elsewhere import phrase_elsewhere
from assistant.grounding.false_premise import corrections, find_false_premise
from assistant.grounding.features import AnswerFeatures, answer_features, words_lacking
from assistant.grounding.offices import lacks_office
from assistant.grounding.quantities import is_held, is_of_other_country
from assistant.grounding.reasons import only_repeats
from assistant.grounding.speech import lacks_speech
from assistant.grounding.spoken_of import spoken_of
from assistant.grounding.years import is_of_other_year
from assistant.retrieval.deduplicate import distinct_citations
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.retriever import Retrieved
from assistant.understanding.recency import names_next_meeting
from assistant.understanding.speakers.speech_words import subject_of_speech
from assistant.wording import join_words
from corpus.language.minutes_words import asking_words_ja, only_asks
from corpus.language.tokens import stem

# Number of the best sentences that may mention a year or forum that no record is from, or a meeting to come.
_READ_FOR_TIME = 3
# The least share of a question's weighted words in one of the best passages, in a language the judge does not know.
_LEAST_SHARE = 0.5
# Least probability of the best sentence for a later part of a question: of 14 right answers the least was 0.11, of 6
# to parts that nothing answers the highest 0.07.
_LEAST_OF_LATER_PART = 0.09
# Importance of the missing word up to which the topic of a question is said to be there: that of a rare word is 1.83.
_TOPIC_IS_THERE = 1.5


@dataclass(frozen=True, slots=True)
class AnswerabilityThresholds:
    """Thresholds below which a question is not answered.

    Attributes:
        encoder: name of the encoder that they were set with; they are not calibrated for another.
        least_odds: least log-odds that the evidence answers, by the weights in judge.json.
        least_similarity: least domain similarity of a question whose words and sentences cannot be compared with the
            records, for it is in another language.
    """

    encoder: str = "multilingual-e5-small and all-MiniLM-L6-v2 at 0.15"
    least_odds: float = -1.2
    least_similarity: float = 2.5


# A subject of one word may stand under another name in the records, "kids" or "misinformation"; the log-odds that the
# ranker then gives the best sentence are higher.
_MOST_WITHOUT_A_WORD = -1.5
# What is to come: "The fifth meeting will be held in Lima."
_TO_COME = re.compile(
    r"\b(?:will|shall|scheduled|planned|to be held|wird|werden|aura lieu|tendrá)\b|予定", re.IGNORECASE
)


def _data(name: str) -> Any:
    return json.loads((files("assistant.grounding") / name).read_text("utf-8"))


# Weights of the features of evidence, and "constant": one set with the ranker and one without it.
# `python -m benchmarks.calibrate --write` fits them and writes the file.
WEIGHTS: dict[str, dict[str, float]] = _data("judge.json")
# Calibrated thresholds by the name of their encoder; the same command writes the file.
CALIBRATED = {
    encoder: AnswerabilityThresholds(encoder=encoder, **values) for encoder, values in _data("calibration.json").items()
}


def thresholds_for(encoder: str) -> AnswerabilityThresholds:
    """Return the thresholds of an encoder; those of the packaged pair of encoders if it has none."""
    return CALIBRATED.get(encoder) or AnswerabilityThresholds()


def log_odds(features: AnswerFeatures, is_ranked: bool) -> float:
    """Return the log-odds that the evidence answers the question, by logistic regression.

    Args:
        features: the measures of the evidence.
        is_ranked: True if the ranker read the evidence.
    """
    weights = WEIGHTS["ranked" if is_ranked else "unranked"]
    values: dict[str, float] = asdict(features)
    return weights["constant"] + sum(weight * values.get(name, 0.0) for name, weight in weights.items())


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


def judge(
    retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds, is_later_part: bool = False
) -> Judgement:
    """Judge whether the evidence answers the question.

    Args:
        retrieved: the query with its evidence.
        similarity: the score of the query by `DomainSimilarity`.
        thresholds: the thresholds of the library's encoder.
        is_later_part: True for the end of a question of two parts, "and what is her name?": the words of its beginning
            find sentences, whether they answer or not, so that the ranker must think of the best that it answers.
    """
    query, documents = retrieved.prepared.query, retrieved.prepared.snapshot.documents
    premise = find_false_premise(query.text, documents)
    if premise and (citations := distinct_citations(corrections(premise), query)):
        explanation = f"the question takes a {premise.place} meeting in {premise.year} for granted"
        return Corrected(explanation, str(premise), tuple(citations))
    judgement = _judge_evidence(retrieved, similarity, thresholds)
    if is_later_part and isinstance(judgement, Supported) and retrieved.evidence:
        probability = retrieved.evidence[0].ranker_probability
        if probability is not None and probability < _LEAST_OF_LATER_PART:
            explanation = (
                f"the ranker gives the best sentence {probability:.2f}, for a later part {_LEAST_OF_LATER_PART:g}"
            )
            return Missing(explanation, Reason.FACT_NOT_IN_RECORDS)
    return judgement


def _judge_evidence(
    retrieved: Retrieved, similarity: float, thresholds: AnswerabilityThresholds
) -> Supported | Missing:
    query, terms, evidence = retrieved.prepared.query, retrieved.prepared.terms, retrieved.evidence
    if not evidence:
        return Missing("retrieval found no passage")
    if query.unmet and not any(name in e.quote for name in query.unmet for e in evidence[:_READ_FOR_TIME]):
        return Missing(f"no record is from {join_words(query.unmet)}, and the best sentences do not mention it")
    if names_next_meeting(query.latest_text) and not any(map(_is_about_next_meeting, evidence[:_READ_FOR_TIME])):
        return Missing("no sentence is about a next meeting", Reason.FACT_NOT_IN_RECORDS)
    if is_of_other_year(query, evidence):
        return Missing("the best sentence is of another year than the question", Reason.FACT_NOT_IN_RECORDS)
    if is_of_other_country(query, evidence):
        return Missing("the best sentences are of another country than the question", Reason.FACT_NOT_IN_RECORDS)
    if office := lacks_office(query.latest_text, terms, evidence):
        return Missing(f"no sentence names the {office} of whom the question asks", Reason.FACT_NOT_IN_RECORDS)
    if speaker := lacks_speech(query, evidence):
        return Missing(f"no sentence has words of {speaker}", Reason.FACT_NOT_IN_RECORDS)
    if phrase := phrase_elsewhere(query, retrieved.prepared.snapshot):
        return Missing(f"only other records have {phrase}", Reason.NOT_IN_RECORDS)
    if only_repeats(query, evidence[0]):
        return Missing("the best sentence repeats the question and gives no reason", Reason.FACT_NOT_IN_RECORDS)
    has_subject = bool(subject_of_speech(query.keywords) or query.answer.required)
    if query.speaker and not has_subject:
        return Supported(f"the question asks for all that {query.speaker} said")
    if retrieved.is_translated and query.unknown:
        return Missing(f"no record has the name {join_words(query.unknown)}")
    if terms.is_gibberish:
        return Missing("no word of the question is known")
    if unknown := terms.unknown_abbreviations:
        return Missing(f"no record has {join_words(unknown)}, nor words that it stands for")
    if subject := _comparable_words(retrieved):
        whole = terms.share_of(subject) or 1.0
        shares = [1 - terms.share_of(lacking & subject) / whole for lacking in words_lacking(retrieved)]
        share = max(shares)
        fitting = [e for e, own in zip(evidence, shares, strict=False) if own >= _LEAST_SHARE]
        lacks = [kind.value for kind in query.answer.required if not is_held(kind, query.latest_text, fitting)]
        if lacks or share < _LEAST_SHARE:
            reason = Reason.FACT_NOT_IN_RECORDS if share > 0 else Reason.NOT_IN_RECORDS
            missing = f"no sentence holds {join_words(lacks)}" if lacks else f"{share:.2f} of the question's words"
            return Missing(f"{missing} in the best passages, _LEAST_SHARE {_LEAST_SHARE:g}", reason)
    if query.language or not (retrieved.is_ranked or retrieved.is_japanese or any(terms.frequency.values())):
        name = f"least_similarity {thresholds.least_similarity:g}, for no word of the question is in the records"
        said = f"the question's domain similarity is {similarity:.1f}"
        is_near = similarity >= thresholds.least_similarity
        return Supported(f"{said}, at least {name}") if is_near else Missing(f"{said}, below {name}")
    features = answer_features(retrieved, similarity)
    odds = log_odds(features, retrieved.is_ranked)
    if query.speaker and features.best_ranker <= 0 and _lacks_subject(retrieved):
        return Missing(f"{query.speaker} says nothing with a word of the subject", Reason.FACT_NOT_IN_RECORDS)
    subject = spoken_of(query) & set(terms.words)
    most = 0 if len(subject) > 1 else _MOST_WITHOUT_A_WORD
    if subject and features.best_ranker <= most and all(subject <= lacking for lacking in words_lacking(retrieved)):
        reason = Reason.FACT_NOT_IN_RECORDS if all(map(terms.frequency.get, subject)) else Reason.NOT_IN_RECORDS
        return Missing(f"none of the best passages has {join_words(sorted(subject))}", reason)
    values = ", ".join(f"{name} {value:.2f}" for name, value in asdict(features).items())
    said = f"log-odds that the evidence answers: {odds:.2f}, least_odds {thresholds.least_odds:g}; {values}"
    if odds >= thresholds.least_odds:
        return Supported(said)
    is_elsewhere = features.missing_names or features.missing > _TOPIC_IS_THERE
    return Missing(said, Reason.NOT_IN_RECORDS if is_elsewhere else Reason.FACT_NOT_IN_RECORDS)


def _comparable_words(retrieved: Retrieved) -> set[str]:
    """Return the words for the subject of a question that the passages would have; none in English, which is judged.

    In German, French or Spanish all words count if no word is a subject. Of a Japanese question about English records
    words whose translation no record has count; with a year that no record is from, all.
    """
    query, terms = retrieved.prepared.query, retrieved.prepared.terms
    words = {word for word in terms.words if word not in asking_words_ja()}
    if retrieved.is_japanese or (retrieved.is_translated and query.unmet):
        return words
    if retrieved.is_translated:
        return {word for word in words if terms.synonyms[word] and not terms.frequency[word]}
    if query.language and retrieved.evidence[0].document.language == terms.language:
        return {word for word in words if not only_asks(word)} or set(terms.words)
    return set()


def _is_about_next_meeting(evidence: Evidence) -> bool:
    return names_next_meeting(evidence.words_read) or bool(_TO_COME.search(evidence.words_read))


def _lacks_subject(retrieved: Retrieved) -> bool:
    """Return True if the best sentences and what they reply to hold no word of the subject of the question."""
    terms, keywords = retrieved.prepared.terms, retrieved.prepared.query.keywords
    words = subject_of_speech(keywords)
    if retrieved.is_translated:  # a word without a translation stands in no record
        words = [word for word in words if terms.synonyms.get(word) or terms.frequency.get(word)]
    subject = {stem(word) for word in words}
    # A question in another language than the records shares no word with them.
    is_comparable = bool(subject) and (any(terms.frequency.values()) or keywords.isascii())
    return is_comparable and all(subject <= {stem(word) for word in lacking} for lacking in words_lacking(retrieved))

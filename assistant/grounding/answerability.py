"""Whether the evidence answers the question; if not, what to say instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Abstention, Reason, SearchSummary
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.score_sentences import Evidence
from assistant.understanding.answer_type import missing_answer
from corpus.language.stemming import stem
from corpus.language.tokens import content_words
from index.library import Snapshot
from index.models.encoder import Encoder, Vectors
from index.models.english import english_words
from index.search.hybrid import Hit
from index.settings import Settings

SMALL_TALK = Abstention(
    Reason.SMALL_TALK,
    "Hello. I answer questions about the meetings in your records, in the records' own words."
    " Ask me what was said, decided or attended.",
)
UNSAFE = Abstention(
    Reason.UNSAFE_REQUEST,
    "I only quote what the records say, word for word, and name where it stands."
    " I cannot set that aside or put words into a record.",
)
# How many of the best sentences may name the year that no record is from.
_READ_FOR_TIME = 3
# How many of the best sentences are looked through for the hour or the sum that is asked for.
_READ_FOR_TYPE = 8
# What questions about meetings are put with; it does not say what is asked about.
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
class Judgement:
    """Whether the records answer.

    Attributes:
        reason: why they do not; None when they do.
        because: what decided, in one line.
    """

    reason: Reason | None
    because: str


def verdict(
    question: str,
    unmet: Sequence[str],
    weighed: Sequence[Evidence],
    asked: QueryTerms,
    familiarity: float,
    settings: Settings,
) -> Judgement:
    """Decide whether the evidence answers the question.

    Args:
        question: the standalone query.
        unmet: years or forums that it asks for and no record is from.
        weighed: sentences, best first.
        asked: the query's words.
        familiarity: how much nearer to the records the query is than a foreign one, in standard deviations.
        settings: the least score of evidence.
    """
    if not weighed:
        return Judgement(Reason.NOT_IN_RECORDS, "retrieval found no passage")
    if names := missing_names(question, asked):
        return Judgement(Reason.NOT_IN_RECORDS, f"no record mentions {_joined(names)}")
    if unmet and not any(name in e.text for name in unmet for e in weighed[:_READ_FOR_TIME]):
        return Judgement(
            Reason.NOT_IN_RECORDS, f"no record is from {_joined(unmet)}, and the best sentences name it not"
        )
    if asked.is_gibberish:
        return Judgement(Reason.NOT_IN_RECORDS, "no word of the question is known")
    best = weighed[0].score + settings.familiarity_weight * familiarity
    shown = f"the best sentence weighs {weighed[0].score:.3f}, with familiarity {familiarity:.1f} {best:.3f}"
    if best < settings.least_score and (asked.words or not content_words(question)):
        return Judgement(Reason.NOT_IN_RECORDS, f"{shown}, below least_score {settings.least_score:g}")
    if not asked.words and content_words(question) and familiarity < settings.least_familiarity:
        least = f"least_familiarity {settings.least_familiarity:g}, which decides where words were not compared"
        return Judgement(Reason.NOT_IN_RECORDS, f"{shown}, below {least}")
    if (unmentioned := _unmentioned(asked)) and familiarity < settings.least_familiarity_unmentioned:
        least = f"least_familiarity_unmentioned {settings.least_familiarity_unmentioned:g}"
        return Judgement(Reason.NOT_IN_RECORDS, f"{shown}; no record mentions {_joined(unmentioned)}: below {least}")
    if missing := missing_answer(question, asked, [e.text for e in weighed[:_READ_FOR_TYPE]]):
        return Judgement(Reason.FACT_NOT_IN_RECORDS, f"{missing} is asked for, and the best sentences hold none")
    return Judgement(None, f"{shown}; least_score is {settings.least_score:g}")


def _unmentioned(asked: QueryTerms) -> tuple[str, ...]:
    """The words that say what is asked about, where they are English and no record has a single one of them."""
    about = [word for word in asked.words if stem(word) not in _FRAME and not word.isdecimal()]
    if any(asked.frequency[word] or word not in english_words() for word in about):
        return ()
    return tuple(about)


def missing_names(question: str, asked: QueryTerms) -> tuple[str, ...]:
    """Names in the question that no record holds; a question all in capitals tells no names apart."""
    if question.isupper():
        return ()
    absent = set(asked.missing)
    named = (_POSSESSIVE.sub("", name) for name in _NAME.findall(question))
    return tuple(name for name in named if name in absent)


def abstention(reason: Reason, searched: SearchSummary, nearest: Sequence[Hit]) -> Abstention:
    """The reply when the records do not answer."""
    records = "record" if searched.records == 1 else f"{searched.records} records"
    within = f" ({searched.filters})" if searched.filters else ""
    if reason is Reason.NOT_IN_RECORDS:
        said = [f"This is not in the {records} I searched{within}."]
    else:
        said = [f"What you ask is not said in the {records} I searched{within}, though the topic is there."]
    if searched.missing:
        said.append(f"Not mentioned: {_joined([f'“{word}”' for word in searched.missing])}.")
    if searched.unmet:
        said.append(f"No record is from {_joined(searched.unmet)}.")
    return Abstention(reason, " ".join(said), searched, tuple(nearest))


def _joined(words: Sequence[str]) -> str:
    """ "a", "a or b", "a, b or c"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


# Far from any meeting, and from each other. How near they come to the records is how near chance comes.
_FOREIGN = (
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
    """What cosine a foreign question reaches with its nearest passage: mean and standard deviation.

    Encoders differ in their cosines, and a larger library comes nearer to anything; so both are measured.
    """

    mean: float
    deviation: float

    @classmethod
    def of(cls, view: Snapshot, encoder: Encoder) -> "DomainSimilarity":
        """Measure a library with its encoder."""
        nearest = [view.search_dense(encoder.encode_query(question), 1) for question in _FOREIGN]
        cosines = np.array([found[0][1] for found in nearest if found])
        return cls(float(cosines.mean()), float(cosines.std()) or 1.0) if len(cosines) else cls(0.0, 1.0)

    def score(self, view: Snapshot, query: Vectors) -> float:
        """How many standard deviations nearer to the records a query is than a foreign question; 0 when it is not."""
        nearest = view.search_dense(query, 1)
        return max(0.0, (nearest[0][1] - self.mean) / self.deviation) if nearest else 0.0

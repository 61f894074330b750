"""Find the sentences that fit a question beside those that are cited: the best of each meeting, and the next ones."""

from collections.abc import Hashable, Iterable, Sequence

from assistant.query import Intent, Query
from assistant.reading.question_words import asking_stems
from assistant.retrieval.evidence import Evidence
from corpus.facts import meeting_key
from corpus.language.tokens import content_words, stem

# A sentence fits that holds nearly the share of the question's weighted words that the best cited one holds.
_NEAR_OVERLAP = 0.95
# Below this share of the best sentence, the words do not tell which sentences fit: of "why are transformers late" the
# best had 0.43, and "late collection" of mangoes 0.57.
_LEAST_OVERLAP = 0.5
# Most that the score of a sentence of another meeting is below the first. Below it stood, for "What is Rwanda to do?",
# lists of participants and names of ministries.
_FAR = 0.5
# Most words of a topic: "AI", "smart cities". A longer question asks for something about its topic.
TOPIC_WORDS = 2


def is_topic_alone(query: Query) -> bool:
    """Return True if a question names a topic and asks for nothing special about it: "What was said about AI?"."""
    return query.intent is Intent.TOPIC and 0 < len(topic_words(query)) <= TOPIC_WORDS and not query.latest


def topic_words(query: Query) -> list[str]:
    """Return the words of a question that name its topic."""
    return [w for w in content_words(query.keywords or query.latest_text) if stem(w) not in asking_stems()]


def fitting(best: Evidence, candidates: Iterable[Evidence]) -> list[Evidence]:
    """Return the candidates that hold nearly as much of the question as the best sentence, in their order.

    None are returned where the best sentence holds little of the question, so that its words tell nothing.
    """
    if best.term_overlap < _LEAST_OVERLAP:
        return []
    return [e for e in candidates if not e.is_label and e.term_overlap >= _NEAR_OVERLAP * best.term_overlap]


def near_first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences whose score is not far below that of the first, in their order."""
    return [e for e in evidence if e.score >= evidence[0].score - _FAR]


def best_of_each_meeting(evidence: Sequence[Evidence], most: int) -> list[Evidence]:
    """Return the first sentence of each meeting, in their order.

    Args:
        evidence: sentences, best first.
        most: the most meetings.
    """
    by_meeting: dict[Hashable, Evidence] = {}
    for e in evidence:
        by_meeting.setdefault(meeting_key(e.document), e)
    return list(by_meeting.values())[:most]


def not_cited(fit: Sequence[Evidence], cited: Sequence[Evidence], most: int) -> list[Evidence]:
    """Return the sentences that fit and are not cited, best first.

    Args:
        fit: sentences that fit, best first.
        cited: the cited ones.
        most: the most sentences.
    """
    return [e for e in fit if not any(e.document.id == c.document.id and e.span.overlaps(c.span) for c in cited)][:most]

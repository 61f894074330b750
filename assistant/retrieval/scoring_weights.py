"""Weights of the parts of a sentence's score."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoringWeights:
    """Weights of the parts of a sentence's score; docs/decisions.md has the measurements.

    Attributes:
        cosine: of the cosine with the query, a standard deviation among the scored sentences. Without it dev
            recall falls from 0.895 to 0.773.
        terms: of the share of the query's weighted words that the sentence holds.
        context: of the same share with its headings and title; 0.2 instead of 0.3: dev recall 0.888 -> 0.895.
        rank: of the reciprocal rank of the passage among the hits.
        rank_offset: number added to the rank before it is inverted.
        surroundings: of the share of the query's weighted words in a passage of talk and around it, less that of the
            best one. With 0 / 0.4 / 0.8 / 1.6 the MRR on 241 questions about meetings is .555 / .582 / .595 / .589.
        label_penalty: subtracted from headings, titles, menus and contact lines.
        publisher_bonus: for records of a publisher that the question mentions.
        language_bonus: for records in the language of a question in neither English nor Japanese: more than the margin
            of citations, so that others answer only where these do not.
        content_bonus: for a sentence with a person, a date or a number where who, when, how many is asked. With 0.05 /
            0.1 / 0.15 dev precision 0.634 / 0.641 / 0.636.
        undated_penalty: subtracted where the question names a time and the day of the record is unknown: one of that
            time comes first, unless it fits worse by about as much as a cited sentence may (`SelectionLimits.margin`).
        year_penalty: subtracted below a heading that names other years than the question.
        near_bonus: for a sentence in a passage that the turn before cited; dev follow-ups (n = 9): recall 0.55 -> 0.77.
        reply_bonus: for a reply to a question of the record that asks the same.
        verb_bonus: for a sentence with the verb of a foreign question that asks who did something.
        outcome_bonus: for a sentence of a talk that tells an outcome, where what was decided is asked.
        earlier_terms: factor for a word that only the turns before have.
        ranked: number of sentences that the ranker reads; each costs about 7 ms of processor time. With 8 instead of 12
            dev precision rises by 0.004, and no figure falls.
        ranker: of the ranker's probability, in [0, 1]. With 0.2 / 0.3 / 0.5 / 0.8 dev precision 0.561 / 0.580 / 0.607 /
            0.630, recall 0.880 / 0.872 / 0.872 / 0.847.
    """

    cosine: float = 0.1
    terms: float = 0.3
    context: float = 0.2
    rank: float = 1.0
    rank_offset: float = 10.0
    surroundings: float = 0.8
    label_penalty: float = 0.25
    publisher_bonus: float = 0.2
    content_bonus: float = 0.1
    language_bonus: float = 0.15
    undated_penalty: float = 0.1
    year_penalty: float = 0.3
    near_bonus: float = 0.15
    reply_bonus: float = 0.35
    verb_bonus: float = 0.2
    outcome_bonus: float = 0.3
    earlier_terms: float = 0.15
    ranked: int = 8
    ranker: float = 0.5

"""Measure how near a question is to the records: the z-score of its best cosine against unrelated questions."""

from dataclasses import dataclass

import numpy as np

from index.library import Snapshot
from index.models.encoder import Encoder, Vectors

# Questions far from any meeting, and from each other: they come as near to the records as chance does.
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
    """Cosine that an unrelated question reaches with its nearest passage: mean and standard deviation.

    Encoders differ in their cosines, and a larger library comes nearer to anything; so both are measured.
    """

    mean: float
    deviation: float

    @classmethod
    def of(cls, snapshot: Snapshot, encoder: Encoder) -> "DomainSimilarity":
        """Measure a state of the library with its encoder."""
        nearest = [snapshot.search_dense(encoder.encode_query(question), 1) for question in _UNRELATED]
        cosines = np.array([hits[0][1] for hits in nearest if hits])
        return cls(float(cosines.mean()), float(cosines.std()) or 1.0) if len(cosines) else cls(0.0, 1.0)

    def score(self, snapshot: Snapshot, query: Vectors) -> float:
        """Return the z-score of the query's best cosine against unrelated questions; 0 where it is below their mean."""
        nearest = snapshot.search_dense(query, 1)
        return max(0.0, (nearest[0][1] - self.mean) / self.deviation) if nearest else 0.0

"""How near a question is to the records, against questions that no record of a meeting answers."""

from dataclasses import dataclass

import numpy as np

from index.models.encoder import Encoder, Vectors
from index.store.snapshot import View

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
class Familiarity:
    """What cosine a foreign question reaches with its nearest passage: mean and standard deviation.

    Encoders differ in their cosines, and a larger library comes nearer to anything; so both are measured.
    """

    mean: float
    deviation: float

    @classmethod
    def of(cls, view: View, encoder: Encoder) -> "Familiarity":
        """Measure a library with its encoder."""
        nearest = [view.nearest(encoder.encode_query(question), 1) for question in _FOREIGN]
        cosines = np.array([found[0][1] for found in nearest if found])
        return cls(float(cosines.mean()), float(cosines.std()) or 1.0) if len(cosines) else cls(0.0, 1.0)

    def score(self, view: View, query: Vectors) -> float:
        """How many standard deviations nearer to the records a query is than a foreign question; 0 when it is not."""
        nearest = view.nearest(query, 1)
        return max(0.0, (nearest[0][1] - self.mean) / self.deviation) if nearest else 0.0

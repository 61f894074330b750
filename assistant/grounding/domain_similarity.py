"""Measure how close a question is to the records, beside questions that have nothing to do with them."""

from dataclasses import dataclass

import numpy as np

from corpus.document import sha256_of
from index.models.encoder import Encoder, Vectors
from index.snapshot import Snapshot

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

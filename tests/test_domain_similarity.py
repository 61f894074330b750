"""A question about the records is nearer to them than one about anything else."""

from pathlib import Path

import numpy as np
import pytest

from assistant.grounding.answerability import DomainSimilarity
from corpus.reading import document_from
from index.library import Library, open_library
from support.word_counts import WordCounts


@pytest.fixture
def library(tmp_path: Path) -> Library:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(document_from("Smart cities and data flows.\n\nMinisters met in Trieste.", "talks.txt", "text/plain"))
    return held


def test_the_score_counts_standard_deviations_above_chance(library: Library) -> None:
    with library.snapshot() as view:
        query = WordCounts().encode_query("smart cities and data flows")
        ((_, cosine),) = view.search_dense(query, 1)
        assert DomainSimilarity(cosine - 0.3, 0.1).score(view, query) == pytest.approx(3.0)
        assert DomainSimilarity(cosine + 0.3, 0.1).score(view, query) == 0.0


def test_chance_is_measured_with_the_librarys_own_encoder(library: Library) -> None:
    with library.snapshot() as view:
        measured = DomainSimilarity.of(view, WordCounts())
        assert measured.score(view, WordCounts().encode_query("smart cities and data flows")) > 1
        assert measured.score(view, WordCounts().encode_query("xylophone zebra")) == 0.0


def test_an_empty_library_is_familiar_with_nothing(tmp_path: Path) -> None:
    empty = open_library(tmp_path / "empty", encoder=WordCounts(), founding=False)
    with empty.snapshot() as view:
        assert DomainSimilarity.of(view, WordCounts()).score(view, np.full(256, 1 / 16, np.float32)) == 0.0

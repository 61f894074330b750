# mypy: disable-error-code="comparison-overlap"

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.library import open_library
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.search.hybrid import FusionWeights, Hit, hybrid_search
from index.snapshot import Snapshot
from support.generated_texts import document
from support.word_counts import WordCounts

# Three documents of one passage each.
TEXTS = {
    "cities.md": "---\ntitle: Cities\nforum: G7\n---\nSmart cities and mobility.",
    "flow.md": "---\ntitle: Flow\nforum: G20\n---\nData flow with trust.",
    "trust.md": "---\ntitle: Trust\nforum: G20\n---\nTrust and trust and trust.",
}


@contextmanager
def viewed(folder: Path, texts: dict[str, str] = TEXTS) -> Iterator[Snapshot]:
    library = open_library(folder, encoder=WordCounts(), founding=False)
    for name, text in texts.items():
        library.add(document(text, name))
    with library.snapshot() as view:
        yield view


def query(text: str) -> Vectors:
    return WordCounts().encode_query(text)


def names(hits: list[Hit]) -> list[str]:
    return [hit.passage.document.name for hit in hits]


def test_the_two_rankings_are_fused_by_rank(tmp_path: Path) -> None:
    with viewed(tmp_path) as view:
        hits = hybrid_search(
            view, "mobility", query("trust"), 3, weights=FusionWeights(rank_constant=10, dense=2.0, lexical=3.0)
        )
    # The encoder is asked for "trust": trust.md, then flow.md, then cities.md. The words find cities.md alone.
    assert [(hit.passage.document.name, hit.score) for hit in hits] == [
        ("cities.md", pytest.approx(2 / 13 + 3 / 11)),
        ("trust.md", pytest.approx(2 / 11)),
        ("flow.md", pytest.approx(2 / 12)),
    ]


def test_a_hit_shows_the_parts_of_its_score(tmp_path: Path) -> None:
    with viewed(tmp_path) as view:
        first, second, third = hybrid_search(view, "mobility", query("trust"), 3)
        ((_, bm25),) = view.search_lexical("mobility", 9)
    # "Trust (G20): Trust and trust and trust." has "trust" four times, "and" twice, "g20" once: 4 / sqrt(16 + 4 + 1).
    assert (second.dense, second.lexical) == (pytest.approx(4 / 21**0.5), None)
    assert (first.dense, first.lexical) == (0.0, bm25)
    # "Flow (G20): Data flow with trust." has "flow" twice and four words once: 1 / sqrt(4 + 4).
    assert third.dense == pytest.approx(1 / 8**0.5)


def test_a_ranking_of_weight_zero_finds_nothing(tmp_path: Path) -> None:
    with viewed(tmp_path / "a") as view:
        hits = hybrid_search(view, "mobility", query("trust"), 3, weights=FusionWeights(dense=0))
        assert names(hits) == ["cities.md"]
    with viewed(tmp_path / "b") as view:
        hits = hybrid_search(view, "mobility", query("trust"), 1, weights=FusionWeights(lexical=0))
        assert names(hits) == ["trust.md"]


def test_equal_scores_stand_in_the_order_of_names(tmp_path: Path) -> None:
    same = {name: "---\ntitle: T\n---\nData flow." + " " * i for i, name in enumerate(["c.md", "a.md", "b.md"])}
    with viewed(tmp_path, same) as view:
        hits = hybrid_search(view, "flow", query("flow"), 3)
    assert names(hits) == ["a.md", "b.md", "c.md"]
    assert {hit.dense for hit in hits} == {hits[0].dense}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(forums=frozenset({"G7"})), ["cities.md"]),
        (Filters(forums=frozenset({"G20"})), ["trust.md", "flow.md"]),
        (Filters(forums=frozenset({"G8"})), []),
    ],
)
def test_only_records_that_pass_the_filters_are_found(tmp_path: Path, filters: Filters, found: list[str]) -> None:
    with viewed(tmp_path) as view:
        assert names(hybrid_search(view, "trust mobility", query("trust"), 9, filters)) == found


def test_a_filter_narrows_before_the_candidates_are_counted(tmp_path: Path) -> None:
    with viewed(tmp_path) as view:
        hits = hybrid_search(
            view, "trust", query("trust"), 1, Filters(forums=frozenset({"G7"})), weights=FusionWeights(depth=1)
        )
    assert names(hits) == ["cities.md"]


@pytest.mark.parametrize(("k", "number"), [(1, 1), (3, 3), (99, 3)])
def test_as_many_hits_come_back_as_are_asked_for_and_there(tmp_path: Path, k: int, number: int) -> None:
    with viewed(tmp_path) as view:
        assert len(hybrid_search(view, "trust", query("trust"), k, weights=FusionWeights(depth=1))) == number


def test_an_empty_library_has_no_hits(tmp_path: Path) -> None:
    with viewed(tmp_path, {}) as view:
        assert hybrid_search(view, "trust", query("trust"), 3) == []
        assert hybrid_search(view, "trust", query("trust"), 3, Filters(forums=frozenset({"G7"}))) == []


def test_a_query_without_words_is_searched_by_meaning_alone(tmp_path: Path) -> None:
    with viewed(tmp_path) as view:
        assert {hit.lexical for hit in hybrid_search(view, "?!", query("trust"), 3)} == {None}


def test_a_word_in_the_title_or_a_heading_is_found(tmp_path: Path) -> None:
    text = {"a.md": "# Talks in Trieste\n\n## Mobility\n\nThey agreed."}
    with viewed(tmp_path, text) as view:
        hits = hybrid_search(view, "mobility", query("x"), 3, weights=FusionWeights(dense=0))
    assert [hit.passage.text for hit in hits] == ["## Mobility", "They agreed."]


def test_in_how_many_passages_a_word_occurs(tmp_path: Path) -> None:
    with viewed(tmp_path) as view:
        assert [view.frequency(term) for term in ("trust", "city", "data flow", "flow data", "bali", 'a"b')] == [
            2,
            1,
            1,
            0,
            0,
            0,
        ]

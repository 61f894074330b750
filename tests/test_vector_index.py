"""Search vectors exactly, with filters."""

# mypy: disable-error-code="comparison-overlap"

from pathlib import Path

import numpy as np
import pytest

from index.models.encoder import Vectors, unit, unit_rows
from index.search.vector_index import VectorIndex

NORTH, EAST, WEST, BETWEEN = [0.0, 1.0], [1.0, 0.0], [-1.0, 0.0], [0.6, 0.8]


def vectors(*rows: list[float]) -> Vectors:
    return np.array(rows, dtype=np.float32).reshape(len(rows), -1)


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def index() -> VectorIndex:
    return VectorIndex.of(ids(7, 3, 5), vectors(NORTH, EAST, WEST))


def test_a_score_is_the_cosine_with_the_query() -> None:
    found = index().search(vectors(BETWEEN)[0], 3)
    assert found == [(7, pytest.approx(0.8)), (3, pytest.approx(0.6)), (5, pytest.approx(-0.6))]


def test_the_direction_of_the_query_itself_scores_one() -> None:
    assert index().search(vectors(EAST)[0], 1) == [(3, 1.0)]


@pytest.mark.parametrize(("k", "number"), [(0, 0), (-1, 0), (2, 2), (99, 3)])
def test_as_many_come_back_as_are_asked_for_and_there(k: int, number: int) -> None:
    assert len(index().search(vectors(EAST)[0], k)) == number


def test_a_filter_is_exact() -> None:
    assert index().search(vectors(BETWEEN)[0], 9, among=ids(5, 3)) == [
        (3, pytest.approx(0.6)),
        (5, pytest.approx(-0.6)),
    ]
    assert index().search(vectors(BETWEEN)[0], 1, among=ids(5)) == [(5, pytest.approx(-0.6))]
    assert index().search(vectors(BETWEEN)[0], 9, among=ids()) == []


def test_ids_that_are_not_there_find_nothing() -> None:
    assert index().search(vectors(BETWEEN)[0], 9, among=ids(8, 7)) == [(7, pytest.approx(0.8))]


def test_equal_vectors_are_found_in_the_order_that_is_asked_for() -> None:
    same = VectorIndex.of(ids(9, 2, 5, 4), vectors(EAST, EAST, NORTH, EAST))
    assert [i for i, _ in same.search(vectors(EAST)[0], 4)] == [2, 4, 9, 5]
    for k in (1, 2, 3):
        assert [i for i, _ in same.search(vectors(EAST)[0], k, order=lambda i: -i)] == [9, 4, 2][:k]


def test_an_index_that_others_are_made_of_stays_as_it_is() -> None:
    first = index()
    before = first.search(vectors(BETWEEN)[0], 9)
    second = first.changed(ids(3, 8), ids(9, 1), vectors(BETWEEN, EAST))
    third = second.changed(ids(7, 9), ids(), np.empty((0, 2), dtype=np.float32))
    assert first.search(vectors(BETWEEN)[0], 9) == before
    assert [i for i, _ in second.search(vectors(BETWEEN)[0], 9)] == [9, 7, 1, 5]
    assert [i for i, _ in third.search(vectors(BETWEEN)[0], 9)] == [1, 5]
    assert [i for i, _ in third.search(vectors(BETWEEN)[0], 9, among=ids(5, 7))] == [5]
    assert [len(i) for i in (first, second, third)] == [3, 4, 2]
    assert [sorted(i.ids) for i in (first, second, third)] == [[3, 5, 7], [1, 5, 7, 9], [1, 5]]
    assert len(first.changed(first.ids, ids(), np.empty((0, 2), dtype=np.float32))) == 0


@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_does_not_depend_on_what_came_and_went(seed: int) -> None:
    """Bit for bit, in whatever portions the vectors came, with many equal ones and with all lengths of results."""
    drawn = np.random.default_rng(seed)
    rows = unit(drawn.normal(size=(60, 33)).astype(np.float32))[drawn.integers(0, 60, size=400)]
    straight, winding = VectorIndex.of(np.arange(400), rows), VectorIndex(())
    came = drawn.permutation(400)
    while len(came):
        now, came = np.split(came, [int(drawn.integers(1, 60))])
        passing = np.arange(1000, 1000 + int(drawn.integers(1, 40)))
        winding = winding.changed(
            ids(), np.concatenate((now, passing)), np.concatenate((rows[now], rows[passing - 1000]))
        )
        winding = winding.changed(passing, ids(), rows[:0])
    query = unit(drawn.normal(size=33).astype(np.float32))
    for k in (1, 7, 50, 100, 399, 400, 500):
        assert winding.search(query, k) == straight.search(query, k)
        some = np.arange(0, 400, 3)
        assert winding.search(query, k, some) == straight.search(query, k, some)


def test_vectors_of_other_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="vectors of 3 dimensions for an index of 2"):
        index().changed(ids(), ids(1), vectors([1.0, 0.0, 0.0]))


def test_a_search_by_hand_over_many_gives_the_same() -> None:
    rows = unit(np.random.default_rng(7).normal(size=(500, 16)).astype(np.float32))
    made, query = VectorIndex.of(np.arange(500) + 1000, rows), unit(np.ones(16, dtype=np.float32))
    best = sorted(range(500), key=lambda i: -float(rows[i] @ query))
    for k in (1, 10, 200, 500):
        assert [i for i, _ in made.search(query, k)] == [i + 1000 for i in best[:k]]
    odd = [i for i in best if i % 2][:150]
    assert [i for i, _ in made.search(query, 150, among=np.arange(1, 500, 2) + 1000)] == [i + 1000 for i in odd]


@pytest.mark.parametrize("query", [[1.0, 0.0, 0.0], [1.0]])
def test_a_query_of_another_size_is_refused(query: list[float]) -> None:
    with pytest.raises(ValueError, match=rf"shape \({len(query)},\), the index wants \(2,\)"):
        index().search(np.array(query, dtype=np.float32), 1)


@pytest.mark.parametrize("query", [[3.0, 4.0], [0.0, 0.0], [0.6, 0.81], [float("nan"), 0.0]])
def test_a_query_that_is_not_of_unit_length_is_refused(query: list[float]) -> None:
    with pytest.raises(ValueError, match="the query has length"):
        index().search(np.array(query, dtype=np.float32), 1)


@pytest.mark.parametrize("row", [[3.0, 4.0], [0.0, 0.0], [float("nan"), 0.0]])
def test_vectors_that_are_not_of_unit_length_are_refused(row: list[float]) -> None:
    with pytest.raises(ValueError, match="length differs from 1"):
        VectorIndex.of(ids(1, 2), vectors(EAST, row))
    with pytest.raises(ValueError, match="the encoder e returned a vector whose length differs from 1"):
        unit_rows(vectors(EAST, row), 2, "e")


def test_as_many_ids_as_vectors_are_wanted() -> None:
    with pytest.raises(ValueError, match="2 ids for 1 vectors"):
        VectorIndex.of(ids(1, 2), vectors(EAST))


@pytest.mark.parametrize("wrong", [vectors(EAST), vectors(EAST, NORTH).astype(np.float64), vectors(EAST, NORTH)[0]])
def test_what_is_not_a_float32_row_for_each_text_is_refused(wrong: Vectors) -> None:
    with pytest.raises(ValueError, match=r"the encoder e returned float.* for 2 texts"):
        unit_rows(wrong, 2, "e")


def test_a_saved_index_finds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "v.faiss"
    index().save(path)
    loaded = VectorIndex.load(path)
    assert loaded is not None
    assert len(loaded) == 3
    assert loaded.search(vectors(BETWEEN)[0], 3) == index().search(vectors(BETWEEN)[0], 3)
    assert loaded.search(vectors(BETWEEN)[0], 3, among=ids(5)) == [(5, pytest.approx(-0.6))]
    assert [p.name for p in tmp_path.iterdir()] == ["v.faiss"]


@pytest.mark.parametrize("content", [None, b"", b"garbage", b"IxMp"])
def test_a_missing_or_broken_file_is_no_index(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "v.faiss"
    if content is not None:
        path.write_bytes(content)
    assert VectorIndex.load(path) is None


def test_a_truncated_file_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "v.faiss"
    index().save(path)
    for size in range(0, path.stat().st_size, 7):
        path.write_bytes(path.read_bytes()[:size])
        assert VectorIndex.load(path) is None
        index().save(path)


def test_unit_vectors_keep_their_direction_and_zero_stays_zero() -> None:
    assert unit(vectors([3.0, 4.0], [0.0, 0.0])).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]

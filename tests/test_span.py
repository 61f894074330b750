"""Spans check their bounds and slice texts."""

import pytest

from corpus.span import Span, trim


def test_a_span_is_a_slice_in_code_points() -> None:
    text = "é👩‍👩‍👧 Trieste"
    assert Span(7, 14).of(text) == text[7:14] == "Trieste"


def test_the_length_of_a_span_is_its_number_of_characters() -> None:
    assert len(Span(3, 8)) == 5


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 0)])
def test_an_empty_or_backward_span_cannot_be_built(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"start={start}, end={end}"):
        Span(start, end)


def test_spans_overlap_when_they_share_a_character() -> None:
    others = [Span(0, 4), Span(0, 5), Span(5, 6), Span(7, 8), Span(8, 9)]
    assert [Span(4, 8).overlaps(other) for other in others] == [False, True, True, True, False]


def test_spans_stand_in_the_order_of_the_text() -> None:
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 4)]) == [Span(0, 4), Span(0, 9), Span(5, 6)]


def test_white_space_at_both_ends_is_trimmed() -> None:
    assert trim("x \u00a0\u3000a b\r\n y", 1, 10) == Span(4, 7)


def test_nothing_is_left_of_white_space() -> None:
    assert trim("a \n\u2028 b", 1, 5) is None

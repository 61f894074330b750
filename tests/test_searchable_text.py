"""The searchable form of a text keeps every place and finds words as browsers do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.fragment_matcher import page_text, searchable
from corpus.span import Span
from support import generated_texts as texts


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("The  G20\tTalks", "the g20 talks"),
        ("a\nb\r\n\r\n c", "a\nb\nc"),
        ("Société Ｇ７ ﬁrst", "societe g7 first"),
        ("e\u0301\u200b!", "e!"),
    ],
)
def test_case_accents_widths_and_white_space_are_folded(text: str, blocks: str) -> None:
    assert page_text(text).blocks == blocks


def test_a_blank_line_ends_a_paragraph_and_a_wrap_does_not() -> None:
    page = page_text("a\nb\n\nc\r\nd\r\n\r\ne")
    assert (page.blocks, page.paragraphs, page.joined) == ("a\nb\nc\nd\ne", "a b\nc d\ne", "a b c d e")


def test_ignored_characters_between_white_space_leave_one_run() -> None:
    page = page_text("a \u200b\n\u200b\nb\u200b\nc")
    assert (page.blocks, page.paragraphs) == ("a\nb\nc", "a\nb c")


@given(texts.texts, st.data())
def test_a_range_leads_back_to_its_span(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text) - 1))
    span = Span(start, drawn.draw(st.integers(start + 1, len(text))))
    page = page_text(text)
    first, behind = page.range_of(span)
    assert searchable(page.blocks[first:behind]) == page.joined[first:behind]
    if first < behind:
        again = page.span(first, behind)
        assert page.range_of(again) == (first, behind)
        assert searchable(again.of(text)) == page.joined[first:behind]


@pytest.mark.parametrize(
    "words", ["do|n't", "U|.S", "1|,000", "1,|000", "12|th", "Trust|Secure", "a|_b", "3|.5", "l’|eau"]
)
def test_no_word_begins_inside_a_word(words: str) -> None:
    assert not page_text(words.replace("|", "")).is_word_bound(words.index("|"))


@pytest.mark.parametrize(
    "words", ["a| b", "a |b", "e|-mail", "U.S.| and", "end|.", "(|a", "会|議", "G7|会議", "|a", "a|", "a|, b"]
)
def test_words_begin_and_end_at_spaces_marks_and_japanese_characters(words: str) -> None:
    assert page_text(words.replace("|", "")).is_word_bound(words.index("|"))

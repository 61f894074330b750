"""A difference keeps every word of both texts, in order."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.folded_text import folded, word_signs
from assistant.citations.resolve import DiffKind, DiffPart, difference, difference_by_signs

KEPT, REMOVED, ADDED = DiffKind.KEPT, DiffKind.REMOVED, DiffKind.ADDED
_texts = st.lists(st.sampled_from("ministers agreed not 12 13 会議 . , G20".split()), min_size=1).map(" ".join)


def words_of(text: str) -> list[str]:
    fold = folded(text)
    return [fold.text[start:end] for start, end in fold.words]


def test_a_replaced_word_is_removed_and_added() -> None:
    assert difference("They agreed on 12 actions.", "They  agreed on\n13 actions.") == (
        DiffPart(KEPT, "They agreed on"),
        DiffPart(REMOVED, "12"),
        DiffPart(ADDED, "13"),
        DiffPart(KEPT, "actions."),
    )


def test_a_new_paragraph_is_a_difference() -> None:
    pieces = difference("One two", "One\n\ntwo")
    assert [piece.change for piece in pieces] == [KEPT, ADDED, KEPT]


def test_unknown_words_are_marked_and_counted() -> None:
    signs = word_signs("They have not agreed".split())
    assert difference_by_signs(signs, "They agreed") == (
        DiffPart(KEPT, "They"),
        DiffPart(REMOVED, "… …"),
        DiffPart(KEPT, "agreed"),
    )


@given(_texts, _texts)
def test_what_is_kept_and_removed_is_the_old_text_and_what_is_kept_and_added_the_new_one(old: str, new: str) -> None:
    pieces = difference(old, new)
    for text, change in ((old, REMOVED), (new, ADDED)):
        words = [word for piece in pieces if piece.change in (KEPT, change) for word in words_of(piece.words)]
        assert words == words_of(text)
    assert (old == new) == all(piece.change is KEPT for piece in pieces)

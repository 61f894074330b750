"""Assemble text and blocks from what a reader finds."""

from corpus.document import Kind
from corpus.readers.blocks import Part, collapse_space, compose, row_words


def test_blocks_stand_apart_and_items_together() -> None:
    parts = [
        Part(Kind.TITLE, "Talks"),
        Part(Kind.BODY, " They  met.\n\n Then left. "),
        Part(Kind.BODY, " \n"),
        Part(Kind.LIST_ITEM, "one", "(a) "),
        Part(Kind.LIST_ITEM, "two", "(b) ", joined=True),
    ]
    text, blocks = compose(parts)
    assert text == "Talks\n\nThey met.\nThen left.\n\n(a) one\n(b) two"
    assert [(b.kind.value, b.words.of(text)) for b in blocks] == [
        ("title", "Talks"),
        ("body", "They met.\nThen left."),
        ("list item", "one"),
        ("list item", "two"),
    ]


def test_contacts_menus_and_typed_bullets_are_known_as_in_plain_text() -> None:
    words = ["Talks", "・議論した。", "12 people met.", "https://example.org/a", "Contact", "TEL: 03-0000-0000"]
    text, blocks = compose([Part(Kind.BODY, w) for w in words], "Talks")
    assert [b.kind.value for b in blocks] == ["title", "list item", "body", "menu", "contact", "contact"]
    assert blocks[1].words.of(text) == "議論した。"


def test_only_white_space_that_is_not_seen_is_tidied() -> None:
    assert collapse_space("\t They\u00a0 met \n \n in\u3000Bari. ") == "They\u00a0 met\nin\u3000Bari."


def test_the_cells_of_a_row_keep_their_columns() -> None:
    assert row_words(["A1", "", "May", ""]) == "A1 |  | May"
    assert row_words(["", "Paint", "May"]) == "|  | Paint | May |"
    assert row_words(["", "Views", ""]) == "Views"
    assert row_words([]) == ""

"""A fingerprint knows the quote's words and surroundings without carrying them."""

import hashlib
from base64 import urlsafe_b64encode

from assistant.citations.anchor import Fingerprint, shorten_signs
from assistant.citations.folded_text import folded
from corpus.reading import founding_records

TEXT = folded("One paragraph.\n\nThe panel agreed on 12 actions for many schools of the city. It rests.")
START = TEXT.text.index("agreed")
END = TEXT.text.index(" of the")
MARK = Fingerprint.of(TEXT, START, END)


def test_the_quotes_hash_is_sha256_of_the_folded_words() -> None:
    digest = hashlib.sha256(b"agreed on 12 actions for many schools").digest()
    assert MARK.quote == urlsafe_b64encode(digest).decode()[:20]
    assert MARK.is_of(" agreed on 12\nactions for  many schools")
    assert not MARK.is_of("agreed on 13 actions for many schools")


def test_neighbours_are_cut_at_words_and_at_32_characters() -> None:
    assert Fingerprint.prefix(TEXT, START) == "One paragraph.\n\nThe panel"
    assert Fingerprint.suffix(TEXT, END) == "of the city. It rests."
    end = len(TEXT) - len(" It rests.")
    assert Fingerprint.prefix(TEXT, end) == "12 actions for many schools of the city."[-29:]
    assert Fingerprint.suffix(TEXT, 0) == "One paragraph.\n\nThe panel agreed"
    assert Fingerprint.prefix(folded("x" * 99), 50) == "x" * 32


def test_edges_tell_paragraphs_whole_words_and_cut_words() -> None:
    def edges(start: int, end: int) -> list[bool | str]:
        mark = Fingerprint.of(TEXT, start, end)
        return [edge if "~" in edge else False for edge in (mark.edge_before, mark.edge_after)]

    paragraph = TEXT.text.index("The panel")
    assert edges(paragraph, len(TEXT)) == ["~p", "~p"]
    assert edges(START, END) == ["~~", "~~"]
    assert edges(START + 1, END - 1) == [False, False]


def test_it_is_at_its_place_and_no_other() -> None:
    assert [place for place in range(len(TEXT)) if MARK.is_at(TEXT, place)] == [START]
    assert MARK.neighbours_at(TEXT, START) == 2
    other = folded(TEXT.text.replace("The panel", "A panel"))
    assert MARK.neighbours_at(other, START - 2) == 1


def test_of_a_long_quote_the_first_and_last_words_are_kept() -> None:
    assert shorten_signs("a" * 39) == "a" * 39
    assert shorten_signs("a" * 20 + "b" * 9 + "c" * 20) == "a" * 20 + "c" * 20


def test_the_signs_of_a_range_are_those_of_the_whole_text() -> None:
    for record in founding_records():
        text = folded(record.text)
        for start in range(0, len(text) - 60, 37):
            if not (text.text[start].isspace() or text.text[start + 59].isspace()):
                first, behind = text.covering(start, start + 60)
                assert text.signs_of(start, start + 60) == text.signs[first:behind]

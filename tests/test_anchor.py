"""An anchor is made of its document alone, fits in a footnote, and comes back whole or not at all."""

from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citations.anchor import COMPACT, Anchor, shorten_name
from corpus.document import Document, sha256_of
from corpus.language.sentences import sentences
from corpus.reading import founding_records
from corpus.span import Span
from index.errors import AnchorError
from index.library import open_library
from index.settings import Settings
from support import generated_texts as texts
from support.word_counts import WordCounts

APRIL = founding_records()[0]
ABSENT = "(*) Of the G20 members, Indonesia was absent from this meeting."
COMPACT_ABSENT = Anchor.of(APRIL, Span(APRIL.text.index(ABSENT), APRIL.text.index(ABSENT) + len(ABSENT))).compact


def anchors(document: Document) -> list[Anchor]:
    return [Anchor.of(document, s) for block in document.outline for s in sentences(document.text, block.words)]


EVERY = [anchor for record in founding_records() for anchor in anchors(record)]


def test_an_anchor_says_where_the_words_stand_and_what_stands_around_them() -> None:
    anchor = Anchor.parse(COMPACT_ABSENT)
    assert (anchor.document, anchor.span.of(APRIL.text)) == (APRIL.name, ABSENT)
    full = Anchor.of(APRIL, anchor.span).full
    assert full == {
        "anchor": COMPACT_ABSENT,
        "document": "2020-04-30-g20-extraordinary-mic.txt",
        "publisher": "Ministry of Internal Affairs and Communications (MIC), Japan",
        "sha256": sha256_of(APRIL.text),
        "start": anchor.start,
        "end": anchor.end,
        "quote": ABSENT,
        "prefix": full["prefix"],
        "suffix": full["suffix"],
    }
    folded = " ".join(APRIL.text.split())
    assert f"{full['prefix']} {ABSENT} {full['suffix']}" in folded
    assert 16 < len(str(full["prefix"])) <= 32
    assert 16 < len(str(full["suffix"])) <= 32


def test_every_sentence_of_every_record_comes_back_from_both_forms() -> None:
    for anchor in EVERY:
        parsed = Anchor.parse(anchor.compact)
        assert (parsed.compact, parsed.fingerprint, parsed.span) == (anchor.compact, anchor.fingerprint, anchor.span)
        assert parsed.names(anchor.document)
        assert Anchor.from_full(anchor.full) == anchor


def test_the_compact_form_fits_in_a_footnote_and_needs_no_escape_in_a_url() -> None:
    lengths = [len(anchor.compact) for anchor in EVERY]
    assert (median(lengths) <= 130, max(lengths) <= 160) == (True, True)
    assert all(set(anchor.compact[5:]) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
               for anchor in EVERY)  # fmt: skip


@given(place=st.integers(0, len(COMPACT_ABSENT) - 1), other=st.characters(codec="ascii"))
def test_a_compact_anchor_with_one_other_character_is_refused(place: int, other: str) -> None:
    tampered = COMPACT_ABSENT[:place] + other + COMPACT_ABSENT[place + 1 :]
    if tampered != COMPACT_ABSENT:
        with pytest.raises(AnchorError):
            Anchor.parse(tampered)


@pytest.mark.parametrize(
    "broken", ["", "rap1:", COMPACT_ABSENT[:-1], COMPACT_ABSENT + "a", "rap2" + COMPACT_ABSENT[4:]]
)
def test_what_is_no_anchor_is_refused_in_one_line(broken: str) -> None:
    with pytest.raises(AnchorError, match=r"^'[^\n]*'?: (no anchor; one begins with rap1: and is copied whole)$"):
        Anchor.parse(broken)


def test_anchors_are_found_in_running_text() -> None:
    note = f"See {COMPACT_ABSENT}. And ({EVERY[-1].compact})."
    assert [found.group() for found in COMPACT.finditer(note)] == [COMPACT_ABSENT, EVERY[-1].compact]


def test_a_full_anchor_with_another_word_or_place_is_refused() -> None:
    full = Anchor.of(APRIL, Anchor.parse(COMPACT_ABSENT).span).full
    for change in ({"quote": "Of the G20"}, {"start": 3}, {"sha256": "0" * 64}, {"document": "a.txt"}, {"quote": 7}):
        with pytest.raises(AnchorError):
            Anchor.from_full({**full, **change})
    with pytest.raises(AnchorError, match="needs the field 'quote'"):
        Anchor.from_full({key: value for key, value in full.items() if key != "quote"})


def test_other_words_are_not_taken_for_the_anchors_own() -> None:
    anchor = Anchor.parse(COMPACT_ABSENT)
    assert replace(anchor, quote=ABSENT.replace(" ", "\n")).quote is not None
    with pytest.raises(ValueError, match="is of other words"):
        replace(anchor, quote=ABSENT.replace("absent", "present"))


def test_a_long_or_foreign_name_is_shortened_and_still_known() -> None:
    for name in ("会議の記録.txt", "a" * 200 + ".txt", "talks in May.md"):
        anchor = Anchor.of(texts.document("Words.", name), Span(0, 6))
        parsed = Anchor.parse(anchor.compact)
        assert parsed.names(name)
        assert not parsed.names("other.txt")
        assert len(parsed.document) <= 36
        assert shorten_name(parsed.document) == parsed.document


def test_a_range_without_words_has_no_anchor() -> None:
    document = texts.document("One.   Two.")
    for span in (Span(4, 7), Span(0, 12)):
        with pytest.raises(ValueError, match="holds no words to anchor"):
            Anchor.of(document, span)


@settings(deadline=None)  # a language model is loaded for one of them
@given(texts.texts, st.data())
def test_every_range_of_every_text_comes_back(text: str, drawn: st.DataObject) -> None:
    document = texts.document(text)
    start = drawn.draw(st.integers(0, len(text) - 1))
    span = Span(start, drawn.draw(st.integers(start + 1, len(text))))
    if span.of(text).strip():
        anchor = Anchor.of(document, span)
        assert Anchor.parse(anchor.compact).compact == anchor.compact
        assert Anchor.from_full(anchor.full) == anchor


def test_another_passage_size_and_another_model_give_the_same_anchors(tmp_path: Path) -> None:
    found: list[dict[str, str]] = []
    for name, size in (("one model", 200), ("another model", 2000)):
        settings = Settings(library=tmp_path / name, passage_characters=size)
        library = open_library(settings=settings, encoder=WordCounts(name))
        with library.snapshot() as view:
            documents = view.documents
            passages = sum(len(view.passages_of(document)) for document in documents)
        reply = Assistant(library).ask("Who was absent from the G20 meeting of April 2020?").reply
        assert isinstance(reply, Answer)
        cited = {citation.anchor: citation.quote for citation in reply.citations}
        assert ABSENT in cited.values()
        assert cited.items() <= {anchor.compact: anchor.quote for anchor in EVERY}.items()
        found.append({anchor.compact: f"{passages}" for document in documents for anchor in anchors(document)})
    assert list(found[0]) == list(found[1])
    assert set(found[0]) == {anchor.compact for anchor in EVERY}
    assert set(found[0].values()) != set(found[1].values())  # the passages did differ

"""An anchor finds its words wherever they are now, and changed words are never reported as the same."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations.anchor import Anchor
from assistant.citations.folded_text import folded as fold
from assistant.citations.resolve import DiffKind, DiffPart, Resolution, State, resolve
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.reading import document_from, founding_records
from corpus.span import Span

TEXT = """Talks in Trieste

Ministers met on 5 August. They agreed on 12 actions for schools.

Ministers met on 5 August. 参加国は12か国であった。次回は東京で開催する。

The panel did not vote."""


def document(text: str) -> Document:
    return document_from(text, "talks.txt", "text/plain")


def anchor(words: str, text: str = TEXT, nth: int = 0) -> Anchor:
    start = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    return Anchor.of(document(text), Span(start, start + len(words)))


def both(anchor: Anchor, text: str) -> Resolution:
    """Return the resolution of both forms of an anchor, which must agree on state and span."""
    whole = resolve(Anchor.from_full(anchor.full), document(text))
    compact = resolve(Anchor.parse(anchor.compact), document(text))
    assert (compact.state, compact.span) == (whole.state, whole.span)
    return whole


def test_the_cited_document_has_the_same_words_in_the_same_place() -> None:
    found = anchor("They agreed on 12 actions for schools.")
    assert both(found, TEXT) == Resolution(State.SAME, found.span)


def test_a_change_elsewhere_behind_the_words_leaves_them_the_same() -> None:
    found = anchor("They agreed on 12 actions for schools.")
    assert both(found, TEXT + " More.") == Resolution(State.SAME, found.span)


def test_words_behind_a_new_paragraph_have_moved() -> None:
    found = anchor("They agreed on 12 actions for schools.")
    assert both(found, "New.\n\n" + TEXT) == Resolution(State.MOVED, Span(found.start + 6, found.end + 6))


def test_other_line_breaks_change_no_words_but_a_new_paragraph_does() -> None:
    found = anchor("They agreed on 12 actions for schools.")
    wrapped = TEXT.replace("12 actions", "12\r\n    actions")
    assert both(found, wrapped) == Resolution(State.MOVED, Span(found.start, found.end + 5))
    assert both(found, TEXT.replace("12 actions", "12\n\nactions")).state is State.CHANGED


def test_what_stands_around_decides_between_the_same_words() -> None:
    for nth in (0, 1):
        found = anchor("Ministers met on 5 August.", nth=nth)
        shift = len("Ministers met on 5 August. Not here.\n\n")
        moved = both(found, "Ministers met on 5 August. Not here.\n\n" + TEXT)
        assert moved == Resolution(State.MOVED, Span(found.start + shift, found.end + shift))


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("12 actions", "13 actions", [(DiffKind.REMOVED, "12"), (DiffKind.ADDED, "13")]),
        ("They agreed", "They have not agreed", [(DiffKind.ADDED, "have not")]),
        ("12 actions for", "12 for", [(DiffKind.REMOVED, "actions")]),
        ("They", "We", [(DiffKind.REMOVED, "They"), (DiffKind.ADDED, "We")]),
        ("schools.", "schools?", [(DiffKind.REMOVED, "."), (DiffKind.ADDED, "?")]),
        ("They", "Hardly-They", [(DiffKind.ADDED, "Hardly-")]),
    ],
)
def test_a_changed_word_is_shown(old: str, new: str, pieces: list[tuple[DiffKind, str]]) -> None:
    found = resolve(anchor("They agreed on 12 actions for schools."), document(TEXT.replace(old, new)))
    assert found.state is State.CHANGED
    assert found.span is not None
    expected = "They agreed on 12 actions for schools.".replace(old, new)
    assert found.span.of(TEXT.replace(old, new)) == expected
    assert [(piece.change, piece.words) for piece in found.difference if piece.change is not DiffKind.KEPT] == pieces


def test_without_its_words_an_anchor_shows_where_they_changed() -> None:
    compact = Anchor.parse(anchor("They agreed on 12 actions for schools.").compact)
    found = resolve(compact, document(TEXT.replace("12 actions", "13 actions")))
    assert found.difference == (
        DiffPart(DiffKind.KEPT, "They agreed on"),
        DiffPart(DiffKind.REMOVED, "…"),
        DiffPart(DiffKind.ADDED, "13"),
        DiffPart(DiffKind.KEPT, "actions for schools."),
    )


def test_japanese_words_are_compared_character_by_character() -> None:
    changed = TEXT.replace("12か国であった", "11か国であった")
    found = resolve(anchor("参加国は12か国であった。"), document(changed))
    assert (found.state, found.span and found.span.of(changed)) == (State.CHANGED, "参加国は11か国であった。")
    assert [piece.words for piece in found.difference] == ["参加国は", "12", "11", "か国であった。"]


@pytest.mark.parametrize(
    ("quote", "old", "new"),
    [
        ("12 actions", "12 actions", "112 actions"),
        ("12 actions", "12 actions", "1.12 actions"),
        ("for schools", "schools", "schoolsmen"),
        ("on 12", "12 actions", "12.5 actions"),
        ("on 12", "12 actions", "12,000 actions"),
        ("agreed on 12", "agreed", "non-agreed"),
        ("国は12か国", "国は12か国", "非国は12か国"),
        ("Trieste", "Trieste", "Trieste's"),
    ],
)
def test_a_part_of_another_word_is_not_the_word(quote: str, old: str, new: str) -> None:
    found = anchor(quote)
    for form in (found, Anchor.parse(found.compact)):
        assert resolve(form, document(TEXT.replace(old, new, 1))).state in (State.CHANGED, State.GONE)


def test_words_that_left_are_gone() -> None:
    found = anchor("The panel did not vote.")
    assert both(found, TEXT.removesuffix("The panel did not vote.")) == Resolution(State.GONE)
    assert both(found, "会議") == Resolution(State.GONE)


def test_marked_text_that_cuts_words_is_found_again() -> None:
    for quote in ("inisters met on 5 Augus", "reed on 1", "加国は", "t"):
        found = anchor(quote)
        assert both(found, TEXT) == Resolution(State.SAME, found.span)
        moved = both(found, "New.\n\n" + TEXT)
        assert moved == Resolution(State.MOVED, Span(found.start + 6, found.end + 6))


@dataclass(frozen=True)
class Version:
    """A later version of a record: its text, and where each sentence stands in it, None for an edited one."""

    text: str
    places: dict[Span, Span | None]


_WORDS = st.lists(
    st.sampled_from("not 7 the Ministers 会議 agreed G20 2021 on and , .".split()), min_size=1, max_size=12
)
_EDITS = st.sampled_from(("digit", "remove", "insert", "replace", "glue"))


@st.composite
def versions(draw: st.DrawFn, record: Document) -> Version:
    """Paragraphs of a record deleted, put in and edited, up to six of each."""
    blocks = range(len(record.outline))
    some = st.sets(st.sampled_from(blocks), max_size=6)
    deleted, edited, behind = draw(some), draw(some), draw(some)
    parts: list[str] = []
    places: dict[Span, Span | None] = {}
    last = 0
    for number, block in enumerate(record.outline):
        if number in deleted - edited:
            parts.append("\n")
            last = block.span.end
            continue
        parts.append(record.text[last : block.words.start])
        inside = sentences(record.text, block.words)
        changed = draw(st.sampled_from(inside)) if number in edited else None
        last = block.words.start
        for sentence in inside:
            parts.append(record.text[last : sentence.start])
            words = sentence.of(record.text)
            start = sum(map(len, parts))
            if sentence == changed:
                words = draw(edits(words))
                places[sentence] = None
            else:
                places[sentence] = Span(start, start + len(words))
            parts.append(words)
            last = sentence.end
        parts.append(record.text[last : block.span.end])
        last = block.span.end
        if number in behind:
            parts.append("\n\n" + " ".join(draw(_WORDS)) + "\n\n")
    return Version("".join([*parts, record.text[last:]]), places)


@st.composite
def edits(draw: st.DrawFn, words: str) -> str:
    """A sentence with a word inside it removed, put in, replaced, given another digit or made part of a longer one."""
    found = list(re.finditer(r"\w+", words)) or list(re.finditer(r"\S", words))
    word = draw(st.sampled_from(found))
    kind = draw(_EDITS)
    start, end = word.span()
    if kind == "glue":
        return f"1{words}" if words[0].isalnum() else words[:start] + "非" + words[start:]
    if kind == "remove" and len(found) > 1:
        return words[:start] + words[end:]
    if kind == "insert" and start:
        return f"{words[:start]}not {words[start:]}"
    if kind == "digit" and (digit := re.search(r"\d", words)):
        return words[: digit.start()] + str((int(digit.group()) + 1) % 10) + words[digit.end() :]
    return words[:start] + "Elsewhere7" + words[end:]


def check(record: Document, version: Version) -> None:
    """Hold a version to its record: each untouched sentence is at its place, no edited one is called the same."""
    later = document_from(version.text, record.name, "text/plain")
    folded, folded_text = " ".join(version.text.split()), fold(version.text)
    for sentence, place in version.places.items():
        whole = Anchor.of(record, sentence)
        for form in (whole, Anchor.parse(whole.compact)):
            found = resolve(form, later)
            if place is not None and found.span != place:
                # Only where the words stand several times and both neighbours of these are gone.
                assert found.state in (State.SAME, State.MOVED)
                assert REPEATED[record.name][" ".join(sentence.of(record.text).split())] > 1
                assert not form.fingerprint.neighbours_at(folded_text, folded_text.place(place.start))
            elif place is not None:
                assert found.state is (State.SAME if place == sentence else State.MOVED)
            elif found.state is State.MOVED:  # its words stand elsewhere too, and nothing is left at the old place
                assert found.span is not None
                assert folded.count(" ".join(sentence.of(record.text).split())) > 0
                assert " ".join(found.span.of(version.text).split()) == " ".join(sentence.of(record.text).split())
                assert REPEATED[record.name][" ".join(sentence.of(record.text).split())] > 1
            else:
                assert found.state in (State.CHANGED, State.GONE)


def repeated(record: Document) -> Counter[str]:
    """Count how often a record has the words of each of its sentences."""
    folded = " ".join(record.text.split())
    quotes = {" ".join(s.of(record.text).split()) for b in record.outline for s in sentences(record.text, b.words)}
    return Counter({quote: folded.count(quote) for quote in quotes})


REPEATED = {record.name: repeated(record) for record in founding_records()}


@pytest.mark.parametrize("number", range(5))
@settings(max_examples=5, deadline=None)
@given(drawn=st.data())
def test_untouched_quotes_are_found_and_edited_ones_never_called_the_same(number: int, drawn: st.DataObject) -> None:
    record = founding_records()[number]
    check(record, drawn.draw(versions(record)))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
@settings(max_examples=200, deadline=None)
@given(drawn=st.data())
def test_the_same_holds_for_many_versions(number: int, drawn: st.DataObject) -> None:
    record = founding_records()[number]
    check(record, drawn.draw(versions(record)))

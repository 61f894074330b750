"""Edit the evidence list: order, notes, removal, undo, restarts, changed documents, simultaneous writers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.citations.citation import Citation
from assistant.citations.resolve import State
from assistant.evidence.evidence_list import LONGEST_NOTE, EvidenceItem, EvidenceList, EvidenceRefused
from assistant.export import ExportRefused
from assistant.export.report import report_of_evidence
from corpus.document import Document
from corpus.span import Span
from index.library import Library, open_library
from support.generated_texts import document
from support.word_counts import WordCounts

MINUTES = "# Talks in Oslo\n\nFour members came.\n\nThe panel met for 3 days.\n\nNothing was agreed on trade.\n"
SENTENCES = ("Four members came.", "The panel met for 3 days.", "Nothing was agreed on trade.")


def opened(folder: Path) -> Library:
    return open_library(folder, encoder=WordCounts(), founding=False)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    held = opened(tmp_path / "kept")
    held.add(minutes())
    return held


@pytest.fixture
def three(library: Library) -> EvidenceList:
    kept = EvidenceList(library)
    for words in SENTENCES:
        kept.add(cited(library, words))
    return kept


def minutes(text: str = MINUTES) -> Document:
    return document(text, "minutes.txt", "/reports/minutes.txt")


def cited(library: Library, words: str, name: str = "minutes.txt") -> Citation:
    found = library.document(name)
    start = found.text.index(words)
    return Citation(found, Span(start, start + len(words)), ("Talks in Oslo",))


def quotes(kept: EvidenceList) -> list[str]:
    return [item.quote for item in kept.items()]


def item(kept: EvidenceList, words: str) -> EvidenceItem:
    return next(found for found in kept.items() if found.quote == words)


def test_items_stand_in_the_order_in_which_they_were_added(three: EvidenceList) -> None:
    assert quotes(three) == list(SENTENCES)
    assert three.count() == 3
    first = three.items()[0]
    assert (first.section, first.note, first.heading, first.trouble) == (("Talks in Oslo",), "", "", "")
    assert first.citation == cited(three._library, SENTENCES[0])


def test_the_same_words_are_kept_once(library: Library, three: EvidenceList) -> None:
    assert three.add(cited(library, SENTENCES[1])) == three.items()[1].id
    assert quotes(three) == list(SENTENCES)


def test_everything_is_there_after_a_restart(three: EvidenceList, tmp_path: Path) -> None:
    three.note(three.items()[1].id, "Only 3?\nAsk Oslo.")
    three.heading(three.items()[1].id, "  How\nlong ")
    three.move(three.items()[2].id, -2)
    before = three.items()
    after = EvidenceList(opened(tmp_path / "kept")).items()
    assert after == before
    assert [(i.quote, i.note, i.heading) for i in after] == [
        (SENTENCES[2], "", ""),
        (SENTENCES[0], "", ""),
        (SENTENCES[1], "Only 3?\nAsk Oslo.", "How long"),
    ]


@pytest.mark.parametrize(
    ("which", "by", "order"),
    [
        (0, 1, [1, 0, 2]),
        (0, 2, [1, 2, 0]),
        (0, 9, [1, 2, 0]),
        (2, -1, [0, 2, 1]),
        (2, -9, [2, 0, 1]),
        (1, 0, [0, 1, 2]),
    ],
)
def test_an_item_is_moved(three: EvidenceList, which: int, by: int, order: list[int]) -> None:
    three.move(three.items()[which].id, by)
    assert quotes(three) == [SENTENCES[i] for i in order]


def test_what_was_removed_comes_back_where_it_was_with_its_note(three: EvidenceList) -> None:
    three.note(three.items()[1].id, "a note")
    three.remove(three.items()[1].id)
    assert (quotes(three), three.removed()) == ([SENTENCES[0], SENTENCES[2]], (SENTENCES[1],))
    three.undo()
    assert [(i.quote, i.note) for i in three.items()] == list(zip(SENTENCES, ["", "a note", ""], strict=True))
    assert (three.undo(), three.removed()) == ((), ())


def test_each_removal_is_taken_back_by_itself_the_last_one_first(three: EvidenceList) -> None:
    first, second, third = three.items()
    three.remove(first.id)
    three.remove(second.id, third.id)
    assert quotes(three) == []
    assert three.undo() == (second.id, third.id)
    assert three.undo() == (first.id,)
    assert quotes(three) == list(SENTENCES)


def test_a_removed_item_that_is_added_again_has_its_note_and_is_not_there_twice(
    library: Library, three: EvidenceList
) -> None:
    three.note(three.items()[0].id, "a note")
    three.remove(three.items()[0].id)
    three.add(cited(library, SENTENCES[0]))
    assert (quotes(three), three.items()[2].note) == ([*SENTENCES[1:], SENTENCES[0]], "a note")
    assert three.undo() == ()


def test_of_the_removals_the_last_twenty_are_kept(library: Library) -> None:
    words = " ".join(f"Item {n} was said." for n in range(25))
    library.add(document(words, "long.txt", "/reports/long.txt"))
    kept = EvidenceList(library)
    for number in range(25):
        kept.add(cited(library, f"Item {number} was said.", "long.txt"))
    for found in kept.items():
        kept.remove(found.id)
    while kept.undo():
        pass
    assert quotes(kept) == [f"Item {number} was said." for number in range(5, 25)]


@pytest.mark.parametrize("change", ["remove", "move", "note", "heading"])
def test_an_item_that_is_not_there_is_refused_and_nothing_changes(three: EvidenceList, change: str) -> None:
    there, gone = three.items()[0].id, three.items()[2].id
    three.remove(gone)
    given = {"remove": (there, gone), "move": (gone, 1), "note": (gone, "x"), "heading": (gone, "x")}[change]
    with pytest.raises(EvidenceRefused, match="no longer in the evidence list"):
        getattr(three, change)(*given)
    assert quotes(three) == list(SENTENCES[:2])


def test_a_note_that_is_too_long_is_refused_with_both_numbers(three: EvidenceList) -> None:
    with pytest.raises(EvidenceRefused, match="5,001 characters; 5,000 are the most"):
        three.note(three.items()[0].id, "x" * (LONGEST_NOTE + 1))


def test_half_a_character_in_a_note_does_no_harm(three: EvidenceList) -> None:
    three.note(three.items()[0].id, "a\ud800b")
    assert three.items()[0].note == "a?b"


# Documents that go or change.


def test_an_item_whose_document_is_removed_stays_and_says_so(library: Library, three: EvidenceList) -> None:
    library.remove("minutes.txt")
    assert quotes(three) == list(SENTENCES)
    gone = three.items()[0]
    assert (gone.citation, gone.resolution.state, gone.document) == (None, State.GONE, None)
    assert gone.trouble.startswith("minutes.txt is no longer in the library")


def test_a_new_version_tells_same_moved_changed_and_gone(library: Library, three: EvidenceList) -> None:
    added = library.add(minutes("# Talks in Oslo\n\nA new line.\n\nFour members came.\n\nThe panel met for 4 days.\n"))
    assert added.outcome == "replaced"
    assert [i.resolution.state for i in three.items()] == [State.MOVED, State.CHANGED, State.GONE]
    moved, changed, gone = three.items()
    assert moved.citation is not None
    assert (moved.citation.quote, moved.trouble) == (SENTENCES[0], "")
    assert (changed.citation, "“The panel met for 4 days”." in changed.trouble) == (None, True)
    assert (gone.citation, "stand there no more" in gone.trouble) == (None, True)
    assert quotes(three) == list(SENTENCES)


def test_the_cited_text_is_found_under_another_name(library: Library, three: EvidenceList) -> None:
    library.remove("minutes.txt")
    library.add(replace(minutes(), name="oslo.txt"))
    assert [i.citation.document.name if i.citation else "" for i in three.items()] == ["oslo.txt"] * 3


def test_the_items_of_a_record_are_those_of_its_text_or_of_its_name(library: Library, three: EvidenceList) -> None:
    library.add(document("# Talks in Rome\n\nFive members came.\n", "rome.txt", "/reports/rome.txt"))
    three.add(cited(library, "Five members came.", "rome.txt"))
    renamed = replace(minutes(), name="oslo.txt")
    for one in (minutes(), renamed, minutes("# Another text\n\nNobody came.\n")):
        assert len(three.items_of(one)) == len(SENTENCES)


# The report that is exported.


def test_the_report_has_the_order_the_notes_and_the_headings(three: EvidenceList) -> None:
    three.note(three.items()[2].id, "so what")
    three.heading(three.items()[2].id, "Results")
    three.move(three.items()[2].id, -2)
    report = report_of_evidence(three.items(), date(2026, 11, 21))
    assert [(i.citation.quote, i.note, i.heading) for i in report.items] == [
        (SENTENCES[2], "so what", "Results"),
        (SENTENCES[0], "", ""),
        (SENTENCES[1], "", ""),
    ]
    assert report.sections[0].remarks == ()


def test_changed_words_are_a_remark_and_their_heading_passes_to_the_next(library: Library, three: EvidenceList) -> None:
    three.heading(three.items()[1].id, "How long")
    three.move(three.items()[1].id, -1)
    library.add(minutes(MINUTES.replace("3 days", "4 days")))
    report = report_of_evidence(three.items(), date(2026, 11, 21))
    assert [(i.citation.quote, i.heading) for i in report.items] == [(SENTENCES[0], "How long"), (SENTENCES[2], "")]
    (remark,) = report.sections[0].remarks
    assert remark.startswith("Not cited: “The panel met for 3 days.”")
    assert "4 days" in remark


def test_an_empty_list_is_not_exported(library: Library) -> None:
    with pytest.raises(ExportRefused, match="the evidence list is empty"):
        report_of_evidence(EvidenceList(library).items(), date(2026, 11, 21))


# Writers at the same time, and older files.


def test_two_writers_lose_nothing_of_each_other(library: Library, tmp_path: Path) -> None:
    words = " ".join(f"Item {n} was said." for n in range(40))
    library.add(document(words, "long.txt", "/reports/long.txt"))
    citations = [cited(library, f"Item {n} was said.", "long.txt") for n in range(40)]

    def add(half: list[Citation]) -> None:
        kept = EvidenceList(opened(tmp_path / "kept"))
        for citation in half:
            kept.note(kept.add(citation), citation.quote)

    with ThreadPoolExecutor(2) as writers:
        list(writers.map(add, (citations[::2], citations[1::2])))
    items = EvidenceList(library).items()
    assert {i.quote for i in items} == {c.quote for c in citations}
    assert all(i.note == i.quote for i in items)

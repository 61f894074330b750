"""A document that is nearly the same as another is reported when it is added."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.reading import founding_records
from index.library import Library, open_library
from index.values import NearDuplicate
from support.generated_texts import document
from support.word_counts import WordCounts

METI, MIC = founding_records()[2:4]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("near") / "library", encoder=WordCounts())


FOOTER = "\n\nShare this page with others by mail or print it. Subscribe to our letters and hear of new releases first."


def copy_of(record: Document, behind: str = FOOTER, path: str | None = None) -> Document:
    return document(record.text + behind, "copy.txt", path)


def test_a_copy_with_another_footer_is_found(library: Library) -> None:
    found = library.near_duplicate(copy_of(METI))
    assert found is not None
    assert found.name == METI.name
    assert 0.9 < found.share < 1
    assert str(found) == f"nearly the same as {METI.name} ({int(100 * found.share)} % of its text)"


def test_an_excerpt_is_found_in_the_record_that_holds_it(library: Library) -> None:
    half = document(MIC.text[: len(MIC.text) // 2], "half.txt")
    assert library.near_duplicate(half) == NearDuplicate(MIC.name, 1.0)


def test_another_account_of_the_same_meeting_is_no_copy(tmp_path: Path) -> None:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(METI)
    assert held.near_duplicate(MIC) is None


def test_a_document_is_no_copy_of_itself(library: Library) -> None:
    assert [library.near_duplicate(record) for record in founding_records()] == [None] * 5


def test_a_new_version_is_no_copy_of_the_one_before(tmp_path: Path) -> None:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(copy_of(METI, path="/records/copy.txt"))
    new = copy_of(METI, "\n\nUpdated.", "/records/copy.txt")
    assert held.near_duplicate(new) is None
    held.add(new)
    assert held.near_duplicate(new) is None


def test_of_two_copies_the_nearer_is_named(tmp_path: Path) -> None:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    cut = METI.text[: int(len(METI.text) * 0.9)]
    for name, text in (("a.txt", cut), ("b.txt", METI.text)):
        held.add(document(text, name))
    found = held.near_duplicate(copy_of(METI))
    assert found is not None
    assert found.name == "b.txt"


def test_japanese_copies_are_found(tmp_path: Path) -> None:
    text = "\n\n".join(
        f"第{i}回の会合では、各国の閣僚が参加し、信頼性のある自由なデータ流通の第{i}の課題について議論した。"
        for i in range(1, 9)
    )
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(document(text, "会合.md"))
    found = held.near_duplicate(document(f"{text}\n\nこのページの先頭へ", "写し.md"))
    assert found is not None
    assert found.name == "会合.md"


@pytest.mark.parametrize("text", ["Short.", "* * *", '"AND" OR NEAR(words) - ^ "x', "a b c d e f g h i j k l m n o p"])
def test_any_text_may_be_asked_for(library: Library, text: str) -> None:
    assert library.near_duplicate(document(text, "a.txt")) is None


def test_a_name_is_shown_escaped() -> None:
    assert str(NearDuplicate("a\x1b[31m\n.txt", 0.9)) == "nearly the same as a\\x1b[31m\\n.txt (90 % of its text)"


def test_what_was_removed_is_no_longer_named(tmp_path: Path) -> None:
    held = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    held.add(METI)
    copy = copy_of(METI)
    assert held.near_duplicate(copy) is not None
    held.remove(METI.name)
    assert held.near_duplicate(copy) is None

"""Keep what was derived from a document, and drop what was used longest ago."""

from dataclasses import replace

from corpus.document import Document
from corpus.kept import kept, kept_by_object
from corpus.reading import document_from


def record(text: str) -> Document:
    return document_from(text, "a.txt", "text/plain")


def test_a_value_is_derived_once_until_others_take_its_room() -> None:
    derived: list[str] = []

    @kept(most=7, size=len)
    def text_of(document: Document) -> str:
        derived.append(document.text)
        return document.text

    one, two = record("One"), record("Two.")
    assert [text_of(one), text_of(two), text_of(one)] == ["One", "Two.", "One"]
    text_of(record("Six."))  # takes the room of the second, which was asked for before the first
    text_of(one)
    text_of(two)
    assert derived == ["One", "Two.", "Six.", "Two."]


def test_a_document_with_a_corrected_title_has_a_value_of_its_own() -> None:
    @kept(most=2)
    def title_of(document: Document) -> str:
        return document.title

    owls = record("# Owls\n\nThey met.")
    assert [title_of(owls), title_of(replace(owls, title="Hawks"))] == ["Owls", "Hawks"]


def test_a_value_of_an_object_is_kept_for_that_very_object() -> None:
    derived: list[str] = []

    @kept_by_object(most=2)
    def name_of(document: Document) -> str:
        derived.append(document.name)
        return document.name

    owls = record("Owls met.")
    renamed = replace(owls, name="b.txt")
    assert [name_of(owls), name_of(renamed), name_of(owls)] == ["a.txt", "b.txt", "a.txt"]
    assert derived == ["a.txt", "b.txt"]
    name_of(record("Hawks met."))  # takes the room of the renamed one
    name_of(owls)
    name_of(renamed)
    assert derived == ["a.txt", "b.txt", "a.txt", "b.txt"]


def test_further_arguments_of_a_kept_value_are_passed_on_once() -> None:
    derived: list[int] = []

    @kept_by_object(most=2)
    def words_of(document: Document, most: int) -> str:
        derived.append(most)
        return document.text[:most]

    owls = record("Owls met.")
    assert [words_of(owls, 4), words_of(owls, 4), derived] == ["Owls", "Owls", [4]]

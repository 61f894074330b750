"""Keep passages in memory, and never return those of a document with other facts."""

from dataclasses import replace

from corpus.document import Document
from corpus.passages import Passage, split
from corpus.reading import document_from
from index.search.read_passages import ReadPassages, _Some


def test_the_passages_of_a_document_are_read_once_and_of_a_renamed_one_again() -> None:
    owls = document_from("# Owls\n\nThey met.", "a.txt", "text/plain")
    renamed = replace(owls, name="b.txt")
    read: list[str] = []

    def passages(document: Document) -> list[tuple[int, Passage]]:
        read.append(document.name)
        return list(enumerate(split(document, 100)))

    kept = ReadPassages()
    for document in (owls, owls, renamed, owls):
        found = kept.of_document(document, lambda document=document: passages(document))  # type: ignore[misc]
        assert {passage.document.name for _, passage in found} == {document.name}
    assert read == ["a.txt", "b.txt"]


def test_all_are_forgotten_when_there_are_too_many() -> None:
    kept: _Some[int, str] = _Some(2)
    assert [kept.get(number, lambda number=number: f"{number}") for number in (1, 2, 1, 3)] == ["1", "2", "1", "3"]  # type: ignore[misc]
    assert [kept.get(number, lambda: "again") for number in (3, 1)] == ["3", "again"]

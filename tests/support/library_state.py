"""Read a library through its protocol, to compare it with another: its searches and the names of its documents."""

from pathlib import Path

from corpus.document import Document
from index.library import Library
from index.search.hybrid import hybrid_search
from support.generated_texts import document

_QUESTIONS = (
    "data flow with trust",
    "Who attended the meeting in Trieste?",
    "smart cities",
    "大臣会合 デジタル",
    "agreed",
)


def searched(library: Library) -> list[list[tuple[object, ...]]]:
    """Return all values of some searches but the ids of passages."""
    with library.snapshot() as view:
        found = [hybrid_search(view, question, library.encoder.encode_query(question), 20) for question in _QUESTIONS]
    return [[(h.passage.document.name, h.passage.span, h.score, h.dense, h.lexical) for h in hits] for hits in found]


def names(library: Library) -> list[str]:
    """Return the names of the documents, sorted."""
    return sorted(found.name for found in library.documents())


def file_document(path: str, text: str) -> Document:
    """Return a document as it is read from this file."""
    return document(text, Path(path).name, path)

"""The library's table: one row of plain values for each record, which the page's script sorts, filters and shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.page.escaping import plain
from assistant.page.places import Place
from corpus.document import Document
from index.errors import LibraryError
from index.library import Library

UPLOADED = "upload:"

Row = dict[str, Any]


def rows(library: Library) -> list[Row]:
    """All records of the library, founding records included.

    Raises:
        LibraryError: the library cannot be read.
    """
    passages = passages_of(library)
    return [row(document, passages.get(document.name, 0)) for document in library.documents()]


def row(document: Document, passages: int) -> Row:
    """What the table shows of a record. Every value is text to be shown as text, a number, or null."""
    meeting = document.meeting
    words = {
        "name": document.name,
        "title": document.title,
        "publisher": document.publisher or "",
        "forum": meeting.forum or "",
        "days": meeting.days,
        "place": meeting.place or "",
        "state": _state(document),
    }
    return {
        **{name: plain(value) for name, value in words.items()},
        "id": Place(document).name,
        "published": document.published.isoformat() if document.published else "",
        "first_day": meeting.first_day.isoformat() if meeting.first_day else "",
        "pages": len(document.pages) or None,
        "passages": passages,
        "warnings": [plain(warning) for warning in document.warnings],
        "original": document.source.file_sha256 is not None,
    }


def passages_of(library: Library) -> Mapping[str, int]:
    """How many passages each document has, by its name.

    Raises:
        LibraryError: the library cannot be read.
    """
    with library.reading() as connection:
        counted = connection.execute(
            "SELECT name, (SELECT count(*) FROM passages WHERE document = documents.id) FROM documents"
        ).fetchall()
    return dict(counted)


def chosen(library: Library, ids: Iterable[str]) -> list[Document]:
    """The records of these names of places, as the table has them.

    Raises:
        LibraryError: one of them is not in the library; the message is for the user.
    """
    known = {Place(document).name: document for document in library.documents()}
    wanted = list(dict.fromkeys(ids))
    if any(id_ not in known for id_ in wanted):
        raise LibraryError("A record is no longer in the library, or has another text now. Look at the table again.")
    return [known[id_] for id_ in wanted]


def _state(document: Document) -> str:
    path = document.source.path
    came = "founding record" if path is None else "uploaded" if path.startswith(UPLOADED) else "from a file"
    return f"{came}, corrected" if any(origin == "you" for _, origin in document.origins) else came

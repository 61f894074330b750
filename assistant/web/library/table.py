"""The library's table: one row of plain values for each record, which the page's script sorts, filters and shows."""

from collections.abc import Iterable
from typing import Any

from assistant.web.escaping import plain
from index.errors import LibraryError
from index.library import Library
from index.values import DocumentSummary

# What is added in the page is known by this and the name that it was sent under; no path begins so.
UPLOADED = "upload:"
_DIGITS = 16  # of a text's identity, as in the names of places

Row = dict[str, Any]


def rows(library: Library) -> list[Row]:
    """All records of the library, founding records included.

    Raises:
        LibraryError: the library cannot be read.
    """
    return [row(record) for record in library.summaries()]


def row(record: DocumentSummary) -> Row:
    """What the table shows of a record. Every value is text to be shown as text, a number, or null."""
    meeting = record.meeting
    words = {
        "name": record.name,
        "title": record.title,
        "publisher": record.publisher or "",
        "forum": meeting.forum or "",
        "days": meeting.days,
        "place": meeting.place or "",
        "state": _state(record),
    }
    return {
        **{name: plain(value) for name, value in words.items()},
        "id": record.id[:_DIGITS],
        "published": record.published.isoformat() if record.published else "",
        "first_day": meeting.first_day.isoformat() if meeting.first_day else "",
        "pages": record.pages or None,
        "passages": record.passages,
        "warnings": [plain(warning) for warning in record.warnings],
        "original": record.has_original,
    }


def chosen(library: Library, ids: Iterable[str]) -> list[DocumentSummary]:
    """The records that a page names by the ids of its table, each once.

    Raises:
        LibraryError: one of them is not in the library; the message is for the user.
    """
    known = {record.id[:_DIGITS]: record for record in library.summaries()}
    wanted = list(dict.fromkeys(ids))
    if any(id_ not in known for id_ in wanted):
        raise LibraryError("A record is no longer in the library, or has another text now. Here is what it holds.")
    return [known[id_] for id_ in wanted]


def _state(record: DocumentSummary) -> str:
    path = record.path
    came = "founding record" if path is None else "uploaded" if path.startswith(UPLOADED) else "from a file"
    return f"{came}, corrected" if record.is_corrected else came

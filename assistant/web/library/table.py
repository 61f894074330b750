"""The library's table: one row of plain values for each record, which the page's script sorts, filters and shows."""

from collections.abc import Iterable
from typing import Any

from assistant.web.chat.source_links import ID_DIGITS
from assistant.web.escaping import visible_line
from index.errors import LibraryError
from index.library import Library
from index.values import DocumentSummary

# The stored path of an uploaded file is this and the name that it was sent under; no path begins so.
UPLOADED = "upload:"


def rows(library: Library) -> list[dict[str, Any]]:
    """Return a row for each record of the library, founding records included.

    Raises:
        LibraryError: the library cannot be read.
    """
    return [row(record) for record in library.summaries()]


def row(record: DocumentSummary) -> dict[str, Any]:
    """Return the values of a record's row: text to be shown as text, a number, or null."""
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
        **{name: visible_line(value) for name, value in words.items()},
        "id": record.id[:ID_DIGITS],
        "published": record.published.isoformat() if record.published else "",
        "first_day": meeting.first_day.isoformat() if meeting.first_day else "",
        "pages": record.pages or None,
        "passages": record.passages,
        "warnings": [visible_line(warning) for warning in record.warnings],
        "original": record.has_original,
    }


def select(library: Library, ids: Iterable[str]) -> list[DocumentSummary]:
    """Return the records that a page names by the ids of its table, each once.

    Raises:
        LibraryError: one of them is not in the library; the message is for the user.
    """
    known = {record.id[:ID_DIGITS]: record for record in library.summaries()}
    distinct = list(dict.fromkeys(ids))
    if any(id_ not in known for id_ in distinct):
        raise LibraryError("A record is no longer in the library, or has another text now. Here is what it holds.")
    return [known[id_] for id_ in distinct]


def _state(record: DocumentSummary) -> str:
    path = record.path
    origin = "founding record" if path is None else "uploaded" if path.startswith(UPLOADED) else "from a file"
    return f"{origin}, corrected" if record.is_corrected else origin

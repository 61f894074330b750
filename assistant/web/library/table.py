"""Rows of the library's table: the facts of each record as the page shows them."""

from typing import Any

from assistant.web.chat.source_links import ID_DIGITS
from assistant.web.escaping import visible_line
from assistant.web.language import days_text, text
from assistant.web.translated import translated
from corpus.discovery.source_file import UPLOAD
from index.library import Library
from index.values import DocumentSummary


def rows(library: Library) -> list[dict[str, Any]]:
    """Return a row for each record of the library, founding records included.

    Raises:
        LibraryError: the library cannot be read.
    """
    return [_row(record) for record in library.summaries()]


def _row(record: DocumentSummary) -> dict[str, Any]:
    """Return the values of a record's row: text to be shown as text, a number, or null."""
    meeting = record.meeting
    words = {
        "name": record.name,
        "title": record.title,
        "publisher": record.publisher or "",
        "forum": meeting.forum or "",
        "days": days_text(meeting),
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
        "warnings": [visible_line(translated(warning)) for warning in record.warnings],
        "original": record.has_original,
        "private": record.is_private,
    }


def _state(record: DocumentSummary) -> str:
    path = record.path
    origin = "founding" if path is None else "uploaded" if path.startswith(UPLOAD) else "from_file"
    state = text(f"library.{origin}")
    state = text("library.corrected", state=state) if record.is_corrected else state
    return text("library.only_you", state=state) if record.is_private else state

"""The documents of a library without their texts, as a table shows them: a thousand cost a fraction of a second."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.document import Meeting
from index.errors import LibraryError
from index.store.library import Library
from index.store.rows import ORIGINAL

# The same names as in `index.store.schema`.
_ROWS = (
    "SELECT name, sha256, path, about, (SELECT count(*) FROM passages WHERE document = documents.id),"
    f" EXISTS (SELECT 1 FROM originals WHERE {ORIGINAL}),"
    " EXISTS (SELECT 1 FROM corrections WHERE source = coalesce(documents.path, documents.name))"
    " FROM documents ORDER BY name"
)


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document of a library.

    Attributes:
        name: its name in the library.
        id: the identity of its text, see `Document.id`.
        path: the file that it was added from; None for a founding record.
        title: see `Document`.
        publisher: see `Document`.
        published: see `Document`.
        meeting: see `Document`.
        pages: how many its file has; 0 for a file without pages.
        warnings: see `Document`.
        passages: how many are searched.
        has_original: whether its file is kept.
        is_corrected: whether the user has corrected a fact of it.
    """

    name: str
    id: str
    path: str | None
    title: str
    publisher: str | None
    published: date | None
    meeting: Meeting
    pages: int
    warnings: tuple[str, ...]
    passages: int
    has_original: bool
    is_corrected: bool


def list_documents(library: Library) -> list[DocumentSummary]:
    """All documents of a library, by name.

    Raises:
        LibraryError: the library cannot be read, or a document in it is damaged.
    """
    with library.reading() as connection:
        return [_listed(*row) for row in connection.execute(_ROWS)]


def _listed(
    name: str, sha256: str, path: str | None, about: str, passages: int, has_original: int, is_corrected: int
) -> DocumentSummary:
    try:
        facts = json.loads(about)
        return DocumentSummary(
            name=name,
            id=sha256,
            path=path,
            title=facts["title"],
            publisher=facts["publisher"],
            published=_day(facts["published"]),
            meeting=_meeting(facts["meeting"]),
            pages=len(facts.get("pages", ())),
            warnings=tuple(facts.get("warnings", ())),
            passages=passages,
            has_original=bool(has_original),
            is_corrected=bool(is_corrected),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"the library is damaged at {name!a} ({error}); restore it, or remove the document and add it again"
        ) from error


def _meeting(facts: dict[str, Any]) -> Meeting:
    return Meeting(**{**facts, "first_day": _day(facts["first_day"]), "last_day": _day(facts["last_day"])})


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None

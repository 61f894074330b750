"""The rules by which every storage names, finds, corrects and orders documents."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from corpus.discovery.source_file import UPLOAD
from corpus.document import Document
from corpus.errors import CorpusError, printable
from corpus.facts import correct_facts
from index.errors import UnknownDocument
from index.settings import MIB


def choose_document(name: str, matches: Iterable[Collection[int]]) -> int:
    """Return the id of the only document that a name stands for.

    Args:
        name: the name or path that the user gave.
        matches: the ids of the documents of this name; those known under it or its path; those known under it but for
            the suffix. The first that are not empty count.

    Raises:
        UnknownDocument: there is none, or several; the message says what to do.
    """
    ids = next(filter(None, matches), ())
    if len(ids) > 1:
        raise UnknownDocument(
            f"{printable(name)}: {len(ids)} documents have this name; give the whole one (rapporteur list)"
        )
    for identity in ids:
        return identity
    raise UnknownDocument(f"{printable(name)}: no such document in the library; rapporteur list names them all")


def unknown_text(sha256: str) -> UnknownDocument:
    """Return the error for a text that no document has."""
    return UnknownDocument(f"no document in the library has the text {sha256[:12]} any more; nothing was changed")


def unused_name(name: str, path: str | None, sha256: str, is_used: Callable[[str], bool]) -> str:
    """Return the name for a document: its file's, or the shortest ending of its path that no other document has."""
    parts = PurePath(path.replace(UPLOAD, "upload/", 1) if path.startswith(UPLOAD) else path).parts if path else (name,)
    endings = ["/".join(parts[-n:]).lstrip("/") for n in range(1, len(parts) + 1)]
    unused = (ending for ending in (name, *endings[1:]) if not is_used(ending))
    return next(unused, f"{endings[-1]} ({sha256[:12]})")


def with_file_hash(document: Document, original: bytes | None) -> Document:
    """Return the document with the hash of its file; without one where no file is kept.

    Raises:
        ValueError: the document has the hash of another file.
    """
    file_sha256 = None if original is None else hashlib.sha256(original).hexdigest()
    if file_sha256 and document.source.file_sha256 not in (None, file_sha256):
        raise ValueError(f"{document.name}: the file has the hash {file_sha256}, not {document.source.file_sha256}")
    return replace(document, source=replace(document.source, file_sha256=file_sha256))


def require_room(document: Document, own: int, others: int, most: int) -> None:
    """Refuse a private document that does not fit beside the others of its user; sizes are in bytes.

    Raises:
        CorpusError: it does not; the document alone is refused, not others that are added with it.
    """
    if own + others > most:
        raise CorpusError(
            f"{document.name}: your other private documents take {others / MIB:,.1f} of {most / MIB:,.0f} MB, and this"
            " one does not fit; remove some, or ask for a higher RAPPORTEUR_PRIVATE_MEGABYTES"
        )


def source_key(name: str, path: str | None) -> str:
    """Return the key of a document's corrections: its path, or its name where it has no file."""
    return path or name


def apply_corrections(document: Document, changes: Mapping[str, str]) -> tuple[Document, Document | None]:
    """Return a document with the user's corrections, and the document as it was read; None without corrections.

    Raises:
        CorpusError: a value is impossible, such as a day that does not exist.
    """
    return (correct_facts(document, changes), document) if changes else (document, None)


def day_and_name(document: Document) -> tuple[str, str]:
    """Return the sort key of `Library.documents`: the day of the meeting or publication, then the name."""
    day = document.meeting.first_day or document.published
    return (day.isoformat() if day else "9999", document.name)

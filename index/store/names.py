"""The names of documents: which document a name, a path or a text means, and what a newcomer is called."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import PurePath

from corpus.document import Document
from corpus.errors import printable
from index.errors import UnknownDocument

# Before the name of what was given to the page and has no place on this machine's disk.
UPLOAD = "upload:"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document that is to be added stands to the one of the library with the same text.

    Attributes:
        id: of the document with this text.
        name: its name.
        is_own: whether it was taken from the very file that is to be added.
        is_named: whether it is known under the name and path of that file.
    """

    id: int
    name: str
    is_own: bool
    is_named: bool


def standing(connection: sqlite3.Connection, document: Document) -> Standing | None:
    """The document that has this one's text; None where the text is new."""
    own = connection.execute("SELECT id, name, path FROM documents WHERE sha256 = ?", (document.id,)).fetchone()
    if own is None:
        return None
    identity, name, own_path = own
    path = document.source.path
    known = connection.execute("SELECT name, path FROM names WHERE document = ?", (identity,)).fetchall()
    is_named = (document.name, path) in known or (path is not None and path in (p for _, p in known))
    return Standing(int(identity), str(name), is_named and path == own_path, is_named)


def free_name(connection: sqlite3.Connection, name: str, path: str | None, sha256: str) -> str:
    """What a document is called: its file's name, or the shortest ending of its path that no other document has."""
    parts = PurePath(path.replace(UPLOAD, "upload/", 1) if path.startswith(UPLOAD) else path).parts if path else (name,)
    endings = ["/".join(parts[-n:]).lstrip("/") for n in range(1, len(parts) + 1)]
    for ending in [name, *endings[1:]]:
        if not connection.execute("SELECT 1 FROM documents WHERE name = ?", (ending,)).fetchone():
            return ending
    return f"{endings[-1]} ({sha256[:12]})"


def find(connection: sqlite3.Connection, name: str) -> int:
    """The id of the document with this name, known under it or its path, or with this name but for the suffix.

    Raises:
        UnknownDocument: there is none, or several; the message says what to do.
    """
    unknown = UnknownDocument(f"{printable(name)}: no such document in the library; rapporteur list names them all")
    if not is_storable(name):
        raise unknown
    for condition, values in (
        ("SELECT id FROM documents WHERE name = ?", (name,)),
        ("SELECT DISTINCT document FROM names WHERE name = ? OR path IN (?, ?)", (name, name, os.path.abspath(name))),
        ("SELECT DISTINCT document FROM names WHERE stem = ?", (name,)),
    ):
        found = connection.execute(condition, values).fetchall()
        if len(found) == 1:
            return int(found[0][0])
        if found:
            raise UnknownDocument(
                f"{printable(name)}: {len(found)} documents have this name; give the whole one (rapporteur list)"
            )
    raise unknown


def with_text(connection: sqlite3.Connection, sha256: str) -> int:
    """The id of the document with this text.

    Raises:
        UnknownDocument: there is none.
    """
    found = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    if found is None:
        raise UnknownDocument(f"no document in the library has the text {sha256[:12]} any more; nothing was changed")
    return int(found[0])


def is_storable(name: str) -> bool:
    """Return True if a name can be stored; one with half a character cannot."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # half a character, which no stored name holds
        return False
    return True

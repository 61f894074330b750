"""The evidence list: the quotations that a user has put aside for a report, kept in the library."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import Resolution, State, resolve
from corpus.document import Document
from index.errors import RapporteurError
from index.store.library import Library

MOST_ITEMS = 1_000
LONGEST_NOTE = 5_000
LONGEST_HEADING = 300
# How many removals can be taken back.
_REMOVALS = 20
_COLUMNS = "SELECT id, anchor, section, reference, note, heading FROM evidence"


class EvidenceRefused(RapporteurError):
    """The evidence list cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One quotation of the list, and what has become of it.

    Attributes:
        id: its own number, which no other item ever gets.
        anchor: the words and where they stood when they were added, in full.
        section: the headings above them then, highest first.
        reference: the source as a footnote named it then.
        note: what the user wrote beside them.
        heading: what stands above this item and those that follow; empty for none.
        document: the record with the text that was cited, else the one of its name now; None where neither is there.
        resolution: where the words stand in that record.
    """

    id: int
    anchor: Anchor
    section: tuple[str, ...]
    reference: str
    note: str
    heading: str
    document: Document | None
    resolution: Resolution

    @property
    def quote(self) -> str:
        """The words as they were when they were added."""
        return self.anchor.quote or ""

    @property
    def citation(self) -> Citation | None:
        """The very words in the library's record; None where they stand there no more."""
        if self.document is None or self.resolution.span is None or self.resolution.state is State.CHANGED:
            return None
        return Citation(self.document, self.resolution.span, self.section)

    @property
    def trouble(self) -> str:
        """Why it can no longer be cited, in a sentence; empty when it can."""
        if self.document is None:
            return f"{self.anchor.document} is no longer in the library; the quotation is as it was when it was added."
        if self.resolution.state is State.GONE:
            return f"{self.document.name} has another text now, and these words stand there no more."
        if self.resolution.state is State.CHANGED and self.resolution.span:
            now = " ".join(self.resolution.span.of(self.document.text).split())
            return f"{self.document.name} has another text now; in their place it says “{now.rstrip('.')}”."
        return ""


class EvidenceList:
    """The one evidence list of a library. Each change is a transaction, so two processes lose nothing of each other.

    Args:
        library: where it is kept.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def items(self) -> tuple[EvidenceItem, ...]:
        """The list in its order, each item looked up in the records as they are now."""
        return self._listed()

    def items_of(self, document: Document) -> tuple[EvidenceItem, ...]:
        """The items that were taken from this very text, or from a record of this name, in the order of the list."""
        return self._listed(
            "AND (json_extract(anchor, '$.sha256') = ? OR json_extract(anchor, '$.document') = ?)",
            (document.id, document.name),
        )

    def count(self) -> int:
        """How many items the list has."""
        with self._library.reading() as connection:
            return _count(connection)

    def add(self, citation: Citation) -> int:
        """Put a quotation at the end of the list and return its id; one that is there already stays where it is.

        One that was removed comes back with its note and heading.

        Raises:
            EvidenceRefused: the list is full.
            ValueError: there are no words in the citation.
        """
        anchor = Anchor.of(citation.document, citation.span)
        with self._library.writing() as connection:
            known = connection.execute(
                "SELECT id, removed FROM evidence WHERE json_extract(anchor, '$.anchor') = ?", (anchor.compact,)
            ).fetchone()
            if known and known[1] is None:
                return int(known[0])
            if _count(connection) >= MOST_ITEMS:
                raise EvidenceRefused(f"the evidence list has {MOST_ITEMS:,} quotations; export it and remove some")
            (last,) = connection.execute("SELECT coalesce(max(place), 0) FROM evidence").fetchone()
            if known:
                connection.execute("UPDATE evidence SET removed = NULL, place = ? WHERE id = ?", (last + 1, known[0]))
                return int(known[0])
            added = connection.execute(
                "INSERT INTO evidence (place, anchor, section, reference) VALUES (?, ?, ?, ?)",
                (last + 1, _json(anchor.full), _json(citation.section), citation.reference),
            ).lastrowid
        return int(added or 0)

    def remove(self, *ids: int) -> None:
        """Take items out of the list, all of them or none; `undo` puts them back together.

        Raises:
            EvidenceRefused: one is not in the list.
        """
        with self._library.writing() as connection:
            _all_there(connection, ids)
            (last,) = connection.execute("SELECT coalesce(max(removed), 0) FROM evidence").fetchone()
            connection.executemany("UPDATE evidence SET removed = ? WHERE id = ?", [(last + 1, id_) for id_ in ids])
            connection.execute("DELETE FROM evidence WHERE removed <= ?", (last + 1 - _REMOVALS,))

    def removed(self) -> tuple[str, ...]:
        """The quotations that `undo` would put back."""
        with self._library.reading() as connection:
            rows = connection.execute(
                "SELECT json_extract(anchor, '$.quote') FROM evidence"
                " WHERE removed = (SELECT max(removed) FROM evidence) ORDER BY place, id"
            ).fetchall()
        return tuple(str(quote) for (quote,) in rows)

    def undo(self) -> tuple[int, ...]:
        """Put back what was removed last, where it stood, and return its ids; none where there is nothing."""
        with self._library.writing() as connection:
            rows = connection.execute(
                "SELECT id FROM evidence WHERE removed = (SELECT max(removed) FROM evidence) ORDER BY place, id"
            ).fetchall()
            if rows and _count(connection) + len(rows) > MOST_ITEMS:
                raise EvidenceRefused(f"the evidence list would have over {MOST_ITEMS:,} quotations; remove some first")
            connection.executemany("UPDATE evidence SET removed = NULL WHERE id = ?", rows)
        return tuple(int(id_) for (id_,) in rows)

    def move(self, id_: int, by: int) -> None:
        """Move an item by so many places, downwards where positive; it stops at the ends.

        Raises:
            EvidenceRefused: it is not in the list.
        """
        with self._library.writing() as connection:
            _all_there(connection, (id_,))
            rows = connection.execute("SELECT id, removed FROM evidence ORDER BY place, id").fetchall()
            listed = [known for known, removed in rows if removed is None]
            old = listed.index(id_)
            new = min(max(old + by, 0), len(listed) - 1)
            if new == old:
                return
            order = [known for known, _ in rows if known != id_]
            # Removed items keep their place among the others, to which they may come back.
            order.insert(order.index(listed[new]) + (new > old), id_)
            connection.executemany("UPDATE evidence SET place = ? WHERE id = ?", list(enumerate(order, start=1)))

    def note(self, id_: int, words: str) -> None:
        """Write what stands beside an item, in place of what stood there.

        Raises:
            EvidenceRefused: the item is not in the list, or the note is too long.
        """
        self._write(id_, "note", words.strip(), LONGEST_NOTE)

    def heading(self, id_: int, words: str) -> None:
        """Write what stands above an item and those that follow; empty for nothing.

        Raises:
            EvidenceRefused: the item is not in the list, or the heading is too long.
        """
        self._write(id_, "heading", " ".join(words.split()), LONGEST_HEADING)

    def _write(self, id_: int, column: str, words: str, longest: int) -> None:
        if len(words) > longest:
            raise EvidenceRefused(f"the {column} has {len(words):,} characters; {longest:,} are the most, shorten it")
        # Half a character, which some programs paste, cannot be stored.
        words = words.encode("utf-8", "replace").decode("utf-8")
        with self._library.writing() as connection:
            _all_there(connection, (id_,))
            connection.execute(f"UPDATE evidence SET {column} = ? WHERE id = ?", (words, id_))

    def _listed(self, which: str = "", values: Sequence[str] = ()) -> tuple[EvidenceItem, ...]:
        with self._library.reading() as connection:
            rows = connection.execute(f"{_COLUMNS} WHERE removed IS NULL {which} ORDER BY place, id", values).fetchall()
        documents: dict[tuple[str, str], Document | None] = {}
        return tuple(self._item(row, documents) for row in rows)

    def _item(
        self, row: tuple[int, str, str, str, str, str], documents: dict[tuple[str, str], Document | None]
    ) -> EvidenceItem:
        id_, stored, section, reference, note, heading = row
        anchor = Anchor.from_full(json.loads(stored))
        key = (anchor.sha256, anchor.document)
        if key not in documents:
            documents[key] = self._library.version_of(*key)
        document = documents[key]
        found = resolve(anchor, document) if document else Resolution(State.GONE)
        return EvidenceItem(id_, anchor, tuple(json.loads(section)), reference, note, heading, document, found)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM evidence WHERE removed IS NULL").fetchone()[0])


def _all_there(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    for id_ in ids:
        if not connection.execute("SELECT 1 FROM evidence WHERE id = ? AND removed IS NULL", (id_,)).fetchone():
            raise EvidenceRefused("this quotation is no longer in the evidence list; it was removed meanwhile")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

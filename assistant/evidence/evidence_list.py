"""The user's evidence list: quotations saved for a report, stored in the library."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import Resolution, State, resolve
from assistant.users.owned import Owned
from corpus.document import Document
from index.errors import RapporteurError
from index.values import EvidenceRow

MOST_ITEMS = 1_000
LONGEST_NOTE = 5_000
LONGEST_HEADING = 300
# How many removals can be taken back.
_REMOVALS = 20


class EvidenceRefused(RapporteurError):
    """The evidence list cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One quotation of the list, compared with the present records.

    Attributes:
        id: its number, which no other item ever gets.
        anchor: the full anchor of the words, from the time when they were added.
        section: the headings above the words at that time, highest first.
        reference: the footnote for the source at that time.
        note: the user's note.
        heading: the heading above this item and the following ones; empty for none.
        document: the record with the cited text, else the present one of its name; None where there is neither.
        resolution: the place of the words in that record.
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
        """The words at the time when they were added."""
        return self.anchor.quote or ""

    @property
    def citation(self) -> Citation | None:
        """The citation of the very words in the library's record; None where the record no longer has them."""
        span = self.resolution.exact_span
        return Citation(self.document, span, self.section) if self.document and span else None

    @property
    def trouble(self) -> str:
        """The reason why it can no longer be cited, as a sentence; empty when it can be."""
        if self.document is None:
            return f"{self.anchor.document} is no longer in the library; the quotation is as it was when it was added."
        if self.resolution.state is State.GONE:
            return f"{self.document.name} has another text now, and these words stand there no more."
        if self.resolution.state is State.CHANGED and self.resolution.span:
            now = " ".join(self.resolution.span.of(self.document.text).split())
            return f"{self.document.name} has another text now; in their place it says “{now.rstrip('.')}”."
        return ""


class EvidenceList(Owned):
    """The evidence list of one user; each change is a transaction, so that two processes lose no change.

    Args:
        library: keeps the list.
        owner: the id of the user; None for the one who acts.
    """

    def items(self) -> tuple[EvidenceItem, ...]:
        """Return the list in its order, each item looked up in the records as they are now."""
        return self._items(_listed(self._library.evidence_rows(self._owner)))

    def items_of(self, document: Document) -> tuple[EvidenceItem, ...]:
        """Return the items that were taken from this very text, or from a record of this name, in the list's order."""

        def is_of(row: EvidenceRow) -> bool:
            anchor = json.loads(row.anchor)
            return bool(anchor["sha256"] == document.id or anchor["document"] == document.name)

        return self._items(row for row in _listed(self._library.evidence_rows(self._owner)) if is_of(row))

    def count(self) -> int:
        """Count the items of the list."""
        return len(_listed(self._library.evidence_rows(self._owner)))

    def add(self, citation: Citation) -> int:
        """Add a quotation at the end of the list and return its id; one that is in the list already stays in its place.

        One that was removed comes back with its note and heading.

        Raises:
            EvidenceRefused: the list is full.
            ValueError: there are no words in the citation.
        """
        anchor = Anchor.of(citation.document, citation.span)
        with self._library.change_evidence() as evidence:
            rows = evidence.rows(self._owner)
            same = next((row for row in rows if json.loads(row.anchor)["anchor"] == anchor.compact), None)
            if same and same.removed is None:
                return same.id
            if len(_listed(rows)) >= MOST_ITEMS:
                raise EvidenceRefused(f"the evidence list has {MOST_ITEMS:,} quotations; export it and remove some")
            place = max((row.place for row in rows), default=0) + 1
            if same:
                evidence.update([replace(same, place=place, removed=None)])
                return same.id
            new = EvidenceRow(
                0, place, _json(anchor.full), _json(citation.section), citation.reference, owner=self._owner
            )
            return evidence.insert(new)

    def remove(self, *ids: int) -> None:
        """Remove items from the list, all of them or none; `undo` puts them back together.

        Raises:
            EvidenceRefused: one is not in the list.
        """
        with self._library.change_evidence() as evidence:
            rows = evidence.rows(self._owner)
            removal = max((row.removed or 0 for row in rows), default=0) + 1
            evidence.update([replace(_row(rows, id_), removed=removal) for id_ in ids])
            evidence.delete([row for row in rows if row.removed is not None and row.removed <= removal - _REMOVALS])

    def removed(self) -> tuple[str, ...]:
        """Return the quotations that `undo` would put back."""
        return tuple(
            str(json.loads(row.anchor)["quote"]) for row in _last_removed(self._library.evidence_rows(self._owner))
        )

    def undo(self) -> tuple[int, ...]:
        """Put back the items removed last, each in its place, and return their ids; none where none was removed."""
        with self._library.change_evidence() as evidence:
            rows = evidence.rows(self._owner)
            last = _last_removed(rows)
            if last and len(_listed(rows)) + len(last) > MOST_ITEMS:
                raise EvidenceRefused(f"the evidence list would have over {MOST_ITEMS:,} quotations; remove some first")
            evidence.update([replace(row, removed=None) for row in last])
        return tuple(row.id for row in last)

    def move(self, id_: int, by: int) -> None:
        """Move an item by so many places, downwards where positive; it stops at the ends.

        Raises:
            EvidenceRefused: it is not in the list.
        """
        with self._library.change_evidence() as evidence:
            rows = evidence.rows(self._owner)
            item = _row(rows, id_)
            listed = _listed(rows)
            old = listed.index(item)
            new = min(max(old + by, 0), len(listed) - 1)
            if new == old:
                return
            order = [row for row in rows if row.id != id_]
            # Removed items keep their place among the others, to which they may come back.
            order.insert(order.index(listed[new]) + (new > old), item)
            evidence.update([replace(row, place=place) for place, row in enumerate(order, start=1)])

    def note(self, id_: int, words: str) -> None:
        """Replace the note of an item.

        Raises:
            EvidenceRefused: the item is not in the list, or the note is too long.
        """
        words = _storable("note", words.strip(), LONGEST_NOTE)
        with self._library.change_evidence() as evidence:
            evidence.update([replace(_row(evidence.rows(self._owner), id_), note=words)])

    def heading(self, id_: int, words: str) -> None:
        """Replace the heading above an item and those that follow; empty for none.

        Raises:
            EvidenceRefused: the item is not in the list, or the heading is too long.
        """
        words = _storable("heading", " ".join(words.split()), LONGEST_HEADING)
        with self._library.change_evidence() as evidence:
            evidence.update([replace(_row(evidence.rows(self._owner), id_), heading=words)])

    def _items(self, rows: Iterable[EvidenceRow]) -> tuple[EvidenceItem, ...]:
        versions: dict[tuple[str, str], Document | None] = {}
        return tuple(self._item(row, versions) for row in rows)

    def _item(self, row: EvidenceRow, versions: dict[tuple[str, str], Document | None]) -> EvidenceItem:
        anchor = Anchor.from_full(json.loads(row.anchor))
        key = (anchor.sha256, anchor.document)
        if key not in versions:
            versions[key] = self._library.version_of(*key)
        document = versions[key]
        resolution = resolve(anchor, document) if document else Resolution(State.GONE)
        section = tuple(json.loads(row.section))
        return EvidenceItem(row.id, anchor, section, row.reference, row.note, row.heading, document, resolution)


def _listed(rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    return [row for row in rows if row.removed is None]


def _last_removed(rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    last = max((row.removed for row in rows if row.removed is not None), default=None)
    return [row for row in rows if row.removed == last] if last is not None else []


def _row(rows: Iterable[EvidenceRow], id_: int) -> EvidenceRow:
    for row in _listed(rows):
        if row.id == id_:
            return row
    raise EvidenceRefused("this quotation is no longer in the evidence list; it was removed meanwhile")


def _storable(kind: str, words: str, longest: int) -> str:
    if len(words) > longest:
        raise EvidenceRefused(f"the {kind} has {len(words):,} characters; {longest:,} are the most, shorten it")
    # Half a character, which some programs paste, cannot be stored.
    return words.encode("utf-8", "replace").decode("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

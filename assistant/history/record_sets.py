"""The saved sets of records of one user: named choices of records that a question may be asked of."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.users.owned import Owned
from assistant.wording import count
from index.errors import RapporteurError
from index.record_sets import RecordSetRow
from index.values import DocumentSummary

LONGEST_NAME = 80
_MOST_SETS = 200
# How many removals can be taken back.
_REMOVALS = 20


class SetRefused(RapporteurError):
    """The sets cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RecordSet:
    """One saved set.

    Attributes:
        id: its id.
        name: its name.
        records: the present names of its records, in order.
        gone: the names of those that are no longer in the library.
    """

    id: str
    name: str
    records: tuple[str, ...]
    gone: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The number of its records, and of those that are gone."""
        gone = f", {len(self.gone)} no longer in the library" if self.gone else ""
        return f"{count(len(self.records), 'record')}{gone}"


class RecordSets(Owned):
    """The sets of one user; each change is a transaction.

    Args:
        library: keeps the sets.
        owner: the id of the user; None for the one who acts.
    """

    def sets(self) -> tuple[RecordSet, ...]:
        """Return the sets by name, each with its records of now."""
        rows = [row for row in self._library.record_set_rows(self._owner) if row.removed is None]
        summaries = self._library.summaries() if rows else []
        return tuple(_record_set(row, summaries) for row in sorted(rows, key=lambda row: row.name.casefold()))

    def named(self, name: str) -> RecordSet:
        """Return the set of a name; case does not count.

        Raises:
            SetRefused: there is no such set.
        """
        sets = self.sets()
        found = next((each for each in sets if _is_same(each.name, name)), None)
        if found is None:
            names = "; ".join(each.name for each in sets) or "none yet, add one with rapporteur set add NAME RECORD"
            raise SetRefused(f"there is no set {_line(name)[:LONGEST_NAME]}; there are: {names}")
        return found

    def records(self, name: str) -> frozenset[str]:
        """Return the names of the records of a set, also of those that are gone, which an answer then says.

        Raises:
            SetRefused: there is no such set, or none of its records is in the library.
        """
        found = self.named(name)
        if not found.records:
            raise SetRefused(f"no record of the set {found.name} is in the library any more; save it anew")
        return frozenset((*found.records, *found.gone))

    def save(self, name: str, records: Iterable[str]) -> RecordSet:
        """Save a set under a name, in place of one that has it.

        Raises:
            SetRefused: the name is empty or too long, a record is unknown, or there are none or too many sets.
        """
        name, known = _checked(name), {summary.name: summary for summary in self._library.summaries()}
        distinct = list(dict.fromkeys(records))
        if not distinct:
            raise SetRefused("a set needs a record: tick some")
        if unknown := [record for record in distinct if record not in known]:
            raise SetRefused(f"{_line(unknown[0])[:200]}: there is no such record; choose from those of the library")
        written = json.dumps([[record, known[record].id] for record in sorted(distinct)], ensure_ascii=False)
        with self._library.change_record_sets() as stored:
            listed = [row for row in stored.rows(self._owner) if row.removed is None]
            former = next((row for row in listed if _is_same(row.name, name)), None)
            if former is None and len(listed) >= _MOST_SETS:
                raise SetRefused(f"there are {_MOST_SETS} sets already; delete one first")
            row = former or RecordSetRow(secrets.token_urlsafe(12), self._owner, name, written)
            row = replace(row, name=name, records=written)
            stored.put(row)
        return _record_set(row, list(known.values()))

    def rename(self, id_: str, name: str) -> str:
        """Rename a set and return its name as it is kept.

        Raises:
            SetRefused: there is no such set, or the name is empty, too long or another set's.
        """
        name = _checked(name)
        with self._library.change_record_sets() as stored:
            listed = [row for row in stored.rows(self._owner) if row.removed is None]
            row = _found(listed, id_)
            _refuse_taken(name, [other for other in listed if other.id != id_])
            stored.put(replace(row, name=name))
        return name

    def remove(self, id_: str) -> None:
        """Remove a set; `undo` puts it back.

        Raises:
            SetRefused: there is no such set.
        """
        with self._library.change_record_sets() as stored:
            rows = stored.rows(self._owner)
            removal = max((row.removed or 0 for row in rows), default=0) + 1
            stored.put(replace(_found([row for row in rows if row.removed is None], id_), removed=removal))
            for row in rows:
                if row.removed is not None and row.removed <= removal - _REMOVALS:
                    stored.delete(row.id)

    def removed(self) -> str:
        """Return the name of the set that `undo` would put back; empty where there is none."""
        last = _last_removed(self._library.record_set_rows(self._owner))
        return last.name if last else ""

    def undo(self) -> None:
        """Put back the set that was removed last.

        Raises:
            SetRefused: another set has its name by now.
        """
        with self._library.change_record_sets() as stored:
            rows = stored.rows(self._owner)
            if last := _last_removed(rows):
                _refuse_taken(last.name, [row for row in rows if row.removed is None])
                stored.put(replace(last, removed=None))


def _record_set(row: RecordSetRow, summaries: Sequence[DocumentSummary]) -> RecordSet:
    """Return a set with its records of now: by their names, else by their texts, for a file that was renamed."""
    names, by_text = {summary.name for summary in summaries}, {summary.id: summary.name for summary in summaries}
    records: list[str] = []
    gone: list[str] = []
    for name, text in json.loads(row.records):
        if found := name if name in names else by_text.get(text):
            records.append(found)
        else:
            gone.append(name)
    return RecordSet(row.id, row.name, tuple(dict.fromkeys(records)), tuple(gone))


def _found(rows: Sequence[RecordSetRow], id_: str) -> RecordSetRow:
    row = next((row for row in rows if row.id == id_), None)
    if row is None:
        raise SetRefused("this set is no longer in the library; it was deleted, or belongs to another library")
    return row


def _refuse_taken(name: str, others: Sequence[RecordSetRow]) -> None:
    if any(_is_same(row.name, name) for row in others):
        raise SetRefused(f"there is another set {name}; rename or delete that one first")


def _checked(name: str) -> str:
    name = _line(name)
    if not name:
        raise SetRefused("a set needs a name: type one")
    if len(name) > LONGEST_NAME:
        raise SetRefused(f"the name has {len(name):,} characters; {LONGEST_NAME} are the most, shorten it")
    return name


def _line(name: str) -> str:
    return " ".join(name.encode("utf-8", "replace").decode("utf-8").split())


def _is_same(name: str, other: str) -> bool:
    return _line(name).casefold() == _line(other).casefold()


def _last_removed(rows: Sequence[RecordSetRow]) -> RecordSetRow | None:
    return max((row for row in rows if row.removed is not None), key=lambda row: row.removed or 0, default=None)

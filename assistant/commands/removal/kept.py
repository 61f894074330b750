"""Documents that `rapporteur remove` removed, kept for an hour outside the library, readable by their user alone."""

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from assistant.web.library.removed import RemovedRecord

_FOR_THE_USER = 0o700
_NAME = "{removal:020d}-{number:06d}"
# Behind the name, before the user who removed it.
_OWNER = "."


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A removed document and the file that keeps it.

    Attributes:
        record: the document and its file.
        path: where it is kept.
    """

    record: "RemovedRecord"
    path: Path

    @property
    def name(self) -> str:
        """The name that it had in the library."""
        return self.record.document.name

    @property
    def removal(self) -> str:
        """The same for all documents of one removal, and greater for a later one."""
        return self.path.name.partition("-")[0]


class KeptRemovals:
    """The documents that were removed from one library within the last hour.

    They lie in the folder that the system has for what lasts as long as a session, mostly in memory; where it has
    none, in the user's cache.

    Args:
        location: of the library.
        owner: the id of the user who removes or puts back; others get nothing that this one removed.

    Attributes:
        folder: the folder in which they lie.
    """

    def __init__(self, location: str, owner: str = "") -> None:
        self._owner = f"{_OWNER}{owner.encode().hex()}"
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        has_runtime = bool(runtime) and Path(runtime).is_dir()
        base = Path(runtime) / "rapporteur" if has_runtime else user_cache_path("rapporteur", appauthor=False)
        self.folder = base / "removed" / sha256(location.encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def keep(self, records: "Iterable[RemovedRecord]") -> list[Path]:
        """Keep the documents of one removal, and return their files.

        Raises:
            OSError: they cannot be written; nothing is kept, nor where the user stops it.
        """
        removal, written = time.time_ns(), []
        self.folder.mkdir(_FOR_THE_USER, parents=True, exist_ok=True)
        try:
            for number, record in enumerate(records):
                path = self.folder / (_NAME.format(removal=removal, number=number) + self._owner)
                written.append(path)
                _write(path, record)
        except BaseException:
            forget(written)
            raise
        return written

    def documents(self) -> list[KeptDocument]:
        """Return the documents, those removed last first; delete those removed more than an hour ago."""
        self.drop_old()
        own = [path for path in self._paths() if (path.suffix or _OWNER) == self._owner]
        found = [KeptDocument(record, path) for path in own if (record := _read(path))]
        return sorted(found, key=lambda each: each.path.name, reverse=True)

    def drop_old(self) -> None:
        """Delete what was removed more than an hour ago."""
        if not (paths := self._paths()):
            return
        from assistant.web.library.removed import SECONDS_KEPT

        oldest = time.time_ns() - int(SECONDS_KEPT * 1e9)
        forget(path for path in paths if path.name < _NAME.format(removal=oldest, number=0))

    def _paths(self) -> list[Path]:
        try:
            return list(self.folder.iterdir())
        except OSError:  # nothing was kept yet
            return []


def forget(paths: Iterable[Path]) -> None:
    """Delete files of kept documents."""
    for path in paths:
        path.unlink(missing_ok=True)


def _write(path: Path, record: "RemovedRecord") -> None:
    """Write a line of JSON on the document, then its text, then its original file."""
    from corpus.serialize import document_message

    about, text = document_message(record.document)
    sizes = {"text": len(text), "original": None if record.original is None else len(record.original)}
    private = {"private": record.is_private}
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(json.dumps({"about": about, **sizes, **private}).encode() + b"\n")
        file.write(text)
        file.write(record.original or b"")


def _read(path: Path) -> "RemovedRecord | None":
    """Return what a file keeps; None for one that is gone or damaged, such as by a full disk."""
    from assistant.web.library.removed import RemovedRecord
    from corpus.serialize import document_from_message

    try:
        head, _, body = path.read_bytes().partition(b"\n")
        values = json.loads(head)
        text, original = body[: values["text"]], body[values["text"] :]
        if len(original) != (values["original"] or 0):
            return None
        document = document_from_message(values["about"], text)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return RemovedRecord(document, None if values["original"] is None else original, bool(values.get("private")))

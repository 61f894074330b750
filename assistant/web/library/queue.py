"""Background queue that ingests uploaded files into the library one at a time, in order of arrival."""

import contextlib
import logging
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from index.errors import RapporteurError

# Waiting files lie on this machine's disk, so both limits keep it from filling up. A page with more files tries again.
MOST_WAITING = 2_000
MOST_WAITING_BYTES = 2 * 1024**3
# Batches that are remembered for the pages that sent them; the oldest finished ones are forgotten first.
_MOST_BATCHES = 100
# How long the reading process is kept after the last file, in case another one comes.
_SECONDS_IDLE = 20.0
_SECONDS_TO_CLOSE = 5.0
_BROKEN = "something went wrong inside Rapporteur; the terminal that it runs in shows what"

WAITING, WORKING, DONE, CANCELLED = "waiting", "working", "done", "cancelled"

Outcome = dict[str, Any]
ReportProgress = Callable[[str, int, int], None]


class UploadCancelled(Exception):
    """Raised by the progress callback when the page has cancelled the upload."""


class Batch:
    """The files that one page has sent, with a counter of their changes."""

    def __init__(self) -> None:
        self.uploads: list[Upload] = []
        self.changes = 0

    def is_unfinished(self) -> bool:
        """Return True if a file waits or is being ingested."""
        return any(upload.is_unfinished() for upload in self.uploads)


@dataclass(slots=True, eq=False)
class Upload:
    """A file that a page sent.

    Attributes:
        batch: the files of the same page.
        number: its position in the batch, from 1.
        name: its file name; text, never a path on this machine.
        path: its bytes on disk until it is ingested.
        size: in bytes.
        state: "waiting", "working", "done" or "cancelled".
        progress: the current stage, and how many of how many parts of it are done.
        outcomes: the results, several for an archive; each with the number of the change that brought it.
        change: the number of its latest change among those of its batch.
    """

    batch: Batch
    number: int
    name: str
    path: Path
    size: int
    state: str = WAITING
    progress: tuple[str, int, int] = ("", 0, 0)
    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    change: int = 0

    def is_unfinished(self) -> bool:
        """Return True if it waits or is being ingested."""
        return self.state in (WAITING, WORKING)

    def changed(self, state: str | None = None) -> None:
        """Number a change, of the state or of something else."""
        self.state = state or self.state
        self.batch.changes += 1
        self.change = self.batch.changes


class IngestQueue:
    """Ingests files one after the other in a background thread, while questions go on being answered.

    A batch is what one page has sent. Its name cannot be guessed, so that a page that was closed and opened again finds
    its files, and no other page does.

    Args:
        ingest: ingests one file and yields an outcome for it, or for each member of an archive. It reports its progress
            now and then; the callback raises `UploadCancelled` when the file is no longer wanted.
        release: frees what `ingest` holds; called when no file has come for a while, and on closing.
    """

    def __init__(
        self, ingest: Callable[[Upload, ReportProgress], Iterator[Outcome]], release: Callable[[], None] = lambda: None
    ) -> None:
        self._ingest = ingest
        self._release = release
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="ingest")
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._waiting: list[Upload] = []
        self._receiving: dict[Path, int] = {}
        self._idle_timer: threading.Timer | None = None
        self._folder: Path | None = None
        self._files_made = 0

    def reserve(self, size: int) -> Path | None:
        """Return an empty file for an upload of at most `size` bytes, in a folder that only this user can read.

        It counts against the limits from now on, so that many uploads at once do not fill the disk. Call `put` or
        `discard` afterwards.

        Returns:
            None when too much is waiting already.

        Raises:
            OSError: the file cannot be created.
        """
        with self._lock:
            if not self._has_room(size):
                return None
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="rapporteur-upload-"))
                weakref.finalize(self, shutil.rmtree, self._folder, True)
            self._files_made += 1
            path = self._folder / str(self._files_made)
            path.touch(0o600)
            self._receiving[path] = size
            return path

    def discard(self, path: Path) -> None:
        """Remove the reserved file of an upload that did not arrive."""
        with self._lock:
            self._receiving.pop(path, None)
            path.unlink(missing_ok=True)

    def _has_room(self, size: int) -> bool:
        held = sum(upload.size for upload in self._waiting) + sum(self._receiving.values())
        return len(self._waiting) + len(self._receiving) < MOST_WAITING and held + size <= MOST_WAITING_BYTES

    def put(self, batch_name: str, name: str, path: Path) -> Upload:
        """Append a file with its reserved path to the queue; its bytes are removed once ingested or cancelled."""
        with self._lock:
            self._receiving.pop(path, None)
            batch = self._batches.setdefault(batch_name, Batch())
            upload = Upload(batch, len(batch.uploads) + 1, name, path, path.stat().st_size)
            upload.changed()
            batch.uploads.append(upload)
            self._waiting.append(upload)
            self._forget_oldest()
            self._executor.submit(self._run, upload)
            return upload

    def status(self, batch_name: str, after: int = 0) -> dict[str, Any]:
        """Return the progress of a batch as plain values, without the files unchanged since the change `after`."""
        with self._lock:
            batch = self._batches.get(batch_name) or Batch()
            before = next((ahead for ahead, upload in enumerate(self._waiting) if upload.batch is batch), 0)
            return {
                "changes": batch.changes,
                "before": before,
                "done": sum(not upload.is_unfinished() for upload in batch.uploads),
                "of": len(batch.uploads),
                "working": batch.is_unfinished(),
                "files": [_file_status(upload, after) for upload in batch.uploads if upload.change > after],
            }

    def cancel(self, batch_name: str) -> None:
        """Ingest no more of a batch: waiting files are dropped, the one being read is cut off, ingested ones stay."""
        with self._lock:
            self._cancel(self._batches.get(batch_name) or Batch())

    def forget(self, batch_name: str) -> None:
        """Forget a finished batch."""
        with self._lock:
            if batch_name in self._batches and not self._batches[batch_name].is_unfinished():
                del self._batches[batch_name]

    def close(self) -> None:
        """Cancel all batches and wait a few seconds for the file being ingested to end."""
        with self._lock:
            for batch in self._batches.values():
                self._cancel(batch)
            self._stop_idle_timer()
        self._release()  # ends a document that is being read
        released = self._executor.submit(self._release)
        self._executor.shutdown(wait=False)
        wait([released], _SECONDS_TO_CLOSE)

    def _cancel(self, batch: Batch) -> None:
        for upload in batch.uploads:
            if upload.state == WAITING:
                upload.path.unlink(missing_ok=True)
            if upload.is_unfinished():
                upload.changed(CANCELLED)
        self._waiting = [upload for upload in self._waiting if upload.state == WAITING]

    def _forget_oldest(self) -> None:
        too_many = max(0, len(self._batches) - _MOST_BATCHES)
        for name in [name for name, batch in self._batches.items() if not batch.is_unfinished()][:too_many]:
            del self._batches[name]

    def _run(self, upload: Upload) -> None:
        """Ingest a file in the background thread, unless it was cancelled while it waited."""
        with self._lock:
            self._stop_idle_timer()
            if upload.state == WAITING:
                self._waiting.remove(upload)
                upload.changed(WORKING)
        if upload.state == WORKING:
            self._ingest_file(upload)
        with self._lock:
            if not self._waiting:
                self._idle_timer = threading.Timer(_SECONDS_IDLE, self._release_in_thread)
                self._idle_timer.daemon = True
                self._idle_timer.start()

    def _ingest_file(self, upload: Upload) -> None:
        def report(stage: str, done: int, of: int) -> None:
            with self._lock:
                if upload.state == CANCELLED:
                    raise UploadCancelled
                upload.progress = (stage, done, of)
                upload.changed()

        try:
            for outcome in self._ingest(upload, report):
                self._add_outcome(upload, outcome)
        except UploadCancelled:
            pass
        except (CorpusError, RapporteurError) as error:
            self._add_outcome(upload, refused(upload.name, str(error)))
        except Exception:
            logging.getLogger(__name__).exception("a file could not be ingested")
            self._add_outcome(upload, refused(upload.name, _BROKEN))
        finally:
            upload.path.unlink(missing_ok=True)
        with self._lock:
            upload.changed(DONE if upload.state == WORKING else None)

    def _add_outcome(self, upload: Upload, outcome: Outcome) -> None:
        with self._lock:
            upload.changed()
            upload.outcomes.append((upload.change, outcome))

    def _release_in_thread(self) -> None:
        # In the background thread, so that it never meets a file that is being ingested.
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._executor.submit(self._release)

    def _stop_idle_timer(self) -> None:
        if self._idle_timer:
            self._idle_timer.cancel()


def refused(name: str, reason: str) -> Outcome:
    """Return the outcome of a file that was not ingested."""
    return {"name": name, "outcome": "refused", "reason": reason}


def _file_status(upload: Upload, after: int) -> dict[str, Any]:
    stage, done, of = upload.progress
    return {
        "number": upload.number,
        "name": upload.name,
        "state": upload.state,
        "stage": stage,
        "done": done,
        "of": of,
        "outcomes": [outcome for change, outcome in upload.outcomes if change > after],
    }

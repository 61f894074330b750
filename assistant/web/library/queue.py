"""Background queue that checks uploaded files as they arrive, and stores them one at a time, the short ones first."""

import contextlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

from assistant.web.library.batch import CANCELLED, DONE, WAITING, WORKING, Batch, Outcome, Upload, UploadCancelled, Work
from assistant.web.temporary import PageFolder
from corpus.errors import CorpusError
from index.errors import RapporteurError

# Waiting files lie on this machine's disk, so both limits keep it from filling up. A page with more files tries again.
MOST_WAITING = 2_000
MOST_WAITING_BYTES = 2 * 1024**3
# Batches that are remembered for the pages that sent them; the oldest finished ones are forgotten first.
_MOST_BATCHES = 100
# How long the reading process is kept after the last file, in case another one comes.
_SECONDS_IDLE = 20.0
_SECONDS_TO_CLOSE = 1.0
_BROKEN = "something went wrong inside Rapporteur; the terminal that it runs in shows what"


class IngestQueue:
    """Checks files as they come in one background thread and stores them in another, while questions are answered.

    Of the files that are checked, that of fewest passages is stored first; files of one name stay in their order.

    A batch is what one page has sent. Its name cannot be guessed, so that a page that was closed and opened again finds
    its files, and no other page does.

    Args:
        store: stores one file that was checked, and yields an outcome for it, or for each member of an archive. It
            reports its progress now and then; the callback raises `UploadCancelled` when the file is no longer wanted.
        release: frees what the others hold; called when no file has come for a while, and on closing.
        check: sets what of a file is to be stored, and yields the outcomes of the rest. A file of which only outcomes
            are left is done.
        folder: for the files that wait; one of its own when None.
    """

    def __init__(
        self,
        store: Work,
        release: Callable[[], None] = lambda: None,
        check: Work = lambda upload, report: iter(()),
        folder: PageFolder | None = None,
    ) -> None:
        self._store = store
        self._release = release
        self._check = check
        self._checking = ThreadPoolExecutor(1, thread_name_prefix="checking")
        self._storing = ThreadPoolExecutor(1, thread_name_prefix="storing")
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._waiting: list[Upload] = []
        self._receiving: dict[Path, int] = {}
        self._idle_timer: threading.Timer | None = None
        self._folder = folder or PageFolder()

    def reserve(self, size: int) -> Path | None:
        """Return an empty file for an upload of at most `size` bytes, in a folder that only this user can read.

        Call `received` as its bytes come, and `put` or `discard` afterwards.

        Returns:
            None when too much is waiting already.

        Raises:
            OSError: the file cannot be created.
        """
        with self._lock:
            if not self._has_room(size):
                return None
            path = self._folder.new_path()
            path.touch(0o600)
            self._receiving[path] = 0
            return path

    @property
    def waiting(self) -> int:
        """The number of files that wait to be stored."""
        with self._lock:
            return len(self._waiting)

    def received(self, path: Path, size: int) -> bool:
        """Count `size` more bytes of an upload, and return True if there is room for them.

        What was announced does not count, so that nobody keeps others out by announcing much and sending nothing.
        """
        with self._lock:
            has_room = self._has_room(size, 0)
            self._receiving[path] += size
            return has_room

    def discard(self, path: Path) -> None:
        """Remove the reserved file of an upload that did not arrive."""
        with self._lock:
            self._receiving.pop(path, None)
            path.unlink(missing_ok=True)

    def _has_room(self, size: int, files: int = 1) -> bool:
        held = sum(upload.size for upload in self._waiting) + sum(self._receiving.values())
        return len(self._waiting) + files <= MOST_WAITING and held + size <= MOST_WAITING_BYTES

    def put(self, batch_name: str, name: str, path: Path, is_private: bool = False) -> Upload:
        """Append a file with its reserved path to the queue; its bytes are removed once ingested or cancelled."""
        with self._lock:
            self._receiving.pop(path, None)
            batch = self._batches.setdefault(batch_name, Batch())
            upload = Upload(batch, len(batch.uploads) + 1, name, path, path.stat().st_size, is_private=is_private)
            others = (other for known in self._batches.values() for other in known.uploads)
            upload.follows = any(other.name == name and other.is_unfinished() for other in others)
            upload.changed()
            batch.uploads.append(upload)
            self._waiting.append(upload)
            self._forget_oldest()
            self._checking.submit(self._run_check, upload)
            return upload

    def status(self, batch_name: str, after: int = 0) -> dict[str, Any]:
        """Return the progress of a batch as plain values, without the files unchanged since the change `after`."""
        with self._lock:
            batch = self._batches.get(batch_name) or Batch()
            waiting = sorted(self._waiting, key=lambda upload: upload.order)
            before = next((ahead for ahead, upload in enumerate(waiting) if upload.batch is batch), 0)
            encoded, passages = batch.encoded()
            return {
                "changes": batch.changes,
                "before": before,
                "done": sum(not upload.is_unfinished() for upload in batch.uploads),
                "of": len(batch.uploads),
                "working": batch.is_unfinished(),
                "encoded": encoded,
                "passages": passages,
                "progress": batch.progress,
                "files": [upload.status(after) for upload in batch.uploads if upload.change > after],
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
        checked = self._checking.submit(lambda: None)

        def release() -> None:  # when neither thread works on a file any more
            wait([checked])
            self._release()

        released = self._storing.submit(release)
        for executor in (self._checking, self._storing):
            executor.shutdown(wait=False)
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

    def _run_check(self, upload: Upload) -> None:
        """Check a file in its background thread, unless it was cancelled while it waited."""
        with self._lock:
            self._stop_idle_timer()
            is_wanted = upload.state == WAITING
        if is_wanted:
            self._collect(upload, self._check)
        with self._lock:
            if upload.state == WAITING and upload.outcomes and not upload.files:
                self._waiting.remove(upload)
                upload.changed(DONE)
                upload.path.unlink(missing_ok=True)
            elif upload.state == WAITING:
                same = (other.order for other in self._waiting if other.name == upload.name and other.order < inf)
                upload.order = max(upload.passages, *same, 0)
                upload.progress = ("read", 0, upload.passages)
                upload.changed()
                self._storing.submit(self._run_store)
            self._start_idle_timer()

    def _run_store(self) -> None:
        """Store the first of the checked files in its background thread, if it was not cancelled."""
        with self._lock:
            upload = min(self._waiting, key=lambda waiting: waiting.order, default=None)
            if upload is None or upload.order == inf:
                return
            self._waiting.remove(upload)
            upload.changed(WORKING)
        self._collect(upload, self._store)
        upload.path.unlink(missing_ok=True)
        with self._lock:
            upload.changed(DONE if upload.state == WORKING else None)
            self._start_idle_timer()

    def _collect(self, upload: Upload, work: Work) -> None:
        """Add the outcomes of a piece of work to its file; a failure is one, too."""
        try:
            for outcome in work(upload, partial(self._report, upload)):
                self._add_outcome(upload, outcome)
        except UploadCancelled:
            pass  # the user did it; the file is shown as cancelled
        except (CorpusError, RapporteurError) as error:
            self._add_outcome(upload, refused(upload.name, str(error)))
        except Exception:
            logging.getLogger(__name__).exception("a file could not be ingested")
            self._add_outcome(upload, refused(upload.name, _BROKEN))

    def _report(self, upload: Upload, stage: str, done: int, of: int) -> None:
        with self._lock:
            if upload.state == CANCELLED:
                raise UploadCancelled
            if upload.progress != (stage, done, of):
                upload.progress = (stage, done, of)
                upload.changed()
            if stage == "encoding":
                upload.batch.measure()

    def _add_outcome(self, upload: Upload, outcome: Outcome) -> None:
        with self._lock:
            if upload.state == CANCELLED and upload.order == inf:  # its bytes went while it was checked
                return
            upload.changed()
            upload.outcomes.append((upload.change, outcome))

    def _start_idle_timer(self) -> None:
        self._stop_idle_timer()
        if not self._waiting:
            self._idle_timer = threading.Timer(_SECONDS_IDLE, self._release_in_thread)
            self._idle_timer.daemon = True
            self._idle_timer.start()

    def _release_in_thread(self) -> None:
        # In the thread that checks, so that it never meets a file that is being checked.
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._checking.submit(self._release_if_idle)

    def _release_if_idle(self) -> None:
        with self._lock:
            is_idle = not any(batch.is_unfinished() for batch in self._batches.values())
        if is_idle:
            self._release()

    def _stop_idle_timer(self) -> None:
        if self._idle_timer:
            self._idle_timer.cancel()


def refused(name: str, reason: str) -> Outcome:
    """Return the outcome of a file that was not ingested."""
    return {"name": name, "outcome": "refused", "reason": reason}

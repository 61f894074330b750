"""The files that were sent to the library and wait to be taken in: one at a time, in the order in which they came."""

import logging
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from index.errors import RapporteurError

# What waits lies on this machine's disk, so neither may grow without bound. A page that has more to send tries again.
MOST_WAITING = 2_000
MOST_WAITING_BYTES = 2 * 1024**3
# How many sets of files are remembered for the pages that sent them; the oldest that are done give way.
_MOST_SETS = 100
# How long the thread, and what it reads with, waits for another file.
_SECONDS_AT_REST = 20.0
_SECONDS_TO_END = 5.0
_BROKEN = "something went wrong inside Rapporteur; the terminal that it runs in shows what"

WAITING, WORKING, DONE, GIVEN_UP = "waiting", "working", "done", "given up"

Outcome = dict[str, Any]
Tell = Callable[[str, int, int], None]


class GivenUp(Exception):
    """Whoever sent the file does not want it any more."""


@dataclass(slots=True)
class Upload:
    """A file that a page sent.

    Attributes:
        number: its place among all files of its set, from 1.
        name: what it is called; text, never a path on this machine.
        path: where its bytes lie until it is taken in.
        size: in bytes.
        state: "waiting", "working", "done" or "given up".
        stage: what is being done, and how much of how much of it is done.
        outcomes: what became of it, several for an archive; each with the number of the change that brought it.
        change: the number of its latest change among those of its set.
    """

    number: int
    name: str
    path: Path
    size: int
    state: str = WAITING
    stage: tuple[str, int, int] = ("", 0, 0)
    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    change: int = 0


class _Set:
    """What one page has sent."""

    def __init__(self) -> None:
        self.files: list[Upload] = []
        self.changes = 0

    def changed(self, sent: Upload) -> None:
        self.changes += 1
        sent.change = self.changes

    def at_work(self) -> bool:
        return any(sent.state in (WAITING, WORKING) for sent in self.files)


Take = Callable[[Upload, Tell], Iterator[Outcome]]


class IngestQueue:
    """Takes files in, one after the other, in a thread of its own; questions go on meanwhile.

    A set is what one page has sent. It is known by a name that nobody guesses, so that a page which was closed and
    opened again finds its files, and no other page does.

    Args:
        take: takes one file in and yields what became of it, or of each of its members. It calls what it is given now
            and then, which raises `GivenUp` when the file is not wanted any more.
        rest: called when nothing is left to take in.
    """

    def __init__(self, take: Take, rest: Callable[[], None] = lambda: None) -> None:
        self._take = take
        self._rest = rest
        self._sets: OrderedDict[str, _Set] = OrderedDict()
        self._waiting: deque[tuple[_Set, Upload]] = deque()
        self._arriving: dict[Path, int] = {}
        self._changing = threading.Lock()
        self._came = threading.Condition(self._changing)
        self._folder: Path | None = None
        self._drawn = 0
        self._worker: threading.Thread | None = None
        self._closed = False

    def place(self, size: int) -> Path | None:
        """An empty file for the bytes of the next one, in a folder that only this user can read.

        It takes up room from now on, so that many which arrive at once do not fill the disk. `put` or `give_back` is
        to follow.

        Args:
            size: how many bytes will come at most.

        Returns:
            None when too much waits already.

        Raises:
            OSError: it cannot be made.
        """
        with self._changing:
            if not self._has_room(size):
                return None
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="rapporteur-upload-"))
                weakref.finalize(self, shutil.rmtree, self._folder, True)
            self._drawn += 1
            path = self._folder / str(self._drawn)
            path.touch(0o600)
            self._arriving[path] = size
            return path

    def give_back(self, path: Path) -> None:
        """Remove the file of one that did not arrive."""
        with self._changing:
            self._arriving.pop(path, None)
            path.unlink(missing_ok=True)

    def _has_room(self, size: int) -> bool:
        held = sum(sent.size for _, sent in self._waiting) + sum(self._arriving.values())
        return len(self._waiting) + len(self._arriving) < MOST_WAITING and held + size <= MOST_WAITING_BYTES

    def put(self, of: str, name: str, path: Path) -> Upload:
        """Put a file at the end of the line; its bytes are removed when it has been taken in or given up.

        Args:
            of: the set's name.
            name: the file's.
            path: where its bytes lie, see `place`.
        """
        with self._changing:
            self._arriving.pop(path, None)
            files = self._sets.setdefault(of, _Set())
            sent = Upload(len(files.files) + 1, name, path, path.stat().st_size)
            files.files.append(sent)
            files.changed(sent)
            self._waiting.append((files, sent))
            self._forget_the_oldest()
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="adding", daemon=True)
                self._worker.start()
            self._came.notify()
            return sent

    def told(self, of: str, after: int = 0) -> dict[str, Any]:
        """How far a set is.

        Args:
            of: the set's name.
            after: what has not changed since this change is left out.
        """
        with self._changing:
            files = self._sets.get(of) or _Set()
            before = 0
            for whose, _ in self._waiting:
                if whose is files:
                    break
                before += 1
            mine = any(sent.state == WAITING for sent in files.files)
            return {
                "changes": files.changes,
                "before": before if mine else 0,
                "done": sum(sent.state in (DONE, GIVEN_UP) for sent in files.files),
                "of": len(files.files),
                "working": files.at_work(),
                "files": [_told(sent, after) for sent in files.files if sent.change > after],
            }

    def give_up(self, of: str) -> None:
        """Take in no more of a set: what waits is dropped, what is at work is given up, what is in stays in."""
        with self._changing:
            self._give_up(self._sets.get(of) or _Set())

    def close(self) -> None:
        """Give everything up that is not in, and wait until the file at work is out of hand."""
        with self._changing:
            self._closed = True
            for files in self._sets.values():
                self._give_up(files)
            self._came.notify()
            worker = self._worker
        if worker:
            self._rest()  # ends a document that is being read
            worker.join(_SECONDS_TO_END)

    def forget(self, of: str) -> None:
        """Forget a set of which nothing is left to do."""
        with self._changing:
            if of in self._sets and not self._sets[of].at_work():
                del self._sets[of]

    def _give_up(self, files: _Set) -> None:
        for sent in files.files:
            if sent.state == WAITING:
                sent.path.unlink(missing_ok=True)
            if sent.state in (WAITING, WORKING):
                sent.state = GIVEN_UP
                files.changed(sent)
        self._waiting = deque(each for each in self._waiting if each[1].state == WAITING)

    def _forget_the_oldest(self) -> None:
        too_many = max(0, len(self._sets) - _MOST_SETS)
        for name in [name for name, files in self._sets.items() if not files.at_work()][:too_many]:
            del self._sets[name]

    def _work(self) -> None:
        while found := self._next():
            self._take_in(*found)

    def _next(self) -> tuple[_Set, Upload] | None:
        """The next file; none when none has come for a while, and the thread is to end."""
        with self._changing:
            self._came.wait_for(lambda: self._waiting or self._closed, _SECONDS_AT_REST)
            if self._closed or not self._waiting:
                self._worker = None
                self._rest()
                return None
            files, sent = self._waiting.popleft()
            sent.state = WORKING
            files.changed(sent)
            return files, sent

    def _take_in(self, files: _Set, sent: Upload) -> None:
        def tell(stage: str, done: int, of: int) -> None:
            with self._changing:
                if sent.state == GIVEN_UP:
                    raise GivenUp
                sent.stage = (stage, done, of)
                files.changed(sent)

        try:
            for outcome in self._take(sent, tell):
                self._add_outcome(files, sent, outcome)
        except GivenUp:
            pass
        except (CorpusError, RapporteurError) as error:
            self._add_outcome(files, sent, refused(sent.name, str(error)))
        except Exception:
            logging.getLogger(__name__).exception("a file could not be taken in")
            self._add_outcome(files, sent, refused(sent.name, _BROKEN))
        finally:
            sent.path.unlink(missing_ok=True)
        with self._changing:
            if sent.state == WORKING:
                sent.state = DONE
            files.changed(sent)

    def _add_outcome(self, files: _Set, sent: Upload, outcome: Outcome) -> None:
        with self._changing:
            files.changed(sent)
            sent.outcomes.append((sent.change, outcome))


def refused(name: str, reason: str) -> Outcome:
    """What a page is told of a file that was not taken in."""
    return {"name": name, "outcome": "refused", "reason": reason}


def _told(sent: Upload, after: int) -> dict[str, Any]:
    stage, done, of = sent.stage
    return {
        "number": sent.number,
        "name": sent.name,
        "state": sent.state,
        "stage": stage,
        "done": done,
        "of": of,
        "outcomes": [outcome for change, outcome in sent.outcomes if change > after],
    }

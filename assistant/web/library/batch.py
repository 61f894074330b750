"""The files that one page has sent: state, progress and outcomes of each, and of all together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from assistant.rate import Rate
from assistant.users.current import User, current_user
from index.file_ingester import CheckedFile

WAITING, WORKING, DONE, CANCELLED = "waiting", "working", "done", "cancelled"

Outcome = dict[str, Any]
ReportProgress = Callable[[str, int, int], None]
Work = Callable[["Upload", ReportProgress], Iterator[Outcome]]


class UploadCancelled(Exception):
    """Raised by the progress callback when the page has cancelled the upload."""


class Batch:
    """The files that one page has sent, with a counter of their changes and the rate at which they are encoded."""

    def __init__(self) -> None:
        self.uploads: list[Upload] = []
        self.changes = 0
        self.progress = ""
        self._rate = Rate("passages")

    def encoded(self) -> tuple[int, int]:
        """Return the number of passages encoded, by their share of the text, and of all in the files that were read."""
        passages = sum(upload.passages for upload in self.uploads)
        characters = sum(upload.characters for upload in self.uploads)
        done = sum(upload.encoded_characters() for upload in self.uploads)
        return (passages * done // characters if characters else 0), passages

    def measure(self) -> None:
        """State how many passages are encoded, the rate and the time left; call it while a file is encoded."""
        self.progress = self._rate.report(*self.encoded())

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
        follows: another file of its name was unfinished when it came.
        files: what is to be stored of it, once it was checked.
        passages: the number of passages of these.
        characters: the length of their texts.
        order: unchecked files and those with more passages come later.
        outcomes: the results, several for an archive; each with the number of the change that brought it.
        change: the number of its latest change among those of its batch.
        is_private: only that user is to see it.
        user: the user who sent it.
    """

    batch: Batch
    number: int
    name: str
    path: Path
    size: int
    state: str = WAITING
    progress: tuple[str, int, int] = ("", 0, 0)
    follows: bool = False
    files: list[CheckedFile] = field(default_factory=list)
    passages: int = 0
    characters: int = 0
    order: float = inf
    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    change: int = 0
    is_private: bool = False
    user: User = field(default_factory=current_user)

    def is_unfinished(self) -> bool:
        """Return True if it waits or is being ingested."""
        return self.state in (WAITING, WORKING)

    def encoded_characters(self) -> int:
        """Return the length of the text that is encoded."""
        stage, done, of = self.progress
        if self.is_unfinished():
            return self.characters * done // of if stage == "encoding" and of else 0
        return self.characters

    def changed(self, state: str | None = None) -> None:
        """Number a change, of the state or of something else."""
        self.state = state or self.state
        self.batch.changes += 1
        self.change = self.batch.changes

    def status(self, after: int) -> dict[str, Any]:
        """Return its progress as plain values, with the outcomes since the change `after`."""
        stage, done, of = self.progress
        return {
            "number": self.number,
            "name": self.name,
            "state": self.state,
            "stage": stage,
            "done": done,
            "of": of,
            "outcomes": [outcome for change, outcome in self.outcomes if change > after],
        }

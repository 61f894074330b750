"""The ingest queue keeps its order and its limits, reports its state and can be cancelled."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.web.library import queue as ingest_queue
from assistant.web.library.batch import CANCELLED, Outcome, ReportProgress, Upload, UploadCancelled
from assistant.web.library.queue import IngestQueue
from corpus.discovery.source_file import SourceFile
from corpus.errors import CorpusError
from index.errors import LibraryError
from index.file_ingester import CheckedFile
from support.generated_texts import document

ONE, OTHER = "1" * 32, "2" * 32


class Slow:
    """Takes a file in when it is told to go on, in three steps."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.began = threading.Semaphore(0)
        self.taken: list[str] = []
        self.rested = 0

    def __call__(self, upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        self.began.release()
        for step in range(3):
            report("encoding", step, 3)
            assert self.go.acquire(timeout=10)
        report("encoding", 3, 3)
        self.taken.append(upload.path.read_text("utf-8"))
        yield {"outcome": "added", "name": upload.name, "reason": ""}

    def rest(self) -> None:
        self.rested += 1


@contextmanager
def opened(take: Any) -> Iterator[IngestQueue]:
    queue = IngestQueue(take, getattr(take, "rest", lambda: None))
    try:
        yield queue
    finally:
        queue.close()


def put(queue: IngestQueue, of: str, name: str) -> Path:
    path = queue.reserve(len(name))
    assert path
    path.write_text(name, "utf-8")
    queue.put(of, name, path)
    return path


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came to that")


def states(queue: IngestQueue, of: str) -> list[str]:
    return [file["state"] for file in queue.status(of)["files"]]


def test_files_are_taken_in_one_after_the_other_and_their_bytes_go() -> None:
    take = Slow()
    with opened(take) as queue:
        paths = [put(queue, ONE, "a"), put(queue, OTHER, "b"), put(queue, ONE, "c")]
        assert take.began.acquire(timeout=10)
        assert (states(queue, ONE), states(queue, OTHER)) == (["working", "waiting"], ["waiting"])
        assert queue.status(OTHER)["before"] == 0
        assert queue.status(ONE)["before"] == 1
        take.go.release(9)
        until(lambda: len(take.taken) == 3 and not queue.status(ONE)["working"])
        assert take.taken == ["a", "b", "c"]
        assert states(queue, ONE) == ["done", "done"]
        until(lambda: not any(path.exists() for path in paths))


def checked(upload: Upload, passages: int) -> None:
    upload.files = [CheckedFile(SourceFile(upload.path), 0, "", 10 * passages, passages, lambda: document("x", "x"))]
    upload.passages, upload.characters = passages, 10 * passages


def test_files_are_checked_while_one_is_stored_and_the_short_come_first() -> None:
    take, reading, given_up = Slow(), threading.Event(), threading.Event()

    def check(upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        if upload.name == "bad":
            yield {"outcome": "refused", "name": "bad", "reason": "it is empty"}
            return
        try:
            for _ in range(10_000 if upload.name == "endless" else 0):
                report("reading", 0, 0)
                reading.set()
                threading.Event().wait(0.001)
        except UploadCancelled:
            given_up.set()
            raise
        checked(upload, {"first": 1, "long": 9}.get(upload.name, 5))

    queue = IngestQueue(take, take.rest, check)
    try:
        put(queue, ONE, "first")
        assert take.began.acquire(timeout=10)
        paths = [put(queue, ONE, name) for name in ("long", "same", "bad")]
        until(lambda: states(queue, ONE) == ["working", "waiting", "waiting", "done"])
        (bad,) = [file for file in queue.status(ONE)["files"] if file["name"] == "bad"]
        assert bad["outcomes"] == [{"outcome": "refused", "name": "bad", "reason": "it is empty"}]
        assert not paths[-1].exists()
        # A file of the name of one that waits is stored after it, and is not compared with what the library has.
        put(queue, OTHER, "long")
        put(queue, OTHER, "endless")
        until(reading.is_set)
        queue.cancel(OTHER)
        until(given_up.is_set)
        assert (queue.status(ONE)["encoded"], queue.status(ONE)["passages"]) == (0, 15)
        take.go.release(9)
        until(lambda: not queue.status(ONE)["working"])
        assert take.taken == ["first", "same", "long"]
        assert queue.status(ONE)["progress"].startswith("15 of 15 passages")
    finally:
        queue.close()


def test_two_files_of_a_name_are_stored_in_their_order() -> None:
    take = Slow()
    follows: list[bool] = []

    def check(upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        follows.append(upload.follows)
        checked(upload, 9 - upload.number)
        yield from ()

    queue = IngestQueue(take, take.rest, check)
    try:
        take.go.release(3)
        put(queue, ONE, "first")
        until(lambda: states(queue, ONE) == ["done"])
        put(queue, ONE, "other")
        assert take.began.acquire(timeout=10)
        for _ in range(2):
            put(queue, ONE, "same")
        take.go.release(9)
        until(lambda: not queue.status(ONE)["working"])
        assert [file["state"] for file in queue.status(ONE)["files"]] == ["done"] * 4
        assert follows == [False, False, False, True]
    finally:
        queue.close()


def test_what_has_not_changed_is_not_told_again() -> None:
    take = Slow()
    with opened(take) as queue:
        put(queue, ONE, "a")
        put(queue, ONE, "b")
        assert take.began.acquire(timeout=10)
        until(lambda: queue.status(ONE)["files"][0]["of"] == 3)
        told = queue.status(ONE)
        assert queue.status(ONE, told["changes"])["files"] == []
        take.go.release(3)
        until(lambda: states(queue, ONE)[0] == "done")
        (outcome,) = [f["outcomes"] for f in queue.status(ONE, told["changes"])["files"] if f["number"] == 1]
        assert [each["outcome"] for each in outcome] == ["added"]
        later = queue.status(ONE)["changes"]
        assert not any(file["outcomes"] for file in queue.status(ONE, later)["files"])
        take.go.release(3)


def test_one_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    errors = {"bad": CorpusError("bad: no"), "full": LibraryError("the disk is full"), "broken": ZeroDivisionError()}

    def take(upload: Upload, report: ReportProgress) -> Iterator[Outcome]:
        if error := errors.get(upload.name):
            raise error
        yield {"outcome": "added", "name": upload.name, "reason": ""}

    with opened(take) as queue:
        for name in ("bad", "full", "broken", "good"):
            put(queue, ONE, name)
        until(lambda: not queue.status(ONE)["working"])
        told = [file["outcomes"][0] for file in queue.status(ONE)["files"]]
    assert [(each["outcome"], each["reason"]) for each in told[:2]] == [
        ("refused", "bad: no"),
        ("refused", "the disk is full"),
    ]
    assert "Rapporteur" in told[2]["reason"]
    assert told[3]["outcome"] == "added"
    assert "ZeroDivisionError" in caplog.text


def test_a_set_is_given_up_and_no_other() -> None:
    take = Slow()
    with opened(take) as queue:
        working, waiting = put(queue, ONE, "a"), put(queue, ONE, "b")
        put(queue, OTHER, "c")
        assert take.began.acquire(timeout=10)
        queue.cancel(ONE)
        assert not waiting.exists()
        assert states(queue, ONE) == ["cancelled", "cancelled"]
        take.go.release(9)
        until(lambda: states(queue, OTHER) == ["done"])
        assert take.taken == ["c"]
        assert not working.exists()
        assert [file["outcomes"] for file in queue.status(ONE)["files"]] == [[], []]


def test_a_set_is_forgotten_only_when_nothing_is_left_to_do() -> None:
    take = Slow()
    with opened(take) as queue:
        put(queue, ONE, "a")
        queue.forget(ONE)
        assert queue.status(ONE)["of"] == 1
        take.go.release(3)
        until(lambda: states(queue, ONE) == ["done"])
        queue.forget(ONE)
        nothing = {"changes": 0, "before": 0, "done": 0, "of": 0, "working": False, "files": []}
        assert queue.status(ONE) == {**nothing, "encoded": 0, "passages": 0, "progress": ""}


def test_no_more_may_wait_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_queue, "MOST_WAITING", 2)
    monkeypatch.setattr(ingest_queue, "MOST_WAITING_BYTES", 10)
    take = Slow()
    with opened(take) as queue:
        put(queue, ONE, "at work")
        assert take.began.acquire(timeout=10)
        assert queue.reserve(11) is None
        put(queue, ONE, "four")
        assert queue.reserve(7) is None
        put(queue, ONE, "4")
        assert queue.reserve(1) is None
        take.go.release(9)


def test_what_has_arrived_takes_up_room_until_it_is_there_or_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_queue, "MOST_WAITING_BYTES", 10)
    with opened(Slow()) as queue:
        arriving = queue.reserve(8)
        assert arriving
        assert queue.received(arriving, 8)
        assert queue.reserve(3) is None
        assert not queue.received(arriving, 3)
        queue.discard(arriving)
        assert not arriving.exists()
        again = queue.reserve(10)
        assert again
        queue.put(ONE, "shorter than said", again)
        assert queue.reserve(10)


def test_who_announces_much_and_sends_nothing_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_queue, "MOST_WAITING_BYTES", 10)
    with opened(Slow()) as queue:
        assert all(queue.reserve(10) for _ in range(50))
        arriving = queue.reserve(10)
        assert arriving
        assert queue.received(arriving, 10)


def test_what_has_just_been_put_in_line_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_queue, "_MOST_BATCHES", 2)
    take = Slow()
    with opened(take) as queue:
        take.go.release(30)
        for number in range(5):
            put(queue, f"{number:032x}", "x")
            until(lambda number=number: states(queue, f"{number:032x}") == ["done"])  # type: ignore[misc]
        assert [queue.status(f"{number:032x}")["of"] for number in range(5)] == [0, 0, 0, 1, 1]


def test_the_bytes_lie_where_only_this_user_reads_them() -> None:
    with opened(Slow()) as queue:
        path = queue.reserve(0)
        assert path
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_closed_line_gives_up_and_rests() -> None:
    take = Slow()
    queue = IngestQueue(take, take.rest)
    paths = [put(queue, ONE, "a"), put(queue, ONE, "b")]
    assert take.began.acquire(timeout=10)
    closing = threading.Thread(target=queue.close)
    closing.start()
    until(lambda: states(queue, ONE) == [CANCELLED, CANCELLED])
    take.go.release(1)
    closing.join()
    assert take.rested >= 1
    assert take.taken == []
    assert not any(path.exists() for path in paths)

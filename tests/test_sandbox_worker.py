"""Read documents in real processes, with limits that a small document exceeds."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.reading import read_bytes
from corpus.sandbox.worker import ReadingWorker

TALKS = "---\ntitle: Talks\nmeeting_date: 2021-08-05\n---\n# Talks\n\n- They met.\n- 会合 😀\n".encode()
# Nothing but headings: their outline takes a hundred times their own memory and several seconds.
LONG = b"# a\n\n" * 1_000_000


def test_a_document_is_what_reading_it_here_gives() -> None:
    with ReadingWorker() as worker:
        read = worker.read(TALKS, "talks.md", source_path="/x/talks.md")
    assert read == read_bytes(TALKS, "talks.md", Limits(), source_path="/x/talks.md")
    assert (read.title, read.source.path) == ("Talks", "/x/talks.md")


def test_one_process_reads_them_all_and_ends_with_the_block() -> None:
    with ReadingWorker() as worker:
        pids = {read_and_tell(worker, b"They met.")[1] for _ in range(3)}
    assert len(pids) == 1
    assert not psutil.pid_exists(pids.pop())


def read_and_tell(worker: ReadingWorker, raw: bytes) -> tuple[Document, int]:
    document = worker.read(raw, "a.txt")
    assert worker.pid
    return document, worker.pid


def test_a_refusal_names_the_file_as_the_user_did() -> None:
    with ReadingWorker() as worker, pytest.raises(CorpusError, match=r"^minutes/a.txt: the file is empty$"):
        worker.read(b"", "a.txt", file="minutes/a.txt")


@pytest.mark.parametrize("name", ["x\ny.txt", "\x1b[31m.txt", "a: b.txt"])
def test_a_refusal_of_a_file_with_an_odd_name_names_it_once(name: str) -> None:
    with ReadingWorker() as worker, pytest.raises(CorpusError) as refused:
        worker.read(b"", name, file=f"minutes/{name}")
    assert str(refused.value) == f"minutes/{name}: the file is empty"


def test_a_name_that_is_no_text_is_refused() -> None:
    with ReadingWorker() as worker, pytest.raises(CorpusError, match="the name is not UTF-8 text; rename the file"):
        worker.read(b"They met.", "caf\udce9.txt")


def test_what_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with ReadingWorker(Limits(seconds=3)) as worker:
        worker.read(b"They met.", "a.txt")
        with pytest.raises(CorpusError, match=r"^b.md: not read within 3 seconds; split it"):
            worker.read(LONG, "b.md")
        assert worker.read(b"They parted.", "c.txt").text == "They parted."


def test_what_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    with ReadingWorker(Limits(memory_bytes=128 * 1024 * 1024)) as worker:
        with pytest.raises(CorpusError, match=r"^b.md: takes more than 128 MB of memory to read; split the file$"):
            worker.read(LONG[:2_000_000], "b.md")
        assert worker.read(b"They parted.", "c.txt").text == "They parted."


def test_a_process_that_dies_costs_one_file() -> None:
    with ReadingWorker() as worker:
        pid = read_and_tell(worker, b"They met.")[1]
        os.kill(pid, signal.SIGSTOP)
        psutil.Process(pid).kill()
        assert worker.read(b"They parted.", "c.txt").text == "They parted."
        assert worker.pid != pid


def wait_until_it_reads(pid: int) -> None:
    """Wait until a process has the long document, of which it makes far more than this."""
    while psutil.Process(pid).memory_info().rss < 100 * 1024 * 1024:
        time.sleep(0.05)


@pytest.mark.parametrize("read_before", [False, True])
def test_a_document_that_breaks_its_reader_is_refused_and_the_next_is_read(read_before: bool) -> None:
    with ReadingWorker() as worker, ThreadPoolExecutor(1) as elsewhere:
        if read_before:  # then a second process is tried, in case the first had been broken by something else
            worker.read(b"They met.", "a.txt")
        broken = elsewhere.submit(worker.read, LONG, "b.md")
        pids: set[int] = set()
        while not broken.done():
            time.sleep(0.05)
            if (pid := worker.pid) and pid not in pids:
                pids.add(pid)
                time.sleep(0.7)
                os.kill(pid, signal.SIGSEGV)
        with pytest.raises(
            CorpusError, match=r"^b.md: the file broke its reader \(SIGSEGV\); save it again or in another"
        ):
            broken.result()
        assert len(pids) == 1 + read_before
        assert worker.read(b"They parted.", "c.txt").text == "They parted."


def test_a_reader_that_aborts_at_its_limit_is_said_to_want_memory() -> None:
    with ReadingWorker(Limits(memory_bytes=120 * 1024 * 1024)) as worker, ThreadPoolExecutor(1) as elsewhere:
        worker.read(b"They met.", "a.txt")
        assert worker.pid
        pid = worker.pid
        broken = elsewhere.submit(worker.read, LONG[:2_000_000], "b.md")
        wait_until_it_reads(pid)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(0.2)
        os.kill(pid, signal.SIGABRT)
        os.kill(pid, signal.SIGCONT)
        with pytest.raises(CorpusError, match=r"^b.md: takes more than 120 MB of memory to read; split the file$"):
            broken.result()


def test_an_interrupted_reading_ends_at_once_and_the_next_document_is_read() -> None:
    with ReadingWorker() as worker, ThreadPoolExecutor(1) as elsewhere:
        worker.read(b"They met.", "a.txt")
        long = elsewhere.submit(worker.read, LONG, "b.md")
        assert worker.pid
        wait_until_it_reads(worker.pid)
        worker.interrupt()
        with pytest.raises(CorpusError, match=r"^b.md: the reading was stopped$"):
            long.result(timeout=5)
        assert worker.read(b"They parted.", "c.txt").text == "They parted."


def test_a_closed_worker_reads_no_more() -> None:
    worker = ReadingWorker()
    worker.close()
    with pytest.raises(ValueError, match="closed"):
        worker.read(b"They met.", "a.txt")


_PARENT = """
import sys
from corpus.sandbox.worker import ReadingWorker
worker = ReadingWorker()
worker.read(b"They met.", "a.txt")
print(worker.pid, flush=True)
worker.read(sys.stdin.buffer.read(), "b.md")
"""


def test_the_process_ends_soon_after_its_parent_was_killed_in_the_middle_of_a_document() -> None:
    root = Path(__file__).resolve().parents[1]
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdin
    assert parent.stdout
    reader = psutil.Process(int(parent.stdout.readline()))
    parent.stdin.write(LONG)
    parent.stdin.close()
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    psutil.wait_procs([reader], timeout=10)
    assert not reader.is_running() or reader.status() == psutil.STATUS_ZOMBIE


_NO_ROOM = """
import resource
from corpus.sandbox.worker import ReadingWorker
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
with ReadingWorker() as worker:
    worker.read(("Die Minister haben eine Erklärung verabschiedet und wollen zusammenarbeiten. " * 9).encode(), "a.txt")
"""


def test_no_room_for_a_temporary_file_is_not_put_down_to_the_document() -> None:
    pytest.importorskip("resource")
    root = {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    run = subprocess.run([sys.executable, "-c", _NO_ROOM], env={**os.environ, **root}, capture_output=True, text=True)
    line = run.stderr.splitlines()[-1].removeprefix("corpus.errors.CorpusError: ")
    why = f"no temporary file could be written ({os.strerror(errno.EFBIG)})"
    assert line == f"a.txt: {why}; make room or set TMPDIR, and add it again"


def test_facts_given_reach_the_reader() -> None:
    given = (Fact("title", "Other talks", "records.toml"),)
    with ReadingWorker() as worker:
        assert worker.read(b"They met.", "a.txt", trusted_facts=given) == read_bytes(
            b"They met.", "a.txt", Limits(), trusted_facts=given
        )

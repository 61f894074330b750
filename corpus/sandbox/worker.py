"""Files read in a process of their own, which can be ended when one of them costs too much or breaks it."""

import subprocess
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType
from typing import Any

from corpus.discovery.source_file import bad_name
from corpus.document import Document
from corpus.errors import CorpusError, printable
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.sandbox.child import Reader, Reply, exchanged, how_it_ended, memory_of, received, started
from corpus.sandbox.messages import document_from_message, fact_rows

_SECONDS_BETWEEN_LOOKS = 0.05
_STARTING_SECONDS = 60.0
_LARGEST_GREETING = 1024
# A process that has grown beyond this share of the memory it may have is not kept for the next document.
_KEPT_SHARE = 0.25
# A parser that is refused more memory may abort of itself; one that had grown so far did it for that.
_SPENT_SHARE = 0.8

_OF_DOCUMENTS = Reader("corpus.sandbox.main:read_document", ("corpus",))


class ReadingWorker:
    """Reads documents, one at a time, in a process without network that is ended at a limit and started again.

    It starts with the first document and serves all that follow. Use it in a `with` block; any thread may read with
    it, and they take turns.

    Args:
        limits: what one document may cost.
        reader: what reads; another than the usual one gives something else than documents, by `asked`.
    """

    def __init__(self, limits: Limits | None = None, reader: Reader = _OF_DOCUMENTS) -> None:
        self.limits = limits or Limits()
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._talking = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._closed = False
        self._interrupted = False
        self._most_memory = 0

    def __enter__(self) -> "ReadingWorker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(
        self,
        raw: bytes,
        name: str,
        *,
        file: str | None = None,
        source_path: str | None = None,
        facts_given: Iterable[Fact] = (),
    ) -> Document:
        """Read the bytes of one file into a document.

        Args:
            raw: what the file holds.
            name: the document's name; its suffix says of what kind it is.
            file: what an error calls the file; its name when None.
            source_path: where it lies, as the library will know it.
            facts_given: what is known about it from elsewhere.

        Raises:
            CorpusError: the file cannot be taken in, took too long or too much memory, or broke its reader.
        """
        file = name if file is None else file
        if reason := bad_name(f"{name}{source_path or ''}"):
            raise CorpusError(f"{file}: {reason}")
        about = {"name": name, "source": source_path, "facts": fact_rows(facts_given)}
        reply, body = self.request(about, raw, file)
        try:
            return document_from_message(reply["document"], body)
        except (ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"{file}: its reader gave no document ({error}); save it in another format") from error

    def request(self, about: dict[str, Any], raw: bytes, file: str) -> tuple[dict[str, Any], bytes]:
        """Send the bytes of one file to the reading process and return its reply.

        Args:
            about: what the reader needs to know about them as JSON values; "name" is its name for the file.
            raw: the whole file.
            file: its name for messages.

        Raises:
            CorpusError: as `read`.
        """
        with self._turn:
            self._interrupted = False
            reply, body = self._reply(about, raw, file)
            self._end_when_spent(reply)
        if "refused" in reply:
            raise CorpusError(_renamed(str(reply["refused"]), about["name"], file))
        if "memory" in reply:
            raise CorpusError(self._too_much_memory(file))
        if "failed" in reply:
            raise CorpusError(f"{file}: its reader failed ({reply['failed']}); save it in another format")
        return reply, body

    @property
    def pid(self) -> int | None:
        """The number of the process that reads now; None when there is none."""
        return self._process.pid if self._process else None

    def interrupt(self) -> None:
        """End the reading of the document that is read now, which then fails; the next one is read as ever."""
        self._interrupted = True
        self._end()

    def close(self) -> None:
        """End the process, also while a document is read, and read no more."""
        self._closed = True
        self.interrupt()
        self._talking.shutdown()

    def _reply(self, about: dict[str, Any], raw: bytes, file: str) -> tuple[dict[str, Any], bytes]:
        fresh, process = self._running(file)
        answered = self._talking.submit(exchanged, process, about, raw, self.limits.memory_bytes)
        try:
            stopped = self._watch(process, answered)
        except BaseException:  # the user interrupts: nobody waits for this document any more
            self._end()
            raise
        if stopped:
            self._end()
            raise CorpusError(stopped(file))
        if reply := answered.result():
            return reply
        if fresh or self._interrupted:
            raise CorpusError(self._broken(file))
        self._end()  # what ended it may be older than this document: it gets a process of its own
        return self._reply(about, raw, file)

    def _watch(self, process: subprocess.Popen[bytes], answered: "Future[Reply]") -> Any:
        """Wait for the answer; why it is waited for no longer when a limit is reached first."""
        ends = time.monotonic() + self.limits.seconds
        self._most_memory = 0
        while True:
            try:
                answered.result(timeout=min(_SECONDS_BETWEEN_LOOKS, max(ends - time.monotonic(), 0)))
                return None
            except NotYet:
                self._most_memory = max(self._most_memory, memory_of(process.pid))
                if self._most_memory > self.limits.memory_bytes:
                    return self._too_much_memory
                if time.monotonic() >= ends:
                    return self._too_long

    def _running(self, file: str) -> tuple[bool, subprocess.Popen[bytes]]:
        """Whether the process is a new one, and the process."""
        if self._closed:
            raise ValueError("this worker is closed")
        if self._process and self._process.poll() is None:
            return False, self._process
        self._end()
        process = self._process = started(self.limits, self._reader)
        try:
            # The time for a document begins when there is somebody to read it.
            ready = self._talking.submit(received, process, _LARGEST_GREETING).result(timeout=_STARTING_SECONDS)
        except NotYet:
            ready = None
        except BaseException:
            self._end()
            raise
        if ready is None:
            self._end()
            raise CorpusError(f"{file}: {self._why_notstarted()}")
        return True, process

    def _why_notstarted(self) -> str:
        return (
            "the reading was stopped"
            if self._interrupted
            else "the process that reads documents does not start; try again"
        )

    def _end_when_spent(self, reply: dict[str, Any]) -> None:
        """End a process that ran out of memory, or holds much of what the next document may need."""
        process = self._process
        if process and ("memory" in reply or memory_of(process.pid) > _KEPT_SHARE * self.limits.memory_bytes):
            self._end()

    def _end(self) -> int | None:
        """End the process at once; the code it ended with."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:  # what was still to be written goes nowhere
                pass
        return code

    def _broken(self, file: str) -> str:
        process = self._process
        code = process.wait() if process else None
        self._end()
        if self._interrupted:
            return f"{file}: the reading was stopped"
        if self._most_memory > _SPENT_SHARE * self.limits.memory_bytes:
            return self._too_much_memory(file)
        return f"{file}: the file broke its reader ({how_it_ended(code)}); save it anew or in another format"

    def _too_long(self, file: str) -> str:
        return f"{file}: not read within {self.limits.seconds:,g} seconds; split it or save it in a simpler format"

    def _too_much_memory(self, file: str) -> str:
        most = self.limits.memory_bytes / 1024 / 1024
        return f"{file}: takes more than {most:,.0f} MB of memory to read; split the file"


def _renamed(line: str, name: str, file: str) -> str:
    """A refusal that begins with the file as the user named it."""
    for called in (name, printable(name)):
        if line.startswith(f"{called}: "):
            return f"{file}: {line.removeprefix(f'{called}: ')}"
    return line

"""Read files in a confined child process, which is ended at a limit of time or memory and started again."""

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
from corpus.sandbox.child import (
    ReaderFunction,
    Reply,
    describe_exit,
    exchange,
    memory_bytes_of,
    receive_reply,
    start_process,
)
from corpus.serialize import document_from_message, fact_rows

_SECONDS_BETWEEN_LOOKS = 0.05
_STARTING_SECONDS = 60.0
_LARGEST_GREETING = 1024
# A process above this share of its memory limit is ended before the next document.
_REUSE_SHARE = 0.25
# A process that ends by itself above this share of its memory limit ended for want of memory.
_SPENT_SHARE = 0.8

_DOCUMENT_READER = ReaderFunction("corpus.sandbox.main:read_document", ("corpus",))


class ReadingWorker:
    """Reads documents, one at a time, in a process without network that is ended at a limit and started again.

    It starts with the first document and serves all that follow. Use it in a `with` block; threads take turns.

    Args:
        limits: of one document.
        reader: the function that reads; another than the usual one answers `request` with other values.
    """

    def __init__(self, limits: Limits | None = None, reader: ReaderFunction = _DOCUMENT_READER) -> None:
        self.limits = limits or Limits()
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="reading")
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
        trusted_facts: Iterable[Fact] = (),
    ) -> Document:
        """Read the bytes of one file into a document.

        Args:
            raw: the bytes of the file.
            name: of the document, with the suffix of its format.
            file: name of the file for messages; `name` when None.
            source_path: path that the document will state.
            trusted_facts: facts from elsewhere, more trustworthy than those of the file.

        Raises:
            CorpusError: the file cannot be read, took too long or too much memory, or broke its reader.
        """
        file = name if file is None else file
        if reason := bad_name(f"{name}{source_path or ''}"):
            raise CorpusError(f"{file}: {reason}")
        about = {"name": name, "source": source_path, "facts": fact_rows(trusted_facts)}
        reply, body = self.request(about, raw, file)
        try:
            return document_from_message(reply["document"], body)
        except (ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"{file}: its reader gave no document ({error}); save it in another format") from error

    def request(self, about: dict[str, Any], raw: bytes, file: str) -> tuple[dict[str, Any], bytes]:
        """Send the bytes of one file to the reading process and return its reply.

        Args:
            about: JSON values for the reader; "name" is its name for the file.
            raw: the whole file.
            file: its name for messages.

        Raises:
            CorpusError: as `read`.
        """
        with self._lock:
            self._interrupted = False
            reply, body = self._reply(about, raw, file)
            self._end_when_spent(reply)
        if "refused" in reply:
            raise CorpusError(_with_user_name(str(reply["refused"]), about["name"], file))
        if "memory" in reply:
            raise CorpusError(self._too_much_memory(file))
        if "failed" in reply:
            raise CorpusError(f"{file}: its reader failed ({reply['failed']}); save it in another format")
        return reply, body

    @property
    def pid(self) -> int | None:
        """The process id of the reading process; None while there is none."""
        return self._process.pid if self._process else None

    def interrupt(self) -> None:
        """Stop reading the present document, which then fails; the next one is read as usual."""
        self._interrupted = True
        self._end()

    def close(self) -> None:
        """End the process, also while it reads a document, and accept no more."""
        self._closed = True
        self.interrupt()
        self._executor.shutdown()

    def _reply(self, about: dict[str, Any], raw: bytes, file: str) -> tuple[dict[str, Any], bytes]:
        fresh, process = self._running(file)
        future = self._executor.submit(exchange, process, about, raw, self.limits.memory_bytes)
        try:
            limit_message = self._watch(process, future)
        except BaseException:  # interrupted by the user
            self._end()
            raise
        if limit_message:
            self._end()
            raise CorpusError(limit_message(file))
        if reply := future.result():
            return reply
        if fresh or self._interrupted:
            raise CorpusError(self._broken(file))
        self._end()  # an earlier document may have broken the process: read this one in a fresh one
        return self._reply(about, raw, file)

    def _watch(self, process: subprocess.Popen[bytes], reply: "Future[Reply]") -> Any:
        """Wait for the reply; return the message of a limit that is reached first, else None."""
        deadline = time.monotonic() + self.limits.seconds
        self._most_memory = 0
        while True:
            try:
                reply.result(timeout=min(_SECONDS_BETWEEN_LOOKS, max(deadline - time.monotonic(), 0)))
                return None
            except NotYet:
                self._most_memory = max(self._most_memory, memory_bytes_of(process.pid))
                if self._most_memory > self.limits.memory_bytes:
                    return self._too_much_memory
                if time.monotonic() >= deadline:
                    return self._too_long

    def _running(self, file: str) -> tuple[bool, subprocess.Popen[bytes]]:
        """Return True if the process is a new one, and the process."""
        if self._closed:
            raise ValueError("this worker is closed")
        if self._process and self._process.poll() is None:
            return False, self._process
        self._end()
        process = self._process = start_process(self.limits, self._reader)
        try:
            # The time limit of a document begins when the process is ready.
            ready = self._executor.submit(receive_reply, process, _LARGEST_GREETING).result(timeout=_STARTING_SECONDS)
        except NotYet:
            ready = None
        except BaseException:
            self._end()
            raise
        if ready is None:
            self._end()
            raise CorpusError(f"{file}: {self._start_failure()}")
        return True, process

    def _start_failure(self) -> str:
        return (
            "the reading was stopped"
            if self._interrupted
            else "the process that reads documents does not start; try again"
        )

    def _end_when_spent(self, reply: dict[str, Any]) -> None:
        """End a process that ran out of memory or still holds much."""
        process = self._process
        if process and ("memory" in reply or memory_bytes_of(process.pid) > _REUSE_SHARE * self.limits.memory_bytes):
            self._end()

    def _end(self) -> int | None:
        """Kill the process and return its exit code; None without a process."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            try:
                if stream:
                    stream.close()
            except OSError:  # unwritten bytes are lost
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
        return f"{file}: the file broke its reader ({describe_exit(code)}); save it again or in another format"

    def _too_long(self, file: str) -> str:
        return f"{file}: not read within {self.limits.seconds:,g} seconds; split it or save it in a simpler format"

    def _too_much_memory(self, file: str) -> str:
        most = self.limits.memory_bytes / 1024 / 1024
        return f"{file}: takes more than {most:,.0f} MB of memory to read; split the file"


def _with_user_name(line: str, name: str, file: str) -> str:
    """Return a refusal with the user's name for the file at its beginning."""
    for reader_name in (name, printable(name)):
        if line.startswith(f"{reader_name}: "):
            return f"{file}: {line.removeprefix(f'{reader_name}: ')}"
    return line

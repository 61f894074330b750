"""Keep documents in a temporary file between reading and storing, so that any number of them takes no memory."""

import json
import tempfile
import threading
from collections.abc import Callable
from typing import BinaryIO

from corpus.document import Document
from corpus.serialize import document_from_message, document_message


class DocumentSpool:
    """A temporary file of documents without a name, which the system deletes however the process ends.

    Threads may share it. Close it, or use it in a `with` block.
    """

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "DocumentSpool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, document: Document) -> Callable[[], Document]:
        """Keep a document and return a function that gives it back, from memory where the disk has no room."""
        about, text = document_message(document)
        header = json.dumps(about).encode()
        try:
            with self._lock:
                self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 # closed by `close`
                start = self._file.seek(0, 2)
                self._file.write(header + text)
                self._file.flush()
        except OSError:
            return lambda: document
        return lambda: self._get(start, len(header), len(text))

    def close(self) -> None:
        """Delete the file; its documents cannot be given back any more."""
        if self._file:
            self._file.close()
            self._file = None

    def _get(self, start: int, header: int, text: int) -> Document:
        with self._lock:
            if self._file is None:
                raise ValueError("this spool is closed")
            self._file.seek(start)
            raw = self._file.read(header + text)
        return document_from_message(json.loads(raw[:header]), raw[header:])

"""The process that reads for `reading_worker`: bytes in, plain values out, and it may do nothing else."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.sandbox.child import confine
from corpus.sandbox.messages import document_message, facts_from_rows, receive, send

# Beyond the time that the parent allows: for when the parent is no longer there to end this process.
_GRACE_SECONDS = 5.0
_HALF = "half a character, such as a surrogate without its pair"


Message = tuple[dict[str, Any], bytes]


def main(limits_given: str, reader: str) -> None:
    """Read from standard input and answer on standard output until the input ends.

    Args:
        limits_given: the fields of `Limits` as JSON.
        reader: the module and, behind a colon, its function that makes the answer, such as `read_document`.
    """
    module, _, function = reader.partition(":")
    read = getattr(import_module(module), function)
    limits = Limits(**json.loads(limits_given))
    requests, replies = sys.stdin.buffer, _own_stdout()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    confine(limits)
    send(replies, {"ready": True})
    while (request := receive(requests)) is not None:
        _end_after(limits.seconds + _GRACE_SECONDS)
        try:
            send(replies, *_reply(read, *request, limits))
        except UnicodeEncodeError:  # a fact or a name
            send(replies, {"failed": _HALF})
        _end_after(0)


def read_document(about: dict[str, Any], raw: bytes, limits: Limits) -> Message:
    """Answer with the document that a file's bytes hold.

    Raises:
        CorpusError: the file cannot be taken in.
    """
    from corpus.reading import read_bytes

    facts = facts_from_rows(about["facts"])
    document = read_bytes(raw, about["name"], limits, source_path=about["source"], facts_given=facts)
    stated, text = document_message(document)
    return {"document": stated}, text


def _reply(read: Callable[..., Message], about: dict[str, Any], raw: bytes, limits: Limits) -> Message:
    try:
        return read(about, raw, limits)
    except CorpusError as error:
        return {"refused": str(error)}, b""
    except UnicodeEncodeError:
        return {"failed": _HALF}, b""
    except MemoryError:
        return {"memory": True}, b""
    except OSError as error:  # reading writes one file, the model of languages as it is unpacked
        if error.errno is None:
            return {"failed": f"{error}".partition("\n")[0][:200]}, b""
        why = f"no temporary file could be written ({os.strerror(error.errno)})"
        return {"refused": f"{about['name']}: {why}; make room or set TMPDIR, and add it again"}, b""
    except Exception as error:  # whatever a parser stumbles over costs this file, not the run
        return {"failed": f"{type(error).__name__}: {error}".partition("\n")[0][:200]}, b""


def _own_stdout() -> BinaryIO:
    """The pipe to the parent, which nothing that a parser prints can reach."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def _end_with(parent: int) -> None:
    """End this process soon after its parent, also when that was killed while a document is read."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _end_after(seconds: float) -> None:
    """Let the system end this process after some seconds, whatever it is doing then; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)

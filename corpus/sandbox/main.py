"""Run inside the reading process: read requests from standard input, answer on standard output."""

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
from corpus.sandbox.child import confine, receive, send
from corpus.serialize import document_message, facts_from_rows

# Added to the parent's time limit: this process ends itself if the parent no longer can.
_GRACE_SECONDS = 5.0
_HALF = "half a character, such as a surrogate without its pair"


Message = tuple[dict[str, Any], bytes]


def main(limits_json: str, reader: str) -> None:
    """Answer the requests of standard input on standard output until the input ends.

    Args:
        limits_json: the fields of `Limits` as JSON.
        reader: "module:function" of the function that returns the reply, such as `read_document`.
    """
    module, _, function = reader.partition(":")
    read = getattr(import_module(module), function)
    limits = Limits(**json.loads(limits_json))
    requests, replies = sys.stdin.buffer, _own_stdout()
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
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
    """Return the document of a file's bytes as a message.

    Raises:
        CorpusError: the file cannot be read.
    """
    from corpus.reading import read_bytes

    facts = facts_from_rows(about["facts"])
    document = read_bytes(raw, about["name"], limits, source_path=about["source"], trusted_facts=facts)
    stated, text = document_message(document)
    return {"document": stated}, text


def end_with_parent(parent: int) -> None:
    """End this process soon after its parent, also if that was killed while a document is read."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _reply(read: Callable[..., Message], about: dict[str, Any], raw: bytes, limits: Limits) -> Message:
    try:
        return read(about, raw, limits)
    except CorpusError as error:
        return {"refused": str(error)}, b""
    except UnicodeEncodeError:
        return {"failed": _HALF}, b""
    except MemoryError:
        return {"memory": True}, b""
    except OSError as error:  # the one file that readers write is the unpacked language model
        if error.errno is None:
            return {"failed": f"{error}".partition("\n")[0][:200]}, b""
        why = f"no temporary file could be written ({os.strerror(error.errno)})"
        return {"refused": f"{about['name']}: {why}; make room or set TMPDIR, and add it again"}, b""
    except Exception as error:  # an error of a parser costs this file, not the run
        return {"failed": f"{type(error).__name__}: {error}".partition("\n")[0][:200]}, b""


def _own_stdout() -> BinaryIO:
    """Return the pipe to the parent, and send whatever parsers print to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def _end_after(seconds: float) -> None:
    """Make the system end this process after some seconds; 0 cancels that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)

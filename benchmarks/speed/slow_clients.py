"""Clients that hold a page's server without using it, large uploads, and others who look at records meanwhile."""

import http.client
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_BATCH = "0" * 32
_LARGE = 20 * 1024**2
_SECONDS_BETWEEN_BYTES = 1.0
_SECONDS_BETWEEN_LOOKS = 1.0
_TIMEOUT = 120
_HOST = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_BODY = b"Content-Length: 60000000\r\n\r\n"
# What a slow client sends at first; then a byte now and then.
_BEGINNINGS = (
    b"",
    b"GET /records" + _HOST + b"X-Slow: ",
    f"POST /library/files?batch={_BATCH}&name=slow.txt".encode() + _HOST + _BODY,
    b"POST /check?name=slow.md" + _HOST + _BODY,
)


@dataclass
class Disturbance:
    """Results of the slow clients, the uploads and the looks at the records.

    Attributes:
        opened: connections that slow clients have opened, again and again as they were closed.
        uploads: replies to the large uploads, with how often.
        looks: seconds that each look at the list of records took.
        failed: looks that failed, by the reason.
    """

    opened: int = 0
    uploads: Counter[str] = field(default_factory=Counter)
    looks: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)


@contextmanager
def disturbed(port: int, slow: int, uploads: int) -> Iterator[Disturbance]:
    """Hold slow connections, send large files and look at the records of a page while the block runs.

    Args:
        port: the page's.
        slow: the number of slow connections at any time.
        uploads: the number of files of 20 MB, sent together at the beginning.
    """
    seen, ended = Disturbance(), threading.Event()
    threads = [threading.Thread(target=_hold, args=(port, number, seen, ended)) for number in range(slow)]
    threads += [threading.Thread(target=_send, args=(port, number, seen)) for number in range(uploads)]
    threads.append(threading.Thread(target=_look, args=(port, seen, ended)))
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _hold(port: int, number: int, seen: Disturbance, ended: threading.Event) -> None:
    beginning = _BEGINNINGS[number % len(_BEGINNINGS)]
    while not ended.is_set():
        seen.opened += 1
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_SECONDS_BETWEEN_BYTES) as link:
                link.sendall(beginning)
                while not ended.wait(_SECONDS_BETWEEN_BYTES):
                    link.sendall(b"x" if beginning else b"")
                    if _is_closed(link):
                        break
        except OSError:
            ended.wait(_SECONDS_BETWEEN_BYTES)


def _is_closed(link: socket.socket) -> bool:
    link.setblocking(False)
    try:
        return not link.recv(1024)
    except BlockingIOError:
        return False
    finally:
        link.settimeout(_SECONDS_BETWEEN_BYTES)


def _send(port: int, number: int, seen: Disturbance) -> None:
    body = b"The harbour agreed on point %d. " % number
    path = f"/library/files?batch={uuid.uuid4().hex}&name=large{number}.txt"
    seen.uploads[_reply(port, "POST", path, body * (_LARGE // len(body)))] += 1


def _look(port: int, seen: Disturbance, ended: threading.Event) -> None:
    while not ended.wait(_SECONDS_BETWEEN_LOOKS):
        start = time.perf_counter()
        status = _reply(port, "GET", "/records")
        if status == "200":
            seen.looks.append(time.perf_counter() - start)
        else:
            seen.failed[status] += 1


def _reply(port: int, method: str, path: str, body: bytes | None = None) -> str:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        link.request(method, path, body)
        reply = link.getresponse()
        reply.read()
        return str(reply.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        link.close()

"""Connections to the page that send no whole request, or read no reply, within some seconds are closed."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_LATE = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Limits of the connections to one server.

    Attributes:
        header_seconds: from the connection, or the first byte of a further request, to the end of its headers.
        reading_seconds: how long a reply may wait for its reader.
        waiting: connections that have sent no whole headers; the oldest is closed for one more.
        open: all connections; one more is closed at once. A process may usually have 1,024 files open.
    """

    header_seconds: float = 10.0
    reading_seconds: float = 60.0
    waiting: int = 128
    open: int = 700


class LimitedConnection(H11Protocol):
    """A connection that is closed when its client is too slow; see `limited_connection`.

    Attributes:
        limits: of all connections of the server.
        waiting: the connections that have sent no whole headers yet, the oldest first.
    """

    limits: ClassVar[ConnectionLimits]
    waiting: "ClassVar[dict[LimitedConnection, None]]"
    _header_timer: asyncio.TimerHandle | None = None
    _reading_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.open:
            transport.abort()
        else:
            self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        if self.transport.is_closing() or self.conn.their_state is not h11.IDLE:
            self._end_waiting()
        elif self._header_timer is None:
            self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._end_waiting()
        self._end_reading()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """See `asyncio.Protocol`."""
        super().pause_writing()
        self._reading_timer = self.loop.call_later(self.limits.reading_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """See `asyncio.Protocol`."""
        self._end_reading()
        super().resume_writing()

    def _wait_for_headers(self) -> None:
        self._header_timer = self.loop.call_later(self.limits.header_seconds, self._close_late)
        self.waiting[self] = None
        if len(self.waiting) > self.limits.waiting:
            next(iter(self.waiting))._close_late()

    def _end_waiting(self) -> None:
        self.waiting.pop(self, None)
        if self._header_timer:
            self._header_timer.cancel()
            self._header_timer = None

    def _end_reading(self) -> None:
        if self._reading_timer:
            self._reading_timer.cancel()
            self._reading_timer = None

    def _close_late(self) -> None:
        self._end_waiting()
        if self.conn.trailing_data[0]:
            self.transport.write(_LATE)
        self.transport.close()


def limited_connection(limits: ConnectionLimits) -> type[LimitedConnection]:
    """Return the protocol of one server's connections, which share these limits."""
    return type("ConnectionOfOneServer", (LimitedConnection,), {"limits": limits, "waiting": {}})

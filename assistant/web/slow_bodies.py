"""The body of a request that comes too slowly is given up, so that its sender holds nothing that others need."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

# Seconds without a byte after which a body is given up, and seconds that any body may take.
_LONGEST_PAUSE = 10.0
_SECONDS_AT_LEAST = 20.0
# Bytes a second that a body of many seconds must reach; a telephone line had 7,000.
_LEAST_RATE = 4_000


class TimedBody:
    """The messages of one request; the sender counts as gone when its body pauses too long or comes too slowly.

    Args:
        receive: gives the next message.
        pause: the longest pause in seconds.
    """

    def __init__(self, receive: Callable[[], Awaitable[Any]], pause: float | None = None) -> None:
        self._receive = receive
        self._pause = _LONGEST_PAUSE if pause is None else pause
        self._begun = time.monotonic()
        self._bytes = 0
        self._is_whole = False
        self.is_late = False

    async def receive(self) -> Any:
        """Return the next message; after the whole body it waits for the sender to leave, however long."""
        if self._is_whole:
            return await self._receive()
        if self.is_late:
            return {"type": "http.disconnect"}
        allowed = self._begun + _SECONDS_AT_LEAST + self._bytes / _LEAST_RATE - time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, min(self._pause, allowed))):
                message = await self._receive()
        except TimeoutError:
            self.is_late = True
            return {"type": "http.disconnect"}
        self._bytes += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return message

"""Answer the questions of programs in threads of their own, a few at once, and refuse more than may wait."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from assistant.web.api.replies import ApiRefused

T = TypeVar("T")
# As many as the page answers at once; each keeps a core busy for a moment.
_AT_ONCE = 4
_MOST_WAITING = 64
_TOO_MANY = "too many questions are waiting just now; ask again in a few seconds"


class Workers:
    """Runs work in a few threads, so that the server stays free for others."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="api")
        self.waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Return the result of the work.

        Raises:
            ApiRefused: too much is waiting.
        """
        if self.waiting >= _AT_ONCE + _MOST_WAITING:
            raise ApiRefused(429, _TOO_MANY)
        self.waiting += 1
        try:
            # The user who acts is known in the thread, too.
            as_user = partial(copy_context().run, work)
            return await asyncio.get_running_loop().run_in_executor(self._threads, as_user)
        finally:
            self.waiting -= 1

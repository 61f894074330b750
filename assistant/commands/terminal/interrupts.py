"""End a command at Ctrl-C also where Python or a library loses the KeyboardInterrupt."""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SECONDS_TO_END = 2.0


class _Interrupts:
    """The reaction to Ctrl-C during a block of code.

    Python writes a KeyboardInterrupt that meets a callback, such as one of a lock of an import, to stderr and forgets
    it; libraries in C replace it by an error of their own or drop it.
    """

    def __init__(self, last_line: str | None) -> None:
        self.came = False
        self.is_over = False
        self._last_line = last_line
        self._report = sys.unraisablehook

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt; with a last line, have the process end even if it is lost."""
        self.came = True
        if self._last_line is not None:
            # `Thread.start` takes a lock that the interrupted code may hold.
            _thread.start_new_thread(self._end_late, ())
        raise KeyboardInterrupt

    def report(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """Report what cannot be raised, except an interrupt."""
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            self._report(unraisable)

    def _end_late(self) -> None:
        time.sleep(_SECONDS_TO_END)
        if not self.is_over:
            print(self._last_line, flush=True)
            os._exit(0)


@contextmanager
def interruptible(last_line: str | None = None) -> Iterator[None]:
    """Raise KeyboardInterrupt from the block when Ctrl-C came, whatever became of it there.

    Args:
        last_line: end the process with this line some seconds after Ctrl-C if the block is still at work then, such as
            with a batch of texts; None waits for the end of the block.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupts = _Interrupts(last_line)
    former = signal.signal(signal.SIGINT, interrupts.interrupt), sys.unraisablehook
    sys.unraisablehook = interrupts.report
    try:
        yield
    except Exception as error:
        if interrupts.came:
            raise KeyboardInterrupt from error
        raise
    finally:
        interrupts.is_over = True
        signal.signal(signal.SIGINT, former[0])
        sys.unraisablehook = former[1]
    if interrupts.came:
        raise KeyboardInterrupt

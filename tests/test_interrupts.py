"""Ctrl-C is not lost where Python or a library loses the KeyboardInterrupt that it raises."""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from assistant.commands.terminal.interrupts import interruptible


class _InterruptedAtItsEnd:
    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def _in_a_callback() -> None:
    _InterruptedAtItsEnd()


def _replaced_by_a_library() -> None:
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise RuntimeError("error in a callback") from None


def _dropped_by_a_library() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("lose", [_in_a_callback, _replaced_by_a_library, _dropped_by_a_library])
def test_a_lost_interrupt_is_raised_at_the_end_of_the_block(
    lose: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    former = signal.getsignal(signal.SIGINT), sys.unraisablehook
    with pytest.raises(KeyboardInterrupt), interruptible():
        lose()
    assert capsys.readouterr() == ("", "")
    assert (signal.getsignal(signal.SIGINT), sys.unraisablehook) == former


def test_other_errors_are_raised_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __del__(self) -> None:
            raise ValueError("at its end")

    reported: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: reported.append(str(unraisable.exc_value)))
    with interruptible():
        Failing()
    with pytest.raises(RuntimeError, match="of the block"), interruptible():
        raise RuntimeError("of the block")
    assert reported == ["at its end"]


def test_a_thread_beside_the_main_one_changes_no_signal() -> None:
    seen: list[object] = []

    def look() -> None:
        with interruptible():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]


def test_with_a_last_line_the_process_ends_though_the_block_goes_on() -> None:
    code = """
import signal, threading
from assistant.commands.terminal.interrupts import interruptible
with interruptible("It has stopped"):
    with threading._active_limbo_lock:  # as in the middle of Thread.start
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            pass
    threading.Event().wait()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "It has stopped\n", "")

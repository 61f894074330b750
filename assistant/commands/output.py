"""Print results, progress and errors of the commands, with control characters of other people's text escaped."""

import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from shutil import get_terminal_size
from typing import Any

from assistant.rate import Rate
from index.errors import RapporteurError

# Joiners and soft hyphens are part of words; every other invisible sign can reorder or hide the text around it.
_KEPT_SIGNS = frozenset("\u00ad\u200c\u200d")
_ESCAPED_KINDS = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_SECONDS_BETWEEN_LINES = 10.0
_LEAST_WIDTH = 12


# The progress bar that is on the terminal, if there is one.
_shown_bars: list[Any] = []


class OutputClosed(Exception):
    """The program that reads stdout has closed it; the command ends without a message."""


class _Escapes(dict[int, str]):
    """Table for `str.translate` that escapes characters which control a terminal or the reading direction."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_control = unicodedata.category(character) in _ESCAPED_KINDS and character not in _KEPT_SIGNS
        self[code] = json.dumps(character)[1:-1] if is_control else character
        return self[code]


_IN_A_LINE = _Escapes()
_IN_A_TEXT = _Escapes({0x09: "\t", 0x0A: "\n"})


def shown(text: object) -> str:
    """Return a text as one line with control characters escaped, so that a terminal shows and does not obey them."""
    return str(text).translate(_IN_A_LINE)


def shown_lines(text: str) -> str:
    """Return a text escaped like `shown`, with its line ends and tabs unchanged."""
    return text.replace("\r\n", "\n").translate(_IN_A_TEXT)


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, with control characters and lone surrogates escaped."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_IN_A_LINE)


def say(*lines: str) -> None:
    """Print lines for a person on stdout."""
    print_exactly("".join(f"{shown_lines(line)}\n" for line in lines))


def say_json(value: Any) -> None:
    """Print a value as one line of JSON on stdout."""
    print_exactly(as_json(value) + "\n")


def print_exactly(text: str) -> None:
    """Write a text to stdout as UTF-8 whatever the locale, with its line ends unchanged.

    Raises:
        OutputClosed: the other end of the pipe is closed.
    """
    try:
        sys.stdout.flush()
        with _without_bar() if _shown_bars and on_terminal() else nullcontext():
            sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # Later output, and the flush when Python ends, go to /dev/null instead of failing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputClosed from error


def complain(message: str) -> None:
    """Print one line on stderr that says what was refused."""
    sys.stderr.write(f"rapporteur: {shown(message)}\n")
    sys.stderr.flush()


def on_terminal() -> bool:
    """Return True if stdout is a terminal."""
    return sys.stdout.isatty()


def can_prompt() -> bool:
    """Return True if a person reads and types: standard input and output are a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as lines of a table; wide characters count as two columns.

    On a terminal the longest cells are shortened until the lines fit its width.
    """
    rows = [tuple(map(shown, row)) for row in rows]
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    if on_terminal():
        widths = _fitted(widths, get_terminal_size().columns)
        rows = [tuple(_shortened(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    padded = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
    return [line.rstrip() for line in padded]


@contextmanager
def progress(task: str, unit: str, begins: str = "") -> Iterator[Callable[[int, int], None]]:
    """Show progress, rate and time left on stderr: a bar on a terminal, otherwise a line every ten seconds.

    Args:
        task: the name of the task, such as "Encoding".
        unit: what is counted, in the plural.
        begins: what is done while the total is not known.

    Returns:
        A function to call with the number done and the total; 0 of 0 while it is not known.
    """
    rate = Rate(unit)

    def text(done: int, total: int) -> str:
        return rate.report(done, total) if total else begins

    if not sys.stderr.isatty():
        yield _periodic_lines(task, text)
        return
    with ExitStack() as stack:
        yield _bar(task, text, stack)


@contextmanager
def stages(first: str) -> Iterator[Callable[[str], None] | None]:
    """Show the current stage in one line of stderr that is erased at the end; show nothing off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(first)) as status:
        yield lambda line: status.update(Text(shown(line)))


def _bar(task: str, text: Callable[[int, int], str], stack: ExitStack) -> Callable[[int, int], None]:
    update: Callable[[int, int], None] | None = None

    def show(done: int, total: int) -> None:
        nonlocal update
        update = update or _start_bar(task, text, stack)
        update(done, total)

    return show


def _start_bar(task: str, text: Callable[[int, int], str], stack: ExitStack) -> Callable[[int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    parts = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[text]}"))
    bar = stack.enter_context(Progress(*parts, console=Console(stderr=True), transient=True))
    _shown_bars.append(bar)
    stack.callback(_shown_bars.remove, bar)
    identity = bar.add_task(task, total=None, text=text(0, 0))
    return lambda done, total: bar.update(identity, completed=done, total=total or None, text=text(done, total))


@contextmanager
def _without_bar() -> Iterator[None]:
    """Take the progress bar from the terminal while something is printed, which otherwise continues its line."""
    (bar,) = _shown_bars
    bar.stop()
    try:
        yield
    finally:
        bar.start()


def _periodic_lines(task: str, text: Callable[[int, int], str]) -> Callable[[int, int], None]:
    last = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        line = text(done, total)
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            sys.stderr.write(f"rapporteur: {task}: {line}\n")
            sys.stderr.flush()

    return show


def _fitted(widths: list[int], most: int) -> list[int]:
    """Return widths of columns, the widest narrowed until all stand in a line with two spaces between them."""
    widths = list(widths)
    while sum(widths) + 2 * (len(widths) - 1) > most and max(widths) > _LEAST_WIDTH:
        widths[widths.index(max(widths))] -= 1
    return widths


def _shortened(cell: str, width: int) -> str:
    """Return a cell with its middle left out where it is wider than its column: names often differ at their ends."""
    if _width(cell) <= width:
        return cell
    head, tail = "", ""
    for first, last in zip(cell, reversed(cell), strict=True):
        if _width(head + first + tail) >= width:
            break
        head += first
        if _width(head + last + tail) >= width:
            break
        tail = last + tail
    return f"{head}…{tail}"


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


class InputRefused(RapporteurError):
    """A question, option or file of the user is refused; the message is one line that says what to do."""

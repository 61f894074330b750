"""What the commands print, and the one place where text of others is made harmless."""

import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from index.errors import RapporteurError

# Joiners and soft hyphens are part of words; every other invisible sign could reorder or hide what stands around it.
_KEPT_SIGNS = frozenset("\u00ad\u200c\u200d")
_ESCAPED_KINDS = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_SECONDS_BETWEEN_LINES = 10.0


class NobodyReads(Exception):
    """Who read stdout has left: no reason to say anything."""


class _Escapes(dict[int, str]):
    """For `str.translate`: a character that steers a terminal or the reading direction becomes its JSON escape."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        steers = unicodedata.category(character) in _ESCAPED_KINDS and character not in _KEPT_SIGNS
        self[code] = json.dumps(character)[1:-1] if steers else character
        return self[code]


_IN_A_LINE = _Escapes()
_IN_A_TEXT = _Escapes({0x09: "\t", 0x0A: "\n"})


def shown(text: object) -> str:
    """Text of others as one line that a terminal shows and does not obey."""
    return str(text).translate(_IN_A_LINE)


def shown_lines(text: str) -> str:
    """Text of others with its lines and tabs kept, everything else as in `shown`."""
    return text.replace("\r\n", "\n").translate(_IN_A_TEXT)


def as_json(value: Any) -> str:
    """A value as one line of JSON; what a terminal would obey, and half characters, stand as escapes."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_IN_A_LINE)


def say(*lines: str) -> None:
    """Print lines for a person on stdout."""
    print_exactly("".join(f"{shown_lines(line)}\n" for line in lines))


def say_json(value: Any) -> None:
    """Print a value as one line of JSON on stdout."""
    print_exactly(as_json(value) + "\n")


def print_exactly(text: str) -> None:
    """Write a text to stdout as UTF-8 whatever the locale, with its line ends as they are.

    Raises:
        NobodyReads: the other end of the pipe is closed.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # Nothing more may reach this stdout, nor fail when Python flushes it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise NobodyReads from error


def complain(message: str) -> None:
    """Print one line on stderr that says what was refused."""
    sys.stderr.write(f"rapporteur: {shown(message)}\n")
    sys.stderr.flush()


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


def columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows as lines of a table; wide characters count twice."""
    rows = [tuple(map(shown, row)) for row in rows]
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    padded = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
    return [line.rstrip() for line in padded]


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how much is done: a bar for a person, otherwise a line now and then.

    Args:
        doing: what is being done, such as "Encoding".

    Returns:
        What to call with the number done and the number in all.
    """
    if not sys.stderr.isatty():
        yield _lines_now_and_then(doing)
        return
    with ExitStack() as shown_meanwhile:
        yield _bar(doing, shown_meanwhile)


@contextmanager
def stages(first: str) -> Iterator[Callable[[str], None] | None]:
    """Show on stderr what is being done, in one line that goes away; nothing unless a person reads it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(first)) as status:
        yield lambda line: status.update(Text(shown(line)))


def _bar(doing: str, shown_meanwhile: ExitStack) -> Callable[[int, int], None]:
    update: Callable[[int, int], None] | None = None

    def tell(done: int, total: int) -> None:
        nonlocal update
        update = update or _started_bar(doing, shown_meanwhile)
        update(done, total)

    return tell


def _started_bar(doing: str, shown_meanwhile: ExitStack) -> Callable[[int, int], None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    told = TextColumn("{task.description}", markup=False)
    columns_shown = (told, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = shown_meanwhile.enter_context(Progress(*columns_shown, console=Console(stderr=True), transient=True))
    task = bar.add_task(doing, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def _lines_now_and_then(doing: str) -> Callable[[int, int], None]:
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            sys.stderr.write(f"rapporteur: {doing}: {done:,} of {total:,}\n")
            sys.stderr.flush()

    return tell


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


class InputRefused(RapporteurError):
    """A question, option or file of the user cannot be taken; the message is one line that says what to do."""

"""Read questions from a file of JSON lines and write a JSON line of reply to each."""

import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from assistant.commands.output import InputRefused, as_json, print_exactly, progress
from assistant.understanding.validate import QuestionRefused

Identity = str | int | float | None
Fields = dict[str, Any]
Reply = Callable[[Identity, Fields], dict[str, Any]]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@contextmanager
def batch(source: str, out: str | None) -> Iterator[Callable[[Reply], int]]:
    """Open the input and output of a batch, so that a file that cannot be used is refused before any work.

    Args:
        source: a file of JSON lines; "-" is standard input.
        out: the file for the replies, created when all are written; standard output when None.

    Returns:
        A function that takes the function which replies to one line, and returns the exit code: 1 when a line was
        refused.

    Raises:
        InputRefused: a file cannot be read or written.
    """
    with _open_lines(source) as (lines, total), _open_output(out) as write:
        yield lambda reply: _reply_to_all(lines, total if out else None, write, reply)


def text_of(fields: Fields, *names: str) -> str:
    """Return the first of these fields that a line has.

    Raises:
        InputRefused: the line has none of them, or the field is not a text.
    """
    for name in names:
        if (value := fields.get(name)) is not None:
            return _text(name, value)
    raise InputRefused(f'the line lacks "{names[0]}"; give it as a JSON string')


def texts_of(fields: Fields, name: str) -> list[str]:
    """Return the list of texts in a field; an empty list when the line lacks the field.

    Raises:
        InputRefused: the field is not a list of texts.
    """
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputRefused(f'"{name}" must be a list of JSON strings')
    return [_text(name, item) for item in value]


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InputRefused(
            f'"{name}" must be a JSON string' if name != "history" else '"history" must be a list of JSON strings'
        )
    return value


def _reply_to_all(
    lines: Iterator[tuple[int, bytes]], total: int | None, write: Callable[[str], None], reply: Reply
) -> int:
    refused = 0
    with progress("Answering", "questions") if total else nullcontext(lambda done, total: None) as show:
        for done, (number, raw) in enumerate(lines, start=1):
            is_answered, replied = _reply_to(number, raw, reply)
            refused += not is_answered
            write(as_json(replied) + "\n")
            show(done, total or 0)
    return 1 if refused else 0


def _reply_to(number: int, raw: bytes, reply: Reply) -> tuple[bool, dict[str, Any]]:
    identity: Identity = None
    try:
        fields = _fields(raw)
        identity = _identity(fields)
        return True, reply(number if identity is None else identity, fields)
    except (InputRefused, QuestionRefused) as error:
        from assistant.json_api import error_object

        return False, error_object(identity, number, str(error))


def _fields(raw: bytes) -> Fields:
    try:
        fields = json.loads(raw.decode("utf-8"), parse_constant=_refuse_number)
    except UnicodeDecodeError as error:
        raise InputRefused(f"not UTF-8 text at byte {error.start + 1}; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputRefused(
            f"not JSON at character {error.pos + 1} ({error.msg}); give one JSON object a line"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputRefused(f"not JSON ({error}); give one JSON object a line") from error
    if not isinstance(fields, dict):
        raise InputRefused("not a JSON object; give one a line")
    return fields


def _refuse_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _identity(fields: Fields) -> Identity:
    identity = fields.get("id")
    if identity is None or isinstance(identity, str):
        return identity
    if isinstance(identity, int | float) and not isinstance(identity, bool) and math.isfinite(identity):
        return identity
    raise InputRefused('"id" must be a JSON string or number')


@contextmanager
def _open_lines(source: str) -> Iterator[tuple[Iterator[tuple[int, bytes]], int | None]]:
    """Yield the lines that are not blank, with their numbers from 1, and their count; None for standard input."""
    if source == "-":
        yield _numbered(sys.stdin.buffer), None
        return
    try:
        whole = Path(source).read_bytes().split(b"\n")
    except OSError as error:
        raise InputRefused(f"{source}: cannot be read ({error.strerror})") from error
    yield _numbered(whole), sum(1 for line in whole if line.strip())


def _numbered(lines: Any) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line
        if line.strip():
            yield number, line


@contextmanager
def _open_output(out: str | None) -> Iterator[Callable[[str], None]]:
    """Yield a function that writes a text to standard output, or to a temporary file that replaces `out` at the end."""
    if out is None or out == "-":
        yield print_exactly
        return
    # A link stays a link; a pipe or a device is written to and never replaced.
    target = Path(os.path.realpath(out))
    beside = (
        target if target.exists() and not target.is_file() else target.with_name(f".{target.name}.{os.getpid()}.part")
    )
    try:
        file = beside.open("wb")
    except OSError as error:
        raise InputRefused(f"{out}: cannot be written ({error.strerror})") from error
    try:
        with file:
            yield lambda text: _write(file, text)
            file.flush()
            if beside != target:
                os.fsync(file.fileno())
        if beside != target:
            os.replace(beside, target)
    finally:
        if beside != target:
            beside.unlink(missing_ok=True)


def _write(file: Any, text: str) -> None:
    file.write(text.encode("utf-8"))

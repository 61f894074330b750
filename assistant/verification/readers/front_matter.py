"""Read the front matter of a Markdown report, in YAML, TOML or JSON: its values are text, its syntax is none."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from assistant.verification.readers.report import Paragraph
from corpus.readers.plain import front_matter

WHERE = "front matter"
# Characters; a longer one is text.
_LONGEST = 20_000
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^\s*(?:-\s+)?(?:[\w -]{1,40}:\s+)?[\"']?(?P<value>.*?)[\"']?\s*$")


def read_front_matter(text: str) -> tuple[list[Paragraph], int]:
    """Return the values of a report's front matter as notes, and where the text behind it begins.

    What notes quote is checked, what they state is not.
    """
    values, end = _yaml(text) or _toml(text) or _json(text) or ([], 0)
    shown = [value for value in values if any(c.isalpha() for c in value)]
    return [Paragraph(value, WHERE, note=f"{WHERE} {n}") for n, value in enumerate(shown, start=1)], end


def _yaml(text: str) -> tuple[list[str], int] | None:
    end = front_matter(text)[1]
    if not end:
        return None
    lines = text[:end].strip().splitlines()[1:-1]
    try:
        return list(_strings(yaml.load("\n".join(lines), Loader=yaml.BaseLoader))), end
    except (yaml.YAMLError, RecursionError):  # such as a colon in a title
        return [match["value"] for line in lines if (match := _LINE.match(line))], end


def _toml(text: str) -> tuple[list[str], int] | None:
    match = _TOML.match(text[:_LONGEST])
    try:
        return (list(_strings(tomllib.loads(match[1].replace("\r\n", "\n")))), match.end()) if match else None
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _json(text: str) -> tuple[list[str], int] | None:
    try:
        value, end = json.JSONDecoder().raw_decode(text[:_LONGEST]) if text[:1] == "{" else (None, 0)
    except (ValueError, RecursionError):
        return None
    is_alone = isinstance(value, dict) and text[end:].lstrip(" \t\r")[:1] == "\n"
    return (list(_strings(value)), end) if is_alone else None


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts in a value of lists and tables, in order."""
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            pending += reversed(list(value.values()))
        elif isinstance(value, list):
            pending += reversed(value)

"""Read plain text and Markdown files (.txt, .md), with the facts of YAML front matter or of a mail header."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.facts import DAYS, Fact
from corpus.language.dates import find_date_ranges
from corpus.language.word_lists import word_table
from corpus.limits import Limits
from corpus.readers.captions.reader import content_of_captions, is_captions
from corpus.readers.encoding import decode
from corpus.readers.line_numbers import without_line_numbers
from corpus.span import trim

_FENCED = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
# Characters; longer front matter is left in the text.
_LONGEST = 20_000
_NOTHING = frozenset(("", "~", "null", "none"))
# Characters with a meaning in YAML.
_SIGNS = frozenset("[]{}'\"&*!|>%@`#")
_LINE = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*?))?[ \t]*", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_FACTS = {
    "title": ("title",),
    "publisher": ("publisher", "author", "organization", "organisation"),
    "published": ("published", "date", "published_time", "publication_date"),
    "address": ("address", "source_url", "url", "link", "source"),
    "language": ("language", "lang"),
    "forum": ("forum",),
    "meeting": ("meeting", "meeting_name"),
    "meeting_date": ("meeting_date", "first_day"),
    "meeting_end": ("meeting_end", "last_day"),
    "place": ("place", "location"),
    "presidency": ("presidency",),
    "mode": ("mode",),
}
_LONGEST_HEADER = 10_000
_HEADER_LINE = re.compile(
    r"(?P<name>[^\W\d_][\w-]{0,30})[ \t]?[:：][ \t]+(?P<words>[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|$)"
)
_FORWARDED = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)


def read_plain(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a text file, with the facts of its front matter or mail header; `corpus.outline` finds its structure later.

    Raises:
        CorpusError: it is no text, too long, or only front matter.
    """
    if len(raw) > 4 * limits.characters:  # four bytes are the most that a character takes
        raise CorpusError(
            f"{file}: over {len(raw) // 4:,} characters, the limit is {limits.characters:,}; split the file"
        )
    text, warnings = decode(raw, file)
    if is_captions(text):
        return content_of_captions(text, warnings, file)
    if (unnumbered := without_line_numbers(text)) is not None:
        text, warnings = unnumbered, (*warnings, "the numbers of its lines were left out")
    return content_of_text(text, file, warnings)


def content_of_text(text: str, file: str, warnings: tuple[str, ...] = ()) -> Content:
    """Return the content of a decoded text.

    Raises:
        CorpusError: there is no text behind its front matter.
    """
    facts, start = front_matter_facts(text)
    facts = facts or tuple(mail_header(text))
    if trim(text, start, len(text)) is None:
        raise CorpusError(f"{file}: the file has only front matter")
    return Content(text, start=start, facts=facts, warnings=warnings)


def front_matter(text: str) -> tuple[dict[str, str | date], int]:
    """Read the YAML front matter of a text.

    Returns:
        The facts by their names in `FACTS`, and the offset of the text behind the front matter: 0 for none, or for one
        that is neither YAML nor lines of NAME: VALUE.
    """
    match = _FENCED.match(text[:_LONGEST])
    if not match:
        return {}, 0
    try:
        # BaseLoader keeps every scalar as text: an invalid date or an endless number costs nothing.
        mapping = yaml.load(match.group(1), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        mapping = _read_lines(match.group(1))
    except RecursionError:
        return {}, 0
    if not isinstance(mapping, dict):
        return {}, 0
    mapping = {key.strip().lower(): value for key, value in mapping.items() if isinstance(key, str)}
    facts = {
        name: value for name, keys in _FACTS.items() if (value := _first_value(name, [mapping.get(k) for k in keys]))
    }
    return facts, match.end()


def front_matter_facts(text: str) -> tuple[tuple[Fact, ...], int]:
    """Return the facts of the front matter with their origin, and the offset of the text behind it."""
    values, start = front_matter(text)
    return tuple(Fact(name, value, "front matter") for name, value in values.items()), start


def _read_lines(lines: str) -> dict[str, Any] | None:
    """Read front matter with an unquoted colon that YAML refuses; None where it has another fault."""
    mapping: dict[str, Any] = {}
    for line in lines.splitlines():
        if match := _LINE.fullmatch(line):
            value = match.group(2) or ""
            try:
                mapping[match.group(1)] = yaml.load(value, Loader=yaml.BaseLoader) if value[:1] in _SIGNS else value
            except (yaml.YAMLError, RecursionError):
                return None
        elif line.strip() and not line.startswith((" ", "\t", "- ", "#")):
            return None
    is_stated = any(key.lower() in keys for key in mapping for keys in _FACTS.values())
    return mapping if is_stated else None


def _first_value(name: str, values: list[Any]) -> str | date | None:
    wants_day = name in DAYS
    for value in values:
        fact = _day(value) if wants_day else _words(value)
        if fact and (name != "address" or str(fact).startswith(("https://", "http://"))):
            return fact
    return None


def _words(value: Any) -> str | None:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if words.lower() not in _NOTHING else None


def _day(value: Any) -> date | None:
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def mail_header(text: str) -> Iterator[Fact]:
    """Yield title and day of a mail saved as text, from its lines "Subject:" and "Date:"; nothing without these.

    The labels may be those of mail programs in other languages: "Da:", "Data:", "Oggetto:".
    """
    head: dict[str, str] = {}
    top, at = text[:_LONGEST_HEADER].lstrip(), 0
    while line := _HEADER_LINE.match(top, at):
        label = line["name"].casefold()
        name = next(
            (name for name, labels in word_table("mail_headers.toml")["header"].items() if label in labels), label
        )
        head.setdefault(name, " ".join(line["words"].split()))
        at = line.end()
    if "subject" not in head or "from" not in head:
        return
    if subject := _FORWARDED.sub("", head["subject"]).strip():
        yield Fact("title", subject, "first lines")
    days_sent = [days.resolve() for days in find_date_ranges(head.get("sent", ""))]
    if len(days_sent) == 1 and days_sent[0]:
        yield Fact("published", days_sent[0][0], "first lines")

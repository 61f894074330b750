"""A file becomes a document."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath

from corpus.document import Document, Meeting, Source, sha256_of
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.front_matter import front_matter
from corpus.limits import Limits
from corpus.outline import outline, plain
from corpus.span import trimmed

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
# Larger files are nearly always something else under a text's name; a book has about a million characters.
LARGEST_FILE = 64 * 1024 * 1024
MOST_CHARACTERS = 5_000_000
_TITLE_CHARACTERS = 200
_MONTHS = "January February March April May June July August September October November December".split()
_LEADING_DATE = re.compile(rf"({'|'.join(_MONTHS)})\s+(\d{{1,2}}),?\s+(\d{{4}})\s+(?=\S)")
_FORUMS = re.compile(r"\b(G7|G8|G20|G77|OECD|APEC|ASEAN|BRICS|Quad|ITU|UNESCO|NATO)\b", re.IGNORECASE)


def read(path: Path, limits: Limits | None = None) -> Document:
    """Read a .txt or .md file into a document, facts from its front matter or its first lines.

    Raises:
        CorpusError: the file is missing, unreadable, of another kind, not text, empty or too large.
    """
    if not _is_text(str(path)):
        raise CorpusError(f"{str(path)!a}: the name is not valid UTF-8; rename the file")
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise CorpusError(f"{path}: this kind of file is not read yet; give a {' or '.join(MEDIA_TYPES)} file")
    text = decoded(path)
    return document_from(text, path.name, media_type, path=str(path.resolve()))


def read_bytes(
    raw: bytes,
    name: str,
    limits: Limits,
    *,
    source_path: str | None = None,
    facts_given: Iterable[Fact] = (),
) -> Document:
    """Read the bytes of a file into a document.

    Raises:
        CorpusError: as `read`.
    """
    media_type = MEDIA_TYPES[PurePath(name).suffix.lower()]
    document = document_from(_decoded(raw, name), name, media_type, path=source_path)
    return replace(document, source=replace(document.source, file_sha256=sha256(raw).hexdigest()))


def decoded(path: Path) -> str:
    """The whole file as text, every character kept but a byte order mark.

    Raises:
        CorpusError: as `read`.
    """
    try:
        if not path.is_file():
            raise CorpusError(f"{path}: " + ("this is no ordinary file" if path.exists() else "no such file"))
        if path.stat().st_size > LARGEST_FILE:
            raise CorpusError(
                f"{path}: {path.stat().st_size:,} bytes are over the limit of {LARGEST_FILE:,}; split the file"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror or error})") from error
    return _decoded(raw, str(path))


def _decoded(raw: bytes, path: str) -> str:
    encoding = "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "UTF-8"
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not {encoding} text at byte {error.start:,}; save it as UTF-8") from error
    if "\0" in text:
        raise CorpusError(f"{path}: binary under a text's name (it holds NUL characters); give the text itself")
    if len(text) > MOST_CHARACTERS:
        raise CorpusError(f"{path}: {len(text):,} characters are over the limit of {MOST_CHARACTERS:,}; split the file")
    if not text.strip():
        raise CorpusError(f"{path}: the file is empty")
    return text


def document_from(text: str, name: str, media_type: str, path: str | None = None) -> Document:
    """Make a document of a text, with the facts that it states about itself.

    Raises:
        CorpusError: the text holds nothing behind its front matter.
    """
    facts, start = front_matter(text)
    if trimmed(text, start, len(text)) is None:
        raise CorpusError(f"{name}: nothing stands behind the front matter")
    first_day = _fact_day(facts, "meeting_date")
    stated = _fact(facts, "title")
    blocks = outline(text, stated, start)
    first_line = plain(next(b for b in blocks if b.words).words.of(text))
    title = stated or next((plain(b.words.of(text)) for b in blocks if b.kind == "title"), None) or name
    published = _fact_day(facts, "published")
    if not stated and (leading := _LEADING_DATE.match(title)):
        published, title = published or _leading_day(leading), title[leading.end() :]
    elif not published and (leading := _LEADING_DATE.match(first_line + " .")):
        published = _leading_day(leading)
    return Document(
        name=name,
        title=title[:_TITLE_CHARACTERS],
        text=text,
        outline=blocks,
        source=Source(sha256_of(text), media_type, _fact(facts, "address"), path),
        publisher=_fact(facts, "publisher"),
        published=published,
        meeting=Meeting(
            forum=_forum_in(_fact(facts, "forum") or "") or _fact(facts, "forum") or _forum_in(title),
            name=_fact(facts, "meeting"),
            first_day=first_day,
            last_day=_last_day(first_day, _fact_day(facts, "meeting_end")),
            place=_fact(facts, "place"),
            presidency=_fact(facts, "presidency"),
            mode=_fact(facts, "mode"),
        ),
    )


def _is_text(name: str) -> bool:
    """Whether a name has only characters; a byte that is none comes as half a surrogate pair."""
    return not any("\ud800" <= c <= "\udfff" for c in name)


def _fact(facts: dict[str, str | date], name: str) -> str | None:
    value = facts.get(name)
    return value if isinstance(value, str) else None


def _fact_day(facts: dict[str, str | date], name: str) -> date | None:
    value = facts.get(name)
    return value if isinstance(value, date) else None


def _last_day(first: date | None, last: date | None) -> date | None:
    """The stated last day, or the first where none or an earlier one is stated."""
    return max(first, last) if first and last else first


def _leading_day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found.group(3)), _MONTHS.index(found.group(1)) + 1, int(found.group(2)))
    except ValueError:
        return None


def _forum_in(title: str) -> str | None:
    found = _FORUMS.search(title)
    return (
        next((f for f in ("Quad",) if found.group(1).lower() == f.lower()), found.group(1).upper()) if found else None
    )

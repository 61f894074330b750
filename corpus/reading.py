"""A file becomes a document."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePath

from corpus.document import Document, Source, sha256_of
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.facts_found import with_facts
from corpus.formats.content import Content
from corpus.front_matter import stated
from corpus.limits import Limits

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
# Larger files are nearly always something else under a text's name; a book has about a million characters.
LARGEST_FILE = 64 * 1024 * 1024
MOST_CHARACTERS = 5_000_000


def read(path: Path) -> Document:
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
    text = _decoded(raw, name)
    facts, start = stated(text)
    source = Source(
        sha256_of(text),
        MEDIA_TYPES[PurePath(name).suffix.lower()],
        path=source_path,
        file_sha256=sha256(raw).hexdigest(),
    )
    return with_facts(Content(text, start=start, facts=facts), name, source, facts_given)


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
    facts, start = stated(text)
    return with_facts(Content(text, start=start, facts=facts), name, Source(sha256_of(text), media_type, path=path))


def _is_text(name: str) -> bool:
    """Whether a name has only characters; a byte that is none comes as half a surrogate pair."""
    return not any("\ud800" <= c <= "\udfff" for c in name)

"""A file becomes a document."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from corpus.content import Content
from corpus.document import Document, Source, sha256_of
from corpus.errors import CorpusError, shown
from corpus.facts import Fact
from corpus.language.invisible import invisible, is_blank
from corpus.language.sentences import sentences
from corpus.limits import Limits
from corpus.metadata.extract import with_facts
from corpus.readers.plain import of_text, read_plain
from corpus.readers.registry import MEDIA_TYPES, PAGES, PDF, SAVED_PAGE, WORD, kind_of

__all__ = ["MEDIA_TYPES", "document_from", "read", "read_bytes"]

_LIMITS = Limits()
# Without one of these no sentence ends inside a paragraph.
_ENDS = ".!?…。！？\n"


def read(
    path: Path,
    limits: Limits = _LIMITS,
    *,
    name: str | None = None,
    source_path: str | None = None,
    facts_given: Iterable[Fact] = (),
) -> Document:
    """Read a file into a document.

    Args:
        path: of an ordinary file; anything else is refused at once and never waited for.
        limits: beyond which it is refused.
        name: what the document is called and its suffix read from; the file's own name when None.
        source_path: where the document comes from; the file's absolute path when None.
        facts_given: what is known about it from elsewhere; it outranks what the file states.

    Raises:
        CorpusError: the file is missing, unreadable, of a kind that is not read, damaged, empty or too large.
    """
    if not _is_text(str(path)):
        raise CorpusError(f"{str(path)!a}: the name is not valid UTF-8; rename the file")
    file = shown(name or str(path))
    raw = _bytes_of(path, limits)
    return _read(raw, name or path.name, file, limits, source_path or str(path.resolve()), tuple(facts_given))


def read_bytes(
    raw: bytes,
    name: str,
    limits: Limits = _LIMITS,
    *,
    source_path: str | None = None,
    facts_given: Iterable[Fact] = (),
) -> Document:
    """Read a file's bytes into a document: a member of an archive, an upload.

    Args:
        raw: the whole file.
        name: what the document is called; its suffix says what the bytes should be.
        limits: beyond which it is refused.
        source_path: where the document comes from, where that is known.
        facts_given: what is known about it from elsewhere; it outranks what the file states.

    Raises:
        CorpusError: as `read`.
    """
    if not _is_text(name):
        raise CorpusError(f"{name!a}: the name is not valid UTF-8; rename the file")
    return _read(raw, name, shown(name), limits, source_path, tuple(facts_given))


def document_from(text: str, name: str, media_type: str, path: str | None = None) -> Document:
    """Make a document of a text, with the facts that it states about itself.

    Raises:
        CorpusError: the text holds nothing behind its front matter.
    """
    return _document_of(of_text(text, name), name, media_type, path)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The bytes of an ordinary file; a pipe or a device is neither opened nor waited for."""
    file = shown(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CorpusError(f"{file}: this is no ordinary file; give a file")
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as opened:
            # Between the look and the opening it may have been exchanged.
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError(f"{file}: this is no ordinary file; give a file")
            raw = opened.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        gone = "a link that leads nowhere" if path.is_symlink() else "no such file"
        raise CorpusError(f"{file}: {gone}") from error
    except (OSError, ValueError) as error:
        raise CorpusError(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(raw) > limits.file_bytes:
        size = max(status.st_size, len(raw))
        raise CorpusError(f"{file}: {size:,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    return raw


def _read(
    raw: bytes, name: str, file: str, limits: Limits, source_path: str | None, given: tuple[Fact, ...]
) -> Document:
    """Read the bytes of a document called `name`; a message calls the file `file`."""
    if len(raw) > limits.file_bytes:
        raise CorpusError(f"{file}: {len(raw):,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    media_type = kind_of(raw, file)
    content = _reader(media_type)(raw, file, limits)
    if is_blank(content.text[content.start :]):
        raise CorpusError(f"{file}: the file is empty (nothing in it can be seen)")
    if len(content.text) > limits.characters:
        raise CorpusError(
            f"{file}: {len(content.text):,} characters are over the limit of {limits.characters:,}; split the file"
        )
    document = _document_of(content, name, media_type, source_path, hashlib.sha256(raw).hexdigest(), given)
    if len(document.outline) > limits.pieces:
        raise CorpusError(
            f"{file}: {len(document.outline):,} headings, paragraphs, items and rows are over the limit of"
            f" {limits.pieces:,}; split the file"
        )
    if (count := _sentences_beyond(document, limits.pieces)) > limits.pieces:
        raise CorpusError(f"{file}: {count:,} sentences are over the limit of {limits.pieces:,}; split the file")
    return document


def _sentences_beyond(document: Document, most: int) -> int:
    """How many sentences a document has, where they may be more than so many; 0 where they cannot."""
    if sum(map(document.text.count, _ENDS)) + len(document.outline) <= most:  # nearly every document, without a cut
        return 0
    return sum(len(sentences(document.text, block.words)) for block in document.outline)


def _reader(media_type: str) -> Callable[[bytes, str, Limits], Content]:
    """The reader of a media type; its library is loaded when the first file needs it."""
    if media_type in (*PAGES, SAVED_PAGE):
        from corpus.readers.html.reader import read_html

        return read_html
    if media_type == WORD:
        from corpus.readers.docx.reader import read_word

        return read_word
    if media_type == PDF:
        from corpus.readers.pdf.reader import read_pdf

        return read_pdf
    return read_plain


def _document_of(
    content: Content,
    name: str,
    media_type: str,
    path: str | None = None,
    file_sha256: str | None = None,
    given: tuple[Fact, ...] = (),
) -> Document:
    unseen = invisible(content.text)
    content = replace(content, warnings=(*content.warnings, unseen)) if unseen else content
    return with_facts(content, name, Source(sha256_of(content.text), media_type, None, path, file_sha256), given)


def _is_text(name: str) -> bool:
    """Whether a name has only characters; a byte that is none comes as half a surrogate pair."""
    return not any("\ud800" <= c <= "\udfff" for c in name)

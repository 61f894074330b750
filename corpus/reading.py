"""Read a file, its bytes or the founding records into documents: check the format, call the reader, extract facts."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.content import Content
from corpus.discovery.source_file import bad_name, read_file, why_unreadable
from corpus.document import Document, Source, sha256_of
from corpus.errors import CorpusError, printable
from corpus.facts import Fact
from corpus.language.identify import language_of
from corpus.language.invisible import invisible, is_blank
from corpus.language.sentences import sentences
from corpus.limits import Limits
from corpus.metadata.extract import document_with_facts, make_document
from corpus.metadata.records_file import NAME, records_file
from corpus.readers.plain import content_of_text
from corpus.readers.registry import format_of

_LIMITS = Limits()
# A sentence ends inside a paragraph only at one of these.
_ENDS = ".!?…。！？\n"


def read(
    path: Path,
    limits: Limits = _LIMITS,
    *,
    name: str | None = None,
    source_path: str | None = None,
    trusted_facts: Iterable[Fact] = (),
) -> Document:
    """Read a file into a document.

    >>> _ = Path("minutes.md").write_text("# Minutes of the panel, Oslo", "utf-8")
    >>> document = read(Path("minutes.md"))
    >>> document.title, document.source.media_type
    ('Minutes of the panel, Oslo', 'text/markdown')
    >>> read(Path("nothing.md"))
    Traceback (most recent call last):
    corpus.errors.CorpusError: nothing.md: no such file

    Args:
        path: of an ordinary file; pipes, devices and folders are refused at once.
        limits: beyond which it is refused.
        name: of the document, with the suffix of its format; the file's name when None.
        source_path: path that the document will state; the file's absolute path when None.
        trusted_facts: facts from elsewhere, more trustworthy than those of the file.

    Raises:
        CorpusError: the file is missing, unreadable, of a format that is not read, damaged, empty or too large.
    """
    if reason := why_unreadable(path):
        raise CorpusError(f"{printable(str(path))}: {reason}")
    raw = read_file(path, printable(str(path)), limits)
    file = printable(name or str(path))
    return _read(raw, name or path.name, file, limits, source_path or str(path.resolve()), tuple(trusted_facts))


def read_bytes(
    raw: bytes,
    name: str,
    limits: Limits = _LIMITS,
    *,
    source_path: str | None = None,
    trusted_facts: Iterable[Fact] = (),
) -> Document:
    """Read a file's bytes into a document: a member of an archive, an upload.

    Args:
        raw: the whole file.
        name: of the document, with the suffix of its format.
        limits: beyond which it is refused.
        source_path: path that the document will state, or None.
        trusted_facts: facts from elsewhere, more trustworthy than those of the file.

    Raises:
        CorpusError: as `read`.
    """
    if reason := bad_name(name):
        raise CorpusError(f"{name!a}: {reason}")
    return _read(raw, name, printable(name), limits, source_path, tuple(trusted_facts))


def document_from(text: str, name: str, media_type: str, path: str | None = None) -> Document:
    """Make a document of a text, with the facts that it states about itself.

    Raises:
        CorpusError: the text holds nothing behind its front matter.
    """
    return _document_of(content_of_text(text, name), name, media_type, path)


def _read(
    raw: bytes, name: str, file: str, limits: Limits, source_path: str | None, trusted_facts: tuple[Fact, ...]
) -> Document:
    """Read the bytes of a document called `name`; a message calls the file `file`."""
    if len(raw) > limits.file_bytes:
        raise CorpusError(f"{file}: {len(raw):,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    format_ = format_of(raw, file)
    content = format_.read(raw, file, limits)
    if is_blank(content.text[content.start :]):
        raise CorpusError(f"{file}: the file is empty (nothing in it can be seen)")
    if len(content.text) > limits.characters:
        raise CorpusError(
            f"{file}: {len(content.text):,} characters are over the limit of {limits.characters:,}; split the file"
        )
    document = _document_of(
        content, name, format_.media_type, source_path, hashlib.sha256(raw).hexdigest(), trusted_facts
    )
    if len(document.outline) > limits.pieces:
        raise CorpusError(
            f"{file}: {len(document.outline):,} headings, paragraphs, items and rows are over the limit of"
            f" {limits.pieces:,}; split the file"
        )
    if (count := _count_sentences(document, limits.pieces)) > limits.pieces:
        raise CorpusError(f"{file}: {count:,} sentences are over the limit of {limits.pieces:,}; split the file")
    return document


def _count_sentences(document: Document, most: int) -> int:
    """Return the number of sentences, or 0 if the document cannot have more than `most`."""
    if sum(map(document.text.count, _ENDS)) + len(document.outline) <= most:  # true of nearly every document
        return 0
    return sum(len(sentences(document.text, block.words)) for block in document.outline)


def _document_of(
    content: Content,
    name: str,
    media_type: str,
    path: str | None,
    file_sha256: str | None = None,
    trusted_facts: tuple[Fact, ...] = (),
) -> Document:
    unseen = invisible(content.text)
    content = replace(content, warnings=(*content.warnings, unseen)) if unseen else content
    return make_document(
        content, name, Source(sha256_of(content.text), media_type, None, path, file_sha256), trusted_facts
    )


@cache
def founding_records() -> tuple[Document, ...]:
    """Return the five records that come with the program, in the order of their meetings."""
    folder = files("corpus") / "records"
    listed = records_file((folder / NAME).read_bytes(), NAME)
    if listed.problems:
        raise ValueError("; ".join(listed.problems))
    return tuple(
        _record(name, facts, (folder / name).read_bytes().decode("utf-8")) for name, facts in listed.facts.items()
    )


def _record(name: str, facts: tuple[Fact, ...], text: str) -> Document:
    source = Source(sha256_of(text), "text/plain")
    return document_with_facts(Content(text), name, source, (*facts, *language_of(text)))

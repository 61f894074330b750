"""Limits of size, depth, time and memory beyond which a file is refused."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file; the message of a refusal names the limit.

    Attributes:
        file_bytes: size of a file, or of a member of an archive when unpacked; larger ones are rarely documents.
        characters: length of a document's text; a book has about a million.
        pieces: number of headings, paragraphs, list items and rows of a document, and of its sentences: each is
            encoded, and 100,000 of them take 0.5 GB of memory and of disk space.
        pages: number of pages of a paged file.
        unpacked_bytes: size of all members of an archive, or of a zipped document such as .docx, when unpacked.
        unpacked_ratio: unpacked to packed size of a member; text shrinks to a third or a tenth, a bomb to a
            thousandth.
        members: number of files in an archive.
        nesting: depth of elements inside each other, and of folders inside an archive.
        seconds: time for reading one document.
        memory_bytes: memory for reading one document.
    """

    file_bytes: int = 64 * _MIB
    characters: int = 5_000_000
    pieces: int = 100_000
    pages: int = 3_000
    unpacked_bytes: int = 500 * _MIB
    unpacked_ratio: int = 100
    members: int = 10_000
    nesting: int = 100
    seconds: float = 300.0
    memory_bytes: int = 2048 * _MIB

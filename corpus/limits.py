"""How large and how deep a file may be before it is refused."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; beyond it the file is refused by a line that names the limit.

    Attributes:
        file_bytes: size of a file, or of a member of an archive when unpacked.
        characters: length of a document's text; a book has about a million.
        pieces: headings, paragraphs, list items and rows of a document, and as many sentences: each is encoded.
        pages: of a paged file.
        unpacked_bytes: of everything that one archive, or one zipped document such as .docx, holds.
        unpacked_ratio: unpacked to packed bytes.
        members: how many files an archive may hold.
        nesting: how many elements may stand inside each other, and folders inside an archive.
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

"""Table of the file formats that are read: suffixes, media type, how the bytes begin, and the function that reads them.

A new format is one module with a reader and one row of `FORMATS`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits

TEXT, TAGGED_TEXT = "plain text", "text with a few tags"
PAGE, SAVED_PAGE, WORD, PDF = "a web page", "a saved web page (MHTML)", "a Word document", "a PDF"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format that is read.

    Attributes:
        media_type: such as `text/plain`.
        suffixes: of file names, in lower case with their dot.
        kinds: what `recognize` may take the bytes for, in the words that messages use.
        reader: module and function that turn bytes, file name and limits into `Content`, as "module:function"; the
            module and its libraries are loaded for the first file of the format.
        is_parsed: True if a library parses the file, so that reading needs the confined process.
    """

    media_type: str
    suffixes: tuple[str, ...]
    kinds: tuple[str, ...]
    reader: str
    is_parsed: bool = True

    def read(self, raw: bytes, file: str, limits: Limits) -> Content:
        """Read the bytes of a file of this format.

        Raises:
            CorpusError: the file is damaged, encrypted, empty or over a limit; `file` names it in the message.
        """
        module, _, function = self.reader.partition(":")
        read: Callable[[bytes, str, Limits], Content] = getattr(import_module(module), function)
        return read(raw, file, limits)


_PLAIN, _HTML = "corpus.readers.plain:read_plain", "corpus.readers.html.reader:read_html"
_CAPTIONS = "corpus.readers.captions.reader:read_captions"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = (
    FileFormat("text/plain", (".txt",), (TEXT, TAGGED_TEXT), _PLAIN, is_parsed=False),
    FileFormat("text/markdown", (".md", ".markdown"), (TEXT, TAGGED_TEXT), _PLAIN, is_parsed=False),
    FileFormat("text/vtt", (".vtt",), (TEXT, TAGGED_TEXT), _CAPTIONS, is_parsed=False),
    FileFormat("application/x-subrip", (".srt",), (TEXT, TAGGED_TEXT), _CAPTIONS, is_parsed=False),
    FileFormat("application/json", (".json",), (TEXT, TAGGED_TEXT), "corpus.readers.captions.reader:read_json"),
    FileFormat("text/html", (".html", ".htm"), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("application/xhtml+xml", (".xhtml",), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("multipart/related", (".mhtml", ".mht"), (SAVED_PAGE,), _HTML),
    FileFormat("application/pdf", (".pdf",), (PDF,), "corpus.readers.pdf.reader:read_pdf"),
    FileFormat(_WORD_TYPE, (".docx",), (WORD,), "corpus.readers.docx.reader:read_docx"),
)
BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}
_OTHERWISE = "give a text, PDF or Word file of it"

_SIGNATURES = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"OggS\0", "a sound or video"),
    (b"ID3\x02", "a sound"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"fLaC\0", "a sound"),
)
_SHAPES = (
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "a WebP picture"),
    (re.compile(rb"RIFF.{4}(?:WAVE|AVI )", re.DOTALL), "a sound or video"),
    (re.compile(rb".{4}ftyp(?:heic|heix|mif1|avif)", re.DOTALL), "a picture"),
    (re.compile(rb"\0\0.{2}ftyp", re.DOTALL), "a video"),
    (re.compile(rb"BZh[1-9]1AY&SY"), "a bzip2 archive"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "a BMP picture"),
    (re.compile(rb"MZ.{0,60}\0\0\0", re.DOTALL), "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "an Office file with a password", "remove the password in Office and save it again"),
    ("WordDocument", "an old Word file", "save it as .docx"),
    ("Workbook", "an Excel file", "save the sheet as .txt or .html"),
    ("PowerPoint Document", "a PowerPoint file", "save it as .pdf"),
    ("__substg1.0_", "an Outlook message", "save it as .html or .txt"),
)
_ZIPPED = (
    ("word/document", WORD, "name it {stem}.docx"),
    ("xl/workbook", "an Excel file", "save the sheet as .txt or .html"),
    ("ppt/presentation", "a PowerPoint file", "save it as .pdf"),
    ("mimetypeapplication/epub", "an e-book (EPUB)", "save it as .html or .pdf"),
    ("mimetypeapplication/vnd.oasis", "an OpenDocument file", "save it as .docx or .pdf"),
)
# Declarations and comments before the first tag of a page.
_BEFORE_TAGS = re.compile(r"(?:\s+|<\?[^>]{0,500}>|<!--(?:(?!-->).){0,5000}-->)*", re.DOTALL)
_PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|title|meta)[\s>]", re.IGNORECASE)
_PART_START = re.compile(r"<(?:div|p|table|h[1-6]|section|article|main|ul|ol)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,5000})?/?>", re.IGNORECASE)
_MAIL_LINE = re.compile(r"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_MULTIPART = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEAD = 64 * 1024
# The directory at the end of a Word file has about a hundred bytes for each of its members.
_LONGEST_DIRECTORY = 1024 * 1024
# A Markdown file may begin with a tag; a web page named .md has many.
_FEW_TAGS = 10


def format_of(raw: bytes, name: str) -> FileFormat:
    """Return the format that a file's name states, when its bytes agree.

    Args:
        raw: the whole file.
        name: its name or path, for the suffix and for the message.

    Raises:
        CorpusError: the file is empty, of a format that is not read, or of another format than its suffix says.
    """
    if not raw.strip():
        raise CorpusError(f"{name}: the file is empty")
    stem, dot, ending = name.rpartition(".")
    stem, suffix = (stem, dot + ending.lower()) if dot else (name, "")
    stated = BY_SUFFIX.get(suffix)
    kind, advice = recognize(raw, stem.replace("\\", "/").rpartition("/")[2])
    if stated and kind in stated.kinds:
        return stated
    if stated or kind not in (TEXT, TAGGED_TEXT):
        raise CorpusError(f"{name}: this is {kind}; {advice}")
    raise CorpusError(f"{name}: this kind of file is not read; give a {listed(BY_SUFFIX)} file")


def listed(suffixes: Iterable[str]) -> str:
    """Join suffixes for a message: ".txt, .md or .pdf"."""
    *most, last = suffixes
    return f"{', '.join(most)} or {last}"


def recognize(raw: bytes, stem: str) -> tuple[str, str]:
    """Tell from the first bytes what a file is, and what to do with it if that is not what its suffix says.

    Args:
        raw: the whole file.
        stem: its name without suffix, for the advice.
    """
    if b"%PDF-" in raw[:1024]:
        return PDF, f"name it {stem}.pdf"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _recognize_zip(raw, stem)
    if raw.startswith(_OLE):
        return _recognize_ole(raw)
    binary = next((kind for signature, kind in _SIGNATURES if raw.startswith(signature)), None)
    binary = binary or next((kind for shape, kind in _SHAPES if shape.match(raw)), None)
    return (binary, _OTHERWISE) if binary else _recognize_text(raw, stem)


def _recognize_zip(raw: bytes, stem: str) -> tuple[str, str]:
    """Recognize an Office file or e-book by the names of its zip members; nothing is unpacked."""
    names = raw[:200] + raw[-_LONGEST_DIRECTORY:]
    for part, kind, advice in _ZIPPED:
        if part.encode() in names:
            return kind, advice.format(stem=stem)
    return "a zip archive without a Word document in it", "name it .zip and add it as an archive"


def _recognize_ole(raw: bytes) -> tuple[str, str]:
    """Recognize an old or encrypted Office file by the names of its OLE streams."""
    for stream, kind, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in raw:
            return kind, advice
    return "an old Office file", "save it as .docx or .pdf"


def _recognize_text(raw: bytes, stem: str) -> tuple[str, str]:
    """Tell a web page, a saved page and XML from plain text; NUL bytes are dropped, so that UTF-16 is seen as ASCII."""
    head = raw[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    if _MAIL_LINE.match(head) and _MULTIPART.search(head.partition("\n\n")[0].partition("\r\n\r\n")[0]):
        return SAVED_PAGE, f"name it {stem}.mhtml"
    before = _BEFORE_TAGS.match(head)
    start = before.end() if before else 0
    if _PAGE_START.match(head, start):
        return PAGE, f"name it {stem}.html"
    if head.startswith("<?xml"):
        return "an XML file", "save it as .html, .txt or .docx"
    tags = sum(1 for _ in _TAG.finditer(head))
    if _PART_START.match(head, start) and tags > _FEW_TAGS:
        return PAGE, f"name it {stem}.html"
    return (TAGGED_TEXT, f"name it {stem}.txt") if tags else (TEXT, f"name it {stem}.txt")

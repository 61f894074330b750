"""What a file is: its first bytes decide whether its name tells the truth."""

import re

from corpus.errors import CorpusError

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WORD = MEDIA_TYPES[".docx"]
PDF = MEDIA_TYPES[".pdf"]
SAVED_PAGE = MEDIA_TYPES[".mhtml"]
PAGES = (MEDIA_TYPES[".html"], MEDIA_TYPES[".xhtml"])
_TEXT, _MARKED_UP = "plain text", "text with a few tags"
_PAGE, _SAVED, _WORD, _PDF = "a web page", "a saved web page (MHTML)", "a Word document", "a PDF"
# What the bytes may seem to be under a media type.
_FITS = {
    MEDIA_TYPES[".txt"]: (_TEXT, _MARKED_UP),
    MEDIA_TYPES[".md"]: (_TEXT, _MARKED_UP),
    **dict.fromkeys(PAGES, (_PAGE, _MARKED_UP)),
    SAVED_PAGE: (_SAVED,),
    WORD: (_WORD,),
    PDF: (_PDF,),
}
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
    ("word/document", _WORD, "name it {stem}.docx"),
    ("xl/workbook", "an Excel file", "save the sheet as .txt or .html"),
    ("ppt/presentation", "a PowerPoint file", "save it as .pdf"),
    ("mimetypeapplication/epub", "an e-book (EPUB)", "save it as .html or .pdf"),
    ("mimetypeapplication/vnd.oasis", "an OpenDocument file", "save it as .docx or .pdf"),
)
# What may stand before the first tag of a page.
_BEFORE_TAGS = re.compile(r"(?:\s+|<\?[^>]{0,500}>|<!--(?:(?!-->).){0,5000}-->)*", re.DOTALL)
_PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|title|meta)[\s>]", re.IGNORECASE)
_PART_START = re.compile(r"<(?:div|p|table|h[1-6]|section|article|main|ul|ol)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,5000})?/?>", re.IGNORECASE)
_MAIL_LINE = re.compile(r"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_PARTS = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_LOOKED_AT = 64 * 1024
# The list of names at the end of a Word file has a hundred bytes or so for each of its parts.
_LONGEST_LIST = 1024 * 1024
# A Markdown file may begin with a tag; a page named .md has many.
_FEW_TAGS = 10


def kind_of(raw: bytes, name: str) -> str:
    """The media type of a file, from its name, when its bytes agree.

    Args:
        raw: the whole file.
        name: its name or path, for the suffix and for the message.

    Raises:
        CorpusError: it is empty, of a kind that is not read, or something else than its suffix says.
    """
    if not raw.strip():
        raise CorpusError(f"{name}: the file is empty")
    stem, dot, ending = name.rpartition(".")
    stem, suffix = (stem, dot + ending.lower()) if dot else (name, "")
    media_type = MEDIA_TYPES.get(suffix, "")
    kind, advice = _seems(raw, stem.replace("\\", "/").rpartition("/")[2])
    if kind in _FITS.get(media_type, ()):
        return media_type
    if media_type or kind not in (_TEXT, _MARKED_UP):
        raise CorpusError(f"{name}: this is {kind}; {advice}")
    raise CorpusError(f"{name}: this kind of file is not read; give a {kinds()} file")


def kinds() -> str:
    """The suffixes that are read, for a message."""
    *most, last = MEDIA_TYPES
    return f"{', '.join(most)} or {last}"


def _seems(raw: bytes, stem: str) -> tuple[str, str]:
    """What the bytes seem to be, and what to do with them under another name."""
    if b"%PDF-" in raw[:1024]:
        return _PDF, f"name it {stem}.pdf"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(raw, stem)
    if raw.startswith(_OLE):
        return _office(raw)
    binary = next((kind for signature, kind in _SIGNATURES if raw.startswith(signature)), None)
    binary = binary or next((kind for shape, kind in _SHAPES if shape.match(raw)), None)
    return (binary, _OTHERWISE) if binary else _written(raw, stem)


def _zipped(raw: bytes, stem: str) -> tuple[str, str]:
    """What a zip file holds; its list of names is read, nothing is unpacked."""
    names = raw[:200] + raw[-_LONGEST_LIST:]
    for part, kind, advice in _ZIPPED:
        if part.encode() in names:
            return kind, advice.format(stem=stem)
    return "a zip archive without a Word document in it", "name it .zip and add it as an archive"


def _office(raw: bytes) -> tuple[str, str]:
    """What an OLE file holds, by the names of its streams."""
    for stream, kind, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in raw:
            return kind, advice
    return "an old Office file", "save it as .docx or .pdf"


def _written(raw: bytes, stem: str) -> tuple[str, str]:
    """Whether a text is a page, a saved page, XML or only text; in UTF-16 every other byte is dropped."""
    head = raw[:_LOOKED_AT].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    if _MAIL_LINE.match(head) and _PARTS.search(head.partition("\n\n")[0].partition("\r\n\r\n")[0]):
        return _SAVED, f"name it {stem}.mhtml"
    before = _BEFORE_TAGS.match(head)
    start = before.end() if before else 0
    if _PAGE_START.match(head, start):
        return _PAGE, f"name it {stem}.html"
    if head.startswith("<?xml"):
        return "an XML file", "save it as .html, .txt or .docx"
    tags = sum(1 for _ in _TAG.finditer(head))
    if _PART_START.match(head, start) and tags > _FEW_TAGS:
        return _PAGE, f"name it {stem}.html"
    return (_MARKED_UP, f"name it {stem}.txt") if tags else (_TEXT, f"name it {stem}.txt")

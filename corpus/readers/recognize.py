"""Recognize what a file is from its first bytes or its suffix, and tell what to do with one that is not read."""

import re

TEXT, TAGGED_TEXT = "plain text", "text with a few tags"
PAGE, SAVED_PAGE, WORD, PDF = "a web page", "a saved web page (MHTML)", "a Word document", "a PDF"
OUTLOOK = "an Outlook message"
OPEN_TEXT, OPEN_SHEETS, OPEN_SLIDES = "an OpenDocument text", "an OpenDocument spreadsheet", "OpenDocument slides"
EXCEL, SLIDES, RTF, BOOK = "an Excel file", "a PowerPoint file", "an RTF file", "an e-book (EPUB)"
_OTHERWISE = "give a text, PDF or Word file of it"

_SIGNATURES = (
    (b"{\\rtf", RTF),
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
    ("Workbook", "an old Excel file", "save it as .xlsx"),
    ("PowerPoint Document", "an old PowerPoint file", "save it as .pptx"),
    ("__substg1.0_", OUTLOOK, "name it with the ending .msg"),
)
_ZIPPED = (
    ("word/document", WORD, "name it {stem}.docx"),
    ("xl/workbook.xml", EXCEL, "name it {stem}.xlsx"),
    ("xl/workbook.bin", "a binary Excel file", "save it as .xlsx"),
    ("ppt/presentation", SLIDES, "name it {stem}.pptx"),
    ("mimetypeapplication/epub", BOOK, "name it {stem}.epub"),
    ("META-INF/container.xml", BOOK, "name it {stem}.epub"),
    ("mimetypeapplication/vnd.oasis.opendocument.text", OPEN_TEXT, "name it {stem}.odt"),
    ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", OPEN_SHEETS, "name it {stem}.ods"),
    ("mimetypeapplication/vnd.oasis.opendocument.presentation", OPEN_SLIDES, "name it {stem}.odp"),
    ("mimetypeapplication/vnd.oasis", "an OpenDocument drawing or formula", "save it as .pdf"),
)
_RECORDING = ("a recording", "give its transcript as .vtt, .srt, .docx or .txt")
_PICTURE = ("a picture", "give a .pdf of it with a text layer, or its text")
_MAILBOX = ("a mailbox", "save its mails as .eml")
_ARCHIVE = ("an archive of this kind", "pack it again as .zip")
_GOOGLE = ("a link to Google Drive", "download the document as .docx, .xlsx, .pptx or .pdf")
# Files that are known by their suffixes and not read: what they are, and what to give instead.
_NOT_READ = {
    ".pages": ("a Pages file", "export it from Pages as .docx or .pdf"),
    ".numbers": ("a Numbers file", "export it from Numbers as .xlsx or .csv"),
    ".key": ("a Keynote file", "export it from Keynote as .pptx or .pdf"),
    ".one": ("a OneNote file", "export its pages from OneNote as .docx or .pdf"),
    ".emlx": ("a mail of Apple Mail", "drag it out of Mail, which saves it as .eml"),
    ".fodt": ("a flat OpenDocument file", "save it as .odt"),
    ".pub": ("a Publisher file", "save it as .pdf"),
    ".wpd": ("a WordPerfect file", "save it as .docx"),
    ".hwp": ("a Hangul file", "save it as .docx or .pdf"),
    ".xlsb": ("a binary Excel file", "save it as .xlsx"),
    ".djvu": ("a DjVu file", "save it as .pdf with a text layer"),
    ".mobi": ("a Kindle book", "convert it to .epub"),
    ".azw3": ("a Kindle book", "convert it to .epub"),
    ".tex": ("a TeX source", "give the .pdf that it makes"),
    ".xml": ("an XML file", "save it as .html, .txt or .docx"),
    ".ics": ("a calendar file", "give the agenda or minutes as .txt or .docx"),
    ".url": ("a link", "save the page that it opens as .html or .mhtml"),
    ".webloc": ("a link", "save the page that it opens as .html or .mhtml"),
    **dict.fromkeys((".gdoc", ".gsheet", ".gslides"), _GOOGLE),
    **dict.fromkeys((".mbox", ".pst", ".ost"), _MAILBOX),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"), _ARCHIVE),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac", ".aac", ".wma"), _RECORDING),
    **dict.fromkeys((".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".wmv", ".mpg", ".mpeg"), _RECORDING),
}
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
# Characters that no text has.
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Of UTF-16 in Latin letters every second byte is NUL.
_LEAST_NULS = 4
# A Markdown file may begin with a tag; a web page named .md has many.
_FEW_TAGS = 10


def advice_on(suffix: str) -> str | None:
    """Return what a file with this suffix is and what to give instead; None for a suffix that is not known."""
    what, advice = _NOT_READ.get(suffix, ("", ""))
    return f"{what} is not read; {advice}" if what else None


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


def is_binary(raw: bytes) -> bool:
    """Return True for bytes that are no text in any encoding: with control characters, or a NUL here and there."""
    head = raw[:_HEAD]
    nuls = head.count(b"\0")
    is_wide = head.startswith(_BYTE_ORDER_MARKS) or nuls * _LEAST_NULS > len(head)
    return not is_wide and bool(nuls or _CONTROLS.search(head))


def _recognize_zip(raw: bytes, stem: str) -> tuple[str, str]:
    """Recognize an Office file or e-book by the names of its zip members; nothing is unpacked."""
    names = raw[:200] + raw[-_LONGEST_DIRECTORY:]
    for part, kind, advice in _ZIPPED:
        if part.encode() in names:
            return kind, advice.format(stem=stem)
    return "a zip archive without an Office document in it", "name it .zip and add it as an archive"


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

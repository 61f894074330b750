"""Table of the file formats that are read: suffixes, media type, how the bytes begin, and the function that reads them.

A new format is one module with a reader and one row of `FORMATS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.recognize import (
    BOOK,
    EXCEL,
    OPEN_SHEETS,
    OPEN_SLIDES,
    OPEN_TEXT,
    OUTLOOK,
    PAGE,
    PDF,
    RTF,
    SAVED_PAGE,
    SLIDES,
    TAGGED_TEXT,
    TEXT,
    WORD,
    advice_on,
    is_binary,
    recognize,
)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format that is read.

    Attributes:
        name: what a reader calls files like it; several formats may share it.
        media_type: such as `text/plain`.
        suffixes: of file names, in lower case with their dot.
        kinds: what `recognize` may take the bytes for, in the words that messages use.
        reader: module and function of this package that turn bytes, file name and limits into `Content`, as
            "module:function"; the module and its libraries are loaded for the first file of the format.
        is_parsed: True if a library parses the file, so that reading needs the confined process.
    """

    name: str
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
        read: Callable[[bytes, str, Limits], Content] = getattr(import_module(f"corpus.readers.{module}"), function)
        return read(raw, file, limits)


_PLAIN, _HTML = "plain:read_plain", "html.reader:read_html"
_CAPTIONS = "captions.reader:read_captions"
_DELIMITED = "delimited:read_delimited"
_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TEXTS = (TEXT, TAGGED_TEXT)
FORMATS = (
    FileFormat("text", "text/plain", (".txt",), _TEXTS, _PLAIN, is_parsed=False),
    FileFormat("Markdown", "text/markdown", (".md", ".markdown"), _TEXTS, _PLAIN, is_parsed=False),
    FileFormat("captions", "text/vtt", (".vtt",), _TEXTS, _CAPTIONS, is_parsed=False),
    FileFormat("captions", "application/x-subrip", (".srt",), _TEXTS, _CAPTIONS, is_parsed=False),
    FileFormat("transcripts", "application/json", (".json",), _TEXTS, "captions.reader:read_json"),
    FileFormat("web pages", "text/html", (".html", ".htm"), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("web pages", "application/xhtml+xml", (".xhtml",), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("web pages", "multipart/related", (".mhtml", ".mht"), (SAVED_PAGE,), _HTML),
    FileFormat("mails", "message/rfc822", (".eml",), (*_TEXTS, SAVED_PAGE), "mail.reader:read_eml"),
    FileFormat("mails", "application/vnd.ms-outlook", (".msg",), (OUTLOOK,), "mail.reader:read_msg"),
    FileFormat("PDF", "application/pdf", (".pdf",), (PDF,), "pdf.reader:read_pdf"),
    FileFormat("Word", f"{_OFFICE}.wordprocessingml.document", (".docx", ".docm"), (WORD,), "docx.reader:read_docx"),
    FileFormat("Excel", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx", ".xlsm"), (EXCEL,), "xlsx.reader:read_xlsx"),
    FileFormat(
        "PowerPoint", f"{_OFFICE}.presentationml.presentation", (".pptx", ".pptm", ".ppsx"), (SLIDES,), "pptx:read_pptx"
    ),
    FileFormat("OpenDocument", f"{_OPEN}.text", (".odt",), (OPEN_TEXT,), "odf.reader:read_odt"),
    FileFormat("OpenDocument", f"{_OPEN}.spreadsheet", (".ods",), (OPEN_SHEETS,), "odf.reader:read_ods"),
    FileFormat("OpenDocument", f"{_OPEN}.presentation", (".odp",), (OPEN_SLIDES,), "odf.reader:read_odp"),
    FileFormat("RTF", "application/rtf", (".rtf",), (RTF,), "rtf.reader:read_rtf"),
    FileFormat("e-books", "application/epub+zip", (".epub",), (BOOK,), "epub:read_epub"),
    FileFormat("tables of text", "text/csv", (".csv",), _TEXTS, _DELIMITED),
    FileFormat("tables of text", "text/tab-separated-values", (".tsv",), _TEXTS, _DELIMITED),
)
BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}

# Suffixes of old Office files, which other programs give to RTF, pages and tables: what is inside decides.
OLD_OFFICE = (".doc", ".xls", ".ppt")


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
    if suffix in OLD_OFFICE and (inside := _format_inside(kind, suffix)):
        return inside
    if stated and kind in (TEXT, TAGGED_TEXT) and is_binary(raw):
        raise CorpusError(f"{name}: the file is damaged, or no {suffix} file; get it again, or save it anew")
    if stated or kind not in (TEXT, TAGGED_TEXT):
        raise CorpusError(f"{name}: this is {kind}; {advice}")
    raise CorpusError(f"{name}: {why_not_read(suffix, BY_SUFFIX)}")


def _format_inside(kind: str, suffix: str) -> FileFormat | None:
    """Return the format of a file under an old Office suffix; None if it is not read."""
    if kind in (TEXT, TAGGED_TEXT) and suffix == ".xls":
        return BY_SUFFIX[".csv"]
    return next((row for row in FORMATS if kind in row.kinds), None)


def why_not_read(suffix: str, suffixes: Iterable[str]) -> str:
    """Return why a file with this suffix is not read, and what to give instead.

    Args:
        suffix: of the file, in lower case; "" for none.
        suffixes: of the files that could be given.
    """
    return advice_on(suffix) or f"this kind of file is not read; give a {listed(suffixes)} file"


def listed(suffixes: Iterable[str]) -> str:
    """Join suffixes for a message: ".txt, .md or .pdf"."""
    *most, last = suffixes
    return f"{', '.join(most)} or {last}"

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
    recognize,
)


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
_DELIMITED = "corpus.readers.delimited:read_delimited"
_OPEN = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = (
    FileFormat("text/plain", (".txt",), (TEXT, TAGGED_TEXT), _PLAIN, is_parsed=False),
    FileFormat("text/markdown", (".md", ".markdown"), (TEXT, TAGGED_TEXT), _PLAIN, is_parsed=False),
    FileFormat("text/vtt", (".vtt",), (TEXT, TAGGED_TEXT), _CAPTIONS, is_parsed=False),
    FileFormat("application/x-subrip", (".srt",), (TEXT, TAGGED_TEXT), _CAPTIONS, is_parsed=False),
    FileFormat("application/json", (".json",), (TEXT, TAGGED_TEXT), "corpus.readers.captions.reader:read_json"),
    FileFormat("text/html", (".html", ".htm"), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("application/xhtml+xml", (".xhtml",), (PAGE, TAGGED_TEXT), _HTML),
    FileFormat("multipart/related", (".mhtml", ".mht"), (SAVED_PAGE,), _HTML),
    FileFormat("message/rfc822", (".eml",), (TEXT, TAGGED_TEXT, SAVED_PAGE), "corpus.readers.mail.reader:read_eml"),
    FileFormat("application/vnd.ms-outlook", (".msg",), (OUTLOOK,), "corpus.readers.mail.reader:read_msg"),
    FileFormat("application/pdf", (".pdf",), (PDF,), "corpus.readers.pdf.reader:read_pdf"),
    FileFormat(
        f"{_OFFICE}.wordprocessingml.document", (".docx", ".docm"), (WORD,), "corpus.readers.docx.reader:read_docx"
    ),
    FileFormat(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx", ".xlsm"), (EXCEL,), "corpus.readers.xlsx.reader:read_xlsx"),
    FileFormat(
        f"{_OFFICE}.presentationml.presentation",
        (".pptx", ".pptm", ".ppsx"),
        (SLIDES,),
        "corpus.readers.pptx:read_pptx",
    ),
    FileFormat(f"{_OPEN}.text", (".odt",), (OPEN_TEXT,), "corpus.readers.odf.reader:read_odt"),
    FileFormat(f"{_OPEN}.spreadsheet", (".ods",), (OPEN_SHEETS,), "corpus.readers.odf.reader:read_ods"),
    FileFormat(f"{_OPEN}.presentation", (".odp",), (OPEN_SLIDES,), "corpus.readers.odf.reader:read_odp"),
    FileFormat("application/rtf", (".rtf",), (RTF,), "corpus.readers.rtf.reader:read_rtf"),
    FileFormat("application/epub+zip", (".epub",), (BOOK,), "corpus.readers.epub:read_epub"),
    FileFormat("text/csv", (".csv",), (TEXT, TAGGED_TEXT), _DELIMITED),
    FileFormat("text/tab-separated-values", (".tsv",), (TEXT, TAGGED_TEXT), _DELIMITED),
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

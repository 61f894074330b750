"""The bytes of a text become its characters: every one of them, or none."""

import re

from corpus.errors import CorpusError
from corpus.formats.guess import guessed, is_east_asian

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
# What pages declare, and what browsers read it as (WHATWG Encoding Standard, section 4.2).
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is not in UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
# The same bytes with the characters that its vendors added, tried where the standard has none.
_WIDER = {"euc_jp": "euc_jis_2004", "euc-jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_2004"}
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
_CONTROLS = re.compile(r"[\0-\x06\x0e-\x1a\x1c-\x1f]")
# One control character in a hundred is no text; a text that lost a byte or two has fewer.
_CONTROL_SHARE = 0.01
_LEAST_CONTROLS = 8
# Of a text in Latin letters nearly each character has a NUL byte.
_NUL_SHARE = 0.5


def decoded(raw: bytes, file: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """A text's characters without byte order mark, every other character kept, and what a reader should know.

    A byte order mark decides, then UTF-8 where the bytes are that, then the declared encoding, then a guess, which is
    named in a warning.

    Args:
        raw: the bytes.
        file: the name for the message.
        declared: what the file says about itself, as pages do.

    Raises:
        CorpusError: the bytes are in no encoding that is known, in several, or no text.
    """
    text, warnings = _decoded(raw, file, declared)
    if "\0" in text:
        raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls >= _LEAST_CONTROLS and controls > _CONTROL_SHARE * len(text):
        raise CorpusError(f"{file}: binary under a text's name ({controls:,} control characters); give the text itself")
    if not text.strip():
        raise CorpusError(f"{file}: the file is empty")
    return text, warnings


def _decoded(raw: bytes, file: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, len(mark), encoding, name, file), ()
    if b"\0" in raw:
        return _without_mark(raw, file)
    if _ISO_2022_JP.search(raw) and (text := _tried(raw, "iso2022_jp")):
        return text, () if declared else (_warning("ISO-2022-JP"),)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        where = error.start
        if error.end == len(raw) and error.end - error.start > 1 and error.reason == "unexpected end of data":
            cut = f"{file}: cut off in the middle of a character at byte {where:,}; give the whole file"
            raise CorpusError(cut) from error
    said = (declared or "").strip().lower()
    if said and (text := _tried(raw, _READ_AS.get(said, said))) is not None:
        return text, ()
    return _guess(raw, file, where)


def _guess(raw: bytes, file: str, where: int) -> tuple[str, tuple[str, ...]]:
    """The text in the encoding that fits its bytes best; `where` is the first byte that is not UTF-8."""
    found = guessed(raw)
    text = _tried(raw, found.codec) if found.codec else None
    if text is None:
        raise CorpusError(f"{file}: not UTF-8 text at byte {where:,}{found.reason}; save it as UTF-8")
    return text, (_warning(found.name),)


def _warning(name: str) -> str:
    return f"read as {name}, guessed from its bytes; where letters look wrong, save it as UTF-8 and add it again"


def _strict(raw: bytes, start: int, encoding: str, name: str, file: str) -> str:
    try:
        return raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}: not {name} text at byte {start + error.start:,}; save it as UTF-8") from error


def _tried(raw: bytes, encoding: str) -> str | None:
    """The text in this encoding, or in the one that widens it; None when the bytes are not that."""
    for codec in filter(None, (encoding, _WIDER.get(encoding))):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return None


def _without_mark(raw: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without a mark: its NUL bytes stand on one side, or its letters are those of East Asia."""
    for codec, side in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        text = _tried(raw, codec) or "\0"
        if "\0" not in text and (side.count(0) * 2 > _NUL_SHARE * len(raw) or is_east_asian(text)):
            return text, (_warning("UTF-16"),)
    raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")

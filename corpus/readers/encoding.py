"""Decode the bytes of a text file: all of its characters, or a refusal that names the byte and the next step."""

import re

from corpus.errors import CorpusError
from corpus.readers.guess_encoding import guess_encoding, is_east_asian

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
# Declared names and the codecs that browsers use for them (WHATWG Encoding Standard, section 4.2).
_BROWSER_CODECS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),  # a declaration readable as ASCII is not in UTF-16
    "iso-8859-9": "cp1254",
    "x-euc-jp": "euc_jp",
    "big5": "big5hkscs",
}
# Extensions by vendors, tried where the standard encoding has no such character.
_EXTENSIONS = {"euc_jp": "euc_jis_2004", "euc-jp": "euc_jis_2004", "iso2022_jp": "iso2022_jp_2004"}
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]")
_CONTROLS = re.compile(r"[\0-\x06\x0e-\x1a\x1c-\x1f]")
# A file with more control characters than one in a hundred is no text.
_CONTROL_SHARE = 0.01
_LEAST_CONTROLS = 8
# In UTF-16 nearly each Latin letter has a NUL byte.
_NUL_SHARE = 0.5


def decode(raw: bytes, file: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of a text, without its byte order mark, and return it with warnings for the user.

    A byte order mark decides, then UTF-8 where the bytes are valid UTF-8, then the declared encoding, then a guess,
    which a warning names.

    Args:
        raw: the whole text.
        file: its name for messages.
        declared: the encoding that the file states, as web pages do.

    Raises:
        CorpusError: the encoding is unknown, there are several, or the bytes are no text.
    """
    text, warnings = _decode(raw, file, declared)
    if "\0" in text:
        raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls >= _LEAST_CONTROLS and controls > _CONTROL_SHARE * len(text):
        raise CorpusError(f"{file}: binary under a text's name ({controls:,} control characters); give the text itself")
    if not text.strip():
        raise CorpusError(f"{file}: the file is empty")
    return text, warnings


def _decode(raw: bytes, file: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, len(mark), encoding, name, file), ()
    if b"\0" in raw:
        return _without_mark(raw, file)
    if _ISO_2022_JP.search(raw) and (text := _try(raw, "iso2022_jp")):
        return text, () if declared else (_warning("ISO-2022-JP"),)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        where = error.start
        if error.end == len(raw) and error.end - error.start > 1 and error.reason == "unexpected end of data":
            cut = f"{file}: cut off in the middle of a character at byte {where:,}; give the whole file"
            raise CorpusError(cut) from error
    stated = (declared or "").strip().lower()
    if stated and (text := _try(raw, _BROWSER_CODECS.get(stated, stated))) is not None:
        return text, ()
    return _decode_guessed(raw, file, where)


def _decode_guessed(raw: bytes, file: str, where: int) -> tuple[str, tuple[str, ...]]:
    """Decode in the guessed encoding; `where` is the first byte that is not UTF-8."""
    guess = guess_encoding(raw)
    text = _try(raw, guess.codec) if guess.codec else None
    if text is None:
        raise CorpusError(f"{file}: not UTF-8 text at byte {where:,}{guess.reason}; save it as UTF-8")
    return text, (_warning(guess.name),)


def _warning(name: str) -> str:
    return f"read as {name}, guessed from its bytes; where letters look wrong, save it as UTF-8 and add it again"


def _strict(raw: bytes, start: int, encoding: str, name: str, file: str) -> str:
    try:
        return raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}: not {name} text at byte {start + error.start:,}; save it as UTF-8") from error


def _try(raw: bytes, encoding: str) -> str | None:
    """Decode in this encoding or its extension; None where the bytes are invalid in both."""
    for codec in filter(None, (encoding, _EXTENSIONS.get(encoding))):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return None


def _without_mark(raw: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """Decode UTF-16 without a byte order mark: every second byte is NUL, or its letters are East Asian."""
    for codec, zero_bytes in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        text = _try(raw, codec) or "\0"
        if "\0" not in text and (zero_bytes.count(0) * 2 > _NUL_SHARE * len(raw) or is_east_asian(text)):
            return text, (_warning("UTF-16"),)
    raise CorpusError(f"{file}: binary under a text's name (it holds NUL characters); give the text itself")

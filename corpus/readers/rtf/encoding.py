"""Decode the bytes of an RTF file: by the charset of their font, else by the file's code page."""

import codecs

# Codecs by the numbers of charsets: RTF Specification 1.9.1, "Font Table".
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
# The charset of symbols, whose letters are bullets and arrows.
SYMBOL = 2
BULLET = "•"


def codec_of(code_page: str) -> str:
    """Return the codec of a code page by its number; that of Western Europe for one that is unknown."""
    for name in (f"cp{code_page}", {"65001": "utf-8", "10000": "mac_roman"}.get(code_page, "")):
        try:
            return codecs.lookup(name).name if name else "cp1252"
        except LookupError:
            continue
    return "cp1252"


def utf16_text(units: list[int]) -> str:
    """Return the text of UTF-16 code units, a replacement character for half a pair."""
    raw = b"".join((unit & 0xFFFF).to_bytes(2, "little") for unit in units)
    return raw.decode("utf-16-le", "replace")

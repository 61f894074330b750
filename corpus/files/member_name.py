"""The names of the files in an archive: in which encoding they are, and which of them cannot be."""

import re
import zipfile

_LONGEST_PART = 255
_LONGEST_NAME = 4096
_NAMED_IN_UTF8 = 0x800
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def name_of(entry: zipfile.ZipInfo) -> str:
    """A member's name with "/" between its parts, in the encoding that it was most likely written in.

    A name without the mark for UTF-8 should be in code page 437, but is in whatever the packing system used.
    """
    # orig_filename: zipfile cuts filename at a NUL.
    name = entry.orig_filename
    if not entry.flag_bits & _NAMED_IN_UTF8 and not name.isascii():
        name = _guessed(name.encode("cp437", "surrogateescape"), name)
    return name.replace("\\", "/")


def _guessed(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        japanese = raw.decode("cp932")
    except UnicodeDecodeError:
        return name
    letters = [c for c in japanese.rpartition(".")[0] or japanese if c.isalpha()]
    # An accented Latin letter and the letter behind it also make a kanji, but never most of a name.
    return japanese if 2 * sum(map(bool, map(_EAST_ASIAN.match, letters))) > len(letters) else name


def is_hidden(name: str) -> bool:
    """Whether a system keeps a name from its users, such as a Mac's own folder in each archive that it packs."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def name_refused(name: str, deepest: int) -> str | None:
    """Why a name cannot be a path inside an archive."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or re.match(r"[A-Za-z]:", name):
        return "its path leads out of the archive; pack it anew"
    if "\0" in name:
        return "its name holds a NUL character; pack it anew"
    if any("\ud800" <= c <= "\udfff" for c in name):
        return "its name is not UTF-8 text; pack it anew"
    if len(parts) > deepest:
        return f"{len(parts):,} folders inside each other are over the limit of {deepest:,}; pack it flatter"
    if len(name.encode()) > _LONGEST_NAME or any(len(part.encode()) > _LONGEST_PART for part in parts):
        return f"a part of its name is longer than {_LONGEST_PART} bytes; rename it"
    return None

"""Read the members of .zip archives in memory, never on disk, and refuse zip bombs and unsafe names."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TypeVar

from corpus.errors import CorpusError, printable
from corpus.language.scripts import is_cjk
from corpus.limits import Limits

_LONGEST_PART = 255
_LONGEST_NAME = 4096
_NAMED_IN_UTF8 = 0x800
SUFFIXES = (".zip",)
_PIECE = 256 * 1024
# The ratio counts from this unpacked size: a small page of blanks shrinks as much as a bomb.
_RATIO_COUNTS_FROM = 1024 * 1024
# Bytes of the archive's directory for each member, at most: 46, its name and its extra fields.
_LISTED_BYTES = 512
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, IndexError, RuntimeError)
_Read = TypeVar("_Read")


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name with "/" between its parts, in the encoding that it was most likely written in.

    A name without the UTF-8 flag should be in code page 437, but is in the encoding of the packing system.
    """
    # orig_filename: zipfile cuts filename at a NUL.
    name = entry.orig_filename
    if not entry.flag_bits & _NAMED_IN_UTF8 and not name.isascii():
        name = _guess_name(name.encode("cp437", "surrogateescape"), name)
    return name.replace("\\", "/")


def _guess_name(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass  # an older program wrote it
    try:
        japanese = raw.decode("cp932")
    except UnicodeDecodeError:
        return name
    letters = [c for c in japanese.rpartition(".")[0] or japanese if c.isalpha()]
    # An accented Latin letter and the letter behind it also make a kanji, but never most of a name.
    return japanese if 2 * sum(map(is_cjk, letters)) > len(letters) else name


def is_hidden(name: str) -> bool:
    """Return True for a name that systems hide, such as a Mac's own folder in each of its archives."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def refusal_of_name(name: str, deepest: int) -> str | None:
    """Return the reason why a name cannot be a path inside an archive, else None."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or re.match(r"[A-Za-z]:", name):
        return "its path leads out of the archive; pack it again"
    if "\0" in name:
        return "its name holds a NUL character; pack it again"
    if any("\ud800" <= c <= "\udfff" for c in name):
        return "its name is not UTF-8 text; pack it again"
    if len(parts) > deepest:
        return f"{len(parts):,} folders inside each other are over the limit of {deepest:,}; pack it flatter"
    if len(name.encode()) > _LONGEST_NAME or any(len(part.encode()) > _LONGEST_PART for part in parts):
        return f"a part of its name is longer than {_LONGEST_PART} bytes; rename it"
    return None


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive.

    Attributes:
        name: its path in the archive, parts joined by "/".
        refused: the reason why it cannot be read, or None.
        skipped: the reason why it is left out although nothing is wrong, or None.
    """

    name: str
    refused: str | None = None
    skipped: str | None = None

    @property
    def is_readable(self) -> bool:
        """True for a file to read."""
        return self.refused is None and self.skipped is None


class Archive:
    """An archive that is open for reading. Use it in a `with` block.

    Args:
        path: of the archive.
        limits: of its members and of its unpacked size.
        file: its name for messages; its path when None.

    Raises:
        CorpusError: it cannot be read, is damaged, or is over a limit as a whole.
    """

    def __init__(self, path: Path, limits: Limits, file: str | None = None) -> None:
        self._file = str(path) if file is None else file
        self._limits = limits
        self._unpacked = 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        raw = self._try(lambda: path.open("rb"))
        try:
            self._zip = self._try(lambda: zipfile.ZipFile(_Bounded(raw, _LISTED_BYTES * limits.members)))
            self._refuse_bombs()
        except BaseException:
            raw.close()
            raise
        self._raw = raw

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()
        self._raw.close()

    def members(self) -> list[Member]:
        """Return the files in it, sorted by name; folders and hidden files are left out."""
        members = []
        for entry in self._zip.infolist():
            name = name_of(entry)
            if name.endswith("/") or is_hidden(name):  # is_dir() breaks on an empty name
                continue
            member = self._member(name, entry)
            if member.is_readable:
                self._entries[name] = entry
            members.append(member)
        return sorted(members, key=lambda member: member.name.split("/"))

    def read(self, name: str) -> bytes:
        """Return the bytes of a member that `members` neither refused nor skipped.

        Raises:
            CorpusError: it is damaged or unpacks to more than the limits allow.
        """
        if not self._entries:
            self.members()
        file = self._file_name(name)
        if name not in self._entries:
            raise CorpusError(f"{file}: no such file in the archive")
        return self._try(lambda: self._unpack(self._entries[name], file), file)

    def _file_name(self, name: str) -> str:
        return f"{self._file}!/{printable(name)}"

    def _member(self, name: str, entry: zipfile.ZipInfo) -> Member:
        mode = entry.external_attr >> 16
        if stat.S_ISLNK(mode):
            return Member(name, skipped="a symbolic link")
        if reason := self._reason(name, entry, mode):
            return Member(name, f"{self._file_name(name)}: {reason}")
        return Member(name)

    def _reason(self, name: str, entry: zipfile.ZipInfo, mode: int) -> str | None:
        """Return the reason, from its header, why an entry cannot be read, else None."""
        limits = self._limits
        if reason := refusal_of_name(name, limits.nesting):
            return reason
        if name in self._entries:
            return "the archive holds this name twice; only the first is read"
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            return "this is no ordinary file"
        if entry.flag_bits & _ENCRYPTED:
            return "encrypted; unpack the archive with its password and add the folder"
        if name.lower().endswith(SUFFIXES):
            return "an archive in an archive; unpack it and add what it holds"
        if entry.compress_type not in _METHODS:
            return f"packed by a method that is not read (number {entry.compress_type}); pack it again as a plain zip"
        if entry.file_size > limits.file_bytes:
            return _too_large_message(entry.file_size, limits.file_bytes)
        if self._is_bomb(entry.file_size, entry.compress_size):
            return _bomb_message(limits.unpacked_ratio)
        return None

    def _refuse_bombs(self) -> None:
        """Refuse an archive with too many members, too large as a whole, or with overlapping members."""
        entries, limits = self._zip.infolist(), self._limits
        if len(entries) > limits.members:
            raise CorpusError(
                f"{self._file}: {len(entries):,} members are over the limit of {limits.members:,};"
                " split the archive or unpack it and add the folder"
            )
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise CorpusError(f"{self._file}: {self._archive_too_large()}")
        # David Fifield, "A better zip bomb" (WOOT 2019): many entries share one piece of packed bytes.
        packed = sorted((entry.header_offset, _LOCAL_HEADER + entry.compress_size) for entry in entries)
        if any(start + size > following for (start, size), (following, _) in pairwise(packed)):
            raise CorpusError(f"{self._file}: its members overlap, as in a zip bomb; pack it again")

    def _unpack(self, entry: zipfile.ZipInfo, file: str) -> bytes:
        limits = self._limits
        pieces = bytearray()
        # Read more than the header states, to detect one that states too little.
        entry_copy = copy(entry)
        entry_copy.file_size = limits.file_bytes + 1
        with self._zip.open(entry_copy) as packed:
            while piece := packed.read(_PIECE):
                pieces += piece
                self._unpacked += len(piece)
                # The sizes in a header may be false.
                if len(pieces) > limits.file_bytes:
                    raise CorpusError(f"{file}: {_too_large_message(len(pieces), limits.file_bytes)}")
                if self._is_bomb(len(pieces), entry.compress_size):
                    raise CorpusError(f"{file}: {_bomb_message(limits.unpacked_ratio)}")
                if self._unpacked > limits.unpacked_bytes:
                    raise CorpusError(f"{file}: {self._archive_too_large()}")
        if len(pieces) != entry.file_size:
            raise CorpusError(f"{file}: damaged ({len(pieces):,} of {entry.file_size:,} bytes); pack the archive again")
        return bytes(pieces)

    def _is_bomb(self, unpacked: int, packed: int) -> bool:
        return unpacked > _RATIO_COUNTS_FROM and unpacked > self._limits.unpacked_ratio * max(packed, 1)

    def _archive_too_large(self) -> str:
        return (
            f"the archive unpacks to more than {self._limits.unpacked_bytes:,} bytes; split it or add its files one by"
            " one"
        )

    def _try(self, read: Callable[[], _Read], file: str | None = None) -> _Read:
        file = file or self._file
        try:
            return read()
        except OSError as error:
            raise CorpusError(f"{file}: cannot be read ({error.strerror or error})") from error
        except _DAMAGES as error:
            # A message of zipfile may quote a whole header, tens of thousands of bytes.
            raise CorpusError(f"{file}: damaged ({error!s:.200}); pack the archive again") from error


class _Bounded(io.RawIOBase):
    """An archive's bytes; a single read returns at most the size of the largest directory allowed."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = max(most, 2 * _PIECE)

    def read(self, size: int | None = -1) -> bytes:
        # Without a size, zipfile reads the end of the archive, which is short.
        wanted_size = self._most + 1 if size is None or size < 0 else size
        raw = self._file.read(min(wanted_size, self._most + 1))
        if len(raw) > self._most:
            raise zipfile.BadZipFile(f"a list of members over {self._most:,} bytes")
        return raw

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def _too_large_message(size: int, most: int) -> str:
    return f"{size:,} bytes or more are over the limit of {most:,}; split the file"


def _bomb_message(ratio: int) -> str:
    return f"unpacks to more than {ratio} times its packed size, as a bomb does; add the file itself"

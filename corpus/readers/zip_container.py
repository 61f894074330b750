"""Opens a file that is a zip archive inside, after a look at what it would unpack to."""

import struct
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as ZlibError

from corpus.errors import CorpusError
from corpus.limits import Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
# The list of names takes some hundred bytes for each member; zipfile reads it whole.
_NAME_BYTES = 400


class Zipped:
    """The members of a zipped document, by name; each is unpacked when it is asked for."""

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        """Open it.

        Raises:
            CorpusError: it is damaged, has a password, or would unpack to more than the limits allow.
        """
        self._file = file
        if _list_bytes(raw) > limits.members * _NAME_BYTES:
            raise CorpusError(f"{file}: it holds over {limits.members:,} parts; save it again from Word")
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, LargeZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            raise CorpusError(f"{file}: damaged or cut off; give the whole file") from error
        members = self._archive.infolist()
        unpacked, packed = sum(m.file_size for m in members), max(1, len(raw))
        if unpacked > limits.unpacked_bytes:
            raise CorpusError(f"{file}: it unpacks to {unpacked:,} bytes, the limit is {limits.unpacked_bytes:,}")
        if unpacked > limits.unpacked_ratio * packed:
            raise CorpusError(
                f"{file}: it unpacks to {unpacked // packed:,} times its size, the limit is {limits.unpacked_ratio:,}"
            )
        if any(m.flag_bits & 1 for m in members):
            raise CorpusError(f"{file}: it has a password; remove it and save the file again")
        self.names = frozenset(m.filename for m in members)

    def part(self, name: str) -> bytes | None:
        """The bytes of a member; None when there is none of this name.

        Raises:
            CorpusError: it is damaged.
        """
        if name not in self.names:
            return None
        try:
            return self._archive.read(name)
        except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, ZlibError) as error:
            raise CorpusError(f"{self._file}: damaged in its part {name!a}; save it again") from error


def _list_bytes(raw: bytes) -> int:
    """The length of the list of names, as the end of the archive states it."""
    at = raw.rfind(_END, max(0, len(raw) - 65_557))
    if at < 0 or at + _END_SIZE > len(raw):
        return 0
    size: int = struct.unpack("<L", raw[at + 12 : at + 16])[0]
    # Larger ones stand elsewhere (zip64), and no document needs that.
    return size

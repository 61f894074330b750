"""Compressed parts of a PDF that would unpack to far more than any document holds, found before anything reads them."""

import re
import zlib

from corpus.errors import CorpusError
from corpus.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2048
# Images are not unpacked when text is read.
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_STEP = 1024 * 1024
# Filters may stand behind each other; more than this many are never used.
_DEEPEST = 3
# Below this many unpacked bytes a stream costs little whatever its ratio.
_SMALL = 8 * _STEP


def check_streams(raw: bytes, file: str, limits: Limits) -> None:
    """Refuse a PDF with compression bombs.

    Each compressed stream that is no image may unpack to `limits.file_bytes`, where it is larger than a few million
    bytes to `limits.unpacked_ratio` times its size, and all together to `limits.unpacked_bytes`.

    Raises:
        CorpusError: one unpacks to more.
    """
    total = 0
    view = memoryview(raw)
    for match in _STREAM.finditer(raw):
        start = match.end()
        head = raw[max(0, match.start() - _DICTIONARY) : match.start()]
        if raw[start : start + 1] != b"\x78" or _IMAGE.search(head[head.rfind(b"obj") + 3 :]):
            continue
        packed, unpacked = _sizes(view[start:], limits.file_bytes, _DEEPEST)
        total += unpacked
        most = min(limits.file_bytes, max(_SMALL, limits.unpacked_ratio * packed))
        if unpacked > most or total > limits.unpacked_bytes:
            least = min(total, unpacked if unpacked > most else limits.unpacked_bytes)
            raise CorpusError(f"{file}: a compression bomb: {packed:,} of its bytes unpack to over {least:,}; not read")


def _sizes(packed: memoryview, most: int, depth: int) -> tuple[int, int]:
    """How many bytes a stream has and unpacks to, filter behind filter; counting ends above `most`."""
    unpacker = zlib.decompressobj()
    taken = size = 0
    beginning = b""
    try:
        while size <= most and not unpacker.eof and taken < len(packed):
            part = unpacker.decompress(packed[taken : taken + _STEP], _STEP)
            taken += min(_STEP, len(packed) - taken) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
            size += len(part)
            if depth > 1 and len(beginning) < 4 * _STEP:
                beginning += part
            if not part and unpacker.unconsumed_tail:
                break
    except zlib.error:
        pass
    if depth > 1 and beginning[:1] == b"\x78":
        size = max(size, _sizes(memoryview(beginning), most, depth - 1)[1])
    return max(taken, 1), size

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
    for match in _STREAM.finditer(raw):
        head = raw[max(0, match.start() - _DICTIONARY) : match.start()]
        head = head[head.rfind(b"obj") + 3 :]
        if b"Fl" not in head or _IMAGE.search(head):
            continue
        end = raw.find(b"endstream", match.end())
        packed = raw[match.end() : end if end >= 0 else len(raw)]
        most = min(limits.file_bytes, max(_SMALL, limits.unpacked_ratio * len(packed)))
        unpacked = _unpacked_size(packed, most, _DEEPEST)
        total += unpacked
        if unpacked > most or total > limits.unpacked_bytes:
            raise CorpusError(
                f"{file}: a compression bomb ({len(raw):,} bytes that unpack to over {min(total, most):,}); not opened"
            )


def _unpacked_size(packed: bytes, most: int, depth: int) -> int:
    """How many bytes a stream unpacks to, filter behind filter; counting ends above `most`."""
    unpacker = zlib.decompressobj()
    size, rest, beginning = 0, packed, b""
    try:
        while rest and size <= most and not unpacker.eof:
            part = unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
            size += len(part)
            if depth > 1 and len(beginning) < 4 * _STEP:
                beginning += part
            if not part and not rest:
                break
    except zlib.error:
        return size
    if depth > 1 and beginning[:1] == b"\x78":
        return max(size, _unpacked_size(beginning, most, depth - 1))
    return size

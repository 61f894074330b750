"""Build OLE files, the form of Outlook's messages: a FAT file system in a file (MS-CFB)."""

import struct
from collections.abc import Mapping
from itertools import pairwise

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
# A stream of this size is in sectors of its own; a smaller one is in the stream of the root.
_CUTOFF = 4096

Streams = Mapping[str, "bytes | Streams"]


def ole(streams: Streams) -> bytes:
    """An OLE file of streams by name; a mapping is a storage, a folder of streams."""
    made = _Ole()
    made.directory.append(["Root Entry", 5, _FREE, _FREE, 0, 0])
    made.directory[0][3] = made.add(streams)
    return made.packed()


def outlook(properties: Mapping[int, str | bytes], *attached: tuple[str, bytes], sent: int = 0) -> bytes:
    """A message of Outlook: its properties by their ids, its attachments, and the time when it was sent."""
    streams: dict[str, bytes | Streams] = dict(_properties(properties, 32, sent))
    for number, (name, raw) in enumerate(attached):
        streams[f"__attach_version1.0_#{number:08X}"] = dict(_properties({0x3707: name, 0x3701: raw}, 8))
    return ole(streams)


def _properties(properties: Mapping[int, str | bytes], head: int, sent: int = 0) -> Mapping[str, bytes]:
    streams: dict[str, bytes] = {}
    entries = [struct.pack("<HHIQ", 0x0040, 0x0039, 6, sent)] if sent else []
    for number, value in properties.items():
        kind, raw = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
        entries.append(struct.pack("<HHIQ", kind, number, 6, len(raw)))
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    return {**streams, "__properties_version1.0": bytes(head) + b"".join(entries)}


class _Ole:
    def __init__(self) -> None:
        self.directory: list[list[str | int]] = []  # name, type, right sibling, child, first sector, size
        self.large: list[tuple[int, bytes]] = []
        self.mini = b""
        self.mini_fat: list[int] = []

    def add(self, streams: Streams) -> int:
        """Add streams and storages as siblings; return the number of the first."""
        numbers = []
        for name, content in streams.items():
            numbers.append(len(self.directory))
            self.directory.append([name, 2 if isinstance(content, bytes) else 1, _FREE, _FREE, 0, 0])
            if not isinstance(content, bytes):
                self.directory[numbers[-1]][3] = self.add(content)
            elif len(content) < _CUTOFF:
                self._add_small(numbers[-1], content)
            else:
                self.large.append((numbers[-1], content))
        for before, after in pairwise(numbers):
            self.directory[before][2] = after
        return numbers[0] if numbers else _FREE

    def _add_small(self, number: int, content: bytes) -> None:
        first, count = len(self.mini_fat), -(-len(content) // _MINI)
        self.directory[number][4:] = [first if count else _END, len(content)]
        self.mini_fat += [*range(first + 1, first + count), _END] if count else []
        self.mini += content.ljust(count * _MINI, b"\0")

    def packed(self) -> bytes:
        sectors: list[bytes] = []
        fat: list[int] = []

        def chain(raw: bytes) -> int:
            first, count = len(sectors), max(1, -(-len(raw) // _SECTOR))
            padded = raw.ljust(count * _SECTOR, b"\0")
            sectors.extend(padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR))
            fat.extend([*range(first + 1, first + count), _END])
            return first

        for number, content in self.large:
            self.directory[number][4:] = [chain(content), len(content)]
        self.directory[0][4:] = [chain(self.mini), len(self.mini)]
        mini_fat = b"".join(struct.pack("<I", each) for each in self.mini_fat)
        mini_first = chain(mini_fat.ljust(-(-len(mini_fat) // _SECTOR) * _SECTOR, b"\xff"))
        directory_first = chain(b"".join(self._entry(*each) for each in self.directory))
        fat_sectors = -(-(len(fat) + len(fat) // 127 + 1) // 128)
        first_fat = len(sectors)
        fat += [_FAT] * fat_sectors + [_FREE] * (fat_sectors * 128 - len(fat) - fat_sectors)
        table = b"".join(struct.pack("<I", each) for each in fat)
        mini_sectors = max(1, -(-len(mini_fat) // _SECTOR))
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        tables = (0, fat_sectors, directory_first, 0, _CUTOFF, mini_first, mini_sectors, _END, 0, first_fat)
        head += struct.pack("<10I", *tables)
        head += b"".join(struct.pack("<I", first_fat + n) for n in range(1, fat_sectors))
        return head.ljust(_SECTOR, b"\xff") + b"".join(sectors) + table

    @staticmethod
    def _entry(name: str | int, *numbers: str | int) -> bytes:
        raw = str(name).encode("utf-16-le")
        kind, right, child, first, size = numbers
        head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
        return head + bytes(36) + struct.pack("<IQ", first, size)

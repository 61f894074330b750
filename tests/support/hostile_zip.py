"""Build hostile archives: bombs, false headers, and members that point out of their folder."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable

SAID = "They met in Trieste.\n"
Member = tuple[str | zipfile.ZipInfo, bytes]


def archive(members: Iterable[Member], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, their names as they are, twice if they come twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in members:
            if isinstance(name, str):
                told = zipfile.ZipInfo("x")
                told.filename, told.compress_type = name, method
            else:
                told = name
            _quietly(packed, told, content)
    return made.getvalue()


def _quietly(packed: zipfile.ZipFile, told: zipfile.ZipInfo, content: bytes) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that is there already is what a test wants
        packed.writestr(told, content)


def special(name: str, mode: int, content: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    """A member that says it is a link, a device or a pipe."""
    told = zipfile.ZipInfo(name)
    told.create_system, told.external_attr = 3, (mode | 0o777) << 16
    return told, content


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    """A member that is a symbolic link."""
    return special(name, stat.S_IFLNK, target.encode())


def ratio_bomb(megabytes: int = 60) -> bytes:
    """One small member that unpacks to many megabytes."""
    return archive([("bomb.txt", b"a " * (megabytes * 500_000)), ("talks.txt", SAID.encode())])


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    made = archive([("talks.txt", SAID.encode())])
    for i in range(depth):
        made = archive([(f"{i}.zip", made)])
    return made


def lying(stated: int = 20, really: int = 30_000_000) -> bytes:
    """A member whose headers say that it is small."""
    content = SAID.encode() + b"a" * really
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return _by_hand([("liar.txt", packed, stated, zlib.crc32(content[:stated]))])


def wrong_sum() -> bytes:
    """A member whose checksum is that of something else."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(SAID.encode()) + packer.flush()
    return _by_hand([("sum.txt", packed, len(SAID), 12345)])


def _by_hand(members: list[tuple[str, bytes, int, int]]) -> bytes:
    """An archive whose headers are believed by nobody who checks."""
    made, central = bytearray(), bytearray()
    for name, packed, size, crc in members:
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0x5A21, crc, len(packed), size, len(name.encode()), 0)
        central += b"PK\1\2\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, len(made)) + name.encode()
        made += b"PK\3\4" + common + name.encode() + packed
    return _ended(made, central, len(members))


def _ended(made: bytearray, central: bytes | bytearray, members: int) -> bytes:
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, members, members, len(central), len(made), 0)
    return bytes(made + central + end)


def overlapping(files: int = 500, kernel_megabytes: int = 1) -> bytes:
    """Members that share one compressed kernel, each quoting the next one's header.

    Source: Fifield, "A better zip bomb" (USENIX WOOT 2019), the construction with quoted local headers.
    """
    kernel = b"a" * (kernel_megabytes * 1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data, size, content = packer.compress(kernel) + packer.flush(), len(kernel), kernel
    headers: list[tuple[bytes, int, int, int]] = []
    body = data
    crc = zlib.crc32(content)
    for number in reversed(range(files)):
        name = f"{number:05}.txt".encode()
        local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x5A21, crc, len(body), size, len(name), 0) + name
        headers.append((name, crc, len(body), size))
        # The next member's data: a stored block that quotes this header, then this member's data.
        quote = b"\0" + struct.pack("<HH", len(local), len(local) ^ 0xFFFF) + local
        crc = _joined(zlib.crc32(local), crc, size)
        size += len(local)
        body = quote + body
    outermost = body[5:]
    central, place = bytearray(), 0
    for name, sum_, packed, length in reversed(headers):
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x5A21, sum_, packed, length, len(name), 0)
        central += b"PK\1\2\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, place) + name
        place += 30 + len(name) + 5
    return _ended(bytearray(outermost), central, files)


def _joined(first: int, second: int, length: int) -> int:
    """The checksum of two pieces from those of each: it is linear, so zeros behind the first stand for the second."""
    whole, rest = divmod(length, 1 << 16)
    zeros = bytes(1 << 16)
    value, alone = first, 0
    for _ in range(whole):
        value, alone = zlib.crc32(zeros, value), zlib.crc32(zeros, alone)
    value, alone = zlib.crc32(zeros[:rest], value), zlib.crc32(zeros[:rest], alone)
    return value ^ alone ^ second


def crowded(members: int) -> bytes:
    """A directory of very many members that all point at the same empty one."""
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5A21, 0, 0, 0, 1, 0) + b"a"
    common = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5A21, 0, 0, 0, 11, 0)
    row = b"PK\1\2\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, 0)
    central = b"".join(row + b"%07d.txt" % i for i in range(members))
    start = len(local)
    end64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, members, members, len(central), start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, start + len(central), 1)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + central + end64 + locator + end


def encrypted() -> bytes:
    """An archive whose one member says that it is encrypted."""
    made = bytearray(archive([("secret.txt", SAID.encode())]))
    made[6] |= 1
    made[made.index(b"PK\1\2") + 8] |= 1
    return bytes(made)


def unknown_method(method: int = 9) -> bytes:
    """A member packed in a way that Python does not know."""
    made = bytearray(archive([("odd.txt", SAID.encode())]))
    made[8:10] = struct.pack("<H", method)
    at = made.index(b"PK\1\2") + 10
    made[at : at + 2] = struct.pack("<H", method)
    return bytes(made)

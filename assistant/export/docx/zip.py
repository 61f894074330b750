"""The archive of a Word file, without the clock of the machine that wrote it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def settled(archive: bytes) -> bytes:
    """The same parts with the first day that a zip file can name, so that equal reports have equal bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _FIRST_DAY)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            new.writestr(part, old.read(name))
    return written.getvalue()

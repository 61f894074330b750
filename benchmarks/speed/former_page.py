"""Read the figures and sections of a page of results that was written before, to keep those not measured since."""

import re
from collections.abc import Sequence

_ROW = re.compile(r"^\|(?P<cells>.*)\|$", re.MULTILINE)
_HEADING = re.compile(r"^(?=## )", re.MULTILINE)


def main_rows(page: str) -> list[tuple[str, ...]]:
    """Return the rows of the table before the first section, without its head."""
    lines = _ROW.findall(_parts(page)[0])
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines[2:]]


def sections(page: str) -> list[str]:
    """Return the sections of a page, each with its heading."""
    return [part.strip() for part in _parts(page)[1:]]


def updated_rows(former: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return former rows with those of the same figure replaced, and the other new ones behind them."""
    return list({row[0]: row for row in (*former, *rows)}.values())


def updated_sections(former: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return former sections with those of the same heading replaced, and the other new ones behind them."""
    return list({section.partition("\n")[0]: section for section in (*former, *new)}.values())


def _parts(page: str) -> list[str]:
    """Return what stands before the first section, then the sections."""
    return _HEADING.split(page)

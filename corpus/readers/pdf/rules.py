"""What is drawn on a PDF page beside its words: the lines of tables, and whether there is an image."""

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

# Drawings of maps and charts have more parts than any table has lines.
_MOST_DRAWN = 4000
# In points.
_LEAST_RULE = 24.0
_LEAST_WALL = 6.0
_THIN = 2.0
_Line = tuple[float, float, float]


def has_image(page: Any) -> bool:
    """Whether a page shows an image, or a drawing that may hold one."""
    import pypdfium2.raw as pdfium

    wanted = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return any(pdfium.FPDFPageObj_GetType(drawn) in wanted for drawn in _drawn(page))


def drawn_lines(page: Any, box: tuple[float, float, float, float]) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """The lines drawn on a page, those that touch put together; the edges of boxes are lines too.

    Args:
        page: of PDFium.
        box: what is seen of the page: left, bottom, right, top, in points.

    Returns:
        Horizontal lines (left, right, distance from the top) and vertical ones (distance from the left, upper end,
        lower end).
    """
    import pypdfium2.raw as pdfium

    level: dict[int, list[tuple[float, float]]] = {}
    upright: dict[int, list[tuple[float, float]]] = {}
    bounds = [ctypes.c_float() for _ in range(4)]
    for drawn in _drawn(page):
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *bounds):
            continue
        left, low, right, high = (bound.value for bound in bounds)
        left, right, top, foot = left - box[0], right - box[0], box[3] - high, box[3] - low
        if right - left > _THIN:
            for y in {round(top), round(foot)} if foot - top > _THIN else {round((top + foot) / 2)}:
                level.setdefault(y, []).append((left, right))
        if foot - top > _THIN:
            for x in {round(left), round(right)} if right - left > _THIN else {round((left + right) / 2)}:
                upright.setdefault(x, []).append((top, foot))
    rules = ((a, b, float(y)) for y, found in level.items() for a, b in _united(found) if b - a >= _LEAST_RULE)
    walls = ((float(x), a, b) for x, found in upright.items() for a, b in _united(found) if b - a >= _LEAST_WALL)
    return tuple(rules), tuple(walls)


def _drawn(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for i in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_DRAWN)):
        yield pdfium.FPDFPage_GetObject(page.raw, i)


def _united(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of one line, those that touch or overlap as one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1] + _THIN:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found

"""Find the ruled lines of tables drawn on a PDF page, and images that a scanned page consists of."""

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

# Objects of a page to look at: maps and charts have more than any table has lines.
_MOST_DRAWN = 4000
# In points.
_LEAST_RULE = 24.0
_LEAST_WALL = 6.0
_THIN = 2.0
_Line = tuple[float, float, float]


def has_image(page: Any) -> bool:
    """Return True if a page has an image, or a form object that may hold one."""
    import pypdfium2.raw as pdfium

    image_types = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return any(pdfium.FPDFPageObj_GetType(shape) in image_types for shape in _page_objects(page))


def drawn_lines(page: Any, box: tuple[float, float, float, float]) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """Return the lines drawn on a page, touching ones joined; the edges of boxes count as lines.

    Args:
        page: a page of PDFium.
        box: the visible part of the page: left, bottom, right, top, in points.

    Returns:
        Horizontal lines (left, right, distance from the top) and vertical ones (distance from the left, upper end,
        lower end).
    """
    import pypdfium2.raw as pdfium

    horizontal: dict[int, list[tuple[float, float]]] = {}
    vertical: dict[int, list[tuple[float, float]]] = {}
    bounds = [ctypes.c_float() for _ in range(4)]
    for shape in _page_objects(page):
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(shape, *bounds):
            continue
        left, low, right, high = (bound.value for bound in bounds)
        left, right, top, bottom = left - box[0], right - box[0], box[3] - high, box[3] - low
        if right - left > _THIN:
            for y in {round(top), round(bottom)} if bottom - top > _THIN else {round((top + bottom) / 2)}:
                horizontal.setdefault(y, []).append((left, right))
        if bottom - top > _THIN:
            for x in {round(left), round(right)} if right - left > _THIN else {round((left + right) / 2)}:
                vertical.setdefault(x, []).append((top, bottom))
    rules = (
        (a, b, float(y)) for y, parts in horizontal.items() for a, b in _joined_stretches(parts) if b - a >= _LEAST_RULE
    )
    walls = (
        (float(x), a, b) for x, parts in vertical.items() for a, b in _joined_stretches(parts) if b - a >= _LEAST_WALL
    )
    return tuple(rules), tuple(walls)


def _page_objects(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for i in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_DRAWN)):
        yield pdfium.FPDFPage_GetObject(page.raw, i)


def _joined_stretches(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join the stretches of one line that touch or overlap."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1] + _THIN:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined

"""Read a PDF into paragraphs, headings, list items and table rows in reading order, with their pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.content import Content
from corpus.document import Block, Kind
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.blocks import Part, compose
from corpus.readers.pdf.columns import document_columns, order_lines, set_column_edges
from corpus.readers.pdf.headers_footers import remove_headers_footers
from corpus.readers.pdf.hyphens import Hyphens
from corpus.readers.pdf.lines import PrintedLine
from corpus.readers.pdf.metadata import metadata_facts
from corpus.readers.pdf.open import PdfPages, PrintedPage, check_streams, read_pages
from corpus.readers.pdf.paragraphs import PrintedBlock, group_lines, note_marks
from corpus.readers.pdf.structure import Role, classify_blocks

# Bullets of the fonts Symbol and Wingdings, which have no character of their own in Unicode.
_BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0a8\uf076\uf0d8\uf0fc\uf0e0"), "•")
_CLOSE = (Kind.LIST_ITEM, Kind.MENU)
_LISTED_PAGES = 8
# Rotated letters without a warning, such as the label of a chart's axis.
_FEW_ROTATED = 3
# Where fewer lines than _SHOWN_BY reach the right edge of the text, that edge is at least at this share of the page.
_LEAST_WIDTH = 0.6
_SHOWN_BY = 3
_WHY = {
    "image": "without a text layer (images)",
    "unknown letters": "without readable letters (the file does not say which characters they are)",
    "right to left": "written from right to left (a PDF does not keep the order of such words)",
    "broken": "broken",
}


@dataclass(frozen=True, slots=True)
class _BlockText:
    """The text of a block, and for each of its pages the offset of the first character there."""

    block: PrintedBlock
    text: str
    pages: tuple[tuple[int, int], ...]


def join_blocks(
    blocks: Sequence[PrintedBlock], hyphens: Hyphens, pages: int, title: str | None
) -> tuple[str, tuple[Block, ...], tuple[int, ...]]:
    """Join blocks to a text, with an empty line between them except between list items.

    Args:
        blocks: in reading order.
        hyphens: decides about hyphens at line ends.
        pages: number of pages of the file.
        title: as the file states it, or None.

    Returns:
        The text, its outline, and the offset where each page begins; a page without words begins with the next one.
    """
    marks = note_marks(blocks)
    texts = [text for block in blocks if (text := _block_text(block, hyphens, marks)).text]
    roles = classify_blocks([text.block for text in texts], [text.text for text in texts])
    kinds = [role.kind for role in roles]
    parts = [
        _part(text, role, i > 0 and role.kind in _CLOSE and kinds[i - 1] is role.kind)
        for i, (text, role) in enumerate(zip(texts, roles, strict=True))
    ]
    joined, outline = compose(parts, title)
    starts: dict[int, int] = {}
    for text, block in zip(texts, outline, strict=True):
        for page, offset in text.pages:
            starts.setdefault(page, block.span.start + offset)
    return joined, outline, _page_starts(starts, pages, len(joined))


def _block_text(block: PrintedBlock, hyphens: Hyphens, marks: re.Pattern[str] | None) -> _BlockText:
    text = ""
    pages: list[tuple[int, int]] = []
    for line in block.lines:
        words = line.text.strip()
        if marks and not block.is_note:
            words = marks.sub("", words)
        if text and words:
            text, between = hyphens.joint_after(text, words)
            text += between
        if words and (not pages or pages[-1][0] != line.page):
            pages.append((line.page, len(text)))
        text += words
    return _BlockText(block, text.translate(_BULLETS), tuple(pages))


def _part(text: _BlockText, role: Role, is_joined: bool) -> Part:
    at = text.block.marker if text.text[text.block.marker :].strip() else 0
    return Part(role.kind, text.text[at:], text.text[:at], role.level, is_joined)


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    offsets = [end] * pages
    following = end
    for number in range(pages, 0, -1):
        following = min(following, starts.get(number, following))
        offsets[number - 1] = following
    return (0, *offsets[1:])


def read_pdf(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a PDF's text layer.

    Running headers, footers and page numbers are removed; a paragraph across a page break is one block; footnotes are
    blocks of their own. Nothing in the file is run, fetched or followed.

    Args:
        raw: the file's bytes.
        file: its name for messages.
        limits: pages, characters and unpacked bytes that it may have.

    Raises:
        CorpusError: it needs a password, has no text layer, is cut off, broken, a compression bomb, or over a limit.
    """
    check_streams(raw, file, limits)
    pdf = read_pages(raw, file, limits)
    if not any(page.rows for page in pdf.pages):
        raise CorpusError(f"{file}: {_no_text(pdf.pages)}")
    lines = _lines(pdf)
    facts = metadata_facts(pdf.information, pdf.language, raw)
    title = next((str(fact.value) for fact in facts if fact.name == "title"), None)
    hyphens = Hyphens(line for page in lines for line in page)
    text, blocks, starts = join_blocks(group_lines(lines), hyphens, len(pdf.pages), title)
    if len(text) > limits.characters:
        raise CorpusError(f"{file}: {len(text):,} characters are over the limit of {limits.characters:,}; split it")
    return Content(
        text=text,
        blocks=blocks,
        facts=facts,
        pages=starts,
        warnings=tuple(_warnings(pdf.pages)),
    )


def _lines(pdf: PdfPages) -> list[list[PrintedLine]]:
    """Return the lines of each page in reading order, without headers and footers."""
    rows = remove_headers_footers([page.rows for page in pdf.pages], [page.height for page in pdf.pages])
    columns = document_columns(rows, [page.rules for page in pdf.pages])
    pages = [order_lines(own, page.rules, columns) for own, page in zip(rows, pdf.pages, strict=True)]
    rights = [max(line.edges[1] for line in lines) for lines in pages if lines]
    usual = median(rights) if rights else 0.0
    return [
        set_column_edges(_set_right_edge(lines, usual, _LEAST_WIDTH * page.width), columns)
        for lines, page in zip(pages, pdf.pages, strict=True)
    ]


def _set_right_edge(lines: list[PrintedLine], usual: float, least: float) -> list[PrintedLine]:
    """Set the right edge of the text: a page of few or short lines does not show how wide they may be."""
    right = max((line.edges[1] for line in lines), default=usual)
    reaching = sum(line.right > right - 2 * line.size for line in lines)
    edge = max(right, usual, least if reaching < _SHOWN_BY else 0.0)
    if edge <= right:
        return lines
    return [replace(line, edges=(line.edges[0], edge)) if line.edges[1] == right else line for line in lines]


def _no_text(pages: Sequence[PrintedPage]) -> str:
    """Return why a file without any text is refused, and the next step."""
    counted = f"{len(pages):,} page{'s' if len(pages) > 1 else ''}"
    whys = {page.unread for page in pages}
    if "unknown letters" in whys:
        return f"the file does not say which letters its {counted} have; run OCR first"
    if "right to left" in whys:
        return f"a PDF does not keep the order of words from right to left ({counted}); give a Word or text file of it"
    if "image" in whys:
        return f"has no text layer ({counted} of images); run OCR first"
    if "broken" in whys:
        return f"broken, none of its {counted} can be read; save it again and retry"
    return f"the file is empty ({counted} without text)"


def _warnings(pages: Sequence[PrintedPage]) -> Iterator[str]:
    for why, description in _WHY.items():
        if numbers := [page.number for page in pages if page.unread == why]:
            is_one = len(numbers) == 1
            yield f"{_list_pages(numbers)} {'is' if is_one else 'are'} {description}, so not read"
    if numbers := [page.number for page in pages if page.rotated > _FEW_ROTATED]:
        has = "has" if len(numbers) == 1 else "have"
        yield f"{_list_pages(numbers)} {has} words at an angle to the others, as of a stamp, which are not read"


def _list_pages(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:_LISTED_PAGES]))
    more = f" and {len(numbers) - _LISTED_PAGES} more" if len(numbers) > _LISTED_PAGES else ""
    return f"page{'' if len(numbers) == 1 else 's'} {listed}{more}"

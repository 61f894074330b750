"""Reads a PDF: paragraphs, headings, list items and table rows in reading order, with the pages they stand on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.content import Content
from corpus.document import Block, Kind
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.blocks import Part, composed
from corpus.readers.pdf.columns import in_reading_order
from corpus.readers.pdf.headers_footers import without_furniture
from corpus.readers.pdf.lines import Line
from corpus.readers.pdf.metadata import facts_of
from corpus.readers.pdf.open import Print, PrintedPage, check_streams, printed
from corpus.readers.pdf.paragraphs import Hyphens, Piece, pieces_of
from corpus.readers.pdf.structure import Role, roles_of

# Bullets of the fonts Symbol and Wingdings, which Unicode has elsewhere.
_BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0a8\uf076\uf0d8\uf0fc\uf0e0"), "•")
_CLOSE = (Kind.LIST_ITEM, Kind.MENU)


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece's words, and for each page that has some of them where its first character stands."""

    piece: Piece
    text: str
    pages: tuple[tuple[int, int], ...]


def written(
    pieces: Sequence[Piece], hyphens: Hyphens, pages: int, title: str | None
) -> tuple[str, tuple[Block, ...], tuple[int, ...]]:
    """Write pieces one below the other, list items close, all else parted by an empty line.

    Args:
        pieces: in reading order.
        hyphens: what the document's words tell about hyphens at line ends.
        pages: how many pages the file has.
        title: as the file states it, where it does.

    Returns:
        The text, its outline, and where each page begins in it; one without words begins where the next one does.
    """
    said = [one for piece in pieces if (one := _said(piece, hyphens)).text]
    roles = roles_of([one.piece for one in said], [one.text for one in said])
    kinds = [role.kind for role in roles]
    parts = [
        _part(one, role, i > 0 and role.kind in _CLOSE and kinds[i - 1] is role.kind)
        for i, (one, role) in enumerate(zip(said, roles, strict=True))
    ]
    text, blocks = composed(parts, title)
    starts: dict[int, int] = {}
    for one, block in zip(said, blocks, strict=True):
        for page, offset in one.pages:
            starts.setdefault(page, block.span.start + offset)
    return text, blocks, _page_starts(starts, pages, len(text))


def _said(piece: Piece, hyphens: Hyphens) -> _Said:
    text = ""
    pages: list[tuple[int, int]] = []
    for line in piece.lines:
        words = line.text.strip()
        if text and words:
            text, between = hyphens.joined(text, words)
            text += between
        if words and (not pages or pages[-1][0] != line.page):
            pages.append((line.page, len(text)))
        text += words
    return _Said(piece, text.translate(_BULLETS), tuple(pages))


def _part(one: _Said, role: Role, joined: bool) -> Part:
    at = one.piece.marker if one.text[one.piece.marker :].strip() else 0
    return Part(role.kind, one.text[at:], one.text[:at], role.level, joined)


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    found = [end] * pages
    following = end
    for number in range(pages, 0, -1):
        following = min(following, starts.get(number, following))
        found[number - 1] = following
    return (0, *found[1:])


_NAMED_PAGES = 8
# Letters at an angle that are no words, such as the name of a chart's axis.
_FEW_ASKEW = 3
# Of a page's width, how far to the right its text goes at least, where not as many lines show how far it goes.
_LEAST_WIDTH = 0.6
_SHOWN_BY = 3
_WHY = {
    "image": "without a text layer (images)",
    "unknown letters": "whose letters cannot be told (the file does not say which they are)",
    "right to left": "written from right to left (a PDF does not keep the order of such words)",
    "broken": "broken",
}


def read_pdf(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a PDF's text layer.

    Running headers, footers and page numbers are left out; a paragraph that goes on over a page break is one; footnotes
    are blocks of their own. Nothing in the file is run, fetched or followed.

    Args:
        raw: the file's bytes.
        file: its name, for error lines.
        limits: pages, characters and unpacked bytes that it may have.

    Raises:
        CorpusError: it needs a password, has no text layer, is cut off, broken, a compression bomb, or over a limit.
    """
    check_streams(raw, file, limits)
    paper = printed(raw, file, limits)
    if not any(page.rows for page in paper.pages):
        raise CorpusError(f"{file}: {_no_text(paper.pages)}")
    lines = _lines(paper)
    facts = facts_of(paper.stated, paper.language, raw)
    title = next((str(fact.value) for fact in facts if fact.name == "title"), None)
    hyphens = Hyphens(line for page in lines for line in page)
    text, blocks, starts = written(pieces_of(lines), hyphens, len(paper.pages), title)
    if len(text) > limits.characters:
        raise CorpusError(f"{file}: {len(text):,} characters are over the limit of {limits.characters:,}; split it")
    return Content(
        text=text,
        blocks=blocks,
        facts=facts,
        pages=starts,
        warnings=tuple(_warnings(paper.pages)),
    )


def _lines(paper: Print) -> list[list[Line]]:
    """The lines of each page in reading order, without what is repeated on the pages."""
    kept = without_furniture([page.rows for page in paper.pages], [page.height for page in paper.pages])
    pages = [in_reading_order(rows, page.rules) for rows, page in zip(kept, paper.pages, strict=True)]
    rights = [max(line.edges[1] for line in lines) for lines in pages if lines]
    usual = median(rights) if rights else 0.0
    return [_widened(lines, usual, _LEAST_WIDTH * page.width) for lines, page in zip(pages, paper.pages, strict=True)]


def _widened(lines: list[Line], usual: float, least: float) -> list[Line]:
    """Lines with the right edge of the text: a page of few or short lines does not show how wide they may be."""
    right = max((line.edges[1] for line in lines), default=usual)
    reaching = sum(line.right > right - 2 * line.size for line in lines)
    wanted = max(right, usual, least if reaching < _SHOWN_BY else 0.0)
    if wanted <= right:
        return lines
    return [replace(line, edges=(line.edges[0], wanted)) if line.edges[1] == right else line for line in lines]


def _no_text(pages: Sequence[PrintedPage]) -> str:
    """Why a file without any text is refused, and what to do."""
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
    for why, said in _WHY.items():
        if numbers := [page.number for page in pages if page.unread == why]:
            is_one = len(numbers) == 1
            yield f"{_named(numbers)} {'is' if is_one else 'are'} {said}, so not read"
    if numbers := [page.number for page in pages if page.askew > _FEW_ASKEW]:
        has = "has" if len(numbers) == 1 else "have"
        yield f"{_named(numbers)} {has} words at an angle to the others, as of a stamp, which are not read"


def _named(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:_NAMED_PAGES]))
    more = f" and {len(numbers) - _NAMED_PAGES} more" if len(numbers) > _NAMED_PAGES else ""
    return f"page{'' if len(numbers) == 1 else 's'} {named}{more}"

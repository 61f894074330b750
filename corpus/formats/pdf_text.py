"""The pieces of a PDF become one text with its outline and the places where its pages begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Block, Kind
from corpus.formats.pdf_hyphens import Hyphens
from corpus.readers.blocks import Part, composed
from corpus.readers.pdf.paragraphs import Piece
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

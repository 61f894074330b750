"""The pieces of a PDF become one text with its outline and the places where its pages begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Block, Kind
from corpus.formats.pdf_hyphens import Hyphens
from corpus.formats.pdf_paragraphs import Piece
from corpus.formats.pdf_roles import Role, roles_of
from corpus.span import Span, trimmed

# Bullets of the fonts Symbol and Wingdings, which Unicode has elsewhere.
_BULLETS = dict.fromkeys(map(ord, "\uf0a7\uf0b7\uf0a8\uf076\uf0d8\uf0fc\uf0e0"), "•")


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece's words, and for each page that begins in it the offset of the page's first character."""

    text: str
    pages: tuple[tuple[int, int], ...]


def written(pieces: Sequence[Piece], hyphens: Hyphens, pages: int) -> tuple[str, tuple[Block, ...], tuple[int, ...]]:
    """Write pieces one below the other, list items close, all else parted by an empty line.

    Args:
        pieces: in reading order.
        hyphens: what the document's words tell about hyphens at line ends.
        pages: how many pages the file has.

    Returns:
        The text, its outline, and where each page begins in it; one without words begins where the next one does.
    """
    said = [_said(piece, hyphens) for piece in pieces]
    roles = roles_of(pieces, [one.text for one in said])
    parts: list[str] = []
    at = 0
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    for i, (piece, one, role) in enumerate(zip(pieces, said, roles, strict=True)):
        if i:
            between = "\n" if role.kind is roles[i - 1].kind and role.kind in (Kind.LIST_ITEM, Kind.MENU) else "\n\n"
            parts.append(between)
            at += len(between)
        for page, offset in one.pages:
            starts.setdefault(page, at + offset)
        parts.append(one.text)
        blocks.append(_block(piece, one.text, role, at))
        at += len(one.text)
    text = "".join(parts)
    return text, tuple(blocks), _page_starts(starts, pages, len(text))


def _said(piece: Piece, hyphens: Hyphens) -> _Said:
    text = ""
    pages: list[tuple[int, int]] = []
    for line in piece.lines:
        said = " ".join(line.text.split(" ")).strip()
        if text:
            text, between = hyphens.joined(text, said)
            text += between
        if not pages or pages[-1][0] != line.page:
            pages.append((line.page, len(text)))
        text += said
    return _Said(text.translate(_BULLETS), tuple(pages))


def _block(piece: Piece, text: str, role: Role, at: int) -> Block:
    words = trimmed(text, piece.marker, len(text)) or Span(0, len(text))
    return Block(role.kind, Span(at, at + len(text)), Span(at + words.start, at + words.end), role.level)


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    found = [end] * pages
    following = end
    for number in range(pages, 0, -1):
        following = min(following, starts.get(number, following))
        found[number - 1] = following
    return (0, *found[1:])

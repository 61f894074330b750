"""The outline of a document: which piece of its text is title, heading, paragraph, list item, contact line or menu."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.language.dates import FULL_DATE
from corpus.language.scripts import count_cjk
from corpus.lines import Marker, Piece, is_rule, pieces
from corpus.span import Span, trimmed

_ENDS_SENTENCE = re.compile(r"[.!?:;,。！？：；、…]['\"”’」）)\]*_]*$")
_CONTACT_HEADING = re.compile(
    r"(?:for (?:press|media) |press |media )?(?:contacts?|inquiries|enquiries)$"
    r"|(?:for (?:press|media) |press |media )?contact (?:information|us|details|point)$"
    r"|(?:division|office|department|section) in charge$"
    r"|(?:本件に関する)?(?:お?問い?合わ?せ先?|連絡先|担当)(?:[:：]|$)",
    re.IGNORECASE,
)
_CONTACT_LINE = re.compile(
    r"(?:TEL|FAX|Phone|Telephone|E-?mail|電話|ファクス)\s*[:：.]"
    r"|^for (?:further|more) (?:information|details)\b.*\b(?:contact|inquiry|inquiries|form)\b",
    re.IGNORECASE,
)
_MENU_LINE = re.compile(
    r"(?:home|top(?: page)?|back(?: to top)?|news releases?|back issues?|site ?map|menu|search|share|print|links?|"
    r"related (?:links?|websites?|pages?|information|documents?)|official web ?site|skip to .*|"
    r"table of contents|contents|"
    r"日本語|english|français|español|deutsch|中文|ホーム|トップページ|関連リンク|目次)$",
    re.IGNORECASE,
)
_ONLY_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)$")
_ONLY_ADDRESS = re.compile(r"<?(?:https?|ftp)://\S+>?(?:\s*\(?PDF\)?)?$", re.IGNORECASE)
# "... and its priorities.Secure and Resilient Digital Infrastructure": a heading that lost its line break.
_GLUED = re.compile(r"(?<=[^\W\d_]{3})[.!?]['\"”’)]*(?=([A-Z][^\s.!?]*(?:[ \t][^.!?]+)?)$)")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1(?:[ \t\n]*(\*\*|__)(?=\S)(?:(?!\2).)+\2)*$", re.DOTALL)
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?=\.?\s)")
_INITIALS_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
# None of these looks beyond the next bracket or 80 characters, so that a long line of "[" costs no more than another.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,80}>")
_MARK = re.compile(r"\\([^\w\s])|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#+\s+")
_HEADING_WORDS = 15
_HEADING_CHARACTERS = 130
_NUMBERED_HEADING_WORDS = 30
_NUMBERED_HEADING_CHARACTERS = 220
_TITLE_CHARACTERS = 200
_TITLE_SEARCH = 12
# A paragraph with more characters is no line of an address.
_PROSE = 160


def outline(text: str, title: str | None = None, start: int = 0) -> tuple[Block, ...]:
    """Find the structure of a text; every character that is not white space lies in one block.

    Args:
        text: the whole text.
        title: the document's title, where it is known; the line that holds it becomes the title block.
        start: where to begin, behind the front matter.
    """
    found = _unglued(text, pieces(text, start))
    blocks = [_first_look(text, found, i) for i in range(len(found))]
    mark(text, blocks, [piece.marker is Marker.BULLET for piece in found], title)
    return tuple(_with_levels(blocks, found, text))


def mark(text: str, blocks: list[Block], bulleted: list[bool], title: str | None = None) -> None:
    """Find, among headings, paragraphs and list items, the title, what only leads elsewhere, and whom to contact.

    Args:
        text: the whole text.
        blocks: the outline so far; changed in place. A title that is already marked stays the title.
        bulleted: for each block whether it is an item of a list without numbers.
        title: the document's title, where it is known.
    """
    _mark_path(blocks)
    if all(block.kind is not Kind.TITLE for block in blocks):
        _mark_title(text, blocks, title)
    _mark_menus(text, blocks, bulleted)
    _mark_contacts(text, blocks)


def only_leads_elsewhere(words: str) -> bool:
    """Whether words are nothing but a menu's entry, an address, an image or a rule."""
    said = plain(words)
    return (
        not said
        or is_rule(words)
        or any(p.match(words) for p in (_ONLY_ADDRESS, _ONLY_IMAGE))
        or bool(_MENU_LINE.match(said))
    )


def plain(words: str) -> str:
    """Words without Markdown marks, in one line: for comparing and for showing, never for quoting."""
    return " ".join(_MARK.sub(r"\1", _TAG.sub("", _LINK.sub(r"\1", words))).split())


def folded(words: str) -> str:
    """Words for comparing: compatibility forms, case, quotation marks and white space made equal."""
    words = unicodedata.normalize("NFKC", plain(words)).casefold()
    return " ".join(re.sub(r"[’‘`]", "'", words).translate(str.maketrans("“”", '""')).split())


def _unglued(text: str, found: list[Piece]) -> list[Piece]:
    """Cut a heading off the end of the paragraph that it is glued to."""
    cut: list[Piece] = []
    for piece in found:
        match = _GLUED.search(text, piece.words.start, piece.words.end)
        if piece.lines == 1 and match and _title_like(match.group(1)):
            head = Span(match.start(1), piece.words.end)
            cut.append(
                replace(
                    piece, span=Span(piece.span.start, match.start(1)), words=Span(piece.words.start, match.start(1))
                )
            )
            cut.append(replace(piece, span=head, words=head, marker=Marker.NONE, number=0, after_blank=False))
        else:
            cut.append(piece)
    return cut


def _title_like(words: str) -> bool:
    """Whether most long words have a capital, as in a heading; a name alone ("Trust.It") is not one."""
    long = [w for w in words.split() if len(w) > 3]
    return (
        len(long) >= 2
        and len(words.split()) <= _HEADING_WORDS
        and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
    )


def _first_look(text: str, found: list[Piece], i: int) -> Block:
    piece = found[i]
    words = piece.words.of(text)
    if only_leads_elsewhere(words):
        return Block(Kind.MENU, piece.span, piece.words)
    hashes = _HASHES.match(words)
    if hashes and (inner := trimmed(text, piece.words.start + hashes.end(), piece.words.end)):
        return Block(Kind.HEADING, piece.span, inner, level=len(hashes.group(1)))
    if _is_heading(text, found, i):
        return Block(Kind.HEADING, piece.span, piece.words, level=1)
    if piece.marker is not Marker.NONE or words.startswith("|"):
        return Block(Kind.LIST_ITEM, piece.span, piece.words)
    return Block(Kind.BODY, piece.span, piece.words)


def _is_heading(text: str, found: list[Piece], i: int) -> bool:
    piece, words = found[i], found[i].words.of(text)
    following = found[i + 1] if i + 1 < len(found) else None
    numbered = piece.marker in (Marker.PAREN, Marker.DOTTED)
    characters, most = (
        (_NUMBERED_HEADING_CHARACTERS, _NUMBERED_HEADING_WORDS) if numbered else (_HEADING_CHARACTERS, _HEADING_WORDS)
    )
    if following is None or len(words) > characters or not any(c.isalpha() for c in words):
        return False
    if _BOLD_LINE.match(words) and (numbered or piece.marker is Marker.NONE):
        return True
    if (_ENDS_SENTENCE.search(words) and not (numbered and _INITIALS_END.search(words))) or len(words.split()) > most:
        return False
    if numbered:
        return _numbered_heading(found, i, text)
    if (
        piece.marker is not Marker.NONE
        or piece.lines > 1
        or words.count(",") > 2
        or words[0].islower()
        or words[0] in "|>(（*・"
    ):
        return False
    if FULL_DATE.search(words) or _CLOCK.search(words):
        return False
    if following.marker in (Marker.DOTTED, Marker.PAREN) and following.number > 1:
        return False
    return _opens(following.words.of(text), following)


def _opens(words: str, following: Piece) -> bool:
    """Whether what follows is what a heading stands over: a sentence, or a list of its own."""
    if following.marker is not Marker.NONE:
        return following.number <= 1
    if is_rule(words):
        return not following.after_blank  # underlined, as Markdown has it
    if _ONLY_ADDRESS.match(words):
        return False
    ends = re.search(r"[.:。：]['\"”’」）)]*$", words)
    return bool(ends) or len(words.split()) > _HEADING_WORDS or (len(words) > 40 and count_cjk(words) > 0)


def _numbered_heading(found: list[Piece], i: int, text: str) -> bool:
    """Whether a numbered line is a heading: something other than the next number of the same list stands below it."""
    piece, following = found[i], found[i + 1]
    if following.marker is piece.marker and following.number == piece.number + 1 and not following.after_blank:
        return False
    if following.marker is piece.marker and following.number == piece.number + 1:
        return False
    before = found[i - 1] if i else None
    if before and before.marker is piece.marker and before.number == piece.number - 1:
        return False
    return (
        piece.after_blank or following.indent > piece.indent or len(following.words.of(text).split()) > _HEADING_WORDS
    )


def _mark_path(blocks: list[Block]) -> None:
    """The list at the very top that begins with "Home" is the page's path, whatever its other items say."""
    if blocks and blocks[0].kind is Kind.MENU and blocks[0].words != blocks[0].span:
        i = 1
        while i < len(blocks) and blocks[i].words != blocks[i].span and blocks[i].kind in (Kind.LIST_ITEM, Kind.MENU):
            blocks[i] = replace(blocks[i], kind=Kind.MENU)
            i += 1


def _mark_title(text: str, blocks: list[Block], title: str | None) -> None:
    """The block that holds the title; without a known title the first line that is short and no sentence."""
    wanted = folded(title) if title else ""
    for i, block in enumerate(blocks[:_TITLE_SEARCH]):
        words = folded(block.words.of(text))
        # The menu above a page may end with the page's own title: the title is the line that stands alone.
        alone = block.kind in (Kind.HEADING, Kind.BODY) and block.span.start == block.words.start
        alone = alone or block.level > 0
        if wanted:
            is_it = wanted in words and len(words) <= len(wanted) + 30
        else:
            is_it = len(words) <= _TITLE_CHARACTERS and not re.search(r"[.。]$", words)
        if alone and is_it:
            blocks[i] = replace(block, kind=Kind.TITLE, level=0)
            return
        if not wanted and block.kind is not Kind.MENU:
            return


def _mark_menus(text: str, blocks: list[Block], bulleted: list[bool]) -> None:
    """Lists that only lead elsewhere: the path above the title, and a table of contents in front of its headings."""
    title_at = next((i for i, b in enumerate(blocks) if b.kind is Kind.TITLE), 0)
    for i in range(title_at):
        if blocks[i].kind is Kind.LIST_ITEM and not _ENDS_SENTENCE.search(blocks[i].words.of(text)):
            blocks[i] = replace(blocks[i], kind=Kind.MENU)
    headings = {folded(b.words.of(text)) for b in blocks if b.kind is Kind.HEADING}
    for start, end in _bullet_lists(blocks, bulleted):
        entries = [folded(b.words.of(text)) for b in blocks[start:end]]
        if sum(e in headings for e in entries) * 2 > len(entries):
            blocks[start:end] = [replace(b, kind=Kind.MENU) for b in blocks[start:end]]


def _bullet_lists(blocks: list[Block], bulleted: list[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(len(blocks) + 1):
        if i == len(blocks) or blocks[i].kind is not Kind.LIST_ITEM or not bulleted[i]:
            if i > start:
                yield start, i
            start = i + 1


def _mark_contacts(text: str, blocks: list[Block]) -> None:
    inside = False
    for i, block in enumerate(blocks):
        words = plain(block.words.of(text))
        if _CONTACT_HEADING.match(words.strip(":： ")):
            inside = True
        elif block.kind in (Kind.HEADING, Kind.TITLE) or _is_prose(block, words):
            inside = False
        elif _CONTACT_LINE.search(words) and len(words) < 300:
            # A closing invitation to write in opens the contact block; a number inside a text does not.
            inside = inside or i >= len(blocks) * 0.6
            if not inside:
                blocks[i] = replace(block, kind=Kind.CONTACT, level=0)
        if inside and block.kind is not Kind.MENU:
            blocks[i] = replace(block, kind=Kind.CONTACT, level=0)


def _is_prose(block: Block, words: str) -> bool:
    return block.kind is Kind.BODY and len(words) > _PROSE and not _CONTACT_LINE.search(words)


def _with_levels(blocks: list[Block], found: list[Piece], text: str) -> list[Block]:
    """Give each heading its depth: Markdown says it, numbers continue or open a level, others start below these."""
    leveled: list[Block] = []
    open_numbers: list[tuple[Marker, int]] = []
    base = hashes = 0
    for block, piece in zip(blocks, found, strict=True):
        if block.kind is not Kind.HEADING:
            leveled.append(block)
            continue
        if _HASHES.match(piece.words.of(text)):
            base, hashes, open_numbers = block.level, block.level, []
            leveled.append(block)
        elif number := _DECIMAL.match(piece.words.of(text)):
            leveled.append(replace(block, level=hashes + number.group(0).count(".") + 1))
        elif piece.marker in (Marker.DOTTED, Marker.PAREN):
            open_numbers = _placed(open_numbers, piece.marker, piece.number)
            leveled.append(replace(block, level=base + len(open_numbers)))
        else:
            base, open_numbers = hashes + 1, []
            leveled.append(replace(block, level=base))
    return leveled


def _placed(open_numbers: list[tuple[Marker, int]], marker: Marker, number: int) -> list[tuple[Marker, int]]:
    for depth in range(len(open_numbers) - 1, -1, -1):
        if open_numbers[depth] == (marker, number - 1):
            return [*open_numbers[:depth], (marker, number)]
    if marker is Marker.PAREN:  # "(1)" after "(2)" begins the same level again
        for depth, (other, _) in enumerate(open_numbers):
            if other is Marker.PAREN:
                return [*open_numbers[:depth], (marker, number)]
    return [*open_numbers, (marker, number)]

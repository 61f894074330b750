"""Mark what stands around the text of a record in its outline: the title, menus and contact lines."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.outline.plain_words import fold, plain
from corpus.speaker_label import TIMED, read_label

ENDS_SENTENCE = re.compile(r"[.!?:;,。！？：；、…]['\"”’」）)\]*_]*$")
_CONTACT_HEADING = re.compile(
    r"(?:for (?:press|media) |press |media )?(?:contacts?|inquiries|enquiries)$"
    r"|(?:for (?:press|media) |press |media )?contact (?:information|us|details|point)$"
    r"|(?:division|office|department|section) in charge$"
    r"|(?:本件に関する)?(?:お?問い?合わ?せ先?|連絡先|担当)(?:[:：]|$)",
    re.IGNORECASE,
)
_CONTACT_LINE = re.compile(
    r"(?<![a-z])(?:TEL|FAX|Phone|Telephone|E-?mail|電話|ファクス)"
    # "They told me on the phone." has no number behind the dot.
    r"\s*(?:[:：]|\.\s*(?=[:：+(（\d]))"
    r"|^for (?:further|more) (?:information|details)\b.*\b(?:contact|inquiry|inquiries|form)\b",
    re.IGNORECASE,
)
_TITLE_CHARACTERS = 200
_TITLE_SEARCH = 12
# A paragraph with more characters is no line of an address.
_PROSE = 160


def mark_blocks(text: str, blocks: list[Block], bulleted: list[bool], title: str | None) -> None:
    """Mark the title, menus and contact lines among headings, paragraphs and list items.

    Args:
        text: the whole text.
        blocks: the outline so far; changed in place. A title that is already marked stays the title.
        bulleted: for each block True if it is an item of a list without numbers.
        title: the document's title; when None, the first line that is short and no sentence is marked.
    """
    _mark_path(blocks)
    if all(block.kind is not Kind.TITLE for block in blocks):
        _mark_title(text, blocks, title)
    _mark_menus(text, blocks, bulleted)
    _mark_contacts(text, blocks)


def _mark_path(blocks: list[Block]) -> None:
    """Mark the list at the top that begins with "Home" as menu: it is the page's path."""
    if blocks and blocks[0].kind is Kind.MENU and blocks[0].words != blocks[0].span:
        i = 1
        while i < len(blocks) and blocks[i].words != blocks[i].span and blocks[i].kind in (Kind.LIST_ITEM, Kind.MENU):
            blocks[i] = replace(blocks[i], kind=Kind.MENU)
            i += 1


def _mark_title(text: str, blocks: list[Block], title: str | None) -> None:
    """Mark the block with the title; without a known title, the first line that is short and no sentence."""
    known = fold(title) if title else ""
    for i, block in enumerate(blocks[:_TITLE_SEARCH]):
        words = fold(block.words.of(text))
        # The menu above a page may end with the page's own title: the title is the line outside a list.
        alone = block.kind in (Kind.HEADING, Kind.BODY) and block.span.start == block.words.start
        alone = alone or block.level > 0
        if known:
            is_it = known in words and len(words) <= len(known) + 30
        else:
            label = read_label(block.words.of(text))
            is_it = len(words) <= _TITLE_CHARACTERS and not re.search(r"[.。]$", words)
            is_it = is_it and not (label and label.form in TIMED)
        if alone and is_it:
            blocks[i] = replace(block, kind=Kind.TITLE, level=0)
            return
        if not known and block.kind is not Kind.MENU:
            return


def _mark_menus(text: str, blocks: list[Block], bulleted: list[bool]) -> None:
    """Mark lists of links as menus: the path above the title, and a table of contents before its headings."""
    title_at = next((i for i, b in enumerate(blocks) if b.kind is Kind.TITLE), 0)
    for i in range(title_at):
        if blocks[i].kind is Kind.LIST_ITEM and not ENDS_SENTENCE.search(blocks[i].words.of(text)):
            blocks[i] = replace(blocks[i], kind=Kind.MENU)
    headings = {fold(b.words.of(text)) for b in blocks if b.kind is Kind.HEADING}
    for start, end in _bullet_lists(blocks, bulleted):
        entries = [fold(b.words.of(text)) for b in blocks[start:end]]
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
        elif block.kind in (Kind.HEADING, Kind.TITLE) or _is_prose(block, words) or _begins_turn(words):
            inside = False
        elif _CONTACT_LINE.search(words) and len(words) < 300:
            # A contact line near the end begins the contact block; a telephone number inside a text does not.
            inside = inside or i >= len(blocks) * 0.6
            if not inside:
                blocks[i] = replace(block, kind=Kind.CONTACT, level=0)
        if inside and block.kind is not Kind.MENU:
            blocks[i] = replace(block, kind=Kind.CONTACT, level=0)


def _begins_turn(words: str) -> bool:
    """Return True for the label of a turn of a transcript, with the time: no contact goes on behind it."""
    label = read_label(words)
    return label is not None and label.form in TIMED


def _is_prose(block: Block, words: str) -> bool:
    return block.kind is Kind.BODY and len(words) > _PROSE and not _CONTACT_LINE.search(words)

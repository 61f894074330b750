"""Derive the outline of a text: title, headings with levels, paragraphs, list items, contact lines, menus."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.language.dates import FULL_DATE
from corpus.language.minutes_words import classes, is_label, label_class
from corpus.language.scripts import count_cjk
from corpus.language.tokens import fold_text
from corpus.lines import JoinedLines, Marker, is_rule, join_lines
from corpus.span import Span, trim
from corpus.speaker_label import TIMED, read_label

_ENDS_SENTENCE = re.compile(r"[.!?:;,。！？：；、…]['\"”’」）)\]*_]*$")
_CONTACT_HEADING = re.compile(
    r"(?:for (?:press|media) |press |media )?(?:contacts?|inquiries|enquiries)$"
    r"|(?:for (?:press|media) |press |media )?contact (?:information|us|details|point)$"
    r"|(?:division|office|department|section) in charge$"
    r"|(?:本件に関する)?(?:お?問い?合わ?せ先?|連絡先|担当)(?:[:：]|$)",
    re.IGNORECASE,
)
_CONTACT_LINE = re.compile(
    r"(?<![a-z])(?:TEL|FAX|Phone|Telephone|E-?mail|電話|ファクス)\s*[:：.]"
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
# Each ends at the next bracket or after 80 characters, so that a long line of "[" takes no more time than another.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,80}>")
_MARK = re.compile(r"\\([^\w\s])|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#+\s+")
# A bar between two cells of a table.
_BAR = re.compile(r"\S[ \t]+\|[ \t]+(?=\S)")
_HEADING_WORDS = 15
_HEADING_CHARACTERS = 130
_NUMBERED_HEADING_WORDS = 30
_NUMBERED_HEADING_CHARACTERS = 220
_TITLE_CHARACTERS = 200
_TITLE_SEARCH = 12
# A paragraph with more characters is no line of an address.
_PROSE = 160


def outline(text: str, title: str | None = None, start: int = 0) -> tuple[Block, ...]:
    """Return the blocks of a text, which together cover every character that is not white space.

    Args:
        text: the whole text.
        title: the document's title, where it is known; its line becomes the title block.
        start: offset behind the front matter.
    """
    paragraphs = _split_glued_headings(text, join_lines(text, start))
    blocks = [_classify(text, paragraphs, i) for i in range(len(paragraphs))]
    mark_blocks(text, blocks, [paragraph.marker is Marker.BULLET for paragraph in paragraphs], title)
    return tuple(_with_levels(blocks, paragraphs, text))


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


def is_navigation(words: str) -> bool:
    """Return True if words are only a menu entry, an address, an image or a rule."""
    entry = plain(words)
    patterns = (_ONLY_ADDRESS, _ONLY_IMAGE)
    return not entry or is_rule(words) or any(p.match(words) for p in patterns) or bool(_MENU_LINE.match(entry))


def plain(words: str) -> str:
    """Return words without Markdown marks in one line, for comparison and display, never for quotations."""
    return " ".join(_MARK.sub(r"\1", _TAG.sub("", _LINK.sub(r"\1", words))).split())


def without_links(words: str) -> str:
    """Return words with the text of a Markdown link in place of the link."""
    return _LINK.sub(r"\1", words)


def fold(words: str) -> str:
    """Return words with compatibility forms, case, quotation marks and white space made equal, for comparison."""
    words = fold_text(plain(words))
    return " ".join(re.sub(r"[’‘`]", "'", words).translate(str.maketrans("“”", '""')).split())


def _split_glued_headings(text: str, paragraphs: list[JoinedLines]) -> list[JoinedLines]:
    """Cut a heading off the end of the paragraph that it is joined to."""
    cut: list[JoinedLines] = []
    for paragraph in paragraphs:
        match = _GLUED.search(text, paragraph.words.start, paragraph.words.end)
        if paragraph.lines == 1 and match and _is_title_like(match.group(1)):
            head = Span(match.start(1), paragraph.words.end)
            cut.append(
                replace(
                    paragraph,
                    span=Span(paragraph.span.start, match.start(1)),
                    words=Span(paragraph.words.start, match.start(1)),
                )
            )
            cut.append(replace(paragraph, span=head, words=head, marker=Marker.NONE, number=0, after_blank=False))
        else:
            cut.append(paragraph)
    return cut


def _is_title_like(words: str) -> bool:
    """Return True if most long words have a capital, as in a heading; a name alone ("Trust.It") does not count."""
    long = [w for w in words.split() if len(w) > 3]
    return (
        len(long) >= 2
        and len(words.split()) <= _HEADING_WORDS
        and sum(w[0].isupper() for w in long) >= 0.75 * len(long)
    )


def _classify(text: str, paragraphs: list[JoinedLines], i: int) -> Block:
    paragraph = paragraphs[i]
    words = paragraph.words.of(text)
    if is_navigation(words):
        return Block(Kind.MENU, paragraph.span, paragraph.words)
    if _is_row(text, paragraphs, i):
        return Block(Kind.LIST_ITEM, paragraph.span, paragraph.words)
    hashes = _HASHES.match(words)
    if hashes and (inner := trim(text, paragraph.words.start + hashes.end(), paragraph.words.end)):
        return Block(Kind.HEADING, paragraph.span, inner, level=len(hashes.group(1)))
    if _is_heading(text, paragraphs, i):
        return Block(Kind.HEADING, paragraph.span, paragraph.words, level=1)
    if paragraph.marker is not Marker.NONE or words.startswith("|"):
        return Block(Kind.LIST_ITEM, paragraph.span, paragraph.words)
    return Block(Kind.BODY, paragraph.span, paragraph.words)


def _is_row(text: str, paragraphs: list[JoinedLines], i: int) -> bool:
    """Return True for a line with bars beside another with as many: "Owls | 23"."""
    if paragraphs[i].lines > 1 or not (bars := _bars(text, paragraphs[i])):
        return False
    near = paragraphs[max(0, i - 1) : i] + paragraphs[i + 1 : i + 2]
    return any(other.lines == 1 and _bars(text, other) == bars for other in near)


def _bars(text: str, paragraph: JoinedLines) -> int:
    return len(_BAR.findall(paragraph.words.of(text)))


def _is_heading(text: str, paragraphs: list[JoinedLines], i: int) -> bool:
    paragraph, words = paragraphs[i], paragraphs[i].words.of(text)
    following = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    numbered = paragraph.marker in (Marker.PAREN, Marker.DOTTED)
    characters, most = (
        (_NUMBERED_HEADING_CHARACTERS, _NUMBERED_HEADING_WORDS) if numbered else (_HEADING_CHARACTERS, _HEADING_WORDS)
    )
    if following is None or len(words) > characters or not any(c.isalpha() for c in words):
        return False
    if _BOLD_LINE.match(words) and (numbered or paragraph.marker is Marker.NONE):
        return True
    if (_ENDS_SENTENCE.search(words) and not (numbered and _INITIALS_END.search(words))) or len(words.split()) > most:
        return False
    if numbered:
        return _is_numbered_heading(paragraphs, i, text)
    if (
        paragraph.marker is not Marker.NONE
        or paragraph.lines > 1
        or words.count(",") > 2
        or words[0].islower()
        or words[0] in "|>(（*・"
    ):
        return False
    if FULL_DATE.search(words) or _CLOCK.search(words) or _tells_attendance(words) or _tells_vote(words):
        return False
    if following.marker in (Marker.DOTTED, Marker.PAREN) and following.number > 1:
        return False
    return _may_follow_heading(following.words.of(text), following)


def _tells_attendance(words: str) -> bool:
    """Return True for "Apologies: A. Bo", which is no heading however few names it has."""
    label, _, names = words.partition(":" if ":" in words else "：")
    return bool(names.strip(" *_")) and label_class("label", label) is not None


def _tells_vote(words: str) -> bool:
    """Return True for "Bo: yes", "Bo - no" and "Against: Cy", which are no headings."""
    label, mark, rest = next(
        (p for sep in (":", "：", " - ", " – ") if (p := words.partition(sep))[1]), (words, "", "")
    )
    told = (label, re.split("[;,]", rest, maxsplit=1)[0])
    return bool(mark) and any(is_label("roll_call", kind, part) for kind in classes("roll_call") for part in told)


def _may_follow_heading(words: str, following: JoinedLines) -> bool:
    """Return True if a heading may precede this paragraph: a sentence, or the start of a list."""
    if following.marker is not Marker.NONE:
        return following.number <= 1
    if is_rule(words):
        return not following.after_blank  # a Markdown heading underlined
    if _ONLY_ADDRESS.match(words):
        return False
    ends = re.search(r"[.:。：]['\"”’」）)]*$", words)
    return bool(ends) or len(words.split()) > _HEADING_WORDS or (len(words) > 40 and count_cjk(words) > 0)


def _is_numbered_heading(paragraphs: list[JoinedLines], i: int, text: str) -> bool:
    """Return True if the next number of its list does not follow a numbered line directly."""
    paragraph, following = paragraphs[i], paragraphs[i + 1]
    if following.marker is paragraph.marker and following.number == paragraph.number + 1:
        return False
    before = paragraphs[i - 1] if i else None
    if before and before.marker is paragraph.marker and before.number == paragraph.number - 1:
        return False
    return (
        paragraph.after_blank
        or following.indent > paragraph.indent
        or len(following.words.of(text).split()) > _HEADING_WORDS
    )


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
        if blocks[i].kind is Kind.LIST_ITEM and not _ENDS_SENTENCE.search(blocks[i].words.of(text)):
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
        elif block.kind in (Kind.HEADING, Kind.TITLE) or _is_prose(block, words):
            inside = False
        elif _CONTACT_LINE.search(words) and len(words) < 300:
            # A contact line near the end begins the contact block; a telephone number inside a text does not.
            inside = inside or i >= len(blocks) * 0.6
            if not inside:
                blocks[i] = replace(block, kind=Kind.CONTACT, level=0)
        if inside and block.kind is not Kind.MENU:
            blocks[i] = replace(block, kind=Kind.CONTACT, level=0)


def _is_prose(block: Block, words: str) -> bool:
    return block.kind is Kind.BODY and len(words) > _PROSE and not _CONTACT_LINE.search(words)


def _with_levels(blocks: list[Block], paragraphs: list[JoinedLines], text: str) -> list[Block]:
    """Set the level of each heading from Markdown, its number, or its position below these."""
    leveled: list[Block] = []
    open_numbers: list[tuple[Marker, int]] = []
    base = hashes = 0
    for block, paragraph in zip(blocks, paragraphs, strict=True):
        if block.kind is not Kind.HEADING:
            leveled.append(block)
            continue
        if _HASHES.match(paragraph.words.of(text)):
            base, hashes, open_numbers = block.level, block.level, []
            leveled.append(block)
        elif number := _DECIMAL.match(paragraph.words.of(text)):
            leveled.append(replace(block, level=hashes + number.group(0).count(".") + 1))
        elif paragraph.marker in (Marker.DOTTED, Marker.PAREN):
            open_numbers = _nest_number(open_numbers, paragraph.marker, paragraph.number)
            leveled.append(replace(block, level=base + len(open_numbers)))
        else:
            base, open_numbers = hashes + 1, []
            leveled.append(replace(block, level=base))
    return leveled


def _nest_number(open_numbers: list[tuple[Marker, int]], marker: Marker, number: int) -> list[tuple[Marker, int]]:
    for depth in range(len(open_numbers) - 1, -1, -1):
        if open_numbers[depth] == (marker, number - 1):
            return [*open_numbers[:depth], (marker, number)]
    if marker is Marker.PAREN:  # "(1)" after "(2)" begins the same level again
        for depth, (other, _) in enumerate(open_numbers):
            if other is Marker.PAREN:
                return [*open_numbers[:depth], (marker, number)]
    return [*open_numbers, (marker, number)]

"""Find the items of an agenda and the numbered paragraphs of a record by number: "item 3", "paragraph 43", "5b"."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.dates import mask_days
from corpus.language.minutes_words import phrases
from corpus.language.months import ANY_MONTH
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.tables import cells

_NUMBER = r"(?P<number>\d{1,3}(?:[./]\d{1,3}){0,3})\s?(?:[(（]?(?P<letter>[a-z])[)）]?(?![a-z]))?"
# No start is the time of a turn: "[10:00:02] Falk: ...".
_START = re.compile(
    rf"^[\s#*_|(（\[§]*(?P<first>{_NUMBER})(?!\d|:\d)[*_]*\s*(?P<end>[.．)）\]|]|[:：](?!\d)|[–—-]\s|\s{{2,}})?",
    re.IGNORECASE,
)
_ORDINAL_JA = re.compile(
    r"第?\s*(?P<number>\d{1,3})\s*(?:項|号|議題|議案|条|段落)|(?:議題|議案|議事|項目)\s*(?:第)?\s*[(（]?(?P<after>\d{1,3})"
)
# "and 4", ", 5 and 6" behind "items 3".
_FURTHER = re.compile(r"(?:\s*(?:,|and|&|et|und|y|と|、)\s*\d{1,3}(?:\.\d{1,2})*(?![\d%]))+")
_OF_YEAR = re.compile(r"^\W*(?:[^\W\d]+\s+)?\d{1,3}/\d\d(?:\d\d)?(?!\d)")
# Characters of a line that may be a title.
_TITLE = 80
# "under 26/15", "what does 3.1 say", no "4.2 million" and no "26 %".
_ALONE = re.compile(
    r"(?:\b(?:under|in|at|see|does|do|did|is|was|dans|sous|au|en|unter|bei|nach|bajo)\s+|^\W*|(?<=[,:]\s))"
    r"(?P<number>\d{1,3}(?:[./]\d{1,3})+)"
    r"(?=\s*(?:[?!.,;:]|$|(?:say|says|said|decide|state|of|in|at|for|from|on|about|der|des|du|de|del|vom)\b))"
)
# "What stands under 14?"
_STANDS_UNDER = re.compile(
    r"\b(?:stands?|stood|written|said|recorded|noted|say|decided|steht|stand|beschlossen|dit|figure|dice|figura)"
    r"(?:\s+\w+){0,2}?\s+(?:under|unter|sous|bajo)\s+(?:no\.?\s*|number\s+)?(?P<number>\d{1,3})(?=\s*(?:[?!.,]|$|(?:of|in)\b))"
)
_FIRST_WORDS = {
    name: n for n, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}


@dataclass(frozen=True, slots=True, order=True)
class ItemNumber:
    """The number of an item: (3, 1) of "3.1", with a letter of "5b"; the letter is empty without one."""

    parts: tuple[int, ...]
    letter: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of an agenda, or a numbered paragraph.

    Attributes:
        number: its number.
        title: the passage with the number.
        content: what the record says under it: the passages behind its title, or the numbered paragraph itself.
    """

    number: ItemNumber
    title: Passage
    content: tuple[Passage, ...]

    @property
    def heading(self) -> tuple[str, ...]:
        """The title as a heading above the content; empty where the content has it as such, or is the title itself."""
        if not self.content or self.content[0] is self.title or self.title.kind is Kind.HEADING:
            return ()
        return (" ".join(self.title.text.split()),)


def asked_numbers(question: str) -> list[ItemNumber]:
    """Return the numbers of the items or paragraphs that a question asks for: two of "items 3 and 4"."""
    folded = fold_text(mask_days(question))
    if match := _asked().search(folded):
        first = ItemNumber(_parts(match["number"]), match["letter"] or "")
        further = _FURTHER.match(folded, match.end())
        others = re.findall(r"\d+(?:\.\d+)*", further.group() if further else "")
        return [first, *(ItemNumber(_parts(other)) for other in others)]
    if found := _ALONE.search(folded) or _STANDS_UNDER.search(folded):
        return [ItemNumber(_parts(found["number"]))]
    if found := _ORDINAL_JA.search(folded):
        return [ItemNumber((int(found["number"] or found["after"]),))]
    ordinal = re.search(rf"\b({'|'.join(_FIRST_WORDS)})\s+(?:agenda )?(?:item|point)\b", folded)
    return [ItemNumber((_FIRST_WORDS[ordinal[1]],))] if ordinal else []


def is_named_item(question: str) -> bool:
    """Return True if a word such as "item" or "minute" stands before the number that a question asks for."""
    return bool(_asked().search(fold_text(mask_days(question))))


def find_item(record: MinutesRecord, number: ItemNumber) -> AgendaItem | None:
    """Return the item with a number, of several the one with most words below it; None if the record has none.

    "109" finds "109/24", too, the item of a year.
    """
    starts = _starts(record)
    whole = [at for at, (start, _) in enumerate(starts) if start.parts == number.parts]
    of_year = [at for at, (start, title) in enumerate(starts) if start.parts[:1] == number.parts and _has_year(title)]
    found = [_item(record, starts, at) for at in whole or of_year]
    number = number if whole or not found else found[0].number
    exact = [item for item in found if item.number == number and (item.content or number.letter)]
    if number.letter and not exact:
        exact = [part for item in found if (part := _lettered(item, number))]
    if not exact and not starts:
        exact = [item for item in (_spoken(record, number),) if item]
    return max(exact, key=lambda item: (sum(len(p.words) for p in item.content), -item.title.order), default=None)


def _has_year(title: Passage) -> bool:
    """Return True if a passage begins with a number and a year of two digits behind a slash: "109/24"."""
    return bool(_OF_YEAR.match(title.text))


def names_items(record: MinutesRecord) -> bool:
    """Return True for a transcript in which somebody names an item of an agenda."""
    return bool(_asked().search(fold_text(record.document.text))) and bool(record.talk)


def titled_items(record: MinutesRecord) -> list[AgendaItem]:
    """Return the items whose title stands above what the record says under them, in order."""
    starts = _starts(record)
    items = [_item(record, starts, at) for at in range(len(starts))]
    return [item for item in items if item.content and item.content[0] is not item.title]


def has_items(record: MinutesRecord) -> bool:
    """Return True if a record has numbered items or paragraphs."""
    return len(_starts(record)) > 1 or any(_asked().search(fold_text(p.text)) for p in record.passages[:200])


@cache
def _asked() -> re.Pattern[str]:
    """Return a pattern of a word such as "item" with its number, in folded text."""
    words = "|".join(re.escape(p) + _behind(p) for p in phrases("item", "number"))
    return re.compile(
        rf"(?<!\w)(?:{words})(?:no\.?\s*|number\s+|nr\.?\s*|n[°º]\s*|#)?{_NUMBER}(?!\d)"
        rf"(?!\s*(?:per|%|million|billion)|\s+{ANY_MONTH}\b)"
    )


def _behind(phrase: str) -> str:
    """Return a pattern of what stands between a word such as "item" and its number."""
    return r"s?\s+" if phrase[-1].isalpha() and not is_cjk(phrase) else r"\s*"


def _parts(number: str) -> tuple[int, ...]:
    return tuple(map(int, re.split("[./]", number)))


def _starts(record: MinutesRecord) -> list[tuple[ItemNumber, Passage]]:
    """Return the passages that begin with a number, in order."""
    found: list[tuple[ItemNumber, Passage]] = []
    for passage in record.passages:
        is_text = passage.kind not in (Kind.MENU, Kind.CONTACT) and not cells(passage.words_text)
        if is_text and (number := _number_of(passage)):
            found.append((number, passage))
    return found


def _number_of(passage: Passage) -> ItemNumber | None:
    text = " ".join(passage.text[:60].split())
    folded = fold_text(text).lstrip("#*_ ")
    if match := _asked().match(folded):
        return ItemNumber(_parts(match["number"]), match["letter"] or "")
    if match := _ORDINAL_JA.match(folded):
        return ItemNumber((int(match["number"] or match["after"]),))
    match = _START.match(text)
    if not match or match["number"] == "0":
        return None
    is_marked = bool(match["end"]) or not match["number"].isdigit() or passage.words.start > passage.span.start
    behind = text[match.end() :].lstrip()
    if not is_marked and not (passage.kind is Kind.HEADING and behind[:1].isupper()):
        return None
    return ItemNumber(_parts(match["number"]), (match["letter"] or "").lower())


def _item(record: MinutesRecord, starts: list[tuple[ItemNumber, Passage]], at: int) -> AgendaItem:
    """Return the item that begins at one of the starts; it ends at the next number that is not below it."""
    number, title = starts[at]
    end = len(record.passages)
    for later, passage in starts[at + 1 :]:
        if _ends(number, title, later, passage):
            end = passage.order
            break
    content = []
    for passage in record.passages[title.order + 1 : end]:
        if passage.kind is Kind.HEADING and _is_outside(title, passage):
            break
        content.append(passage)
    is_paragraph = title.kind is not Kind.HEADING and (
        not content or len(title.sentences()) > 1 or _ends_sentence(title)
    )
    if is_paragraph:
        below = [p for p in content if p.headings == title.headings and title.kind is Kind.LIST_ITEM]
        while below and _is_title(below[-1]):
            below.pop()
        content = [title, *below]
    return AgendaItem(number, title, tuple(p for p in content if p.kind in (Kind.BODY, Kind.LIST_ITEM) or p is title))


def _ends(number: ItemNumber, title: Passage, later: ItemNumber, passage: Passage) -> bool:
    """Return True if a later number ends an item: it is no number below it, and no list inside it."""
    if later.parts[: len(number.parts)] == number.parts and later != number:
        return False
    if passage.kind is Kind.HEADING or title.kind is not Kind.HEADING:
        is_next = later.parts > number.parts
        return is_next or passage.kind is Kind.HEADING
    return False


def _is_outside(title: Passage, heading: Passage) -> bool:
    """Return True if a heading is not below an item."""
    return title.kind is not Kind.HEADING or len(heading.headings) <= len(title.headings)


def _is_title(passage: Passage) -> bool:
    """Return True for a short line without a mark or a full stop, which stands above the next number."""
    is_plain = passage.words.start == passage.span.start and passage.kind is Kind.BODY
    return is_plain and len(passage.words) <= _TITLE and not _ends_sentence(passage)


def _ends_sentence(passage: Passage) -> bool:
    return passage.words_text.rstrip(' *_”"').endswith((".", "。", "!", "?"))


def _lettered(item: AgendaItem, number: ItemNumber) -> AgendaItem | None:
    """Return the part of an item with a letter: "(b) ..." below item 5."""
    mark = re.compile(rf"^[\s*_(（]*(?:{item.number.parts[-1]}\s?)?[(（]?([a-z])[.)）]", re.IGNORECASE)
    content: list[Passage] = []
    for passage in item.content:
        match = mark.match(passage.text)
        if match and content:
            break
        if content or (match and match[1].lower() == number.letter):
            content.append(passage)
    return AgendaItem(number, content[0], tuple(content)) if content else None


def _spoken(record: MinutesRecord, number: ItemNumber) -> AgendaItem | None:
    """Return the turns of a transcript from the one that names an item up to the one that names another."""
    content: list[Passage] = []
    for passage, _ in record.talk:
        named = [ItemNumber(_parts(m["number"])) for m in _asked().finditer(fold_text(passage.words_text))]
        if content and named and number not in named:
            break
        if content or number in named:
            content.append(passage)
    return AgendaItem(number, content[0], tuple(content)) if content else None

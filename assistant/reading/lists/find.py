"""Find the lists of a record: items below the sentence or heading that announces them, rows, numbers in a paragraph."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Kind
from corpus.language.english import AUXILIARY
from corpus.language.sentences import sentences
from corpus.lines import is_rule
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells, column_names

# "... the following key points.", "... are as follows:", "eleven areas:", "set out below."; not "below the dam"
_INTRODUCTION = re.compile(
    r"[:：][*_]*\s*$|\b(?:the following(?! (?:day|week|month|year|morning|meeting))|as follows)\b|以下|次の|下記"
    rf"|\bbelow(?=\W*$|\s*[:;,.)]|\s+(?:for|{AUXILIARY})\b)",
    re.IGNORECASE,
)
# The subject behind a clause with another subject: "Under the theme of growth, the following topics ...".
_FOLLOWING = re.compile(r"(?<=[,”\"’']) the following\b")
# Number of the last sentences of a paragraph that may announce the list behind it.
_ANNOUNCING = 2
_NUMBER_IN_TEXT = re.compile(r"[(（](\d{1,2}|[a-z])[)）]\s*(?=\S)")
# Passages between a heading and its list.
_MOST_BETWEEN = 2
_MOST_SECTION_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list.

    Attributes:
        passage: the passage that it is in.
        span: the words to cite: the whole item, or the first sentence of a long one.
    """

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The words of the item."""
        return self.span.of(self.passage.document.text)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of a record.

    Attributes:
        items: its items in order, nested ones included; at least two.
        announcement: the words that announce it: its headings, and the sentence before it if that announces it.
        pointers: the passages of these words.
        columns: the column names of a table; empty without them.
        lead: the sentence that announces an enumeration in running text; None for another list.
    """

    items: tuple[ListItem, ...]
    announcement: str
    pointers: tuple[Passage, ...]
    columns: tuple[str, ...] = ()
    lead: Span | None = None


def introduces_list(passage: Passage) -> bool:
    """Return True if the end of a passage announces a list."""
    return announcement(passage) is not None


def announcement(passage: Passage) -> Span | None:
    """Return the sentence at the end of a passage that announces a list; None without one."""
    if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or not _INTRODUCTION.search(passage.text):
        return None
    last = passage.sentences()[-_ANNOUNCING:]
    return next((span for span in reversed(last) if _INTRODUCTION.search(span.of(passage.document.text))), None)


def lists_of(passages: Sequence[Passage]) -> list[ItemList]:
    """Return the lists of a document in order; a list may be part of another.

    Args:
        passages: all passages of the document, in order.
    """
    return [found for at in range(len(passages)) for found in _lists_at(passages, at) if len(found.items) > 1]


def _lists_at(passages: Sequence[Passage], at: int) -> Iterator[ItemList]:
    """Yield the lists that a passage announces or contains."""
    passage = passages[at]
    if passage.kind is Kind.BODY and (found := numbered_in(passage)):
        yield found
    following = passages[at + 1] if at + 1 < len(passages) else None
    if passage.kind is Kind.TITLE and following and following.kind is Kind.LIST_ITEM:
        yield _list_from(passages, at + 1, (passage,))
    elif passage.kind is Kind.HEADING:
        path = (*passage.headings, _heading(passages, at))
        first = _first_item(passages, at + 1)
        if first is not None:
            pointers = tuple(p for p in passages[at:first] if p.kind is Kind.HEADING or introduces_list(p))
            yield _list_from(passages, first, pointers)
        elif following and following.kind is Kind.HEADING:
            yield _announced(_sections(passages, at + 1, path), (passage,))
    elif following and introduces_list(passage):
        if passage.kind is Kind.LIST_ITEM:
            yield _announced(_nested(passages, at), (passage,))
        elif following.kind is Kind.LIST_ITEM:
            yield _list_from(passages, at + 1, (passage,))
        elif following.kind is Kind.HEADING:
            yield _announced(_sections(passages, at + 1, following.headings), (passage,))
        else:
            yield _announced(_paragraphs(passages, at + 1), (passage,))


def _heading(passages: Sequence[Passage], at: int) -> str:
    """Return a heading as the passages below it repeat it."""
    below = passages[at + 1] if at + 1 < len(passages) else None
    depth = len(passages[at].headings)
    return below.headings[depth] if below and len(below.headings) > depth else ""


def _first_item(passages: Sequence[Passage], start: int) -> int | None:
    """Return the position of the first item of a section, unless more than a few paragraphs are before it."""
    for at in range(start, min(start + _MOST_BETWEEN + 1, len(passages))):
        if passages[at].kind is Kind.LIST_ITEM:
            return at
        if passages[at].kind is not Kind.BODY:
            return None
    return None


def _list_from(passages: Sequence[Passage], first: int, pointers: tuple[Passage, ...]) -> ItemList:
    """Return the list whose first item is at a position; for a table its rows, with the names of their columns."""
    run: list[Passage] = []
    columns: tuple[str, ...] = ()
    for passage in passages[first:]:
        if passage.headings != passages[first].headings:
            break
        if passage.kind is Kind.LIST_ITEM:
            run.append(passage)
        elif not is_rule(passage.text):
            break
        elif len(run) == 1 and (columns := cells(run[0].text)):
            run.clear()
    if not columns and len(run) > 1 and (columns := column_names(run[1].document, run[1].span.start)):
        run = run[1:] if cells(run[0].words_text) == columns else run
    return _announced([item for p in run if (item := item_of(p))], pointers, columns)


def item_of(passage: Passage) -> ListItem | None:
    """Return a passage as an item, a long one as its first sentence; None for the rest of an item that was cut."""
    outline = passage.document.outline
    at = bisect_left(outline, passage.span.start, key=lambda block: block.span.start)
    if at == len(outline) or outline[at].span.start != passage.span.start:
        return None
    return ListItem(passage, passage.as_item())


def _announced(items: Sequence[ListItem], pointers: tuple[Passage, ...], columns: tuple[str, ...] = ()) -> ItemList:
    last = pointers[-1]
    words = [*last.headings, *(_announcing_words(pointer) for pointer in pointers), *columns]
    return ItemList(tuple(items), " ".join(words), pointers, columns)


def _announcing_words(pointer: Passage) -> str:
    """Return the clause that announces, or the whole heading or title."""
    words = (announcement(pointer) or pointer.span).of(pointer.document.text)
    match = _FOLLOWING.search(words)
    return words[match.start() :] if match else words


def _nested(passages: Sequence[Passage], at: int) -> list[ListItem]:
    """Return the items below an item: those behind it that are further in or have another kind of mark."""
    lead, items = passages[at], []
    for passage in passages[at + 1 :]:
        if passage.kind is not Kind.LIST_ITEM or passage.headings != lead.headings:
            break
        if (item := item_of(passage)) is None:
            continue
        if _indent(passage) <= _indent(lead) and _mark(passage) == _mark(lead):
            break
        items.append(item)
    return items


def _indent(passage: Passage) -> int:
    """Return the columns before the mark of an item."""
    text, start = passage.document.text, passage.span.start
    return len(text[text.rfind("\n", 0, start) + 1 : start].expandtabs(4))


def _mark(passage: Passage) -> str:
    """Return the mark of an item without its number or letter: "." of "1.", "()" of "(a)"."""
    mark = Span(passage.span.start, passage.words.start + 1).of(passage.document.text)[:-1]
    return "".join(c for c in mark if not c.isalnum() and not c.isspace())


def _sections(passages: Sequence[Passage], first: int, path: tuple[str, ...]) -> list[ListItem]:
    """Return the items below the headings of a path: those of their lists, or each heading with its first sentence.

    Args:
        passages: all passages of the document.
        first: the position of the first heading.
        path: the headings above it.
    """
    items: list[ListItem] = []
    starts: list[int] = []
    for at in range(first, len(passages)):
        if passages[at].kind is Kind.HEADING:
            starts.append(at)
            if passages[at].headings[: len(path)] != path:  # the first heading outside ends the last section
                break
    shape: Kind | None = None
    for number, start in enumerate(starts):
        if passages[start].headings[: len(path)] != path:
            break
        if passages[start].headings != path:
            continue
        end = next((s for s in starts[number + 1 :] if len(passages[s].headings) <= len(path)), len(passages))
        below = [p for p in passages[start + 1 : end] if p.kind in (Kind.BODY, Kind.LIST_ITEM, Kind.HEADING)]
        if not below or (shape and below[0].kind is not shape):
            break
        shape = below[0].kind
        items += _section_items(passages, start, below)
        is_numbered = passages[start].words.start > passages[start].span.start
        if shape is Kind.BODY and len(below) > _MOST_SECTION_PASSAGES and not is_numbered:
            break
    return items


def _section_items(passages: Sequence[Passage], start: int, below: Sequence[Passage]) -> list[ListItem]:
    if below[0].kind is Kind.LIST_ITEM:
        return list(_list_from(passages, below[0].order, (passages[start],)).items)
    if below[0].kind is Kind.HEADING:
        return _sections(passages, below[0].order, below[0].headings)
    heading, sentence = passages[start], below[0].sentences()[0]
    return [ListItem(below[0], Span(heading.words.start, sentence.end))]


def _paragraphs(passages: Sequence[Passage], first: int) -> list[ListItem]:
    """Return the paragraphs behind an announcement that are one sentence each, up to the first that is longer."""
    items: list[ListItem] = []
    for passage in passages[first:]:
        if passage.kind is not Kind.BODY or len(passage.sentences()) > 1 or introduces_list(passage):
            break
        items.append(ListItem(passage, passage.words))
    return items


def numbered_in(passage: Passage) -> ItemList | None:
    """Return the list inside a paragraph: "He said: (1) ... (2) ..."; None unless its numbers begin at 1 or a."""
    text, start = passage.words_text, passage.words.start
    marks: list[re.Match[str]] = []
    for match in _NUMBER_IN_TEXT.finditer(text):
        expected = str(len(marks) + 1), chr(ord("a") + len(marks))
        if match.group(1) in expected and (not marks or marks[0].group(1).isdigit() == match.group(1).isdigit()):
            marks.append(match)
    if len(marks) < 2:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    spans = [trim(passage.document.text, start + m.start(), start + end) for m, end in zip(marks, ends, strict=True)]
    # Behind the last number, the paragraph may go on: only its first sentence belongs to the list.
    whole = [span for span in spans if span]
    whole[-1] = Span(whole[-1].start, sentences(passage.document.text, whole[-1])[0].end)
    before = text[: marks[0].start()]
    items = tuple(ListItem(passage, span) for span in whole)
    return ItemList(items, " ".join((*passage.headings, before)), (passage,))

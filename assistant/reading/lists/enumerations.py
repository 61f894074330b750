"""Find enumerations in running text and in talk: "Three things. ... Second, ... And third, ..."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.reading.lists.find import ItemList, ListItem
from assistant.retrieval.evidence import Evidence
from corpus.document import Kind
from corpus.language.figures import NUMBERS
from corpus.language.word_lists import word_sets
from corpus.passages import Passage
from corpus.span import Span
from corpus.transcript import turn_at
from index.snapshot import Snapshot

_PLACES = word_sets("ordinals.txt")
_PLACE_OF = {word: place for place, words in enumerate(_PLACES, start=1) for word in words}
_LAST = len(_PLACES)
# "And third, ..."; "First Minister" and "Second World War" are names.
_BEGINS = re.compile(
    rf"\W*(?:(?:and|but|then|so|und|et|y)\b\W*)?({'|'.join(_PLACE_OF)})(?:\b(?!\s+(?-i:[A-Z])|-)|(?<=[に]|は))",
    re.IGNORECASE,
)
# Most sentences from one item to the next, and characters of a sentence that says how many follow.
_MOST_APART = 8
_SHORT = 80
_NUMBER = re.compile(rf"\b(?:{'|'.join(NUMBERS[2:11])}|[2-9])\b", re.IGNORECASE)
# Characters of the turn before, which may ask for what is enumerated.
_TURN_BEFORE = 300


def enumerations(passages: Sequence[Passage]) -> list[ItemList]:
    """Return the enumerations of a document whose items begin with "first", "second" and so on.

    The sentence before the first item announces it; in talk the end of the turn before, too. An item is its first
    sentence.

    Args:
        passages: all passages of the document, in order.
    """
    return [found for block in _blocks(passages) if (found := _enumeration(block))]


def with_enumerations(cited: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Return cited sentences, those such as "Three things." followed by what they announce.

    Args:
        cited: the sentences, best first.
        snapshot: the snapshot of the library that they are from.
    """
    found: list[Evidence] = []
    for evidence in cited:
        found.append(evidence)
        if _tells_number(evidence.passage, evidence.span):
            passages = [passage for _, passage in snapshot.passages_of(evidence.document)]
            items = next((one.items for one in enumerations(passages) if one.lead == evidence.span), ())
            found += [replace(evidence, passage=item.passage, span=item.span, also_in=()) for item in items]
    return found


def _blocks(passages: Sequence[Passage]) -> Iterator[list[tuple[Passage, Span]]]:
    """Yield the sentences of each turn, and of the paragraphs below a heading, with their passages."""
    block: list[tuple[Passage, Span]] = []
    last: object = None
    for passage in passages:
        if passage.kind is not Kind.BODY:
            continue
        for span in passage.sentences():
            key = turn_at(passage.document, span.start) or passage.headings
            if key != last and block:
                yield block
                block = []
            last = key
            block.append((passage, span))
    if block:
        yield block


def _enumeration(block: Sequence[tuple[Passage, Span]]) -> ItemList | None:
    """Return the longest enumeration in the sentences of a block; None without one."""
    marked = [(at, place) for at, (passage, span) in enumerate(block) if (place := _place(passage, span))]
    best: list[int] = []
    for number, (start, place) in enumerate(marked):
        if place > 2:
            continue
        run = [start]
        for at, other in marked[number + 1 :]:
            if at - run[-1] > _MOST_APART:
                break
            if other in (place + len(run), _LAST):
                run.append(at)
        if place == 2:  # the first item has no mark: it follows "Three things."
            before = range(start - 2, max(start - 2 - _MOST_APART, -1), -1)
            announced = next((at for at in before if _tells_number(*block[at])), None)
            run = [] if announced is None else [announced + 1, *run]
        best = max(best, run, key=len)
    return _as_list(block, best) if len(best) > 1 else None


def _as_list(block: Sequence[tuple[Passage, Span]], run: Sequence[int]) -> ItemList:
    items = tuple(ListItem(*block[at]) for at in run)
    passage, span = block[max(0, run[0] - 1)]
    document, turn = passage.document, turn_at(passage.document, span.start)
    before = turn_at(document, len(document.text[: turn.span.start].rstrip()) - 1) if turn else None
    asked = before.words.of(document.text)[-_TURN_BEFORE:] if before else ""
    words = " ".join((*passage.headings, asked, span.of(document.text)))
    return ItemList(items, words, (passage,), lead=span)


def _place(passage: Passage, span: Span) -> int:
    """Return the place of an item in an enumeration, from 1; 0 for another sentence."""
    turn = turn_at(passage.document, span.start)
    start = max(span.start, turn.words.start) if turn else span.start
    match = _BEGINS.match(passage.document.text, start, max(start, span.end))
    return _PLACE_OF[match[1].casefold()] if match else 0


def _tells_number(passage: Passage, span: Span) -> bool:
    text = span.of(passage.document.text)
    return len(text) <= _SHORT and bool(_NUMBER.search(text))

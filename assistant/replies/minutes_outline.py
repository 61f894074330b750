"""Outline minutes by their items: the outcome of each, or its first statement where nothing was decided."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations.citation import Citation
from assistant.minutes.decision_citations import cite_decision
from assistant.minutes.decisions import decisions_of
from assistant.minutes.record import MinutesRecord, read_record
from assistant.minutes.reply_parts import distinct
from assistant.replies.sections import point_of
from corpus.document import Document, Kind
from corpus.passages import Passage

# Items that make an agenda, at least.
_LEAST_ITEMS = 2
# Decisions of one item, at most.
_MOST_OF_ITEM = 2
# Characters of a numbered line that may be a title, and the marks with which a sentence ends.
_TITLE = 80
_ENDS = re.compile(r"[.!?:;。！？：…]\W*$")


@dataclass(frozen=True, slots=True)
class _MinutesItem:
    """The title of an item with the passages below it."""

    title: Passage
    content: tuple[Passage, ...]


def outline_minutes(document: Document, most: int) -> list[Citation]:
    """Return the outcome of each item of minutes, in their order; nothing for a record without items or decisions.

    Args:
        document: the record.
        most: the most citations; of more items those with a decision are kept.
    """
    record = read_record(document)
    items = list(_items(record)) if record.is_minutes else []
    decided = [_decisions(record, item) for item in items]
    if len(items) < _LEAST_ITEMS or not any(decided):
        return []
    found = [(cited or _first_statement(record, item), bool(cited)) for item, cited in zip(items, decided, strict=True)]
    if sum(len(cited) for cited, _ in found) > most:
        found = [(cited, is_decided) for cited, is_decided in found if is_decided]
    return distinct(citation for cited, _ in found for citation in cited)[:most]


def _items(record: MinutesRecord) -> Iterator[_MinutesItem]:
    """Yield the headings and numbered titles of a record with the passages up to the next one."""
    titles = [passage for passage in record.passages if _is_title(passage)]
    ends = [title.order for title in titles[1:]] + [len(record.passages)]
    for title, end in zip(titles, ends, strict=True):
        below = record.passages[title.order + 1 : end]
        if content := tuple(p for p in below if p.kind in (Kind.BODY, Kind.LIST_ITEM)):
            yield _MinutesItem(title, content)


def _is_title(passage: Passage) -> bool:
    if passage.kind is Kind.HEADING:
        return True
    mark = passage.document.text[passage.span.start : passage.words.start]
    is_marked = passage.kind is Kind.LIST_ITEM and any(map(str.isdigit, mark))
    return is_marked and len(passage.words) <= _TITLE and not _ENDS.search(passage.words_text)


def _decisions(record: MinutesRecord, item: _MinutesItem) -> list[Citation]:
    orders = {passage.order for passage in item.content}
    found = [decision for decision in decisions_of(record) if decision.passage.order in orders][:_MOST_OF_ITEM]
    return [citation for decision in found for citation in cite_decision(record, decision)]


def _first_statement(record: MinutesRecord, item: _MinutesItem) -> list[Citation]:
    heading = () if item.title.kind is Kind.HEADING else (" ".join(item.title.text.split()),)
    points = filter(None, (point_of(passage) for passage in item.content))
    return [record.cite(point.passage, point.statements[0], heading) for point in points][:1]

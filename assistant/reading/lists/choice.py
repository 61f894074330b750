"""Choose the list of a record that a question asks for, and the items of it that the question names."""

from collections import Counter
from collections.abc import Sequence
from math import fsum

from assistant.query import Intent, Query
from assistant.reading.lists.called import choose_called
from assistant.reading.lists.find import ItemList, announcement
from assistant.reading.lists.named import choose_named
from assistant.reading.lists.participants import choose_participants
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.reading.lists.remarks import choose_remarks
from assistant.reading.lists.rows import choose_rows
from assistant.retrieval.evidence import Evidence, documents_of
from corpus.document import Document, Kind
from corpus.language.tokens import folded_words
from corpus.outline.plain_words import plain
from corpus.passages import Passage
from corpus.tables import cells
from index.snapshot import Snapshot

# Least share of the weight of a question's subject that the announcement of its list holds.
_LEAST_ANNOUNCED = 0.5
# The same for a question that does not say that it asks for a list, and for a list that no best sentence points to.
_LEAST_UNASKED = 0.75
# What a list gains from a best sentence that points to it, from several in it, and from the number in the question.
_POINTED, _INSIDE, _COUNTED, _HEADING, _FRAME = 0.3, 0.15, 0.4, 0.5, 0.2


def choose_lists(
    query: Query, snapshot: Snapshot, near: Sequence[Evidence], evidence: Sequence[Evidence]
) -> list[ChosenList]:
    """Return the lists of the records that the question asks for; none if it asks for something else.

    Args:
        query: the question.
        snapshot: the snapshot of the library.
        near: the best sentences, best first.
        evidence: all sentences, best first.
    """
    question = ListQuestion(query, snapshot)
    if remarks := choose_remarks(question, evidence):
        return remarks
    found = _lists(question, near, evidence)
    kept = (tuple(i for i in one.items if query.filters.keeps_words(i.passage.document, i.span)) for one in found)
    return [ChosenList(items, one.is_whole) for one, items in zip(found, kept, strict=True) if items]


def _lists(question: ListQuestion, near: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[ChosenList]:
    """Return the lists that the question asks for, whoever speaks in them."""
    if not any(question.terms.frequency.values()):  # a question in another language than the records
        announced = [one for one in question.lists(near[0].document) if near[0].passage in one.pointers[-1:]]
        return [ChosenList(announced[0].items, True)] if announced else []
    if participants := choose_participants(question, near, evidence):
        return participants
    if named := choose_named(question, near, evidence):
        return [named]
    if not _is_prose_likelier(near) and (rows := choose_rows(question, near[0], evidence)):
        return [rows]
    if called := choose_called(question, documents_of(near)):
        return [called]
    if question.query.intent in (Intent.COMPARISON, Intent.FACT):
        return []
    found = _best_list(question, near)
    return [_named_or_all(question, found)] if found else []


def _is_prose_likelier(near: Sequence[Evidence]) -> bool:
    """Return True if the best sentence is a row of a table, and the ranker prefers a near sentence of its record."""
    best = near[0]
    others = (e for e in near[1:] if e.document.id == best.document.id and not cells(e.quote))
    likely = max((e.ranker_probability or 0.0 for e in others), default=0.0)
    return bool(cells(best.quote)) and likely > (best.ranker_probability or 0.0)


def _best_list(question: ListQuestion, near: Sequence[Evidence]) -> ItemList | None:
    """Return the list that fits the question best, of equal ones that of the best sentence; None if none fits."""
    scored = [
        (value, -order, len(found.items), found)
        for order, document in enumerate(documents_of(near))
        for found in question.lists(document)
        if (value := _value(question, found, document, near)) is not None
    ]
    best = max(scored, key=lambda s: s[:3], default=None)
    return best[3] if best else None


def _value(question: ListQuestion, found: ItemList, document: Document, near: Sequence[Evidence]) -> float | None:
    """Return how well a list fits the question; None if it does not."""
    subject = question.subject(document)
    pointed = [_points_to(found, e) for e in near]
    inside = sum(any(e.passage == item.passage for item in found.items) for e in near)
    if subject:
        words = _announced(question, found)
        announced = _announced_share(question, words, subject)
        least = _LEAST_ANNOUNCED if question.asks_for_list or any(pointed) else _LEAST_UNASKED
        fits = announced >= least or (any(pointed) and _has_named_item(question, found, subject, words))
    else:
        announced, fits = 0.0, pointed[0] or (question.asks_for_list and (any(pointed) or inside > 1))
    if not fits:
        return None
    counted = len(found.items) in question.numbers
    frame = question.share(question.shared(found.announcement), question.words)
    heading = found.pointers[-1].kind is Kind.HEADING and _quotes_heading(question.text, found.pointers[-1])
    bonus = _POINTED * any(pointed) + _INSIDE * (inside > 1) + _COUNTED * counted + _HEADING * heading
    return announced + _FRAME * frame + bonus


def _announced_share(question: ListQuestion, announced: set[str], subject: set[str]) -> float:
    """Return the share of the subject that an announcement has; words of the record's name count half."""
    weights = question.terms.weights
    own = fsum(weights[word] for word in announced & subject)
    of_record = 0.5 * fsum(weights[word] for word in announced - subject)
    total = fsum(weights[word] for word in subject) + of_record
    return (own + of_record) / total if total else 0.0


def _has_named_item(question: ListQuestion, found: ItemList, subject: set[str], announced: set[str]) -> bool:
    """Return True if the announcement and one item together hold most of the subject."""
    shares = (question.share(announced | question.shared(item.text), subject) for item in found.items)
    return max(shares) >= _LEAST_UNASKED


def _announced(question: ListQuestion, found: ItemList) -> set[str]:
    """Return the question's words in the announcement; those in half the items, too, where a list is asked for."""
    words = question.shared(found.announcement)
    if question.query.intent is not Intent.LIST:
        return words
    in_items = Counter(word for item in found.items for word in question.shared(item.text))
    return words | {word for word, count in in_items.items() if 2 * count >= len(found.items)}


def _quotes_heading(text: str, heading: Passage) -> bool:
    """Return True if a question has the words of a heading in a row."""
    words = folded_words(plain(heading.words_text))
    return len(words) > 1 and f" {' '.join(words)} " in f" {' '.join(folded_words(text))} "


def _points_to(found: ItemList, evidence: Evidence) -> bool:
    """Return True if a sentence announces a list or is its heading."""
    passage = evidence.passage
    announces = passage.kind is Kind.HEADING or evidence.span == (found.lead or announcement(passage))
    return announces and any(passage == pointer for pointer in found.pointers)


def _named_or_all(question: ListQuestion, found: ItemList) -> ChosenList:
    """Return the items that the question names by words which the announcement lacks; all if it names none."""
    document = found.items[0].passage.document
    rest = (question.subject(document) - _announced(question, found)) & question.shared(document.text)
    return question.choose_items(found.items, rest, max(len(found.items) // 2, 1))

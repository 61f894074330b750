"""Answer what the record has under a number: an item of the agenda, a paragraph."""

import re

from assistant.citations.citation import Citation
from assistant.minutes.decision_citations import cite_decision
from assistant.minutes.decisions import decisions_of
from assistant.minutes.items import (
    AgendaItem,
    asked_numbers,
    find_item,
    has_items,
    is_named_item,
    names_items,
    titled_items,
)
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from corpus.language.minutes_words import classes, phrases, says
from corpus.span import Span

_DECIDES = ("approved", "rejected", "deferred", "withdrawn")
_MOST_PASSAGES = 12
# Words for a part of any record; the others are for an item of an agenda.
_PARAGRAPH = re.compile(
    r"\b(?:paragraphe?|para|section|article|art|clause|minute|absatz|ziffer|ziff|artikel|abschnitt|párrafo|artículo"
    r"|apartado|alinéa)\b|§|項|条"
)
# Those for a part of any text: minutes may speak of article 5 of a law.
_OF_ANY_TEXT = re.compile(r"\b(?:articles?|art|clause|artikel|artículo)\b|§|条")
_MOST_RECORDS = 6
# Characters of a passage that is quoted whole; of a longer one its first sentences are.
_LONGEST = 900


def about_items(question: MinutesQuestion) -> ReplyParts | None:
    """Return what records have under the number that a question names; None without numbers in either."""
    numbers = asked_numbers(question.text)
    if not numbers:
        return _titles(question)
    is_paragraph = bool(_PARAGRAPH.search(question.folded)) or not is_named_item(question.text)
    is_one = len(question.records) == 1
    any_record = is_one or is_paragraph
    numbered = [r for r in question.records if (any_record or r.is_minutes or names_items(r)) and has_items(r)]
    found = [(r, item) for r in numbered for number in numbers if (item := find_item(r, number))]
    if not found:
        is_own = is_named_item(question.text) and not _OF_ANY_TEXT.search(question.folded)
        is_refused = is_own and any(r.is_named_minutes for r in numbered)
        return ReplyParts(()) if is_refused else None
    removed = [("item", "number"), *(("asks_outcome", name) for name in classes("asks_outcome"))]
    rest = [
        (question.rest(record, removed, (*(n.letter for n in numbers), *phrases("frame", "content"))), record, item)
        for record, item in found
    ]
    fewest = min(len(words) for words, _, _ in rest)
    cited: list[Citation] = []
    for words, record, item in [r for r in rest if len(r[0]) == fewest][:_MOST_RECORDS]:
        cited += _cite(question, record, item, words)
    return ReplyParts(tuple(cited)) if cited else None


def _titles(question: MinutesQuestion) -> ReplyParts | None:
    """Return the titles of all items, for a question for the agenda; those with a subject for "Which was on X?"."""
    if not says("item", "agenda", question.folded) or any(says("asks_outcome", n, question.folded) for n in _DECIDES):
        return None
    cited: list[Citation] = []
    for record in (r for r in question.records if r.is_minutes):
        words = question.rest(record, (("item", "agenda"), ("item", "number")), phrases("frame", "content"))
        items = titled_items(record)
        named = [i for i in items if words and share(words, " ".join(p.words_text for p in (i.title, *i.content))) == 1]
        cited += [record.cite(i.title, i.title.span) for i in (named if words else items)]
    return ReplyParts(tuple(cited)) if cited else None


def _cite(question: MinutesQuestion, record: MinutesRecord, item: AgendaItem, words: set[str]) -> list[Citation]:
    """Return the decisions under an item if they are asked for; else the sentences on the other words, or all."""
    orders = {passage.order for passage in item.content}
    if any(says("asks_outcome", name, question.folded) for name in classes("asks_outcome")):
        decisions = [d for d in decisions_of(record) if d.passage.order in orders]
        labelled = [d for d in decisions if d.is_labelled] or decisions
        if labelled:
            return [c for d in labelled for c in cite_decision(record, d)]
    sentences = [(share(words, span.of(p.document.text)), p, span) for p in item.content for span in p.sentences()]
    best = max((value for value, _, _ in sentences), default=0.0)
    if words and best > 0:
        return [record.cite(p, span, item.heading) for value, p, span in sentences if value == best]
    if len(words) > 1:
        return []
    return [record.cite(p, _short(p.words, p.sentences()), item.heading) for p in item.content[:_MOST_PASSAGES]]


def _short(words: Span, sentences: list[Span]) -> Span:
    """Return the words of a passage, of a long one the first sentences."""
    if len(words) <= _LONGEST:
        return words
    kept = [span for span in sentences if span.end - words.start <= _LONGEST]
    return Span(words.start, (kept or sentences)[-1 if kept else 0].end)

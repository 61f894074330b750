"""Recognise labels: headings, menus, contact lines and topics on a list, which say nothing by themselves."""

import re

from assistant.query import Intent, Query
from corpus.document import Document, Kind
from corpus.language.scripts import count_words
from corpus.passages import Passage
from corpus.span import Span
from corpus.speech import name_words, speech_at
from corpus.tables import cells, is_header

# Kinds of passages that have no statements of their own; they are cited only on request.
_LABELS = frozenset({Kind.TITLE, Kind.HEADING, Kind.MENU, Kind.CONTACT})
_LEAST_WORDS = 4
# Most words of a label without a final mark: a topic on a list, a link, a day.
_FRAGMENT_WORDS = {Kind.LIST_ITEM: 14, Kind.BODY: 8}
# "**Apologies:** Ms. Ada Bo": a label with what it labels says something.
_LABELLED = re.compile(r"[*_]*[^\W\d_][^:：.]{1,60}[:：][*_]*\s*\S")
_ENDS = re.compile(r"[.!?:;。！？：)）\]”\"」]$")


def is_label(passage: Passage, span: Span, query: Query) -> bool:
    """Return True for a label: a heading, menu, contact line, date alone or topic on a list that is not requested."""
    if passage.kind in query.requested_kinds:
        return False
    words = span.of(passage.document.text)
    length = count_words(words)
    if passage.kind in _LABELS or length < _LEAST_WORDS or is_header(passage.document, passage.span.start):
        return True
    if length > _FRAGMENT_WORDS[passage.kind] or _ENDS.search(words):
        return False
    is_item = passage.kind is Kind.LIST_ITEM and query.intent is Intent.LIST
    return not (is_item or cells(words) or _LABELLED.match(words))


def is_signature(document: Document, span: Span) -> bool:
    """Return True for the name of the sender below a mail, which answers no question of the mail."""
    speech = speech_at(document, span)
    if speech is None or speech.sent is None:
        return False
    words = name_words(span.of(document.text))
    return bool(words) and set(words) <= set(name_words(speech.name))

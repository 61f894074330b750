"""Narrow a follow-up to the record that the answer before it cites: it goes on about the same meeting."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.references import subject_words
from corpus.document import Document
from index.search.filters import Filters

# A number, or a word with a capital that does not begin the question.
_NAME = re.compile(r"\b\d+\b|(?<=\w\W)[A-Z]\w+")


def needs_last_record(query: Query) -> bool:
    """Return True for a question that is no whole one without the turns before it."""
    return bool(query.latest) or not subject_words(query.text)


def on_last_record(query: Query, conversation: Conversation, documents: Sequence[Document]) -> Query | None:
    """Return a question with the record of the last answer as its filter.

    Args:
        query: the question, as understood with the turns before it.
        conversation: these turns.
        documents: all records.

    Returns:
        None for a question that compares, or that names a time, a place, a record, or a name or number that other
        records have and this one lacks, and where the last answer cites none or several records.
    """
    cited = {document for document, _ in conversation.last_citations}
    last = [document for document in documents if document.id in cited]
    if len(last) != 1 or query.filters or query.unmet or query.sides or query.newest_first:
        return None
    if query.intent in (Intent.COMPARISON, Intent.LIBRARY):
        return None
    if _names_something_else(query.latest_text, last[0], documents):
        return None
    names = frozenset({last[0].name})
    return replace(query, filters=Filters(names=names), is_follow_up=True, last_citations=conversation.last_citations)


def _names_something_else(question: str, last: Document, documents: Sequence[Document]) -> bool:
    """Return True if a question has a name or number that the last record lacks and another one has."""
    for name in _NAME.findall(question):
        written = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        if not written.search(last.text) and any(written.search(document.text) for document in documents):
            return True
    return False

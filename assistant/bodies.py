"""Tell the bodies apart whose meetings the records are of: a board, a committee, a club."""

import re
from collections.abc import Iterable

from corpus.document import Document
from corpus.language.months import CALENDAR_WORDS
from corpus.language.tokens import content_words, stem
from corpus.language.word_lists import word_list
from index.versions import bare_title


def first_of_each_body(documents: Iterable[Document]) -> list[Document]:
    """Return the first of the records of each body, in their order."""
    kept: list[Document] = []
    for document in documents:
        if not any(is_of_one_body(document, other) for other in kept):
            kept.append(document)
    return kept


def is_of_one_body(one: Document, other: Document) -> bool:
    """Return True if two records have the same title without days, numbers and the nouns of records."""
    names = body_words(one), body_words(other)
    if not all(names):
        return one.title == other.title
    return names[0] <= names[1] or names[1] <= names[0]


def body_words(document: Document) -> frozenset[str]:
    """Return the stems of the words of a record's title that name its body."""
    words = content_words(bare_title(document.meeting.name or document.title))
    nouns = word_list("record_nouns.txt") - {"board", "committee", "council", "panel", "network", "forum"}
    return frozenset(stem(w) for w in words if not re.search(r"\d", w) and w not in nouns and w not in CALENDAR_WORDS)

"""Recognize a question for who was at a meeting, and words that say it."""

import re
from functools import cache

from assistant.understanding.recency import without_state
from corpus.language.scripts import is_cjk
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list

_TOOK_PART = re.compile(
    r"\b(?:take|takes|took|taken|taking) part\b|^\W*who(?:m| else)? (?:was|were|is|are) (?:at|in)\b"
    r"|\b(?:which|what|how many) [\w -]{2,40} (?:was|were) (?:at|in|on) (?:the|this|that) [^?]{0,60}"
    r"\b(?:meeting|session|summit|call|talks|event|hearing|conference)\b|\bwho (?:all )?came\b",
    re.IGNORECASE,
)


def asks_for_attendance(question: str) -> bool:
    """Return True if a question has a word that asks who was at a meeting."""
    return bool(_TOOK_PART.search(question)) or says_attendance(without_state(question))


def says_attendance(text: str) -> bool:
    """Return True if a text has a word that says who was at a meeting."""
    words = folded_words(text)
    return any(word in attendance_words() for word in words) or any(
        is_cjk(word) and any(other in word for other in attendance_words() if is_cjk(other)) for word in words
    )


@cache
def attendance_words() -> frozenset[str]:
    """Return the words that say who was at a meeting."""
    return word_list("attendance_words.txt")

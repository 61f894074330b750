"""Find the subject that a question leaves out: "the fees" of "What was discussed besides the fees?"."""

import re

from corpus.language.tokens import content_words

BESIDES = re.compile(
    r"\b(?:besides|apart from|aside from|other than|except(?: for)?|in addition to)\s+([^,;?]+?)"
    r"(?=[,;?]|\s+(?:which|what|who|was|were|at|in)\b|$)",
    re.IGNORECASE,
)


def left_out(question: str) -> tuple[str, tuple[str, ...]]:
    """Return the words by which a question leaves a subject out, and the content words of it; empty without one."""
    found = BESIDES.search(question)
    return (found.group(), tuple(content_words(found[1]))) if found else ("", ())

"""Find the subject of a question for what a group said: "horse racing" of "Did they mention horse racing?"."""

import re

from assistant.query import Query
from corpus.language.tokens import content_words

_SPEAKS_OF = re.compile(
    r"\b(?:did|do|does|has|have)\b.*?\b(?:say|says|said|mention(?:s|ed)?|discuss(?:ed)?|talk(?:ed)?|speak|spoken?|decided?"
    r"|concluded?|comment(?:ed)?|addressed|raised?)\b\s+(?P<subject>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_VAGUE = frozenset("anything something everything nothing much else more others other whatever rest".split())


def spoken_of(query: Query) -> set[str]:
    """Return the words of the subject, in lower case; none for any other question or an open subject.

    Args:
        query: the question; of a follow-up only its own words are read.
    """
    own = (query.keywords or query.text).rpartition(" - ")[2]
    match = None if query.language or query.sides else _SPEAKS_OF.search(own)
    subject = set(content_words(match["subject"])) if match else set()
    return set() if subject & _VAGUE else subject

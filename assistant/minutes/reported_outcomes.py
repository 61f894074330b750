"""Tell an outcome of a meeting from one that somebody only speaks of: "She replied that they had accepted"."""

import re

from assistant.minutes.outcomes import kind_of
from assistant.understanding.speakers.speech_words import is_speech_word

# A verb, and the clause behind it: "replied that the firm ...", "said they ...".
_CLAUSE = re.compile(
    r"\b(?P<verb>[a-z]+(?:ed|s|id|old|ote))\s+(?:(?:us|them|the \w+|him|her)\s+)?"
    r"(?:that\s+|(?=(?:the|it|he|she|they|its|his|her|their|no|[A-Z][\w'’-]+)\s))"
)
# "had not yet accepted", "has been withdrawn": what was done before.
_PERFECT = re.compile(r"\b(?:had|has|have)(?:\s+(?:not|never|yet|already|also|been|just|since|still|now|\w+ly))*\s+\w+")


def is_only_reported(words: str) -> bool:
    """Return True if a sentence states an outcome only as what somebody says to have been done before."""
    for clause in _CLAUSE.finditer(words):
        if is_speech_word(clause["verb"]):
            behind = words[clause.end() :]
            outside = words[: clause.start()] + _PERFECT.sub(" ", behind)
            return kind_of(words) is not None and kind_of(outside) is None
    return False

"""Recognize the words of a question by which it leaves out a time, a place or a publisher: "not", "except"."""

import re

# Words before a name that deny it.
NOT = re.compile(
    r"""\b(?:not|rather\sthan|instead\sof|as\sopposed\sto|unlike|except|excluding|without|other\sthan)\s+
    (?:(?:at|in|by|from|of|the|for|that|one|what)\s+){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
# "other than in 2021" leaves out; "but not in 2021" needs the other meeting too, so it compares.
LEFT_OUT = re.compile(
    r"""\b(?:(?<!but\s)not|except|excluding|other\sthan|apart\sfrom|besides)\s+
    (?:(?:at|in|by|from|of|for|the|that|one|meetings?|records?|\w+day|\d+|[A-Z][a-z]+)\s+){0,4}$""",
    re.VERBOSE,
)
# The words that leave a name out, with the name.
LEFT_OUT_NAME = re.compile(
    r"(?:\b(?:except(?: for)?|excluding|other than|apart from)|(?<=,)\s+not)\s+(?:(?:in|at|the|by|from|of)\s+)*"
    r"[A-Z][\w'’-]*(?:(?: and(?: the)?|,)? [A-Z][\w'’-]*)*"
)

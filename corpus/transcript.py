"""Recognize the turns of a transcript: the speaker's name at the beginning of a paragraph."""

import re

# "Q Will it ...", "**Question:** Will it ...": one who asks without a name.
_ASKER = re.compile(r"(?:\*\*)?(?:Q(?:uestion|UESTION)?(?:[.:]|\*\*)|Q\s+(?=[A-Z“\"(—–]))")
# "MS. BO: ...", "**Ada Bo (chair):** ...". Each word is read once, so that a long one takes no more time than another.
_SPEAKER = re.compile(
    r"(?:\*\*)?(?P<name>[A-Z][\w.'’-]*+(?:\s[A-Z][\w.'’-]*+){0,5}(?:\s?\([^()]{1,60}\))?):(?=\s|\*|$)"
)


def speaker_of(words: str) -> str | None:
    """Return the name at the beginning of a turn; "" for one who asks without a name, None for other text."""
    if _ASKER.match(words):
        return ""
    match = _SPEAKER.match(words)
    return match["name"] if match else None

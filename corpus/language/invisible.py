"""Find invisible characters, such as direction marks, that change how a text looks."""

import re
import unicodedata
from collections import Counter

# Directions and their overrides, spaces of no width, joiners of nothing, tags. A joiner inside an emoji or between
# letters of a script that joins, and a soft hyphen, are as they should be.
_UNSEEN = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u200b\u2060-\u2064\u206a-\u206f\ufeff\U000e0000-\U000e007f]"
    "|(?<=[\\0-\x7f])[\u200c\u200d]"
)
_MOST_NAMED = 4
_SEEN = re.compile(
    "[^\\s\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def is_blank(text: str) -> bool:
    """Return True if a text has no visible character."""
    return _SEEN.search(text) is None


def invisible(text: str) -> str | None:
    """Return a warning that counts and names the direction marks and zero-width characters of a text; else None.

    Citations keep them, so that a quotation stays a slice of the text.
    """
    found = Counter(match.group(0) for match in _UNSEEN.finditer(text))
    if not found:
        return None
    named = [f"U+{ord(c):04X} {unicodedata.name(c, 'unnamed').lower()}" for c, _ in found.most_common(_MOST_NAMED)]
    more = f" and {len(found) - _MOST_NAMED} others" if len(found) > _MOST_NAMED else ""
    count = found.total()
    return f"holds {count:,} invisible character{'s' if count != 1 else ''}: {', '.join(named)}{more}"

"""Count what a list names, for a question for a number that the record gives as a list and not as a number."""

import re
from collections.abc import Sequence

from assistant.reading.attendance import names_in
from assistant.reading.lists.find import ListItem
from assistant.reading.lists.question import ChosenList
from assistant.understanding.attendance import asks_for_attendance
from corpus.language.tokens import folded_words

_HOW_MANY = re.compile(r"\bhow many\b|何(?:か国|カ国|人|名|件|社)|いくつ", re.IGNORECASE)
# Words of an item that is one name.
_SHORT = 6
# A list that leaves something out cannot be counted.
_NUMBER = re.compile(r"\b\d+ [^\W\d_]{3,}")
_LEAVES_OUT = re.compile(r"\bet al\b|\b(?:and|among) others\b|\betc\b|\bincluding\b|など|ほか|等", re.IGNORECASE)


def count_listed(question: str, lists: Sequence[ChosenList]) -> str:
    """Return the number of what some lists name, such as "11 listed" or "27 listed (20, 7)"; "" where it is not sure.

    Args:
        question: as typed.
        lists: the lists that are quoted whole.
    """
    items = [item for one in lists for item in one.items]
    documents = {item.passage.document.id for item in items}
    if not items or len(documents) > 1 or not _HOW_MANY.search(question):
        return ""
    if any(_LEAVES_OUT.search(item.text) or _NUMBER.search(item.text) for item in items):
        return ""
    if not asks_for_attendance(question):
        return f"{len(items)} listed" if all(one.is_whole for one in lists) and len(items) > 1 else ""
    counts = [len({" ".join(folded_words(name)) for name in _names(item)}) for item in items]
    if not all(counts):
        return ""
    return f"{sum(counts)} listed" + (f" ({', '.join(map(str, counts))})" if len(counts) > 1 else "")


def _names(item: ListItem) -> list[str]:
    """Return the names in an item of a list of participants; a short item is one name."""
    return names_in(item.text) or ([item.text] if len(item.text.split()) <= _SHORT else [])

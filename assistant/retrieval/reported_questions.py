"""Tell a sentence that only reports a question, "Ms Roe asked why the ferry was late", from one that answers."""

import re
from functools import cache

from corpus.language.word_lists import alternatives

_FILE = "reported_questions.toml"
# Words between the verb and the question: whom somebody asks.
_MOST_BETWEEN = 8


@cache
def _reported() -> re.Pattern[str]:
    """Return the pattern of a verb that asks, with the word before it, up to the word that begins the question."""
    between = rf"(?:\s+(?!(?:{alternatives(_FILE, 'not_between')})\b)[\w.'’-]+){{0,{_MOST_BETWEEN}}}?"
    verbs, begins = alternatives(_FILE, "verbs"), alternatives(_FILE, "begins")
    return re.compile(
        rf"(?P<before>\b[\w.'’]+)\s+(?:{verbs})\b{between},?\s+(?:{begins})\b"
        rf"|(?:{alternatives(_FILE, 'japanese')})",
        re.IGNORECASE,
    )


@cache
def _told() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a word before the verb and of a clause behind it that tell more than a question."""
    before = re.compile(rf"(?:{alternatives(_FILE, 'not_behind')})", re.IGNORECASE)
    return before, re.compile(rf";|,\s+(?:{alternatives(_FILE, 'goes_on')})\b", re.IGNORECASE)


def reports_question(sentence: str) -> bool:
    """Return True if a sentence of a record reports a question and nothing else, so that it answers nothing."""
    found = _reported().search(sentence)
    if not found:
        return False
    before, goes_on = _told()
    is_told = found["before"] and before.fullmatch(found["before"])
    return not is_told and not goes_on.search(sentence, found.end())

"""Questions on a record that its structure or its facts may answer: what to ask next, or first."""

from collections.abc import Iterator

from assistant.wording import say
from corpus.document import Document
from corpus.language.months import spell_days

# In the order in which they are offered; those of the first kind name the record by its day, the others by its title.
_OF_DAY = ("next_decided", "next_tasks", "next_attended", "next_agenda")
_OF_TITLE = ("next_points", "next_when")
_LONGEST_TITLE = 120  # characters


def questions_on(document: Document, language: str) -> Iterator[str]:
    """Yield the questions on a record in a language, those for outcomes first."""
    if period := document.meeting.period:
        days = spell_days(*period, language)
        yield from (say(language, key, days=days) for key in _OF_DAY)
    title = " ".join(document.title.split())
    if len(title) <= _LONGEST_TITLE:
        yield from (say(language, key, title=title) for key in _OF_TITLE)

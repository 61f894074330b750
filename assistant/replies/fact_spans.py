"""Find the sentence of a record that states a fact about it: its days, place, presidency, mode or publication."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from assistant.citations.citation import Citation
from corpus.document import Document, Kind
from corpus.language.countries import also_called
from corpus.language.dates import YEAR, find_date_ranges
from corpus.metadata.place import mode_in
from corpus.passages import Passage

States = Callable[[str], bool]

_OFFICE = r"(?:presid\w+|chair\w*|host\w*|議長国?|主催)"
# The longest line that is a date and nothing else, such as "Published on 30 April 2023".
_DATE_LINE = 60
_LETTERHEAD = 120


def find_fact(document: Document, passages: Sequence[Passage], fact: str) -> Citation | None:
    """Return the first sentence that states a fact, body text before titles; None if no sentence does.

    Args:
        document: the record.
        passages: all its passages, in order.
        fact: a name of `corpus.facts`.
    """
    states = _statement_of(document, fact)
    if states is None:
        return None
    in_titles = sorted(passages, key=lambda p: p.kind in (Kind.TITLE, Kind.HEADING))  # stable: order of the text
    for passage in in_titles:
        if passage.kind is Kind.MENU:
            continue
        for span in passage.sentences():
            if states(" ".join(span.of(document.text).split())):
                return Citation(document, span, passage.headings)
    return None


def _statement_of(document: Document, fact: str) -> States | None:
    """Return a function that tells if a sentence states the fact; None for one that sentences do not state."""
    meeting = document.meeting
    if fact in ("meeting_date", "weekday", "duration") and meeting.first_day:
        return partial(_states_days, document)
    if fact == "place" and meeting.place:
        return partial(_has_word, meeting.place.partition(",")[0].strip())
    if fact == "presidency" and meeting.presidency:
        return partial(_states_presidency, document, _presidency_pattern(meeting.presidency))
    if fact in ("mode", "place") and meeting.mode:
        return lambda sentence: mode_in(sentence, sentence, sentence) == meeting.mode
    if fact == "published" and document.published:
        return partial(_states_publication, document)
    if fact == "publisher" and document.publisher:
        return partial(_is_letterhead, document.publisher.partition("(")[0].partition(",")[0].strip())
    return None


def _states_days(document: Document, sentence: str) -> bool:
    return any(found.resolve(document.published) == document.meeting.period for found in find_date_ranges(sentence))


def _states_publication(document: Document, sentence: str) -> bool:
    day = document.published
    dates = [d for d in find_date_ranges(sentence) if d.resolve() == (day, day)]
    return any(d.start == 0 or len(sentence) < _DATE_LINE for d in dates)


def _states_presidency(document: Document, presides: re.Pattern[str], sentence: str) -> bool:
    """Return True if a sentence names the presiding country as such, and no year but the meeting's."""
    day = document.meeting.first_day
    years = {str(day.year)} if day else set()
    return bool(presides.search(sentence)) and set(re.findall(rf"\b{YEAR}\b", sentence)) <= years


def _presidency_pattern(country: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in (country, *also_called(country)))
    near = r"(?:['’]s)?\W+(?:(?:G ?\d+|the|as|of|is|was|in|by|meeting|summit)\W+){0,3}"
    return re.compile(
        rf"\b(?:{names})\b{near}{_OFFICE}|\b{_OFFICE}\W+(?:(?:of|by|the|is|was|in)\W+){{0,2}}(?:{names})\b",
        re.IGNORECASE,
    )


def _has_word(word: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word), sentence) is not None


def _is_letterhead(publisher: str, sentence: str) -> bool:
    return len(sentence) <= _LETTERHEAD and _has_word(publisher, sentence)

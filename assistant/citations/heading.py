"""Headings above quotations: the meeting or record with its place, days and publisher, no two of an answer alike."""

from collections import Counter
from collections.abc import Iterable

from corpus.document import Document
from corpus.errors import printable
from corpus.language.dates import states_days
from corpus.language.months import spell_day
from index.versions import version_of

_LONGEST_TITLE = 120


def source_headings(documents: Iterable[Document]) -> dict[str, str]:
    """Return the heading of each document by its name; those that would be alike with their version or their name."""
    by_name = {document.name: document for document in documents}
    counts = Counter(map(source_heading, by_name.values()))
    labels = Counter((source_heading(d), version_of(d).label) for d in by_name.values())
    headings = {}
    for name, document in by_name.items():
        heading, label = source_heading(document), version_of(document).label
        mark = label if label and labels[heading, label] == 1 else name
        headings[name] = heading if counts[heading] == 1 else f"{heading}, {printable(mark)}"
    return headings


def source_heading(document: Document) -> str:
    """Return the meeting or the record that is cited, with its place, days and publisher.

    Such as "G20 Digital Ministers' Meeting, Trieste, Italy, 5 August 2021 (METI)".
    """
    meeting = document.meeting
    name = _shorten(meeting.name or document.title)
    forum = meeting.forum if meeting.forum and meeting.forum.casefold() not in name.casefold() else None
    place = meeting.place or _mode(meeting.mode)
    if place and place.partition(",")[0].casefold() in name.casefold():
        place = None
    published = f"published {spell_day(document.published)}" if document.published else None
    period = meeting.period or (document.published and (document.published, document.published))
    days = "" if period and states_days(name, period) else meeting.days or published
    heading = ", ".join(part for part in (forum, name, place, days) if part)
    return f"{heading} ({document.short_publisher})" if document.short_publisher else heading


def _shorten(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rpartition(" ")[0] + " …"


def _mode(mode: str | None) -> str | None:
    return mode if mode in ("online", "hybrid") else None

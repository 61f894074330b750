"""Headings above quotations: the meeting or record with its place, days and publisher, no two of an answer alike."""

from collections import Counter
from collections.abc import Iterable

from assistant.wording import say
from corpus.document import Document
from corpus.errors import printable
from corpus.language.dates import states_days
from corpus.language.months import spell_days
from index.versions import version_of

_LONGEST_TITLE = 120


def source_headings(documents: Iterable[Document], language: str = "en") -> dict[str, str]:
    """Return the heading of each document by its name; those that would be alike with their version or their name.

    Args:
        documents: the documents.
        language: of their days, a code for which there are texts of replies.
    """
    by_name = {document.name: document for document in documents}
    found = {name: source_heading(document, language) for name, document in by_name.items()}
    counts = Counter(found.values())
    labels = Counter((found[d.name], version_of(d).label) for d in by_name.values())
    headings = {}
    for name, document in by_name.items():
        heading, label = found[name], version_of(document).label
        mark = label if label and labels[heading, label] == 1 else name
        headings[name] = heading if counts[heading] == 1 else f"{heading}, {printable(mark)}"
    return headings


def source_heading(document: Document, language: str = "en") -> str:
    """Return the meeting or the record that is cited, with its place, days and publisher.

    Such as "G20 Digital Ministers' Meeting, Trieste, Italy, 5 August 2021 (METI)".
    """
    meeting = document.meeting
    name = _shorten(meeting.name or document.title)
    forum = meeting.forum if meeting.forum and meeting.forum.casefold() not in name.casefold() else None
    place = meeting.place or (say(language, meeting.mode) if meeting.mode in ("online", "hybrid") else None)
    if place and place.partition(",")[0].casefold() in name.casefold():
        place = None
    period = meeting.period or (document.published and (document.published, document.published))
    days = spell_days(*period, language) if period and not states_days(name, period) else ""
    if days and not meeting.period:
        days = say(language, "published", day=days)
    heading = ", ".join(part for part in (forum, name, place, days) if part)
    return f"{heading} ({document.short_publisher})" if document.short_publisher else heading


def _shorten(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rpartition(" ")[0] + " …"

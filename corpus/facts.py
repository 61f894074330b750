"""What is known about a record beside its text, and where each fact comes from."""

from dataclasses import dataclass
from datetime import date

# The names of the facts, as front matter, corrections and the page use them.
FACTS = (
    "title",
    "publisher",
    "published",
    "address",
    "language",
    "forum",
    "meeting",
    "meeting_date",
    "meeting_end",
    "place",
    "presidency",
    "mode",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it was found.

    Attributes:
        name: one of `FACTS`.
        value: words, or a day for `published`, `meeting_date` and `meeting_end`.
        origin: where it stands: "front matter", "HTML metadata", "PDF information", "first lines", "file name" ...
    """

    name: str
    value: str | date
    origin: str

"""Group the records of one meeting."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from corpus.document import Document
from corpus.facts import meeting_key


@dataclass(frozen=True, slots=True)
class RecordedMeeting:
    """A meeting with the records of it, at least one."""

    documents: tuple[Document, ...]

    @property
    def first(self) -> Document:
        """The first of its records."""
        return self.documents[0]


def group_by_meeting(documents: Iterable[Document]) -> list[RecordedMeeting]:
    """Return the meetings of the records, in their order; a record without the day of a meeting stands alone."""
    groups: dict[Hashable, list[Document]] = {}
    for document in documents:
        groups.setdefault(meeting_key(document), []).append(document)
    return [RecordedMeeting(tuple(group)) for group in groups.values()]

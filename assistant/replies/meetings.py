"""Group the records of one meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Document


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
    groups: dict[tuple[object, ...], list[Document]] = {}
    for document in documents:
        meeting = document.meeting
        is_known = meeting.first_day and (meeting.forum or meeting.place)
        key = (meeting.forum, meeting.place, meeting.first_day) if is_known else (document.name,)
        groups.setdefault(key, []).append(document)
    return [RecordedMeeting(tuple(group)) for group in groups.values()]

"""Values that a library returns: summaries, source files, outcomes of a change, rows of evidence and conversations."""

from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Meeting
from corpus.errors import printable

# Weight of a word in the headings or the title in the search by words; a word in the text has 1.
HEADING_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding one document.

    Attributes:
        name: the document's name in the library.
        outcome: "added", "replaced" (a new version of the same file), "unchanged", or "same as" another document.
        former: the version that was replaced; None where there was none.
    """

    name: str
    outcome: str
    former: Document | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A file from which a document was added.

    Attributes:
        path: the file's source path.
        document: the name of the document that has its text.
        sha256: of the file's bytes; None where they are unknown.
        is_outdated: the file has to be read again, whatever its bytes.
        is_primary: the document's facts are those of this file, not of another file with the same text.
        origins: where the document's facts come from, see `Document.origins`.
    """

    path: str
    document: str
    sha256: str | None
    is_outdated: bool
    is_primary: bool
    origins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text, as tables show it.

    Attributes:
        name: its name in the library.
        id: the identity of its text, see `Document.id`.
        path: the file that it was added from; None for a founding record.
        title: see `Document`.
        publisher: see `Document`.
        published: see `Document`.
        meeting: see `Document`.
        pages: number of pages of its file; 0 for a file without pages.
        warnings: see `Document`.
        passages: number of its searchable passages.
        has_original: its file is kept.
        is_corrected: the user has corrected a fact of it.
        is_private: only the user who acts sees it.
    """

    name: str
    id: str
    path: str | None
    title: str
    publisher: str | None
    published: date | None
    meeting: Meeting
    pages: int
    warnings: tuple[str, ...]
    passages: int
    has_original: bool
    is_corrected: bool
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A document of the library that has nearly the same text as another one.

    Attributes:
        name: its name in the library.
        share: the share of the other one's text that it contains, in [0, 1].
        is_version: True if it differs in more, and has the title and the day of the other one.
    """

    name: str
    share: float
    is_version: bool = False

    def __str__(self) -> str:
        if self.is_version:
            percent = int(100 * self.share)
            return f"seems another version of {printable(self.name)} (the same title and day, {percent} % of its text)"
        return f"nearly the same as {printable(self.name)} ({int(100 * self.share)} % of its text)"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One stored quotation of the evidence list.

    Attributes:
        id: its number, which no other row ever gets; 0 for a row that is not stored yet.
        place: its position in the list; rows with equal places are ordered by id.
        anchor: the full anchor as JSON.
        section: the headings above the quotation as a JSON list.
        reference: its source, as a footnote names it.
        note: the user's note.
        heading: the heading above this item; empty for none.
        removed: None for a row in the list; else the number of the removal that took it out.
        owner: the user whose list it is; empty where the library has no users.
    """

    id: int
    place: int
    anchor: str
    section: str
    reference: str
    note: str = ""
    heading: str = ""
    removed: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One stored conversation.

    Attributes:
        id: a name that cannot be guessed.
        owner: the user whose conversation it is; empty where the library has no users.
        name: what the user calls it.
        used: the time of its last question, in ISO 8601 with seconds, UTC.
        removed: None for a conversation that is listed; else the number of the removal that took it out.
        filters: the filters and records that the user chose last, as JSON.
    """

    id: str
    owner: str
    name: str
    used: str
    removed: int | None = None
    filters: str = "{}"


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One stored question of a conversation with its reply.

    Attributes:
        conversation: the id of the conversation.
        place: its position among the questions of the conversation, from 0.
        question: the question as typed.
        filters: the filters that the user had chosen, as JSON.
        reply: the query and the reply as JSON; None for a question that is not answered.
    """

    conversation: str
    place: int
    question: str
    filters: str = "{}"
    reply: str | None = None

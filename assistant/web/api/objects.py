"""The JSON objects that `json_api` and the findings of a check return, described for the OpenAPI document."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Object(BaseModel):
    """An object of exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Object):
    """A refused request: one line that says what is wrong and what to do."""

    error: str


class SpeakerName(Object):
    """Who says a quotation; `reported` where the record tells what was said."""

    name: str
    person: str = ""
    office: str = ""
    seconds: float = 0
    reported: bool


class CitedPassage(Object):
    """An exact quotation of a document: its text from `start` to `end`."""

    marker: int
    document: str
    title: str
    publisher: str | None
    published: str | None
    meeting_date: str | None
    url: str | None
    link: str | None
    section: list[str]
    page: int = 1
    last_page: int = 1
    speaker: SpeakerName | None = None
    start: int
    end: int
    quote: str
    anchor: str


class ReplyObject(Object):
    """A question with its answer, or the reason why the records do not answer it and the passages nearest to it."""

    id: str | int | float | None
    question: str
    query: str
    answered: bool
    kind: str
    answer: str
    reason: str | None
    citations: list[CitedPassage]
    nearest: list[CitedPassage]
    latency_ms: float


class KeptReply(ReplyObject):
    """A reply that was kept in a conversation."""

    conversation: str


class FoundPassage(Object):
    """A passage that a search found; the scores have no meaning beyond their order."""

    document: str
    start: int
    end: int
    score: float
    text: str


class Passages(Object):
    """The passages that fit a query, best first."""

    id: str | int | float | None
    hits: list[FoundPassage]


class MeetingFacts(Object):
    """The facts of a document about its meeting."""

    forum: str | None
    name: str | None
    first_day: str | None
    last_day: str | None
    place: str | None
    presidency: str | None
    mode: str | None


class DocumentFacts(Object):
    """The facts of a document; `origins` has where each was found."""

    document: str
    title: str
    publisher: str | None
    published: str | None
    meeting_date: str | None
    meeting: MeetingFacts
    language: str | None
    pages: int
    origins: dict[str, str]
    warnings: list[str]
    url: str | None
    path: str | None
    media_type: str
    sha256: str
    characters: int
    private: bool = False


class OutlineBlock(Object):
    """A heading, paragraph, list item or other block of a document's text."""

    kind: str
    level: int
    start: int
    end: int
    words: str


class WholeDocument(DocumentFacts):
    """A document with its outline and its text."""

    outline: list[OutlineBlock]
    text: str


class Ingested(Object):
    """A file that was to be added, with what became of it."""

    path: str
    outcome: str
    document: str | None
    reason: str | None
    warnings: list[str]


class Removed(Object):
    """A document that was removed."""

    document: str


class FindingsObject(Object):
    """The findings about a report; the README describes the verdicts. `ok` where nothing has to be corrected."""

    report: str
    quotations: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    counts: dict[str, int]
    titles: int
    works: list[dict[str, str]]
    unread: dict[str, int]
    own: list[str]
    scope: str
    ok: bool


class ConversationObject(Object):
    """A kept conversation; `used` is the time of its last question."""

    id: str
    name: str
    used: str
    questions: int


class KeptTurn(Object):
    """A kept question with its reply; `trouble` says why there is none."""

    question: str
    reply: ReplyObject | None
    trouble: str | None


class WholeConversation(ConversationObject):
    """A kept conversation with its questions, oldest first."""

    turns: list[KeptTurn]


class RecordSetObject(Object):
    """A saved set of records; `gone` names those that are no longer in the library."""

    name: str
    records: list[str]
    gone: list[str]

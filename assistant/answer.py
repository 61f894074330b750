"""What the assistant says: an answer made of quotations, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.citations.citation import Citation
from corpus.language.months import spell_day
from corpus.span import Span
from index.search.filters import Filters
from index.search.hybrid import Hit


class Reason(StrEnum):
    """Why a question is not answered."""

    NOT_IN_RECORDS = "not_in_records"
    FACT_NOT_IN_RECORDS = "fact_not_in_records"
    SMALL_TALK = "small_talk"
    UNSAFE_REQUEST = "unsafe_request"


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The few words of a citation that say what was asked: a name, a day, a place, a number.

    Attributes:
        citation: the quotation that holds the words.
        span: their place in its document, inside the citation's own.

    Raises:
        ValueError: the span leaves the citation.
    """

    citation: Citation
    span: Span

    def __post_init__(self) -> None:
        cited = self.citation.span
        if self.span.start < cited.start or self.span.end > cited.end:
            raise ValueError(f"the first line {self.span} lies outside the citation {cited}")

    @property
    def words(self) -> str:
        """The words, on one line."""
        return " ".join(self.span.of(self.citation.document.text).split())


@dataclass(frozen=True)
class Answer:
    """Quotations that answer a question.

    Attributes:
        citations: what supports the answer, best first; at least one.
        notes: what the reader must know about the search, such as a filter that was relaxed.
        lead: what was asked, where one of the citations alone says it; None in any doubt.

    Raises:
        ValueError: there is no citation, or the lead is from none of them.
    """

    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    lead: ShortAnswer | None = None

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer needs at least one citation; without one it is an Abstention")
        if self.lead and self.lead.citation not in self.citations:
            raise ValueError(f"the first line “{self.lead.words}” is from no citation of the answer")

    @cached_property
    def in_order(self) -> tuple[Citation, ...]:
        """The citations as the text has them, marker 1 first: by the day of the meeting, document and place."""
        return tuple(sorted(self.citations, key=_place))

    def marker(self, citation: Citation) -> int:
        """The number that ties a citation to its sentence in the text, from 1."""
        return self.in_order.index(citation) + 1

    @cached_property
    def text(self) -> str:
        """What was asked, where it is known; then the quotations, under the meeting that each group is from."""
        lines = [f"{self.lead.words} [{self.marker(self.lead.citation)}]\n"] if self.lead else []
        for i, citation in enumerate(self.in_order):
            before = self.in_order[i - 1] if i else None
            if before is None or before.document != citation.document:
                lines.append(("\n" if before else "") + source_heading(citation) + ":")
            lines.append(f"{' '.join(citation.quote.split())} [{i + 1}]")
        return "\n".join(lines)


@dataclass(frozen=True)
class SearchSummary:
    """What was searched before the assistant gave up.

    Attributes:
        query: the standalone query.
        records: how many records were searched.
        filters: what narrowed the search.
        known: words of the question that the records hold.
        missing: words of the question that they do not hold.
        unmet: years or forums of the question that no record is from.
    """

    query: str
    records: int
    filters: Filters = Filters()
    known: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abstention:
    """No answer, and why.

    Attributes:
        reason: the kind of abstention.
        text: what the user is told.
        searched: what was searched; None when nothing was.
        nearest: the nearest passages, shown as what they are and never as an answer.
        notes: what the reader must know about the search, such as the language that was taken for the question's.
    """

    reason: Reason
    text: str
    searched: SearchSummary | None = None
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


Reply = Answer | Abstention


def source_heading(citation: Citation) -> str:
    """Meeting and publisher of a cited record, in one line: "G20, Trieste, Italy, 5 August 2021 (METI)"."""
    document, meeting = citation.document, citation.document.meeting
    published = f"published {spell_day(document.published)}" if document.published else None
    parts = [meeting.forum, meeting.place or _format(meeting.mode), meeting.days or published]
    named = ", ".join(part for part in parts if part) if meeting.days or meeting.forum else ""
    if not named:
        named = ", ".join(filter(None, (document.title, published)))
    return f"{named} ({document.short_publisher})" if document.short_publisher else named


def _format(mode: str | None) -> str | None:
    return mode if mode in ("online", "hybrid") else None


def _place(citation: Citation) -> tuple[str, str, int]:
    return (citation.day.isoformat() if citation.day else "9999", citation.document.name, citation.span.start)

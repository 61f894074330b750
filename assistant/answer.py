"""Reply to a question: an answer made of quotations with their sources, or an abstention with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from assistant.citations.citation import Citation
from assistant.heading import source_headings
from assistant.wording import join_words, quote_words, say, spell_filters
from corpus.span import Span
from corpus.speech import question_before
from index.search.filters import Filters
from index.search.hybrid import Hit
from index.versions import version_of


class ReplyKind(StrEnum):
    """Kind of a reply, as the field `kind` of the JSON contract names it."""

    QUOTES = "quotes"
    LIBRARY = "library"
    OUTLINE = "outline"
    ABSTENTION = "abstention"


class Reason(StrEnum):
    """Reason for which a question is not answered; of several questions in one message the first reason here counts."""

    FACT_NOT_IN_RECORDS = "fact_not_in_records"
    NOT_IN_RECORDS = "not_in_records"
    SMALL_TALK = "small_talk"
    UNSAFE_REQUEST = "unsafe_request"


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """Words of a citation that answer the question by themselves: a name, a day, a place or a number.

    Attributes:
        citation: the quotation that holds the words.
        span: the position of the words in the document, inside the span of the citation.

    Raises:
        ValueError: the span is not inside that of the citation.
    """

    citation: Citation
    span: Span

    def __post_init__(self) -> None:
        cited = self.citation.span
        if self.span.start < cited.start or self.span.end > cited.end:
            raise ValueError(f"the short answer {self.span} lies outside the citation {cited}")

    @property
    def words(self) -> str:
        """The words, on one line."""
        return " ".join(self.span.of(self.citation.document.text).split())


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a reply in the assistant's own words, made of facts of the records.

    Attributes:
        text: the line, such as "5 August 2021".
        citations: where the records state the facts; empty where no text does.
    """

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Quotations that answer a question, statements about the library and its facts, or the outline of a record.

    >>> from assistant.assistant import Assistant
    >>> from index.library import open_library
    >>> reply = Assistant.open(open_library("talks")).ask("On what days did ministers meet in 2023?").reply
    >>> isinstance(reply, Answer), reply.text.splitlines()[0]
    (True, '29-30 April 2023 [1]')

    Attributes:
        citations: quotations that support the answer, best first; at least one unless it is about the library.
        notes: what the reader must know about the search, such as a filter that was relaxed.
        short_answer: the words of one citation that answer the question by themselves; None where there is doubt.
        kind: QUOTES, LIBRARY or OUTLINE.
        statements: lines in front of the quotations; a reply about the library has at least one.
        more: further passages that fit, best first; they are shown on request.
        newest_first: True to show the newest record first.
        language: code of the language of the lines around the quotations.

    Raises:
        ValueError: there is neither a citation nor a statement about the library, or the short answer or a statement
            cites what the answer does not.
    """

    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    short_answer: ShortAnswer | None = None
    kind: ReplyKind = ReplyKind.QUOTES
    statements: tuple[Statement, ...] = ()
    more: tuple[Citation, ...] = ()
    newest_first: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        if self.kind is ReplyKind.ABSTENTION:
            raise ValueError("an answer is no abstention")
        if not self.citations and not (self.kind is ReplyKind.LIBRARY and self.statements):
            raise ValueError("an answer needs at least one citation; without one it is an Abstention")
        if self.short_answer and self.short_answer.citation not in self.citations:
            raise ValueError(f"the short answer “{self.short_answer.words}” is from no citation of the answer")
        for statement in self.statements:
            if not set(statement.citations) <= set(self.citations):
                raise ValueError(f"the statement “{statement.text}” cites what the answer does not")

    @cached_property
    def in_order(self) -> tuple[Citation, ...]:
        """The citations in the order of the text, marker 1 first: by day of the meeting, document and position.

        The newest day comes first where the newest state is asked for; records without a day come last.
        An outline keeps its own order.
        """
        if self.kind is ReplyKind.OUTLINE:
            return self.citations
        ordered = sorted(self.citations, key=_date_and_position)
        # Sorting keeps the order of equal days.
        return tuple(sorted(ordered, key=_age) if self.newest_first else ordered)

    @property
    def quotations(self) -> tuple[Citation, ...]:
        """The citations that are quoted below the statements, in order; none below a list of several statements."""
        is_list = self.kind is ReplyKind.LIBRARY and len(self.statements) > 1
        return () if is_list else self.in_order

    @cached_property
    def headings(self) -> dict[str, str]:
        """The heading of each cited record by its name, no two alike."""
        return source_headings([citation.document for citation in self.citations], self.language)

    def marker(self, citation: Citation) -> int:
        """Return the number that the text shows behind the sentence of a citation, from 1."""
        return self.in_order.index(citation) + 1

    @cached_property
    def text(self) -> str:
        """The short answer and the statements if there are any; then the quotations, grouped under their record."""
        short = self.short_answer
        lines = [f"{short.words} [{self.marker(short.citation)}]"] if short else []
        for statement in self.statements:
            markers = sorted(map(self.marker, statement.citations))
            lines.append(" ".join([statement.text, *(f"[{marker}]" for marker in markers)]))
        parts = ["\n".join(lines)] if lines else []
        for _, group in groupby(self.quotations, key=lambda citation: citation.document.name):
            citations = list(group)
            quoted = (f"{self.above(c)}{introduce(c, self.language)} [{self.marker(c)}]" for c in citations)
            parts.append("\n".join((f"{self.headings[citations[0].document.name]}:", *quoted)))
        return "\n\n".join(parts)

    def above(self, citation: Citation) -> str:
        """Return the heading above a citation of an outline, as a line of its own, where it is another than before."""
        if self.kind is not ReplyKind.OUTLINE or not citation.section:
            return ""
        position = self.in_order.index(citation)
        before = self.in_order[position - 1] if position else None
        is_same = before and (before.document.name, before.section) == (citation.document.name, citation.section)
        return "" if is_same else f"{citation.section[-1]}\n"


@dataclass(frozen=True)
class SearchSummary:
    """Summary of a search that ended without an answer.

    Attributes:
        query: the standalone query.
        records: number of records that were searched.
        filters: the filters of the search.
        known: words of the question that occur in the records.
        missing: names and subjects of the question that do not occur in them.
        unmet: years or forums of the question that no record is from.
        speaker: the person whose words the question asks for, as typed; empty if it asks for nobody's.
        undated: number of records that were searched although their day, which the question names, is unknown.
        language: code of the language of the reply.
    """

    query: str
    records: int
    filters: Filters = Filters()
    known: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    speaker: str = ""
    undated: int = 0
    language: str = "en"


@dataclass(frozen=True)
class Abstention:
    """Reply to a question that is not answered.

    >>> from assistant.assistant import Assistant
    >>> from index.library import open_library
    >>> reply = Assistant.open(open_library("talks")).ask("What was decided in Bali in 2022?").reply
    >>> isinstance(reply, Abstention), reply.reason.value
    (True, 'not_in_records')

    Attributes:
        reason: the reason.
        text: the reply for the user.
        search: the summary of the search; None when nothing was searched.
        nearest: the nearest passages; they are shown as such and never as an answer.
        notes: what the reader must know about the search, such as the language that the question seems to be in.
        language: code of the language of the reply.
    """

    reason: Reason
    text: str
    search: SearchSummary | None = None
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = "en"

    @property
    def kind(self) -> ReplyKind:
        """ABSTENTION."""
        return ReplyKind.ABSTENTION


Reply = Answer | Abstention

# The replies to messages that are not searched.
_UNSEARCHED = {
    Reason.SMALL_TALK: "Hello. I answer questions about the meetings in your records, in the records' own words."
    " Ask me what was said, decided or attended.",
    Reason.UNSAFE_REQUEST: "I only quote what the records say, word for word, and name where it stands."
    " I cannot set that aside or put words into a record.",
}


def introduce(citation: Citation, language: str = "en") -> str:
    """Return the words of a citation for display, those from a turn behind its speaker: "Ada Bo, 0:31: ..."."""
    if not citation.speaker or citation.speaker.is_reported:
        return citation.shown
    asked = question_before(citation.document, citation.span)
    return f"{citation.said_by}{say(language, 'asked', question=asked) if asked else ''}: {citation.shown}"


def abstain(reason: Reason, search: SearchSummary | None = None, nearest: Sequence[Hit] = ()) -> Abstention:
    """Return the reply to a question that is not answered.

    Args:
        reason: the reason for the abstention.
        search: the summary of the search; None for a message that is no question.
        nearest: the nearest passages, best first.
    """
    if search is None or reason in _UNSEARCHED:
        return Abstention(reason, _UNSEARCHED[reason], search, tuple(nearest))
    text = say(search.language, "space").join(_sentences(reason, search))
    return Abstention(reason, text, search, tuple(nearest), language=search.language)


def _sentences(reason: Reason, search: SearchSummary) -> list[str]:
    language, within = search.language, ""
    if search.filters:
        within = say(language, "within", filters=spell_filters(search.filters, language))
    searched = f"{say(language, 'searched', search.records)}{within}"
    key = "nothing_said" if search.speaker else reason.value
    sentences = [say(language, key, searched=searched, speaker=search.speaker)]
    if search.filters and not search.records:
        sentences.append(say(language, "no_condition"))
    missing = [word for word in search.missing if word not in search.unmet]
    if missing and search.records:
        sentences.append(say(language, "not_mentioned", words=quote_words(missing, language)))
    if search.unmet:
        sentences.append(say(language, "not_from", names=join_words(search.unmet, language=language)))
    if search.undated:
        sentences.append(say(language, "undated", search.undated))
    return sentences


def _date_and_position(citation: Citation) -> tuple[str, int, float, str, int]:
    """Return the sort key of a citation: its day, the newer version first, then name and position."""
    rank, number = version_of(citation.document).rank
    day = citation.day.isoformat() if citation.day else "9999"
    return (day, -rank, -number, citation.document.name, citation.span.start)


def _age(citation: Citation) -> int:
    """Return a number that is the smaller, the newer the day; 0, behind all days, for a record without one."""
    return -citation.day.toordinal() if citation.day else 0

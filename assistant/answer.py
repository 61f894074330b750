"""Reply to a question: an answer made of quotations with their sources, or an abstention with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from assistant.citations.citation import Citation
from assistant.citations.heading import source_headings
from assistant.wording import count, join_words, reply_language
from corpus.span import Span
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

    Attributes:
        citations: quotations that support the answer, best first; at least one unless it is about the library.
        notes: what the reader must know about the search, such as a filter that was relaxed.
        short_answer: the words of one citation that answer the question by themselves; None where there is doubt.
        kind: QUOTES, LIBRARY or OUTLINE.
        statements: lines in front of the quotations; a reply about the library has at least one.
        more: further passages that fit, best first; they are shown on request.
        newest_first: True to show the newest record first.

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
        return source_headings([citation.document for citation in self.citations])

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
            quoted = (f"{self.above(c)}{c.introduced} [{self.marker(c)}]" for c in citations)
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
    """

    query: str
    records: int
    filters: Filters = Filters()
    known: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    speaker: str = ""
    undated: int = 0


@dataclass(frozen=True)
class Abstention:
    """Reply to a question that is not answered.

    Attributes:
        reason: the reason.
        text: the reply for the user.
        search: the summary of the search; None when nothing was searched.
        nearest: the nearest passages; they are shown as such and never as an answer.
        notes: what the reader must know about the search, such as the language that the question seems to be in.
    """

    reason: Reason
    text: str
    search: SearchSummary | None = None
    nearest: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> ReplyKind:
        """ABSTENTION."""
        return ReplyKind.ABSTENTION


Reply = Answer | Abstention

# The text of each reason; "{records}" becomes "5 records I searched (G20)".
_TEXTS = {
    Reason.NOT_IN_RECORDS: "I found no passage that answers this in the {records}.",
    Reason.FACT_NOT_IN_RECORDS: "I found no passage that answers this in the {records}, though some are on the topic.",
    Reason.SMALL_TALK: "Hello. I answer questions about the meetings in your records, in the records' own words."
    " Ask me what was said, decided or attended.",
    Reason.UNSAFE_REQUEST: "I only quote what the records say, word for word, and name where it stands."
    " I cannot set that aside or put words into a record.",
}
_NOTHING_SAID = "I found nothing said by {speaker} about that in the {records}."
# The same in Japanese, for questions in it; "{records}" becomes "検索した5件の記録（G20）".
_TEXTS_JA = {
    Reason.NOT_IN_RECORDS: "{records}には、答えとなる箇所が見つかりませんでした。",
    Reason.FACT_NOT_IN_RECORDS: "{records}には、答えとなる箇所が見つかりませんでした。話題に触れた箇所はあります。",
}
_NOTHING_SAID_JA = "{records}には、{speaker}のその件についての発言が見つかりませんでした。"
# Replies to messages that are no questions; the default is a greeting.
SMALL_TALK_TEXTS = {
    "thanks": "You are welcome. Ask me more about the records whenever you like.",
    "farewell": "Goodbye. The records stay here for your next question.",
    "approval": "Good. Ask me more about the records whenever you like.",
    "thanks, ja": "どういたしまして。記録について、ほかにもお尋ねください。",
    "farewell, ja": "さようなら。またいつでもお尋ねください。",
    "approval, ja": "記録について、ほかにもお尋ねください。",
    "greeting, ja": "こんにちは。記録にある会合について、記録の言葉のままお答えします。"
    "発言、決定、出席者などをお尋ねください。",
}


def abstain(reason: Reason, search: SearchSummary | None = None, nearest: Sequence[Hit] = ()) -> Abstention:
    """Return the reply to a question that is not answered.

    Args:
        reason: the reason for the abstention.
        search: the summary of the search; None for a message that is no question.
        nearest: the nearest passages, best first.
    """
    return Abstention(reason, " ".join(_sentences(reason, search)), search, tuple(nearest))


def _sentences(reason: Reason, search: SearchSummary | None) -> list[str]:
    if search is None:
        return [_TEXTS[reason]]
    if reply_language(search.query) == "ja" and reason in _TEXTS_JA:
        return _sentences_ja(_TEXTS_JA[reason], search)
    records = "record" if search.records == 1 else count(search.records, "record")
    within = f" ({search.filters})" if search.filters else ""
    text = _NOTHING_SAID if search.speaker else _TEXTS[reason]
    sentences = [text.format(records=f"{records} I searched{within}", speaker=search.speaker)]
    if search.filters and not search.records:
        sentences.append("No record meets these conditions.")
    if missing := [word for word in search.missing if word not in search.unmet]:
        sentences.append(f"No record mentions {join_words([f'“{word}”' for word in missing])}.")
    if search.unmet:
        sentences.append(f"No record is from {join_words(search.unmet)}.")
    if search.undated:
        sentences.append(f"The day of {count(search.undated, 'record')} is unknown.")
    return sentences


def _sentences_ja(text: str, search: SearchSummary) -> list[str]:
    within = f"（{search.filters}）" if search.filters else ""
    text = _NOTHING_SAID_JA if search.speaker else text
    sentences = [text.format(records=f"検索した{search.records}件の記録{within}", speaker=search.speaker)]
    if search.filters and not search.records:
        sentences.append("この条件を満たす記録はありません。")
    if missing := [word for word in search.missing if word not in search.unmet]:
        sentences.append(f"{''.join(f'「{word}」' for word in missing)}はどの記録にもありません。")
    if search.unmet:
        sentences.append(f"{'、'.join(search.unmet)}の記録はありません。")
    if search.undated:
        sentences.append(f"{search.undated}件の記録は日付が不明です。")
    return ["".join(sentences)]


def _date_and_position(citation: Citation) -> tuple[str, int, float, str, int]:
    """Return the sort key of a citation: its day, the newer version first, then name and position."""
    rank, number = version_of(citation.document).rank
    day = citation.day.isoformat() if citation.day else "9999"
    return (day, -rank, -number, citation.document.name, citation.span.start)


def _age(citation: Citation) -> int:
    """Return a number that is the smaller, the newer the day; 0, behind all days, for a record without one."""
    return -citation.day.toordinal() if citation.day else 0

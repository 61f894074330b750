"""Hold the parts of a reply from the structure of minutes, citations, first lines and notes; count what is listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import ShortAnswer, Statement
from assistant.citations.citation import Citation
from assistant.minutes.question import MinutesQuestion
from assistant.wording import say


@dataclass(frozen=True, slots=True)
class ReplyParts:
    """The parts of a reply.

    Attributes:
        citations: the quotations; none if the records have the structure and nothing in it answers.
        statements: lines above them.
        notes: what the reader must know.
        short_answer: the words that answer by themselves; None where there is doubt.
        is_dated: True if the quotations have the day that is asked for, whatever the day of their record.
    """

    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()
    short_answer: ShortAnswer | None = None
    is_dated: bool = False


def distinct(citations: Iterable[Citation]) -> list[Citation]:
    """Return citations, each span once, in their order; to hash a citation takes as long as its document has blocks."""
    return list({(citation.document.id, citation.span): citation for citation in citations}.values())


def count_line(question: MinutesQuestion, number: int, what: str, citations: Sequence[Citation]) -> Statement:
    """Return the first line of a count: "4 listed", in Japanese "4件".

    Args:
        question: the question.
        number: of the things counted.
        what: "listed", "open" or "done".
        citations: where they stand.
    """
    return Statement(say(question.query.reply_language, what, number), tuple(distinct(citations)))

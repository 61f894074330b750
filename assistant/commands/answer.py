"""An answer, or why there is none, for a person at a terminal."""

from collections.abc import Iterator

from assistant.answer import Abstention, Answer
from assistant.assistant import nearest_citations
from assistant.citations.citation import Citation
from assistant.conversation import Turn

_MOST_OF_A_PASSAGE = 300


def answer_lines(turn: Turn) -> list[str]:
    """The reply as lines: an answer with its sources, or what was searched and what lies nearest."""
    reply = turn.reply
    return list(_answered(reply) if isinstance(reply, Answer) else _abstained(reply))


def _answered(answer: Answer) -> Iterator[str]:
    yield from answer.text.split("\n")
    yield from (f"\nNote: {note}" for note in answer.notes)
    yield "\nSources"
    for number, citation in enumerate(answer.in_order, start=1):
        yield from _source(f"[{number}]", citation)


def _abstained(reply: Abstention) -> Iterator[str]:
    yield reply.text
    yield from (f"Note: {note}" for note in reply.notes)
    if reply.searched:
        yield f"Searched for: {_line(reply.searched.query)}"
    if reply.nearest:
        yield "\nThe nearest passages, none of which is an answer:"
    for citation in nearest_citations(reply):
        yield from _source("-", citation)
        words = _line(citation.quote)
        yield f"    {words[:_MOST_OF_A_PASSAGE].rstrip()}…" if len(words) > _MOST_OF_A_PASSAGE else f"    {words}"


def _source(mark: str, citation: Citation) -> Iterator[str]:
    document = citation.document
    meeting = f"meeting of {document.meeting.days}" if document.meeting.days else None
    pages = str(citation.pages) if citation.pages else None
    yield f"{mark} {_line(', '.join(filter(None, (document.publisher, document.title, meeting, pages))))}"
    if citation.section:
        yield f"    {_line(' > '.join(citation.section))}"
    yield f"    {_line(document.source.address or document.name)}"


def _line(text: str) -> str:
    return " ".join(text.split())

"""Answer when, where, under whom and in which form a meeting was held, from the facts of its records."""

from collections.abc import Sequence

from assistant.answer import Answer, ReplyKind, Statement
from assistant.citations.citation import Citation
from assistant.replies.fact_spans import find_fact
from assistant.replies.meetings import RecordedMeeting, group_by_meeting
from assistant.replies.wording import meeting_label, spell_fact
from assistant.understanding.library_questions import LibraryQuestion
from corpus.document import Document
from index.library import Snapshot

# Facts of a record and not of its meeting.
_OF_A_RECORD = {"published", "publisher", "address"}
_MOST_LINES = 20
# Records of one meeting that are cited for a fact.
_MOST_RECORDS = 2
# The fact of a document whose origin is that of a value which it has in another form.
_STORED = {"weekday": "meeting_date", "duration": "meeting_date"}


def answer_facts(question: LibraryQuestion, snapshot: Snapshot, language: str) -> Answer | None:
    """Return the facts of the meetings or records, a line for each; None where one of them is not known.

    Args:
        question: with the facts and the records.
        snapshot: the library.
        language: of the reply, "en" or "ja".
    """
    if set(question.facts) & _OF_A_RECORD:
        groups = [RecordedMeeting((document,)) for document in question.documents]
    else:
        groups = group_by_meeting(question.documents)
    lines = [line for group in groups if (line := _line(group, question.facts, snapshot, language))]
    if not lines:
        return None
    values = {line.text for _, line in lines}
    if len(values) == 1 and len(lines) == len(groups):  # the same of all: one line is enough
        citations = tuple(dict.fromkeys(c for _, line in lines for c in line.citations))
        statements: tuple[Statement, ...] = (Statement(values.pop(), citations),)
    else:
        is_day = question.facts[0] in ("meeting_date", "weekday", "duration")
        statements = tuple(_labelled(group, line, language, is_day) for group, line in lines[:_MOST_LINES])
    citations = tuple(dict.fromkeys(c for statement in statements for c in statement.citations))
    rest = len(lines) - len(statements)
    notes = (f"{rest} more meetings are not shown.",) if len(statements) > 1 and rest > 0 else ()
    return Answer(citations, notes, kind=ReplyKind.LIBRARY, statements=statements)


def _line(
    group: RecordedMeeting, facts: Sequence[str], snapshot: Snapshot, language: str
) -> tuple[RecordedMeeting, Statement] | None:
    """Return the values of the facts with the sentences that state them; None if one of them is not known."""
    parts: list[str] = []
    citations: list[Citation] = []
    for fact in facts:
        stating = [d for d in group.documents if spell_fact(d, fact, language)]
        if not stating:
            return None
        found = [c for d in stating if (c := find_fact(d, [p for _, p in snapshot.passages_of(d)], fact))]
        value = spell_fact(stating[0], fact, language)
        if not found and (origin := _origin(stating[0], fact)):
            value += f"（出典: {origin}）" if language == "ja" else f" (from {origin}; not stated in the text)"
        parts.append(value)
        citations += found[:_MOST_RECORDS]
    return group, Statement(", ".join(parts), tuple(dict.fromkeys(citations)))


def _labelled(group: RecordedMeeting, line: Statement, language: str, is_day: bool) -> Statement:
    document = group.first
    label = document.meeting.name or document.title if is_day else meeting_label(document, language)
    return Statement(f"{label}: {line.text}", line.citations)


def _origin(document: Document, fact: str) -> str:
    """Return the origin of a fact for the reader; "" for an address, which a record has and does not state."""
    if fact == "address":
        return ""
    origin = dict(document.origins).get(_STORED.get(fact, fact), "")
    return {"you": "your correction", "": "the record's facts"}.get(origin, origin)

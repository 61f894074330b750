"""Answer when, where, under whom and in which form a meeting was held, from the facts of its records."""

from collections.abc import Sequence
from itertools import islice

from assistant.answer import Answer, ReplyKind, Statement
from assistant.citations.citation import Citation
from assistant.replies.fact_spans import find_fact
from assistant.replies.meetings import RecordedMeeting, group_by_meeting
from assistant.replies.wording import meeting_label, spell_fact
from assistant.understanding.library_questions import LibraryQuestion
from corpus.document import Document
from index.snapshot import Snapshot

# Facts of a record and not of its meeting.
_OF_A_RECORD = {"published", "publisher", "address"}
_MOST_LINES = 20
# Records of one meeting that are cited for a fact.
_MOST_RECORDS = 2
_MOST_SEARCHED = 8
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
    known = [(group, values) for group in groups if (values := _values(group, question.facts, language))]
    if not known:
        return None
    shown = known[:_MOST_LINES]
    lines = [_line(group, values, question.facts, snapshot, language) for group, values in shown]
    if len(known) == len(groups) and len({line.text for line in lines}) == 1:  # the same of all: one line is enough
        citations = tuple(dict.fromkeys(c for line in lines for c in line.citations))
        statements: tuple[Statement, ...] = (Statement(lines[0].text, citations),)
    else:
        is_day = question.facts[0] in ("meeting_date", "weekday", "duration")
        pairs = zip(shown, lines, strict=True)
        statements = tuple(_labelled(group, line, language, is_day) for (group, _), line in pairs)
    citations = tuple(dict.fromkeys(c for statement in statements for c in statement.citations))
    rest = len(known) - len(shown)
    notes = (f"ほか{rest}件" if language == "ja" else f"{rest} more are not shown.",) if rest else ()
    return Answer(citations, notes, kind=ReplyKind.LIBRARY, statements=statements)


def _values(group: RecordedMeeting, facts: Sequence[str], language: str) -> list[str]:
    """Return the values of the facts in words; an empty list if one of them is not known."""
    values = [next(filter(None, (spell_fact(d, fact, language) for d in group.documents)), "") for fact in facts]
    return values if all(values) else []


def _line(
    group: RecordedMeeting, values: Sequence[str], facts: Sequence[str], snapshot: Snapshot, language: str
) -> Statement:
    """Return the values of the facts with the sentences that state them, or the origin of one that none states."""
    parts: list[str] = []
    citations: list[Citation] = []
    for fact, value in zip(facts, values, strict=True):
        stating = [d for d in group.documents if spell_fact(d, fact, language)]
        sentences = (find_fact(d, [p for _, p in snapshot.passages_of(d)], fact) for d in stating[:_MOST_SEARCHED])
        found = list(islice(filter(None, sentences), _MOST_RECORDS))
        origin = "" if found else _origin(stating[0], fact)
        if origin:
            origin = f"（出典: {origin}）" if language == "ja" else f" (from {origin}; not stated in the text)"
        parts.append(value + origin)
        citations += found
    return Statement(", ".join(parts), tuple(dict.fromkeys(citations)))


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

"""Reply to a question about minutes from their structure; None for a question that the search answers."""

from collections.abc import Callable, Hashable, Sequence

from assistant.answer import Abstention, Answer, Reason, SearchSummary, Statement, abstain
from assistant.citations.citation import Citation
from assistant.minutes.about_decisions import about_decisions
from assistant.minutes.about_items import about_items
from assistant.minutes.about_next_meeting import about_next_meeting
from assistant.minutes.action_items.about_actions import about_actions
from assistant.minutes.motions import about_motions
from assistant.minutes.people.about_attendance import about_attendance, about_attendance_of_day
from assistant.minutes.people.about_bodies import about_bodies
from assistant.minutes.people.about_groups import about_groups
from assistant.minutes.question import MinutesQuestion
from assistant.minutes.reply_parts import ReplyParts, distinct
from assistant.minutes.tables.about_tables import about_cells, about_tables
from assistant.minutes.votes.about_votes import about_votes
from assistant.minutes.votes.movers import about_movers
from assistant.query import Query, may_be_of_time
from assistant.wording import say, undated_notes
from corpus.document import Document
from corpus.language.identify import language_by_small_words
from index.snapshot import Snapshot

# Citations of one answer, at most.
_MOST = 60
_KINDS: tuple[tuple[str, Callable[[MinutesQuestion], ReplyParts | None]], ...] = (
    ("the next meeting", about_next_meeting),
    ("an item of the agenda", about_items),
    ("action items", about_actions),
    ("votes", about_votes),
    ("who moved", about_movers),
    ("attendance", about_attendance),
    ("participants", about_groups),
    ("a table", about_cells),
    ("a motion", about_motions),
    ("decisions", about_decisions),
    ("bodies", about_bodies),
    ("a table", about_tables),
)
# Those that find what has the days of a question in records of any time, or tell that there was no meeting then.
_OF_DAYS = (("action items", about_actions), ("a table", about_cells), ("attendance", about_attendance_of_day))


def reply_from_minutes(query: Query, snapshot: Snapshot) -> tuple[str, Answer | Abstention] | None:
    """Return what a question is about and its reply; None for a question that the search answers.

    Args:
        query: the question.
        snapshot: the library.
    """
    # Records in another language answer where none in that of the question does.
    own = _in_language(query.reply_language, snapshot.documents)
    found = _reply(MinutesQuestion(query, own)) if 0 < len(own) < len(snapshot.documents) else None
    is_answer = found and isinstance(found[1], Answer)
    return found if is_answer else _reply(MinutesQuestion(query, snapshot.documents))


def _in_language(language: str, documents: Sequence[Document]) -> list[Document]:
    """Return the records that are, or may be, in a language; none for English, in which all are asked about."""
    if language == "en":
        return []
    spoken = [(document.language or language_by_small_words(document.text), document) for document in documents]
    return [document for code, document in spoken if code in (language, None)]


def _reply(question: MinutesQuestion) -> tuple[str, Answer | Abstention] | None:
    if question.is_refused:
        return None
    for name, reply in _OF_DAYS if question.is_of_days else _KINDS:
        if (found := reply(question)) is not None:
            return name, _answer(question, found)
    return None


def _answer(question: MinutesQuestion, found: ReplyParts) -> Answer | Abstention:
    if not found.citations:
        query = question.query
        summary = SearchSummary(query.text, len(question.documents), query.filters, language=query.reply_language)
        return abstain(Reason.FACT_NOT_IN_RECORDS, summary)
    cited = tuple(_distinct(found.citations))
    left = len(cited) - _MOST
    language = question.query.reply_language
    notes = (say(language, "some_passages", left, cited=_MOST, total=len(cited)),) if left > 0 else ()
    cited = cited[:_MOST]
    statements = tuple(Statement(s.text, tuple(c for c in s.citations if c in cited)) for s in found.statements)
    of_any_time = [c.document for c in cited if may_be_of_time(question.query, c.document) and not found.is_dated]
    undated = {document.id: document.name for document in of_any_time}
    notes = (*found.notes, *undated_notes(list(undated.values()), language), *notes)
    newest_first = question.query.newest_first
    return Answer(cited, notes, found.short_answer, statements=statements, newest_first=newest_first, language=language)


def _meeting(document: Document) -> Hashable:
    """Return the title and the day that copies of one record share; the record's name without a day."""
    day = document.meeting.first_day
    return (document.title, day) if day else document.name


def _distinct(citations: Sequence[Citation]) -> list[Citation]:
    """Return citations without those of the same words in another record of the same meeting."""
    by_words: dict[tuple[Hashable, str], str] = {}
    kept: list[Citation] = []
    for citation in distinct(citations):
        words = _meeting(citation.document), " ".join(citation.quote.split())
        if by_words.setdefault(words, citation.document.id) == citation.document.id:
            kept.append(citation)
    return kept

"""Reply to questions about meetings, records and the library themselves, without a search of their passages."""

from dataclasses import replace

from assistant.answer import Answer
from assistant.query import Intent, Query, may_be_of_time
from assistant.replies.library_reply import answer_about_library
from assistant.replies.meeting_facts import answer_facts
from assistant.replies.outline import outline
from assistant.understanding.library_questions import library_question
from assistant.wording import undated_notes
from index.snapshot import Snapshot


def reply_without_search(query: Query, snapshot: Snapshot) -> tuple[Intent, Answer] | None:
    """Return the kind of question and its reply; None for a question that the passages of the records answer.

    Args:
        query: the question.
        snapshot: the library.
    """
    question = library_question(query, snapshot.documents)
    if question is None:
        return None
    language = query.reply_language
    reply: Answer | None
    match question.intent:
        case Intent.MEETING_FACT:
            reply = answer_facts(question, snapshot, language)
        case Intent.LIBRARY:
            reply = answer_about_library(question, snapshot, language, query.unmet)
            others = [d.name for d in snapshot.documents if may_be_of_time(query, d)]
            reply = replace(reply, notes=(*reply.notes, *undated_notes(others, language)))
        case _:
            reply = outline(question, snapshot, language)
    return (question.intent, replace(reply, language=language)) if reply else None

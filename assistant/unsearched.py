"""Replies that need no search: small talk, the library's contents, facts of meetings, the structure of minutes."""

from dataclasses import replace

from assistant.answer import Abstention, Answer, Reason, SearchSummary, abstain
from assistant.minutes.reply import reply_from_minutes
from assistant.query import Query
from assistant.reading.versions import version_notes
from assistant.replies.abbreviation import answer_abbreviation, asks_for_nothing_else
from assistant.replies.reply import reply_without_search
from assistant.trace import Trace
from assistant.understanding.guardrails import small_talk
from assistant.wording import reply_language
from index.snapshot import Snapshot

# Replies to messages that are no questions; the default is a greeting.
_SMALL_TALK_TEXTS = {
    "thanks": "You are welcome. Ask me more about the records whenever you like.",
    "farewell": "Goodbye. The records stay here for your next question.",
    "approval": "Good. Ask me more about the records whenever you like.",
    "thanks, ja": "どういたしまして。記録について、ほかにもお尋ねください。",
    "farewell, ja": "さようなら。またいつでもお尋ねください。",
    "approval, ja": "記録について、ほかにもお尋ねください。",
    "greeting, ja": "こんにちは。記録にある会合について、記録の言葉のままお答えします。"
    "発言、決定、出席者などをお尋ねください。",
}


def answer_without_search(snapshot: Snapshot, question: str, query: Query) -> Trace | None:
    """Answer a question from facts, the library's contents or the structure of minutes; None for any other question.

    A question for the words of somebody who has none in the records is refused.
    """
    if query.speaker:
        if query.filters.speakers:
            return None
        records = count_records(query, snapshot)
        summary = SearchSummary(
            query.text, records, query.filters, speaker=query.speaker, language=query.reply_language
        )
        reply = abstain(Reason.NOT_IN_RECORDS, summary)
        return Trace(question, query, reply, verdict=f"no record has words of {query.speaker}")
    if meaning := answer_abbreviation(query, snapshot):
        return Trace(question, query, meaning, verdict="this asks for the long form of an abbreviation")
    if asks_for_nothing_else(query.latest_text):
        summary = SearchSummary(
            query.text, count_records(query, snapshot), query.filters, language=query.reply_language
        )
        reply = abstain(Reason.NOT_IN_RECORDS, summary)
        return Trace(question, query, reply, verdict="no record introduces the abbreviation")
    if found := reply_without_search(query, snapshot):
        intent, answer = found
        return Trace(question, replace(query, intent=intent), answer, verdict=f"this is about {intent}")
    if of_minutes := reply_from_minutes(query, snapshot):
        about, from_minutes = of_minutes
        if isinstance(from_minutes, Answer):
            notes = version_notes(
                {c.document: None for c in from_minutes.citations}, snapshot.documents, query.reply_language
            )
            from_minutes = replace(from_minutes, notes=(*notes, *from_minutes.notes))
        return Trace(question, query, from_minutes, verdict=f"this is about {about}")
    return None


def count_records(query: Query, snapshot: Snapshot) -> int:
    """Return the number of records that pass the filters of a question."""
    return sum(map(query.filters.keeps, snapshot.documents))


def reply_to_no_question(message: str, reason: Reason) -> Abstention:
    """Return the reply to a message that is no question; thanks are not answered as a greeting."""
    language = ", ja" if reply_language(message) == "ja" else ""
    reply = abstain(reason)
    return replace(reply, text=_SMALL_TALK_TEXTS.get(f"{small_talk(message)}{language}", reply.text))

"""Convert turns, citations, hits, documents and errors to the `--json` objects that the README promises."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from assistant.answer import Answer
from assistant.assistant import nearest_citations
from assistant.citations.citation import Citation
from assistant.conversation import Turn
from corpus.document import Document
from index.search.hybrid import Hit

Identity = str | int | float | None


def turn_object(identity: Identity, turn: Turn, latency_ms: float) -> dict[str, Any]:
    """Return the JSON object of a question with its reply.

    Args:
        identity: the id that the input gave the question; None without one.
        turn: the question and its reply.
        latency_ms: time from the question to this object, in milliseconds.
    """
    reply = turn.reply
    answered = isinstance(reply, Answer)
    return {
        "id": identity,
        "question": turn.question,
        "query": turn.query.text,
        "answered": answered,
        "kind": reply.kind.value,
        "answer": reply.text,
        "reason": None if isinstance(reply, Answer) else reply.reason.value,
        "citations": [citation_object(reply.marker(c), c) for c in reply.citations]
        if isinstance(reply, Answer)
        else [],
        "nearest": [] if isinstance(reply, Answer) else _numbered(nearest_citations(reply)),
        "latency_ms": round(latency_ms, 1),
    }


def citation_object(marker: int, citation: Citation) -> dict[str, Any]:
    """Return the JSON object of a citation; `start` and `end` count code points of the document's stored text.

    In a document with pages it also has `page`, the page on which the quotation begins, and `last_page` if the
    quotation ends on another page; both count from 1. Where the record says who speaks, it has `speaker`.
    """
    document = citation.document
    return {
        "marker": marker,
        "document": document.name,
        "title": document.title,
        "publisher": document.publisher,
        "published": _iso(document.published),
        "meeting_date": _iso(document.meeting.first_day),
        "url": document.source.address,
        "link": citation.link,
        "section": list(citation.section),
        **page_object(citation),
        **speaker_object(citation),
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "anchor": citation.anchor,
    }


def speaker_object(citation: Citation) -> dict[str, dict[str, Any]]:
    """Return `speaker` of a citation, an object with the name; empty where the record names nobody.

    The object has `office` and `seconds` where the record states them, and `person`, the full name, where the record
    makes it certain; `reported` is True where the record tells what was said, so that the words are not the speaker's.
    """
    speaker = citation.speaker
    if not speaker:
        return {}
    known = {"person": speaker.person} if speaker.person else {}
    office = {"office": speaker.office} if speaker.office else {}
    seconds = {"seconds": speaker.seconds} if speaker.seconds is not None else {}
    return {"speaker": {"name": speaker.speaker, **known, **office, **seconds, "reported": speaker.is_reported}}


def page_object(citation: Citation) -> dict[str, int]:
    """Return `page` and `last_page` of a citation; empty for a document without pages."""
    pages = citation.pages
    if not pages:
        return {}
    return {"page": pages.first, **({"last_page": pages.last} if pages.last != pages.first else {})}


def hits_object(identity: Identity, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return the JSON object of ranked passages, best first; the scores have no meaning beyond their order."""
    return {"id": identity, "hits": [_hit_object(hit) for hit in hits]}


def error_object(identity: Identity, line: int, error: str) -> dict[str, Any]:
    """Return the JSON object that replaces the result of a refused input line; lines count from 1."""
    return {"id": identity, "line": line, "error": error}


def conversation_object(identity: str, name: str, used: datetime, questions: int) -> dict[str, Any]:
    """Return the JSON object of a kept conversation, without its questions; `used` is the time of the last one."""
    return {"id": identity, "name": name, "used": used.isoformat(), "questions": questions}


def refusal_object(error: str) -> dict[str, Any]:
    """Return the JSON object of a request that is refused: one line that says what is wrong and what to do."""
    return {"error": error}


def ingested_object(
    path: str, outcome: str, document: str | None, reason: str | None, warnings: Sequence[str]
) -> dict[str, Any]:
    """Return the JSON object of a file that was to be added: what became of it, and why.

    Args:
        path: the file, as the user or program named it; a member of an archive behind "!/".
        outcome: "added", "replaced", "refused" and the others of `index.file_ingester`.
        document: the name of the document; None where there is none.
        reason: why it was refused or is the same as another; None where nothing is to be said.
        warnings: what could not be read of it.
    """
    return {"path": path, "outcome": outcome, "document": document, "reason": reason, "warnings": list(warnings)}


def document_object(document: Document) -> dict[str, Any]:
    """Return the JSON object of a document's facts; `origins` has the source of each, by the names of `corpus.facts`.

    `pages` is 0 for a file without pages; `characters` is the length of the stored text in code points.
    """
    meeting = document.meeting
    return {
        "document": document.name,
        "title": document.title,
        "publisher": document.publisher,
        "published": _iso(document.published),
        "meeting_date": _iso(meeting.first_day),
        "meeting": {
            "forum": meeting.forum,
            "name": meeting.name,
            "first_day": _iso(meeting.first_day),
            "last_day": _iso(meeting.last_day),
            "place": meeting.place,
            "presidency": meeting.presidency,
            "mode": meeting.mode,
        },
        "language": document.language,
        "pages": len(document.pages),
        "origins": dict(document.origins),
        "warnings": list(document.warnings),
        "url": document.source.address,
        "path": document.source.path,
        "media_type": document.source.media_type,
        "sha256": document.source.sha256,
        "characters": len(document.text),
    }


def whole_document_object(document: Document) -> dict[str, Any]:
    """Return the JSON object of a document's facts, outline and text; spans count code points of the text."""
    outline = [
        {
            "kind": block.kind.value,
            "level": block.level,
            "start": block.span.start,
            "end": block.span.end,
            "words": block.words.of(document.text),
        }
        for block in document.outline
    ]
    return {**document_object(document), "outline": outline, "text": document.text}


def record_set_object(name: str, records: Sequence[str], gone: Sequence[str]) -> dict[str, Any]:
    """Return the JSON object of a saved set: its records, and those that are no longer in the library."""
    return {"name": name, "records": list(records), "gone": list(gone)}


def _numbered(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    return [citation_object(number, citation) for number, citation in enumerate(citations, start=1)]


def _hit_object(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.passage.document.name,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "score": hit.score,
        "text": hit.passage.text,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

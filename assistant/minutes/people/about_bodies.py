"""Answer which bodies dealt with a subject: one quotation of each body whose minutes have it, the newest first."""

from datetime import date

from assistant.citations.citation import Citation
from assistant.minutes.question import MinutesQuestion, share, without_days
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from corpus.document import Kind
from corpus.language.minutes_words import phrases, says
from corpus.language.tokens import fold_text


def about_bodies(question: MinutesQuestion) -> ReplyParts | None:
    """Return a quotation of each body that dealt with the subject of a question; None with fewer than two bodies."""
    if not says("bodies", "asked", question.folded):
        return None
    found: dict[str, Citation] = {}
    newest_first = sorted(question.records, key=lambda r: r.document.meeting.first_day or date.min, reverse=True)
    for record in (record for record in newest_first if record.is_minutes):
        body = _body(record)
        if body not in found and (citation := _cite(question, record)):
            found[body] = citation
    return ReplyParts(tuple(found.values())) if len(found) > 1 else None


def _body(record: MinutesRecord) -> str:
    """Return the name of the body whose minutes a record is: its title without days and numbers."""
    title = without_days(fold_text(record.document.title))
    return " ".join(word for word in title.split() if not any(map(str.isdigit, word)))


def _cite(question: MinutesQuestion, record: MinutesRecord) -> Citation | None:
    """Return the first sentence with all words of the subject, else the first one below a heading that has them."""
    words = question.rest(record, (("bodies", "asked"),), phrases("frame", "content"))
    if not words:
        return None
    below: Citation | None = None
    for passage in record.passages:
        if passage.kind in (Kind.HEADING, Kind.TITLE, Kind.MENU):
            continue
        is_below = share(words, " ".join(passage.headings)) == 1
        for span in passage.sentences():
            if share(words, span.of(passage.document.text)) == 1:
                return record.cite(passage, span)
            below = below or (record.cite(passage, span) if is_below else None)
    return below

"""Answer when and where the next meeting is: in the words of the newest record of each body."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.bodies import body_words, first_of_each_body
from assistant.minutes.day_range import named_days
from assistant.minutes.question import MinutesQuestion, days_of, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from assistant.understanding.recency import names_next_meeting
from corpus.document import Kind
from corpus.language.months import WEEKDAY
from corpus.language.tokens import stem, stems
from corpus.language.word_lists import word_list
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# Bodies whose next meeting is quoted, at most.
_MOST_BODIES = 12
# Characters of a line that is a title or a label alone.
_TITLE = 60
_WHEN = re.compile(
    r"\b(?:when|time|day|date|where|place|wann|wo|datum|uhrzeit|quand|où|heure|cuándo|dónde|hora|fecha)\b"
    r"|いつ|どこ|日時|何時|^\W*(?:(?:the|their|its|our)\s+)?(?:next|following|upcoming)\b",
    re.IGNORECASE,
)
# Words of a question beside those for the next meeting.
_BESIDE = (
    "again following next upcoming forthcoming date time place day hour held scheduled set fixed take meet come"
    " together reconvene convene gather sit call sync briefing termin tagt trifft wieder nächste"
).split()
_MEETING_STEMS = frozenset(map(stem, (*word_list("meeting_words.txt"), "minutes", "next")))
# "At the next meeting the treasurer reports": what is said of that meeting, not its day.
_AT_IT = re.compile(
    r"\b(?:at|in|to|by|until|till|before|for|on|bei|zur|bis|à|a|en)\s+(?:the|its|our|their|der|la)?\s*$", re.I
)
_OF_DATE = re.compile(
    r"\b(?:date|day|time|place|datum|termin)\s+(?:and (?:time|place)\s+)?(?:of|for|der)\s+(?:the\s+)?$", re.I
)
_DAY = re.compile(
    rf"\b(?:{WEEKDAY}|\d{{1,2}}(?::\d\d|\s?[ap]m|\s?Uhr|h)|to be (?:fixed|announced|agreed|decided|set|confirmed))\b|曜"
)
_STARTS = re.compile(r"\b(?:next|following|upcoming|forthcoming|nächste\w*|prochaine?|próxim[oa]|次回)", re.I)
_Line = tuple[Passage, tuple[Span, ...]]


def about_next_meeting(question: MinutesQuestion) -> ReplyParts | None:
    """Return the lines on the next meeting; None if a question asks for anything else, or no record has one."""
    if not (names_next_meeting(question.text) and _WHEN.search(question.text)):
        return None
    asked = set(stems(question.text)) - _MEETING_STEMS
    shared = [(len(asked & body_words(record.document)), record) for record in question.records]
    most = max((number for number, _ in shared), default=0)
    rest = [(question.rest(record, (), _BESIDE), record) for number, record in shared if number == most]
    records = [record for words, record in rest if not words]
    records = records or [r for words, r in rest if share(words, r.document.text) == 1]
    found = {record.document: line for record in records if (line := _line(record))}
    newest = sorted(found, key=lambda d: max(days_of(d), default=d.published or date.min), reverse=True)
    kept = first_of_each_body(newest)[:_MOST_BODIES]
    by_document = {record.document: record for record in records}
    cited = [by_document[d].cite(found[d][0], span) for d in kept for span in found[d][1]]
    return ReplyParts(tuple(cited)) if cited else None


def _line(record: MinutesRecord) -> _Line | None:
    """Return the line on the next meeting: the last one with a label, else the last sentence with a day."""
    labelled = list(_labelled(record))
    return next(reversed(labelled or list(_said(record))), None)


def _labelled(record: MinutesRecord) -> Iterator[_Line]:
    """Yield lines "Next meeting: 3 May", rows with such a label, and the line below such a title."""
    for passage in record.passages:
        words = passage.words_text
        row = cells(words)
        label = re.split("[:：]", words, maxsplit=1)[0]
        if row:
            if len(row) > 1 and names_next_meeting(row[0]) and row[1] and len(row[0]) <= _TITLE:
                yield passage, (passage.words,)
        elif len(label) <= _TITLE and names_next_meeting(label) and _is_label(label):
            if len(label) < len(words.rstrip(" :：")) and passage.kind is not Kind.HEADING:
                yield passage, (passage.words,)
            elif below := _below(record, passage):
                yield below, ((below.words,) if passage.kind is Kind.HEADING else (passage.words, below.words))


def _below(record: MinutesRecord, passage: Passage) -> Passage | None:
    """Return the line below a title, if it has a day."""
    following = record.passages[passage.order + 1 : passage.order + 2]
    return next((p for p in following if p.kind in (Kind.BODY, Kind.LIST_ITEM) and _has_day(p.words_text)), None)


def _is_label(label: str) -> bool:
    """Return True for "Date of next meeting", and not for "We look forward to our next meeting"."""
    before = label[: start.start()] if (start := _STARTS.search(label)) else ""
    return (
        len(before.split()) <= 3 and not (_AT_IT.search(before) and not _OF_DATE.search(before)) and not _has_day(label)
    )


def _said(record: MinutesRecord) -> Iterator[_Line]:
    """Yield the sentences that say when a body meets again."""
    written = [p for p in record.passages if p.kind in (Kind.BODY, Kind.LIST_ITEM) and not cells(p.words_text)]
    for at, passage in enumerate([p for p, _ in record.talk] or written):
        for span in passage.sentences():
            words = span.of(record.document.text)
            if words.rstrip().endswith("?") and names_next_meeting(words) and _WHEN.search(words):
                yield from _replied(record, at)
            if not names_next_meeting(words) or words.rstrip().endswith("?") or not _has_day(words):
                continue
            before = words[: start.start()] if (start := _STARTS.search(words)) else ""
            if not _AT_IT.search(before) or _OF_DATE.search(before):
                yield passage, (span,)


def _replied(record: MinutesRecord, at: int) -> Iterator[_Line]:
    """Yield the first sentence of the turn behind a question for the next meeting, if it has a day."""
    for passage, _ in record.talk[at + 1 : at + 2]:
        first = passage.sentences()[:1]
        if first and _has_day(first[0].of(record.document.text)):
            yield passage, (first[0],)


def _has_day(words: str) -> bool:
    return bool(named_days(words) or _DAY.search(words))

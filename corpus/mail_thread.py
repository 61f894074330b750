"""Find who wrote which part of a mail: each section below a heading that names a sender and a day."""

import re
from collections.abc import Iterator
from datetime import date

from corpus.document import Document, Kind
from corpus.language.dates import find_date_ranges
from corpus.language.months import CALENDAR_WORDS, WEEKDAYS
from corpus.language.word_lists import word_list
from corpus.span import Span

MEDIA_TYPES = frozenset(("message/rfc822", "application/vnd.ms-outlook"))
_SENDER = word_list("mail_labels.txt")
# "From: Ada Bo, Date: ...": the label, the sender, and the next label.
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+)\s?[:：]\s*(?P<name>.+?)(?:,\s*[^\W\d_][^\W\d_ ]{1,20}\s?[:：].*)?$")
_ADDRESS = re.compile(r"\s*[<(\[]?\b[\w.+-]+@[\w.-]+[>)\]]?.*$")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?|\([^()]{1,10}\)|\d+")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:[a-z]{1,3}\s+){0,2}[A-ZÀ-Þ][\w.'’-]*)*|[^\W\d_A-Za-zÀ-ɏ]{2,12}")
_NO_NAMES = CALENDAR_WORDS | {name.lower()[:3] for name in WEEKDAYS} | {"on", "am", "le", "el", "il", "op", "em", "den"}
_DAY = "\0"


def senders(document: Document) -> Iterator[tuple[str, Span, date | None]]:
    """Yield sender, words and day of each mail in a record of a mail and its thread; nothing for another record."""
    if document.source.media_type not in MEDIA_TYPES:
        return
    name, words, day = "", list[Span](), None
    for block in document.outline:
        if block.kind is Kind.HEADING and block.level == 1:
            if name and words:
                yield name, Span(words[0].start, words[-1].end), day
            heading = block.words.of(document.text)
            name, words, day = sender_of(heading), [], _day_in(heading)
        elif words or block.kind is not Kind.CONTACT:  # behind the lines of the header
            words.append(block.span)
    if name and words:
        yield name, Span(words[0].start, words[-1].end), day


def _day_in(heading: str) -> date | None:
    """Return the only day in the line before a mail; None for none or several."""
    days = {period[0] for mention in find_date_ranges(heading) if (period := mention.resolve())}
    return days.pop() if len(days) == 1 else None


def sender_of(heading: str) -> str:
    """Return the name of the sender in the line before a mail ("On 3 May 2025 Ada Bo wrote:"); "" for none."""
    labelled = _LABELLED.match(heading)
    if labelled and labelled["label"].casefold() in _SENDER:
        return _in_order(_ADDRESS.sub("", labelled["name"]).strip(" \"'") or labelled["name"])
    words = _without_days(heading)
    if _DAY not in words and not _ADDRESS.search(words):
        return ""
    # The name is behind the day, or before it: "On 3 May Ada Bo wrote:", "Ada Bo wrote on 3 May:".
    return next((name for piece in reversed(words.split(_DAY)) if (name := _name_in(piece))), "")


def _without_days(words: str) -> str:
    """Return words with a mark for each day, time and number."""
    for days in reversed(find_date_ranges(words)):
        words = f"{words[: days.start]}{_DAY}{words[days.end :]}"
    return _CLOCK.sub(_DAY, words)


def _name_in(words: str) -> str:
    """Return the name in a piece of the line: the first before an address, the last elsewhere."""
    before = _ADDRESS.sub("", words)
    names = [match[0].strip(".") for match in _NAME.finditer(before)]
    names = [name for name in names if name.lower() not in _NO_NAMES and len(name) > 1]
    return "" if not names else names[0] if before != words else names[-1]


def _in_order(name: str) -> str:
    """Return "Ada Bo" for "Bo, Ada (Sales)"."""
    last, comma, first = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", name).partition(", ")
    return f"{first} {last}" if comma and "," not in first else name

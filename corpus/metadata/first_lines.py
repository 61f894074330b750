"""Extract facts from the first lines of a record: title, day of publication, forum, meeting, publisher."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from corpus.document import Block, Kind
from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import DateRange, find_date_ranges
from corpus.language.organizations import forum_in
from corpus.language.scripts import CJK, KANJI, KATAKANA
from corpus.metadata.head import FirstLine, first_lines, head_and_opening
from corpus.metadata.meeting import LABEL, meeting_facts
from corpus.metadata.other_days import without_other_meetings
from corpus.metadata.record_kind import names_body, words_of
from corpus.outline.plain_words import plain

ORIGIN = "first lines"
PUBLISHED = re.compile(
    r"(?:\b(?:published|posted|issued|released|for immediate release|date of (?:publication|issue|release)"
    r"|release date|publication date)\b"
    r"|公表日?|掲載日?|公開日?|発表日?)\s*(?:on|:|：|[-–—]\s)?\s*$",
    re.IGNORECASE,
)
UPDATED = re.compile(r"\b(?:updated|modified|revised|reviewed|retrieved|accessed)\b|更新|最終|閲覧|取得", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:meeting|summit|conference|session)\b|会合|会議|サミット", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:minutes|agenda|program(?:me)?|schedule)\b|議事|次第|日程", re.IGNORECASE)
# Words allowed beside the day of a dateline: a weekday or a place, a few names with a capital.
_WORDS_BESIDE = 4
_BESIDE = re.compile(rf"[A-Z{CJK}(][\w.'’-]*[,.)]*|[|,–—-]")
_NO_PLACE = re.compile(
    r"meeting|summit|conference|session|statement|declaration|council|updated|revised|date|agenda|会|更新",
    re.IGNORECASE,
)
# A line of a letterhead: only the organisation's name.
_ORGANISATION = re.compile(
    r"(?:The\s+)?(?:(?:Ministry|Department|Agency|Office|Embassy|Secretariat|Commission|Council)\s+(?:of|for)\s+[A-Z]"
    r"[\w,&'’ -]{2,80}|[A-Z][\w&'’-]+(?:\s+(?:and\s+)?[A-Z][\w&'’-]+){0,5}\s+(?:Agency|Commission|Ministry|Secretariat|"
    r"Department|Authority|Institute))(?:\s*\([A-Z]{2,8}\))?(?:,?\s+(?:of\s+)?[A-Z][a-z]+)?|The White House"
)
_JAPANESE = re.compile(
    rf"[{KANJI}{KATAKANA}]{{1,12}}(?:省|庁|委員会|本部)(?:[{KANJI}{KATAKANA}・]{{0,15}}(?:局|課|室|部))?"
)
_JAPANESE_TOP = re.compile(rf"[{KANJI}{KATAKANA}]{{1,12}}?(?:省|庁|委員会|本部)")
_OFFICES = re.compile(r"\b(?:Division|Bureau|Office|Department|Section|Directorate)\b")
# Characters searched for the explanation of an abbreviation, which is at its first use.
_READ = 200_000
# Characters of a title, at most.
_LONGEST_TITLE = 200
_SHORT = re.compile(r"[A-Z]{2,8}")


def facts_in_first_lines(
    text: str,
    blocks: tuple[Block, ...],
    title: str | None,
    published: date | None,
    is_of_meeting: bool,
) -> Iterator[Fact]:
    """Yield the facts of a text's head and opening, each from unambiguous words.

    Args:
        text: the whole text.
        blocks: its outline.
        title: the title that the file states elsewhere, or None.
        published: the day of publication that the file states elsewhere; it completes a day without a year.
        is_of_meeting: True for the record of a meeting: the day in its head is not that of a publication.
    """
    lines = first_lines(text, blocks)
    own = _title(lines)
    if title is None and own:
        leading = _leading_day(own)
        if leading:
            yield from () if is_of_meeting else _published_fact(leading)
            own = own[leading.end :].strip()
        if own:
            yield Fact("title", own, ORIGIN)
    title = unicodedata.normalize("NFKC", title or own or "")
    day = _publication(lines, is_of_meeting) or (_leading_day(own) if own and not is_of_meeting else None)
    if day:
        yield from _published_fact(day)
    if published is None and day and (dated := day.resolve()):
        published = dated[0]
    if forum := forum_in(title):
        yield Fact("forum", forum, "title")
    head, opening = head_and_opening(lines)
    yield from _meeting_days(head, title)
    yield from meeting_facts(title, opening, [line.words for line in without_other_meetings(lines)], published)
    yield from publisher_in([line.words for line in head], text, blocks)


def title_of(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the title that a text's first lines state; None where they state none."""
    return _title(first_lines(text, blocks))


def _title(lines: list[FirstLine]) -> str | None:
    """Return the title block's words; for a dateline ("Takasaki, 30 April 2023"), those of the heading below it."""
    at = next((i for i, line in enumerate(lines) if line.kind is Kind.TITLE), None)
    if at is None or lines[at].is_numbered or words_of("sections").fullmatch(lines[at].words.strip(" .:*")):
        return None
    is_noun = words_of("minutes").fullmatch(lines[at].words.strip(" .:*"))
    if is_noun and at + 1 < len(lines) and names_body(lines[at + 1].words) and _may_be_title(lines[at + 1]):
        return lines[at + 1].words  # "Minutes" above "Harbour Board"
    if _is_stamp(lines[at].words):
        return next((line.words for line in lines[at + 1 : at + 4] if _may_be_title(line)), None)
    is_dateline = any(_is_dateline(lines[at], days) for days in find_date_ranges(lines[at].words))
    below = lines[at + 1] if is_dateline and at + 1 < len(lines) else None
    return (
        below.words if below and below.kind is Kind.HEADING and len(below.words) <= _LONGEST_TITLE else lines[at].words
    )


# "Signed: ...", "Signed by ...", "DRAFT", "Draft - not yet agreed", "Signed as a true record, ...".
_BEHIND_STAMP = re.compile(
    r"\s*[:：,]|\s+(?:by|on|par|le|von|vom|am|por|el)\b|\W*$|\s*[-–—]\s+[^\W\d_A-ZÀ-Þ]|\s*[(\[]"
    r"|\s+as\s+(?:an?\s+)?(?:true|correct|accurate|amended|corrected)\b|\s+(?:copy|version|record)\W*$",
)


def _is_stamp(words: str) -> bool:
    """Return True for a line on what was done with the text: "Published: 02/06/2026", "Confirmed and signed, A. Bo"."""
    done = words_of("of_the_text").match(words)
    if not done or words_of("minutes").search(words):
        return False
    more = re.match(r"\s+(?:and|et|und|y)\s+", words[done.end() :])
    end = done.end() + (more.end() if more else 0)
    again = words_of("of_the_text").match(words, end) if more else None
    rest = words[again.end() if again else done.end() :]
    return bool(_BEHIND_STAMP.match(rest))


def _may_be_title(line: FirstLine) -> bool:
    """Return True for a short line behind a stamp that is no item, day or stamp itself."""
    is_day = any(_is_dateline(line, days) for days in find_date_ranges(line.words))
    plain_line = not (line.is_numbered or line.is_paragraph or line.kind is Kind.LIST_ITEM or is_day)
    return plain_line and len(line.words) <= _LONGEST_TITLE and not (_is_stamp(line.words) or LABEL.match(line.words))


def _leading_day(title: str) -> DateRange | None:
    """Return the day before a title: "May 1, 2020 Results of ..."."""
    day = next(iter(find_date_ranges(title)), None)
    is_single = day and day.start == 0 and day.year and day.first == day.last
    return day if day and is_single and title[day.end :].strip() else None


def _publication(lines: list[FirstLine], is_of_meeting: bool) -> DateRange | None:
    """Return the day that a line of the head states as that of publication, else that of a release's only dateline."""
    head, _ = head_and_opening(lines)
    single = [
        (line, day, i)
        for i, line in enumerate(head)
        for day in find_date_ranges(line.words)
        if day.year and day.first == day.last
    ]
    for line, day, _ in single:
        before = line.words[: day.start]
        if PUBLISHED.search(before) and not UPDATED.search(before):
            return day
    if is_of_meeting or any(_MINUTES.search(line.words) for line in head):
        return None
    datelines = [
        day for line, day, i in single if _is_dateline(line, day) and not (i and LABEL.match(head[i - 1].words))
    ]
    return datelines[0] if len({(day.year, day.first) for day in datelines}) == 1 else None


def _is_dateline(line: FirstLine, day: DateRange) -> bool:
    """Return True if a line has only its day, and at most a weekday and a place beside it."""
    beside = (line.words[: day.start] + " " + line.words[day.end :]).strip()
    if line.kind is Kind.TITLE and beside and not re.match(r"\s*,", line.words[day.end :] or beside[-1]):
        return False
    words = beside.split()
    return len(words) <= _WORDS_BESIDE and all(_BESIDE.fullmatch(w) and not _NO_PLACE.search(w) for w in words)


def _meeting_days(head: list[FirstLine], title: str) -> Iterator[Fact]:
    """Yield the meeting's days, if the title or a dateline has several: a release has one day."""
    if not (forum_in(title) or _MEETING.search(title)):
        return
    ranges = [
        days.resolve()
        for line in head
        for days in find_date_ranges(line.words)
        if days.year and days.first != days.last and (line.kind is Kind.TITLE or _is_dateline(line, days))
    ]
    if len(set(ranges)) == 1 and ranges[0]:
        yield from facts_of_meeting_days(ranges[0], ORIGIN)


def _published_fact(days: DateRange) -> Iterator[Fact]:
    if period := days.resolve():
        yield Fact("published", period[0], ORIGIN)


def publisher_in(head: list[str], text: str, blocks: tuple[Block, ...]) -> Iterator[Fact]:
    """Yield the organisation that is a line of the head, else the one at the end of the contact lines.

    Args:
        head: the lines above the first paragraph.
        text: the whole text.
        blocks: its outline.
    """
    letterheads = {name for line in head if (name := _organisation(line.strip()))}
    if len(letterheads) == 1:
        yield Fact("publisher", letterheads.pop(), "first lines")
        return
    contacts = [unicodedata.normalize("NFKC", plain(b.words.of(text)[:300])) for b in blocks if b.kind is Kind.CONTACT]
    organisations = {name for line in contacts if (name := _contact_organisation(line, text))}
    if len(organisations) == 1:
        yield Fact("publisher", organisations.pop(), "contact lines")


def _organisation(line: str) -> str | None:
    if _ORGANISATION.fullmatch(line):
        return line
    match = _JAPANESE_TOP.match(line) if _JAPANESE.fullmatch(line) else None
    return match.group(0) if match else None


def _contact_organisation(line: str, text: str) -> str | None:
    """Return the organisation of "Policy Division, Strategy Bureau, MIC", in full where the text explains it."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 2 or not all(_OFFICES.search(part) for part in parts[:-1]):
        return None
    if _SHORT.fullmatch(parts[-1]):
        return _in_full(parts[-1], text)
    return parts[-1] if _ORGANISATION.fullmatch(parts[-1]) and not _OFFICES.search(parts[-1]) else None


def _in_full(short: str, text: str) -> str:
    """Return the full name of an abbreviation: "Ministry of Internal Affairs and Communications (MIC)"."""
    words = r"(?:of|for|and|the|[A-Z][\w'’-]*,?)"
    match = re.search(rf"\b((?:[A-Z]\w+)(?:(?:[ \t]|\r?\n(?=\S)){words}){{0,10}})\s*\({short}\)", text[:_READ])
    return f"{match.group(1).removeprefix('The ')} ({short})" if match else short

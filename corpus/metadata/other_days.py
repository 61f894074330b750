"""Tell the days of other occasions from the meeting's own: the next or the last meeting, the founding, the text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.document import Kind
from corpus.language.dates import find_date_ranges, find_slashed_days
from corpus.metadata.head import FirstLine
from corpus.metadata.meeting import LABEL
from corpus.metadata.place import KIND
from corpus.metadata.record_kind import HELD, words_of

# Characters before a day in which words tell that it is another meeting's.
_NEAR = 60
# Most words of a line such as "Next rendezvous" that names no meeting, and of those between a day and "next meeting".
_FEW_WORDS, _BETWEEN = 4, 3
_OCCASION = re.compile(rf"\b(?:{KIND}|talk|workshop)s?\b", re.IGNORECASE)
# "設立" and "作成" stand behind the day.
_DONE_BEHIND = re.compile(r"\s*[にを]?\s*(?:設立|創立|創設|創業|成立|创立|制定|作成|更新|公表|承認|施行)")
# "Approved at the meeting of 3 May" is of the later meeting, "approved minutes of the meeting of 3 May" of this one.
_DONE_AT = re.compile(r"\s+(?:at|by|in|during|à|lors|par|dans|en|por|bei|auf|durch)\b", re.IGNORECASE)


def names_meeting(words: str) -> bool:
    """Return True if words have a noun of meetings or of their minutes."""
    return bool(words_of("minutes").search(words) or words_of("meetings").search(words))


def names_occasion(words: str) -> bool:
    """Return True if words have a noun of meetings, conferences or talks, or of minutes."""
    return names_meeting(words) or bool(_OCCASION.search(words))


def own_days(words: str, is_name: bool = False) -> list[tuple[int, int]]:
    """Return the ranges of the days in some words that are not those of another occasion, in order.

    Args:
        words: a line, a sentence or a file's name.
        is_name: True for a file's name, in which "draft" and "approved" before a day tell the version.
    """
    ranges = [(d.start, d.end) for d in find_date_ranges(words)]
    ranges += [(d.start, d.end) for d in find_slashed_days(words) if len(d.readings) > 1]
    ranges.sort()
    untils = [*(start for start, _ in ranges), len(words)][1:]
    return [
        (start, end)
        for (start, end), until in zip(ranges, untils, strict=False)
        if not _is_of_other(words[max(0, start - _NEAR) : start], words[end:until], is_name)
    ]


def without_other_meetings(lines: Iterable[FirstLine]) -> list[FirstLine]:
    """Return the lines of a record without those below "Next meeting" and the like.

    Below a heading these are all lines to the next one, in a table the cells of the column, else a day and its labels.
    """
    kept: list[FirstLine] = []
    above: FirstLine | None = None
    is_dated = False
    for line in lines:
        if above and _is_below(line, above, is_dated):
            is_dated |= bool(own_days(line.words))
            kept += _other_columns(line, above) if "|" in above.words else []
        else:
            above, is_dated = line if _announces_other(line) else None, False
            kept.append(line)
    return kept


def _announces_other(line: FirstLine) -> bool:
    """Return True for a line without a day such as "Next meeting" and "Present | Next meeting"."""
    if line.is_paragraph or line.kind is Kind.TITLE or find_date_ranges(line.words):
        return False
    return any(_names_other(cell) for cell in _cells(line))


def _names_other(words: str) -> bool:
    is_short = len(words.split()) <= _FEW_WORDS or names_meeting(words)
    return is_short and bool(words_of("other_meetings").search(words))


def _is_below(line: FirstLine, above: FirstLine, is_dated: bool) -> bool:
    if "|" in above.words:
        return "|" in line.words
    if above.kind is Kind.HEADING:
        return line.kind not in (Kind.HEADING, Kind.TITLE)
    has_day = bool(own_days(line.words))
    return not line.is_paragraph and (not is_dated if has_day else bool(LABEL.match(line.words)))


def _other_columns(line: FirstLine, head: FirstLine) -> list[FirstLine]:
    """Return a row without the cells below those of a head that name another meeting; none where these are empty."""
    cells, heads = _cells(line), _cells(head)
    others = {at for at, words in enumerate(heads) if _names_other(words)}
    if len(cells) != len(heads) or any(not cells[at] for at in others):
        return []
    return [replace(line, words=" | ".join(cell for at, cell in enumerate(cells) if at not in others))]


def _cells(line: FirstLine) -> list[str]:
    words = line.words.strip()
    return [cell.strip() for cell in (words[1:-1] if words[:1] == words[-1:] == "|" else words).split("|")]


def _is_of_other(before: str, behind: str, is_name: bool) -> bool:
    """Return True if words around a day tell that it is of another meeting, a founding, or the text."""
    clause = re.split(r"[.;]\s|。|[（(]", before)[-1] if not before.rstrip().endswith(("(", "（")) else before
    if words_of("other_meetings").search(clause) or words_of("approval").search(clause):
        return True
    if _DONE_BEHIND.match(behind) or _names_other_behind(clause, behind):
        return True
    done = list(words_of("of_the_text").finditer(clause)) if not is_name else []
    rest = clause[done[-1].end() :] if done else ""
    is_near = len(rest.split()) <= 2 and not names_meeting(rest)
    return bool(done) and (is_near or bool(_DONE_AT.match(rest) and names_meeting(rest) and not HELD.search(rest)))


def _names_other_behind(before: str, behind: str) -> bool:
    """Return True for "(next meeting)" behind a day before which no meeting is named."""
    found = words_of("other_meetings").search(behind)
    if names_meeting(before) or not found or re.search(r"[.;。\n]", behind[: found.start()]):
        return False
    return len(behind[: found.start()].split()) <= _BETWEEN and names_meeting(behind[found.start() :])

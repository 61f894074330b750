"""Answer which action items there are, who does them by when, and how many are open."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.citations.citation import Citation
from assistant.minutes.action_items.actions import ActionItem, actions_of
from assistant.minutes.action_items.owners import is_first_name, items_of
from assistant.minutes.action_items.tasks import people_of
from assistant.minutes.day_range import DAY_WORDS, AskedDays, is_day_first, named_days
from assistant.minutes.people.names import is_named
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line
from assistant.wording import say
from corpus.language.minutes_words import pattern, says
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list
from corpus.tables import cells, row_sentence

_LEAST = 0.5
_DUE = re.compile(r"\b(?:due|deadline|fällig\w*|échéance|plazo|vence\w*)\b|期限")
_REMOVED = (
    *(("action", name) for name in ("asks", "asks_owner", "asks_assigned", "open", "done", "dropped")),
    ("item", "number"),
    ("asks_outcome", "approved"),
    ("asks_outcome", "decided"),
)
_SHORTEST = 4
# The number of a row: "25/33", "A07", "task 3"; more than the share that words alone reach.
_NUMBER = re.compile(
    r"(?<![\w/.-])(?:[A-Za-z]{1,4}[-.]?\d{1,4}|\d{1,4}[/.-]\d{1,4}"
    r"|(?<=action )\d{1,4}|(?<=task )\d{1,4}|(?<=no\. )\d{1,4})"
    r"(?![\w/-])"
)
_WHOLE = 2.0
# "by 6 March" in the words of an item.
_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|till|bis|vor|avant|hasta|antes)\b[^.;]{0,25}|[(–—:,-]\s?(?:due:? )?)$", re.I
)


def about_actions(question: MinutesQuestion) -> ReplyParts | None:
    """Return the action items that a question asks for; None if it asks for anything else."""
    asks = says("action", "asks", question.folded)
    if not asks and not says("action", "asks_owner", question.folded):
        return None
    days = question.asked_days
    is_due = bool(days and (days.compares or _DUE.search(question.folded)) and not _is_of_meeting(question, days))
    if question.is_of_days and not is_due:
        return None
    records = question.records_of_any_time if is_due else question.records
    scored: list[tuple[float, MinutesRecord, ActionItem]] = []
    for record in records:
        people = dict.fromkeys((*people_of(record), *(i.owner for i in actions_of(record) if i.owner)))
        asked, is_talk = question.text, bool(record.talk)
        named = [name for name in people if is_named(name, asked) or is_first_name(name, asked, is_talk)]
        if numbered := _of_number(question, record):
            scored += [(_WHOLE, record, item) for item in numbered]
            continue
        words = question.rest(record, _REMOVED, (*DAY_WORDS, *named))
        if not (words or named or is_due or asks):
            continue
        items = items_of(record, named) if named else [*actions_of(record)]
        items = [i for i in items if not (days and is_due) or _is_due(days, record, i)]
        scored += [(share(words, _words(item)) if words else 1.0, record, item) for item in items]
    best = max((value for value, _, _ in scored), default=0.0)
    if best <= _LEAST:
        return None
    found = _reply_with(question, [(record, item) for value, record, item in scored if value == best])
    return replace(found, is_dated=is_due)


def _of_number(question: MinutesQuestion, record: MinutesRecord) -> list[ActionItem]:
    """Return the rows whose first cell is a number that a question names: "the status of action 25/33"."""
    numbers = {number.casefold() for number in _NUMBER.findall(question.text)}
    rows = [(item, cells(item.passage.words_text)) for item in actions_of(record) if item.header] if numbers else []
    return [item for item, values in rows if values and values[0].strip().casefold() in numbers]


def _is_of_meeting(question: MinutesQuestion, days: AskedDays) -> bool:
    """Return True for the days of a meeting: "the tasks from the June meeting"."""
    following = folded_words(question.text[days.span[1] :])[:1]
    return bool(word_list("record_nouns.txt").intersection(following))


def _is_due(days: AskedDays, record: MinutesRecord, item: ActionItem) -> bool:
    """Return True if an item is due on the days that a question asks for, by its cell or the words before a day."""
    near = record.document.meeting.first_day or record.document.published
    words = item.due if item.due is not None else item.text
    told = named_days(words, is_day_first(i.due for i in actions_of(record) if i.due))
    if item.due is None:
        told = [d for d in told if _UNTIL.search(words[: d.start])] or told[-1:]
    return bool(told) and all(days.holds(day, near) for day in told)


def _words(item: ActionItem) -> str:
    """Return the words of an item, of a row with the names of its columns."""
    names = cells(item.header.words_text) if item.header else ()
    return " ".join((item.text, row_sentence(item.span.of(item.passage.document.text), names)))


def _reply_with(question: MinutesQuestion, pairs: Sequence[tuple[MinutesRecord, ActionItem]]) -> ReplyParts:
    """Return the items, of them those that are open or done where a question asks for these."""
    wanted = _asked_state(question)
    is_stated = any(item.is_open is not None for _, item in pairs)
    if says("action", "dropped", question.folded) and any(item.is_dropped for _, item in pairs):
        wanted, pairs = None, [(record, item) for record, item in pairs if item.is_dropped]
    elif wanted is not None and is_stated:
        pairs = [(record, item) for record, item in pairs if wanted or not item.is_dropped]
        pairs = [(record, item) for record, item in pairs if (item.is_open is not False) is wanted]
        if question.counts:  # a task of which nothing is said is not counted
            pairs = [(record, item) for record, item in pairs if item.is_open is wanted]
    cited: list[Citation] = []
    rows: list[Citation] = []
    for record, item in pairs:
        if item.header:
            cited.append(record.cite(item.header, item.header.words))
        rows.append(record.cite(item.passage, item.span))
        cited.append(rows[-1])
    state = "listed" if wanted is None or not is_stated else "open" if wanted else "done"
    lines = (count_line(question, len(set(rows)), state, rows),) if question.counts and rows else ()
    notes = () if wanted is None or is_stated else (say(question.query.reply_language, "no_state"),)
    return ReplyParts(tuple(cited), lines, notes)


def _asked_state(question: MinutesQuestion) -> bool | None:
    """Return True if a question asks for open items, False for those that are done, None for all."""
    for name, state in (("open", True), ("done", False)):
        if any(
            len(m.group()) >= _SHORTEST or not m.group().isascii()
            for m in pattern("action", name).finditer(question.folded)
        ):
            return state
    return None

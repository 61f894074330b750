"""Answer who voted how in a roll call: "Who was for the rule?", "How did Ms Bo vote?"."""

import re
from collections.abc import Iterable, Sequence

from assistant.citations.citation import Citation
from assistant.minutes.people.names import is_named
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line
from assistant.minutes.votes.roll_calls import RollCall, Vote, roll_calls_of
from corpus.language.minutes_words import classes, says

_LEAST = 0.5
_REMOVED = tuple((section, name) for section in ("asks_vote", "vote") for name in classes(section))
_HOW = re.compile(r"^\W*(?:how|wie|comment|cómo)\b|どう|どのように")
# "Was Ms Bo for the rule?"
_IS_FOR = re.compile(r"^\W*(?:was|were|is|are)\b.*\b(?P<side>for|against)\b")
_Chosen = list[tuple[MinutesRecord, RollCall]]


def about_votes(question: MinutesQuestion) -> ReplyParts | None:
    """Return the votes of a roll call that a question asks for; None if it asks for anything else."""
    kinds = [name for name in classes("asks_vote") if says("asks_vote", name, question.folded)]
    if match := _IS_FOR.search(question.folded):
        kinds.append("against" if match["side"] == "against" else "favour")
    if not kinds or not (question.asks_who or question.counts or question.is_yes_or_no or _HOW.search(question.folded)):
        return None
    scored = [
        (share(words, call.context) if words else 1.0, record, call)
        for record in question.records
        for call in roll_calls_of(record)
        for words in [question.rest(record, _REMOVED, _named(question, call.votes))]
        if (words and not _IS_FOR.search(question.folded)) or question.asks_who or _named(question, call.votes)
    ]
    best = max((value for value, _, _ in scored), default=0.0)
    if best <= _LEAST:
        return None
    return _reply(question, [(record, call) for value, record, call in scored if value == best], kinds)


def _named(question: MinutesQuestion, votes: Iterable[Vote]) -> list[str]:
    return [name for vote in votes for name in vote.names if is_named(name, question.text)]


def _reply(question: MinutesQuestion, calls: _Chosen, kinds: Sequence[str]) -> ReplyParts | None:
    """Return the votes of the persons whom a question names, else those of the kind that it asks for, else all."""
    asked = [kind for kind in kinds if kind != "all"]
    if "against" in asked and "favour" in asked:  # "pour" and "contre"
        asked = []
    of_person = any(_named(question, call.votes) for _, call in calls)
    cited: list[Citation] = []
    rows: list[Citation] = []
    number = 0
    for record, call in calls:
        votes = [v for v in call.votes if not of_person or _named(question, [v])]
        votes = votes if of_person or not asked else [v for v in votes if v.kind in asked]
        if not votes:
            continue
        cited += [record.cite(passage, span) for passage, span in call.announced]
        cited += [record.cite(call.header, call.header.words)] if call.header else []
        rows += [record.cite(vote.passage, vote.span) for vote in votes]
        cited += rows[-len(votes) :]
        cited += [record.cite(passage, span) for passage, span in call.outcome]
        number += sum(len(vote.names) for vote in votes)
    lines = (count_line(question, number, "listed", rows),) if question.counts and rows and not of_person else ()
    return ReplyParts(tuple(cited), lines) if cited else None

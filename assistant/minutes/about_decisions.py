"""Answer what was decided, what became of a proposal, and who voted how."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.minutes.action_items.tasks import people_of
from assistant.minutes.decision_citations import cite_decision
from assistant.minutes.decisions import Decision, decisions_of
from assistant.minutes.outcomes import proposes
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line
from assistant.minutes.talk.about_spoken import about_spoken
from assistant.understanding.answer_type import AnswerContent, holds
from assistant.understanding.recency import names_next_meeting
from corpus.document import Kind
from corpus.language.minutes_words import classes, says
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, folded_words, stems

# More than this share of the subject of a question is in a decision, its heading and the name of its record.
_LEAST = 0.5
# Share of the best decision's that one of a later meeting has more of.
_NEARLY = 0.6
# Sentences of a section that are quoted whole.
_MOST_SENTENCES = 6
_ASKING = tuple((section, name) for section in ("asks_outcome", "vote") for name in classes(section))
_REMOVED = (*_ASKING, ("object", "generic"))
_VERB = re.compile(r"^\W*what did .* (\w+)\W*$")
_WHO = re.compile(
    r"^\W*(?:(?:and|but|und|aber|et|mais|y|pero)\s+)?(?:who|qui|wer|quién|quiénes)\b"
    r"|^\W*(?:and |but )?which (?:\w+ )?(?:members?|countries|delegations?)\b|誰|どなた|どの委員"
)
_AND_WHAT = re.compile(r"\b(?:and|but) (?:what|how|did|was|were)\b.*\b(?:it|this|that|them)\b")
_CAPITAL = re.compile(r"(?<=\w[ ,:.])[ ]?[^\W\d_a-z]")
# "5 Ja, 1 Nein", "4 for, 1 against".
_COUNTED = {
    "favour": re.compile(r"\b\d+\s+(?:ja|yes|aye|for|oui|pour|sí|für)\b"),
    "against": re.compile(r"\b\d+\s+(?:nein|no|nay|non|contre|gegen)\b"),
}
_CARRIES_ON = re.compile(r"\bcarr(?:y|ied|ies|ying) (?:on|out)\b")
_WHEN = re.compile(r"\b(?:(?:from|since|as of) when|when|ab wann|seit wann|wann|quand|cuándo)\b|いつ")
_WHEN_TO_COME = re.compile(r"\bwhen (?:do|does|will|is|are|shall|can)\b")
_Chosen = list[tuple[MinutesRecord, Decision]]


def about_decisions(question: MinutesQuestion) -> ReplyParts | None:
    """Return the decisions that a question asks for, each with its object; None if it asks for anything else.

    For the day of what is to come, "When does the board vote?", they answer only with a day.
    """
    found = _about_decisions(question)
    is_to_come = bool(_WHEN_TO_COME.search(question.folded))
    is_dated = found and any(holds(AnswerContent.DATE, citation.quote) for citation in found.citations)
    return found if is_dated or not is_to_come else None


def _about_decisions(question: MinutesQuestion) -> ReplyParts | None:
    folded = _CARRIES_ON.sub(" ", question.folded)
    kinds = [name for name in classes("asks_outcome") if says("asks_outcome", name, folded)]
    votes = [name for name in classes("vote") if says("vote", name, question.folded)]
    if not kinds and not votes:
        return None
    records = [record for record in question.records if record.is_minutes]
    words = {record.document.id: question.rest(record, _REMOVED) for record in records}
    if question.is_yes_or_no and not all(words.values()):  # "Were the minutes of 28 May approved?"
        words = {record.document.id: question.loose_words(_ASKING) for record in records}
    asks_voter = bool(votes) and bool(_WHO.search(question.folded))
    scored = [
        (share(of, d.words) if (of := words[record.document.id]) else 1.0, record, d)
        for record in records
        for d in decisions_of(record)
        if _has_votes(d, votes, bool(kinds)) and (not asks_voter or _names_voter(record, d))
    ]
    best = max((value for value, _, _ in scored), default=0.0)
    chosen = [(record, d) for value, record, d in scored if value == best]
    spoken = None if asks_voter else about_spoken(question, _REMOVED, votes)
    if spoken and (spoken.value >= best or all(record.talk for record, _ in chosen)):
        return spoken.parts
    is_whole = not any(words[record.document.id] for record, _ in chosen)
    # Words of other languages have more forms: half of them are enough for one decision alone.
    is_clear = best == _LEAST and len(chosen) == 1 and question.query.language is not None
    if best <= _LEAST and not is_clear:
        return None if votes else _proposals(question, records, words) or _sections(records, words)
    if is_whole and question.is_yes_or_no and not (votes and not kinds):
        return None
    chosen = _of_kind(question, chosen, kinds) if is_whole else [*chosen, *_later(scored, chosen, best)]
    asks_when = bool(_WHEN.search(question.folded))
    cited = [c for record, d in chosen for c in cite_decision(record, d, votes, asks_when)]
    lines = (count_line(question, len(chosen), "listed", cited),) if question.counts and is_whole and not votes else ()
    return ReplyParts(tuple(cited), lines) if chosen else None


def _later(scored: Sequence[tuple[float, MinutesRecord, Decision]], chosen: _Chosen, best: float) -> _Chosen:
    """Return the decisions of later meetings that have nearly as much of the subject of a question."""
    days = [day for record, _ in chosen if (day := record.document.meeting.first_day)]
    least = max(_LEAST, _NEARLY * best)
    of_days = [(record.document.meeting.first_day, value, record, d) for value, record, d in scored]
    return [(r, d) for day, value, r, d in of_days if day and days and day > max(days) and least < value < best]


def _proposals(
    question: MinutesQuestion, records: Sequence[MinutesRecord], words: Mapping[str, set[str]]
) -> ReplyParts | None:
    """Return a proposal and the sentence behind it for "What did X advise, and what did the Council make of it?"."""
    if not _AND_WHAT.search(question.folded):
        return None
    pairs = [
        (share(words[record.document.id], f"{said.of(text)} {reply.of(text)}"), record, passage, (said, reply))
        for record in records
        for passage in record.passages
        if passage.kind in (Kind.BODY, Kind.LIST_ITEM)
        for text in (record.document.text,)
        for said, reply in pairwise(passage.sentences())
        if proposes(said.of(text))
    ]
    best = max((value for value, *_ in pairs), default=0.0)
    chosen = [(record, passage, spans) for value, record, passage, spans in pairs if value == best]
    if best <= _LEAST or len(chosen) > 1:
        return None
    return ReplyParts(tuple(record.cite(passage, span) for record, passage, spans in chosen for span in spans))


def _sections(records: Sequence[MinutesRecord], words: Mapping[str, set[str]]) -> ReplyParts | None:
    """Return what records say under a heading that has the subject of a question, where no decision has it."""
    found = [
        record.cite(p, span)
        for record in records
        for p in record.passages
        if p.headings and p.kind is Kind.BODY and share(words[record.document.id], p.headings[-1]) == 1
        for span in p.sentences()
        if not names_next_meeting(span.of(p.document.text))
    ]
    return ReplyParts(tuple(found)) if 0 < len(found) <= _MOST_SENTENCES else None


def _of_kind(question: MinutesQuestion, chosen: _Chosen, kinds: list[str]) -> _Chosen:
    """Return the decisions of the kind that is asked for; of "What did X refuse?" those with the verb if any."""
    told = [name for name in kinds if name != "decided"]
    if told:
        kept = (*told, *(("decided",) if told == ["approved"] else ()))
        chosen = [(record, d) for record, d in chosen if d.kind in kept]
        verb = _VERB.search(question.folded)
        of_verb = [(r, d) for r, d in chosen if verb and set(stems(verb[1])) <= set(stems(d.words))]
        chosen = of_verb or chosen
    if "decided" not in kinds:
        return chosen
    labelled = {(r.document.id, d.passage.order) for r, d in chosen if d.is_labelled}
    return [
        (r, d)
        for r, d in chosen
        if d.is_labelled or d.kind != "decided" or (r.document.id, d.passage.order) not in labelled
    ]


def _names_voter(record: MinutesRecord, decision: Decision) -> bool:
    """Return True if the votes of a decision have the name of somebody, and not numbers alone."""
    people = {word for name in people_of(record) for word in folded_words(name) if len(word) > 1}
    told = [span.of(passage.document.text) for passage, span in decision.of_votes]
    if people:
        return any(people.intersection(folded_words(words)) or any(map(is_cjk, words)) for words in told)
    return any(_CAPITAL.search(words) or says("person", "title", words) for words in told if words)


def _has_votes(decision: Decision, votes: list[str], asks_outcome: bool) -> bool:
    """Return True if a decision has a vote of the kind that a question asks for, or it asks for none."""
    asked = [name for name in votes if name != "vote"]
    if not votes or (asks_outcome and not asked):
        return True
    text = decision.passage.document.text
    told = [fold_text(span.of(text)) for _, span in decision.of_votes]
    names = asked or classes("vote")
    return any(says("vote", n, words) or (n in _COUNTED and _COUNTED[n].search(words)) for words in told for n in names)

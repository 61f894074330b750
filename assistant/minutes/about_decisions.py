"""Answer what was decided, what became of a proposal, and who voted how."""

from assistant.minutes.decision_citations import cite_decision
from assistant.minutes.found import Found, count_line
from assistant.minutes.outcomes import Decision, decisions_of, votes_of
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from corpus.language.minutes_words import classes, says
from corpus.language.tokens import fold_text

# More than this share of the subject of a question is in a decision, its heading and the name of its record.
_LEAST = 0.5


def about_decisions(question: MinutesQuestion) -> Found | None:
    """Return the decisions that a question asks for, each with its object; None if it asks for anything else."""
    kinds = [name for name in classes("asks_outcome") if says("asks_outcome", name, question.folded)]
    votes = [name for name in classes("vote") if says("vote", name, question.folded)]
    if not kinds and not votes:
        return None
    removed = [(section, name) for section in ("asks_outcome", "vote") for name in classes(section)]
    removed.append(("object", "generic"))
    scored: list[tuple[float, MinutesRecord, Decision]] = []
    for record in (r for r in question.records if r.is_minutes):
        words = question.rest(record, removed)
        decisions = decisions_of(record)
        scored += [
            (share(words, d.words) if words else 1.0, record, d) for d in decisions if _has_votes(d, votes, bool(kinds))
        ]
    best = max((value for value, _, _ in scored), default=0.0)
    if best <= _LEAST:
        return None
    chosen = [(record, d) for value, record, d in scored if value == best]
    is_whole = all(not question.rest(record, removed) for record, _ in chosen)
    if is_whole and not _asks_for_all(question, kinds, votes):
        return None
    told = [name for name in kinds if name != "decided"]
    if is_whole and told:
        chosen = [
            (record, d) for record, d in chosen if d.kind in (*told, *(("decided",) if told == ["approved"] else ()))
        ]
    if is_whole and any(d.is_labelled for _, d in chosen) and "decided" in kinds:
        labelled = {record.document.id for record, d in chosen if d.is_labelled}
        chosen = [
            (r, d) for r, d in chosen if d.is_labelled or r.document.id not in labelled or not _is_covered(d, chosen)
        ]
    if not chosen:
        return None
    cited = [c for record, d in chosen for c in cite_decision(record, d, bool(votes))]
    lines = (count_line(question, len(chosen), "listed", cited),) if question.counts and is_whole and not votes else ()
    return Found(tuple(cited), lines)


def _asks_for_all(question: MinutesQuestion, kinds: list[str], votes: list[str]) -> bool:
    """Return True if a question without a subject asks for all decisions, and is no rest of another question."""
    return not question.is_yes_or_no or bool(votes and not kinds)


def _is_covered(decision: Decision, chosen: list[tuple[MinutesRecord, Decision]]) -> bool:
    """Return True if a labelled decision stands in the same passage or section."""
    return any(
        d.is_labelled and d.passage.document.id == decision.passage.document.id and (d.passage == decision.passage)
        for _, d in chosen
    )


def _has_votes(decision: Decision, votes: list[str], asks_outcome: bool) -> bool:
    """Return True if a decision has a vote of the kind that a question asks for, or it asks for none."""
    asked = [name for name in votes if name != "vote"]
    if not votes or (asks_outcome and not asked):
        return True
    text = decision.passage.document.text
    told = [fold_text(span.of(text)) for _, span in votes_of(decision)]
    return any(says("vote", name, words) for words in told for name in (asked or votes))

"""Cite a decision with the sentences that name what was decided on."""

from collections.abc import Sequence

from assistant.citations.citation import Citation
from assistant.minutes.decisions import Decision, Sentence
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import distinct
from corpus.language.dates import find_dates, find_months
from corpus.language.minutes_words import pattern, says
from corpus.language.tokens import fold_text


def cite_decision(
    record: MinutesRecord, decision: Decision, votes: Sequence[str] = (), asks_when: bool = False
) -> list[Citation]:
    """Return the sentences that name the object of a decision, its outcome, and those of its votes.

    Args:
        record: the record.
        decision: one of its decisions.
        votes: the kinds of votes to cite, see `data/minutes.toml`; those of any kind if no sentence has one of these.
        asks_when: True to cite from when it holds, where the sentence behind the outcome says so.
    """
    told = list(decision.of_votes) if votes else []
    kept = [sentence for sentence in told if any(says("vote", name, _folded(sentence)) for name in votes)] or told
    days = [_day_behind(decision)] if asks_when else []
    spans = [*decision.of_object, (decision.passage, decision.outcome), *kept, *filter(None, days)]
    return distinct(record.cite(passage, span, decision.heading) for passage, span in spans)


def _day_behind(decision: Decision) -> Sentence | None:
    """Return the sentence right behind an outcome that has a day and stands on it: "It applies from 1 May."."""
    passage = decision.passage
    behind = next((span for span in passage.sentences() if span.start >= decision.outcome.end), None)
    words = behind.of(passage.document.text) if behind else ""
    is_of_it = pattern("reference", "begins").match(fold_text(words)) and (find_dates(words) or find_months(words))
    return (passage, behind) if behind and is_of_it else None


def _folded(sentence: Sentence) -> str:
    passage, span = sentence
    return fold_text(span.of(passage.document.text))

"""Cite a decision with the sentences that name what was decided on."""

from collections.abc import Sequence

from assistant.citations.citation import Citation
from assistant.minutes.decisions import Decision, Sentence
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import distinct
from corpus.language.minutes_words import says
from corpus.language.tokens import fold_text


def cite_decision(record: MinutesRecord, decision: Decision, votes: Sequence[str] = ()) -> list[Citation]:
    """Return the sentences that name the object of a decision, its outcome, and those of its votes.

    Args:
        record: the record.
        decision: one of its decisions.
        votes: the kinds of votes to cite, see `data/minutes.toml`; those of any kind if no sentence has one of these.
    """
    told = list(decision.of_votes) if votes else []
    kept = [sentence for sentence in told if any(says("vote", name, _folded(sentence)) for name in votes)] or told
    spans = [*decision.of_object, (decision.passage, decision.outcome), *kept]
    return distinct(record.cite(passage, span, decision.heading) for passage, span in spans)


def _folded(sentence: Sentence) -> str:
    passage, span = sentence
    return fold_text(span.of(passage.document.text))

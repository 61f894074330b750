"""Find an outcome that a report states otherwise than its record: "approved" for "did not approve"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.people.other_persons import has_name
from assistant.verification.facts.record_sentences import NearSentence, keys_of
from assistant.verification.facts.values import Value, is_fact, occurs
from assistant.verification.quote_pattern import is_article
from assistant.verification.sense.clauses import CONDITIONS
from assistant.verification.sense.omissions import NEGATION
from corpus.document import Document
from corpus.language.dates import find_dates
from corpus.language.minutes_words import Outcome, classes, only_outcome, pattern
from corpus.language.persons import persons
from corpus.language.sentences import sentences
from corpus.language.tokens import STOP_WORDS, fold_text
from corpus.span import Span

# From this share of common words on, a sentence of a record is about the matter that the report's is about.
_SAME = 0.6
# One whose outcome stands in the next sentence has fewer of the words.
_SAME_WITHOUT = 0.5
# A word that denies an outcome stands among so many words before it.
_DENIED = 2
# Further words of a sentence that says only what became of the one before it: "The motion was carried unanimously."
_BARE = 1
_BEHIND = 600
_WORD_BEHIND = re.compile(r"\s+([^\W\d_]+)")


def other_outcome(sentence: str, stated: Sequence[Value], near: Sequence[NearSentence]) -> Conflict | None:
    """Return the outcome that the nearest sentences state, where the report states one of another kind.

    Nothing is claimed of what another person did, of denied and conditional outcomes, and of sentences with several.

    Args:
        sentence: the sentence of the report.
        stated: its values.
        near: the sentences of the records that it is about, the nearest first.
    """
    mine = _outcome(sentence)
    if mine is None:
        return None
    others: list[Conflict] = []
    for there in near:
        theirs = _outcome_of(there) if _has_names(stated, there) else None
        if theirs is None or there.share < (_SAME_WITHOUT if theirs.is_behind else _SAME):
            continue
        if theirs.kind == mine.kind:
            return None
        if theirs.is_behind or _has_persons(sentence, there.text):
            others.append(Conflict(Span(mine.start, mine.end), theirs.words, there.document))
    return others[0] if others else None


class _Recorded(NamedTuple):
    """An outcome of a record: its kind, its words, and True if it stands in a sentence of its own."""

    kind: str
    words: str
    is_behind: bool


def _outcome_of(there: NearSentence) -> _Recorded | None:
    """Return the outcome of a sentence of a record, or of the one behind it that says only that; None for none."""
    behind = _next_sentence(there.document, there.span)
    further = _outcome(behind) if _is_bare(behind) else None
    own = _outcome(there.text)
    if own:
        # "The motion was rejected. On a second vote it was carried."
        is_last = further is None or further.kind == own.kind
        return _Recorded(own.kind, there.text[own.start : own.end], is_behind=False) if is_last else None
    if further is None or NEGATION.search(there.text):
        return None
    return _Recorded(further.kind, behind[further.start : further.end], is_behind=True)


def _is_bare(sentence: str) -> bool:
    """Return True if a sentence hardly says more than an outcome, a vote and "the motion"."""
    folded = fold_text(sentence)
    sections = [(section, name) for section in ("outcome", "vote") for name in classes(section)]
    for section, name in (*sections, ("object", "generic"), ("decision", "body")):
        folded = pattern(section, name).sub(" ", folded)
    return len(keys_of(folded)) <= _BARE


def _outcome(sentence: str) -> Outcome | None:
    """Return the only outcome of a sentence that nothing denies or conditions; None for none."""
    outcome = only_outcome(sentence)
    if outcome is None or CONDITIONS.search(sentence) or _is_of_noun(sentence, outcome):
        return None
    return None if NEGATION.search(" ".join(sentence[: outcome.start].split()[-_DENIED:])) else outcome


def _is_of_noun(sentence: str, outcome: Outcome) -> bool:
    """Return True if an outcome only describes the noun behind it: "The approved budget was not presented."."""
    behind = _WORD_BEHIND.match(sentence, outcome.end)
    if behind is None or behind[1].casefold() in STOP_WORDS:
        return False
    before = sentence[: outcome.start].split()
    return is_article(before[-1]) if before else NEGATION.search(sentence, outcome.end) is not None


def _next_sentence(document: Document, span: Span) -> str:
    """Return the sentence behind one in its paragraph; empty for none."""
    block = next((b.words for b in document.outline if b.words.start <= span.start < b.words.end), span)
    end = min(block.end, span.end + _BEHIND)
    following = sentences(document.text, Span(span.end, end)) if document.text[span.end : end].strip() else []
    return following[0].of(document.text) if following else ""


def _has_names(stated: Sequence[Value], there: NearSentence) -> bool:
    """Return True if a record's sentence, or the facts about the record, have all names of the report's sentence."""
    names = [value for value in stated if value.kind == "name"]
    return all(occurs(n, there.text, (there.document,)) or is_fact(n, there.document) for n in names)


def _has_persons(sentence: str, recorded: str) -> bool:
    """Return True if a report's sentence names all persons of a record's."""
    days = find_dates(recorded)
    people = (p for p in persons(recorded) if not any(day.start <= p.start < day.end for day in days))
    return all(has_name(sentence, person) for person in people)

"""Find the motions of a talk and their outcomes some turns on: "I move that ...", "I hear none. The motion falls."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.minutes.outcomes import is_vote, names_other
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import KEPT, MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from assistant.minutes.talk.outcomes import names_motion, told_outcome
from corpus.language.minutes_words import classes, phrases, says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span

# Turns behind a motion in which its outcome is looked for.
_MOST_TURNS = 14
# More than this share of the subject of a question is in a motion.
_LEAST = 0.5
_REMOVED = (*(("asks_outcome", name) for name in classes("asks_outcome")), ("object", "generic"))
_ABOUT = re.compile(
    r"^\W*(?:will|shall|can|may|should)\b|\b(?:what (?:happened|became|came|was (?:done|decided))|how did)\b"
    r"|\bmotions?\b|\bdid (?:they|the)\b"
)
_Sentence = tuple[Passage, Span]


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion in a talk.

    Attributes:
        said: the sentence that makes it.
        outcome: the sentences that tell what became of it, the last of them that it was carried or fell.
        kind: of the outcome, as `assistant.minutes.outcomes.kind_of` names it.
    """

    said: _Sentence
    outcome: tuple[_Sentence, ...]
    kind: str

    @property
    def words(self) -> str:
        """The words of the motion."""
        passage, span = self.said
        return span.of(passage.document.text)


def about_motions(question: MinutesQuestion) -> ReplyParts | None:
    """Return a motion in a talk with its outcome; None if a question asks for anything else."""
    kinds = [name for name in classes("asks_outcome") if says("asks_outcome", name, question.folded)]
    if not (question.is_yes_or_no or kinds or _ABOUT.search(question.folded)):
        return None
    found: list[tuple[float, MinutesRecord, Motion]] = []
    for record in question.records:
        for motion in motions_of(record):
            words = question.rest(record, _REMOVED, phrases("motion", "beside"))
            if words or motion.kind in kinds:
                found.append((share(words, motion.words) if words else 1.0, record, motion))
    best = max((value for value, _, _ in found), default=0.0)
    if best <= _LEAST or (best < 1 and not kinds):
        return None
    chosen = [(record, motion) for value, record, motion in found if value == best]
    return ReplyParts(tuple(r.cite(p, s) for r, motion in chosen for p, s in (motion.said, *motion.outcome)))


@lru_cache(maxsize=KEPT)
def motions_of(record: MinutesRecord) -> tuple[Motion, ...]:
    """Return the motions of a talk whose outcome is told before the next one."""
    sentences = [(at, (p, span)) for at, (p, _) in enumerate(record.talk) for span in p.sentences()]
    starts = [n for n, (_, (p, span)) in enumerate(sentences) if _moves(span.of(p.document.text))]
    ends = [*starts[1:], len(sentences)]
    return tuple(
        motion
        for start, end in zip(starts, ends, strict=False)
        for turn in [sentences[start][0]]
        for motion in _motion([s for at, s in sentences[start:end] if at - turn <= _MOST_TURNS])
    )


def _motion(sentences: list[_Sentence]) -> Iterator[Motion]:
    """Yield the motion that the first of some sentences makes, if others tell its outcome and do not differ in it."""
    said, *behind = sentences
    made = said[1].of(said[0].document.text)
    words = [fold_text(span.of(passage.document.text)) for passage, span in behind]
    told = [(at, kind) for at, one in enumerate(words) if not names_other(one, made) and (kind := told_outcome(one))]
    if len({kind for _, kind in told}) != 1:
        return
    last, kind = next((pair for pair in reversed(told) if names_motion(words[pair[0]])), told[-1])
    first = last
    while first and behind[first - 1][0] is behind[last][0] and _leads(words[first - 1]):
        first -= 1
    yield Motion(said, tuple(behind[first : last + 1]), kind)


def _moves(words: str) -> bool:
    return says("motion", "made", fold_text(words)) and not words.rstrip().endswith("?")


def _leads(folded: str) -> bool:
    """Return True for a sentence that belongs to the outcome behind it: "I hear none.", "Three against two."."""
    return says("motion", "heard", folded) or (is_vote(folded) and not folded.rstrip().endswith("?"))

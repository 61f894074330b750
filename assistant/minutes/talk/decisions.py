"""Find the decisions of a talk: the outcome, the votes before it, and the sentences that may name what was decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from assistant.citations.citation import Citation
from assistant.minutes.outcomes import is_vote
from assistant.minutes.question import share
from assistant.minutes.record import KEPT, MinutesRecord
from assistant.minutes.reply_parts import distinct
from assistant.minutes.talk.items import Call, Sentence, items, text_of, topic_at
from assistant.minutes.talk.outcomes import (
    answers_objections,
    asks_objections,
    is_question,
    proposes_in_talk,
    spoken_outcome,
)
from corpus.language.minutes_words import says, without_lead
from corpus.language.tokens import fold_text
from corpus.span import Span

# Turns before an outcome in which its object is named, within one item.
_MOST_TURNS = 16
# Words of the reply to a call for votes: "Against?" "Twenty-nine."
_SHORT_REPLY = 4
# Sentences of one turn between an object and its outcome that are quoted with them.
_MOST_BETWEEN = 3
# Share of the subject of a question in the call, the proposals and the outcome.
_LEAST_NEAR = 0.5
_OWN_VIEW = re.compile(r"\b(?:i['’]m|i am|i was|i['’]d|i would|my|ich bin|ich war|je suis|estoy)\b")


@dataclass(frozen=True, slots=True)
class SpokenDecision:
    """A decision in a talk.

    Attributes:
        call: the sentences that call its item; empty where nobody does.
        said: the sentences of its item before the outcome, since the outcome before it.
        votes: those about votes among them, and behind the outcome.
        outcome: the sentences that tell the outcome.
        kind: of the outcome: "approved", "rejected", "deferred", "withdrawn".
        topic: of the item, as the list at the beginning of the talk names it; empty elsewhere.
    """

    call: Call
    said: tuple[Sentence, ...]
    votes: tuple[Sentence, ...]
    outcome: tuple[Sentence, ...]
    kind: str
    topic: str = ""

    @property
    def others(self) -> list[Sentence]:
        """The sentences before the outcome that are about no votes."""
        return [s for s in self.said if not any(p is s[0] and span.overlaps(s[1]) for p, span in self.votes)]

    def object_of(self, words: set[str]) -> tuple[Sentence, ...]:
        """Return the sentences that name what was decided for a question: the best, the last proposal, the call.

        The call is left out where the best sentence has its words of the question, too. Without a call an outcome with
        the whole subject needs none: "The reserve for the crane is released.".

        Args:
            words: the stems of the subject of the question.
        """
        if not self.call and share(words, _text(self.outcome)) == 1:
            return ()
        others = self.others
        shares = [share(words, text_of(s)) for s in others]
        best = others[shares.index(max(shares))] if others and max(shares) > 0 else None
        proposal = next((s for s in reversed(others) if proposes_in_talk(text_of(s))), None)
        own = text_of(best) if best else ""
        call = self.call if share(words, f"{_text(self.call)} {own}") > share(words, own) else ()
        found = dict.fromkeys((*call, *filter(None, (best, proposal))))
        return tuple(sorted(found, key=lambda sentence: sentence[1]))

    def rank(self, words: set[str]) -> tuple[float, float]:
        """Return how much of the words the sentences quoted for them have, and how much the call has.

        A remark in passing is no object: half of the words stand in the call, a proposal, or right before the outcome.
        """
        proposals = [n for n, s in enumerate(self.said) if proposes_in_talk(text_of(s))]
        near = [s for n in proposals for s in self.said[max(0, n - 1) : n + 1]]
        near = near if proposals or self.call else [*self.others[-_MOST_BETWEEN:]]
        if share(words, f"{self.topic} {_text((*self.call, *near, *self.votes, *self.outcome))}") < _LEAST_NEAR:
            return 0.0, 0.0
        return share(words, f"{self.topic} {self.text_about(words)}"), share(words, _text(self.call))

    def text_about(self, words: set[str]) -> str:
        """Return the words of the sentences that are quoted for a question."""
        return _text((*self.call, *self.object_of(words), *self.votes, *self.outcome))


@lru_cache(maxsize=KEPT)
def spoken_decisions_of(record: MinutesRecord) -> tuple[SpokenDecision, ...]:
    """Return the decisions of a talk, in order; none for another record."""
    return tuple(
        replace(decision, topic=topic_at(record, call[0][1]) if call else "")
        for call, sentences in items(record)
        for decision in _without_doubt([*_decisions(call, sentences)])
    )


def cite_spoken(
    record: MinutesRecord, decision: SpokenDecision, words: set[str], votes: Sequence[str]
) -> list[Citation]:
    """Return the quotations of a decision: what was decided on, the votes if they are asked for, the outcome.

    Args:
        record: the record.
        decision: one of its decisions.
        words: the stems of the subject of the question.
        votes: the kinds of votes to cite; those of any kind if there are none of these, none without kinds.
    """
    told = [s for s in decision.votes if any(says("vote", name, fold_text(text_of(s))) for name in votes)]
    told = told or [*decision.votes] if votes else []
    sentences = [*decision.object_of(words), *told, *decision.outcome]
    return distinct(record.cite(passage, span) for passage, span in _joined(sentences))


def _text(sentences: Sequence[Sentence]) -> str:
    return " ".join(map(text_of, sentences))


def _decisions(call: Call, sentences: Sequence[tuple[int, Sentence]]) -> Iterator[SpokenDecision]:
    """Yield the decisions of one item, each with the sentences since the one before it."""
    since = at = 0
    while at < len(sentences):
        turn, words = sentences[at][0], text_of(sentences[at][1])
        kind, used = _outcome(sentences, at)
        if not kind:
            at += 1
            continue
        before = [s for other, s in sentences[since:at] if turn - other <= _MOST_TURNS]
        end = at + used
        behind = [s for other, s in sentences[end:] if other == turn]
        again = [s for s, told in _leading_kinds(behind) if told == kind]
        votes = list(takewhile(_is_of_votes, behind[len(again) :]))
        asked = [s for other, s in sentences[max(since, at - 1) : at] if other == turn and asks_objections(words)]
        outcome = (*asked, *(s for _, s in sentences[at:end]), *again, *_restated(sentences, at, behind[len(again) :]))
        if before or call:
            yield SpokenDecision(call, tuple(before), (*_votes(before), *votes), outcome, kind)
        since = at = end + len(again) + len(votes)


def _restated(sentences: Sequence[tuple[int, Sentence]], at: int, behind: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentence behind a reply to "Anyone against?" that says what is done: "Then we sell the boat."."""
    first = [words for s in behind[:1] if len((words := text_of(s)).split()) > _SHORT_REPLY]
    is_asked = asks_objections(text_of(sentences[at][1]))
    follows = (
        is_asked and first and without_lead(first[0]) != fold_text(first[0]).lstrip() and not is_question(first[0])
    )
    return [*behind[:1]] if follows else []


def _leading_kinds(sentences: Sequence[Sentence]) -> list[tuple[Sentence, str]]:
    """Return the sentences that tell an outcome up to the first that tells none, each with its kind."""
    told = [(s, spoken_outcome(text_of(s))) for s in sentences]
    return [(s, kind) for s, kind in takewhile(lambda pair: pair[1] is not None, told) if kind]


def _without_doubt(decisions: Sequence[SpokenDecision]) -> Iterator[SpokenDecision]:
    """Yield the decisions of an item without an outcome that another one right behind it repeats or contradicts."""
    for before, decision, behind in zip([None, *decisions], decisions, [*decisions[1:], None], strict=False):
        is_repeated = before is not None and not decision.others
        is_contradicted = behind is not None and not behind.others and behind.kind != decision.kind
        if not is_repeated and not is_contradicted:
            yield decision


def _outcome(sentences: Sequence[tuple[int, Sentence]], at: int) -> tuple[str | None, int]:
    """Return the kind of the outcome that begins at a sentence, None without one, and how many sentences tell it."""
    words = text_of(sentences[at][1])
    following = [text_of(s) for _, s in sentences[at + 1 : at + 2]]
    if asks_objections(words) and following and answers_objections(following[0]):
        proposed = [text_of(s) for _, s in sentences[max(0, at - 2) : at]]
        kinds = [kind for text in proposed if (kind := spoken_outcome(text))]
        return (kinds[-1] if kinds else "approved"), 2
    kind = spoken_outcome(words)
    if kind == "approved" and at and (earlier := _proposed_kind(text_of(sentences[at - 1][1]))):
        return earlier, 1
    if kind and proposes_in_talk(words):  # "I propose that we hold it over." is no outcome yet
        return None, 1
    return kind, 1


def _proposed_kind(words: str) -> str | None:
    """Return "deferred" for a proposal to defer; None for another sentence."""
    return "deferred" if proposes_in_talk(words) and says("spoken", "deferred", fold_text(words)) else None


def _is_of_votes(sentence: Sentence) -> bool:
    """Return True for a sentence about votes that is no proposal and no view of the speaker: "I'm against it."."""
    words = text_of(sentence)
    return is_vote(words) and not proposes_in_talk(words) and not _OWN_VIEW.search(fold_text(words))


def _votes(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences about votes, a call for them joined with its reply: "Against? Twenty-nine."."""
    found: list[Sentence] = []
    for sentence, following in pairwise((*sentences, None)):
        if sentence is None or not _is_of_votes(sentence):
            continue
        passage, span = sentence
        is_asked = is_question(text_of(sentence))
        is_replied = following and following[0] is passage and len(text_of(following).split()) <= _SHORT_REPLY
        found.append(
            (passage, Span(span.start, following[1].end)) if is_asked and following and is_replied else sentence
        )
    return found


def _joined(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return sentences in order, those of one turn with hardly anything between them as one."""
    found: list[Sentence] = []
    for passage, span in sorted(dict.fromkeys(sentences), key=lambda sentence: sentence[1]):
        if found and found[-1][0] is passage:
            between = [s for s in passage.sentences() if found[-1][1].end <= s.start and s.end <= span.start]
            if len(between) <= _MOST_BETWEEN:
                found[-1] = (passage, Span(found[-1][1].start, max(found[-1][1].end, span.end)))
                continue
        found.append((passage, span))
    return found

"""Find the decisions of a record: the sentence of the outcome, those that name its object, those of the votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.minutes.outcomes import body_acts, is_vote, kind_of, names_proposal, needs_object, proposes, repeats
from assistant.minutes.record import KEPT, MinutesRecord
from assistant.minutes.reported_outcomes import is_only_reported
from corpus.document import Kind
from corpus.language.minutes_words import is_label, pattern
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# Sentences before an outcome that may name its object.
_MOST_BEFORE = 6
_LABEL_NUMBER = re.compile(r"[\s.:#]*(?:no\.?\s*)?[\d./-]*\s*$")
# "VI. Decision", "E. Decisions and actions".
_NUMBER = re.compile(r"^\W*(?:[A-Z]|[IVX]+|\d+)[.)]\W+")
_NUMBER_ALONE = re.compile(r"\W*[A-Z]?\d+[.)]?\W*$")
_ENDS = re.compile(r"[.!?:;。！？：…]\W*$")
# Words of the label of a vote.
_LABEL_WORDS = 3
# Characters of a line that may be the title of an item.
_TITLE = 80

Sentence = tuple[Passage, Span]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a record, or the outcome of a proposal.

    Attributes:
        passage: the passage of its outcome.
        outcome: the sentence that states it.
        kind: "approved", "rejected", "deferred", "withdrawn"; "decided" for any other decision.
        before: the sentences that name what was decided on, where the outcome does not, with the votes between.
        votes: the sentences behind it about votes.
        heading: the title of the item above, where it is no heading of the passage.
        is_labelled: True if a label or a heading calls it a decision.
    """

    passage: Passage
    outcome: Span
    kind: str
    before: tuple[Sentence, ...] = ()
    votes: tuple[Sentence, ...] = ()
    heading: tuple[str, ...] = ()
    is_labelled: bool = False

    @property
    def words(self) -> str:
        """Its words with the headings above it, and the votes."""
        text = self.passage.document.text
        spans = [span for _, span in (*self.before, *self.votes)]
        return " ".join([*self.passage.headings, *self.heading, *(s.of(text) for s in spans), self.outcome.of(text)])

    @property
    def of_votes(self) -> Iterator[Sentence]:
        """The sentences of the decision about votes."""
        for passage, span in (*self.before, (self.passage, self.outcome), *self.votes):
            if is_vote(span.of(passage.document.text)):
                yield passage, span

    @property
    def of_object(self) -> Iterator[Sentence]:
        """The sentences before the outcome that name its object."""
        for passage, span in self.before:
            words = span.of(passage.document.text)
            if names_proposal(words) or not is_vote(words):
                yield passage, span


@lru_cache(maxsize=KEPT)
def decisions_of(record: MinutesRecord) -> tuple[Decision, ...]:
    """Return the decisions of a record, in order."""
    reader = _DecisionReader()
    for passage in record.passages:
        if passage.kind in (Kind.HEADING, Kind.TITLE) or record.title_class(passage):
            reader.begin((), is_label("decision", "label", _LABEL_NUMBER.sub("", _NUMBER.sub("", passage.words_text))))
        elif passage.kind in (Kind.BODY, Kind.LIST_ITEM) and not cells(passage.words_text):
            is_listed = reader.is_listed and passage.kind is Kind.LIST_ITEM
            if not is_listed and _is_item_title(passage):
                reader.begin((" ".join(passage.text.split()),), False)
            else:
                reader.read(passage)
    return tuple(reader.found)


class _DecisionReader:
    """Collects the decisions of a record, section by section.

    Attributes:
        found: the decisions so far.
        is_listed: True if the title of the section says that decisions follow.
    """

    def __init__(self) -> None:
        self.found: list[Decision] = []
        self.begin((), False)

    def begin(self, heading: tuple[str, ...], is_listed: bool) -> None:
        """Begin a section: its title, and True if the title says that decisions follow."""
        self._heading, self.is_listed, self._below_announcement = heading, is_listed, False
        self._is_in_list = False
        self._sentences: list[Sentence] = []
        self._first = len(self.found)

    def read(self, passage: Passage) -> None:
        """Read the sentences of a passage."""
        is_item = passage.kind is Kind.LIST_ITEM
        self._below_announcement = self._below_announcement and is_item
        # What stands behind the list of decisions is none of them.
        self.is_listed = self.is_listed and (is_item or not self._is_in_list)
        self._is_in_list = is_item
        for span in passage.sentences():
            words = span.of(passage.document.text)
            if _announces(words):
                self._below_announcement = True
            elif not _NUMBER_ALONE.match(words) and not words.rstrip().endswith(("?", "？")):
                self._add(passage, span)
            self._sentences.append((passage, span))

    def _add(self, passage: Passage, span: Span) -> None:
        decision = self._decision(passage, span)
        if decision is None and len(self.found) > self._first and _is_labelled_vote(span.of(passage.document.text)):
            self.found[-1] = replace(self.found[-1], votes=(*self.found[-1].votes, (passage, span)))
        elif self.found and self._continues(self.found[-1], span.of(passage.document.text)):
            last = self.found[-1]
            kind = decision.kind if decision and last.kind == "decided" else last.kind
            self.found[-1] = replace(last, kind=kind, votes=(*last.votes, (passage, span)))
        elif decision:
            self.found.append(decision)

    def _decision(self, passage: Passage, span: Span) -> Decision | None:
        """Return a sentence as a decision; None for another sentence."""
        words = span.of(passage.document.text)
        label, colon, rest = words.partition(":") if ":" in words else words.partition("：")
        is_labelled = bool(colon and rest.strip() and is_label("decision", "label", _LABEL_NUMBER.sub("", label)))
        kind = kind_of(rest if is_labelled else words)
        if self.is_listed or self._below_announcement or is_labelled:
            earlier = _before(rest, self._sentences) if is_labelled and needs_object(rest) else ()
            return Decision(passage, span, kind or "decided", earlier, heading=self._heading, is_labelled=True)
        acts = body_acts(words)
        if not acts and is_only_reported(words):
            return None
        if (kind is None or proposes(words)) and not acts and not (kind and needs_object(words)):
            return None
        return Decision(passage, span, kind or "decided", _before(words, self._sentences), heading=self._heading)

    def _continues(self, last: Decision, words: str) -> bool:
        """Return True if a sentence right behind a decision is about its votes, or repeats its outcome."""
        previous = self._sentences[-1][1] if self._sentences else None
        is_next = previous in (last.outcome, *(vote for _, vote in last.votes))
        kind = kind_of(words)
        is_other = kind != last.kind and "decided" not in (kind, last.kind)
        is_new = kind is not None and (is_other or not needs_object(words))
        return is_next and is_vote(words) and not (is_new or proposes(words) or _begins_decision(words))


def _is_labelled_vote(words: str) -> bool:
    """Return True for the line of a vote below its item: "Votes: 4 for, 1 against (Ada Bo)"."""
    label, colon, rest = words.partition(":")
    return bool(colon and rest.strip()) and len(label.split()) <= _LABEL_WORDS and is_vote(label)


def _begins_decision(words: str) -> bool:
    """Return True if a sentence begins with a label such as "Decision 5:"."""
    return is_label("decision", "label", _LABEL_NUMBER.sub("", words.partition(":")[0]))


def _before(words: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences before an outcome that name its object; none if the outcome names it.

    Args:
        words: the outcome.
        sentences: those of the same item before it, in order.
    """
    earlier = list(sentences[-_MOST_BEFORE:])
    texts = [span.of(passage.document.text) for passage, span in earlier]
    if not needs_object(words):
        at = next(
            (n for n in range(len(texts) - 1, -1, -1) if names_proposal(texts[n]) and repeats(words, texts[n])), None
        )
        return tuple(earlier[at:]) if at is not None else ()
    for at in range(len(texts) - 1, -1, -1):
        if names_proposal(texts[at]):
            return tuple(earlier[at:])
        if kind_of(texts[at]) and not needs_object(texts[at]):
            break  # the decision before this one
    at = next((n for n in range(len(texts) - 1, -1, -1) if not is_vote(texts[n])), 0)
    return tuple(earlier[at:])


def _announces(words: str) -> bool:
    """Return True if a sentence announces a list of decisions: "The Board took the following decisions:"."""
    folded = fold_text(words).rstrip(" *_")
    if not folded.endswith((":", "：")):
        return False
    return bool(kind_of(words) or pattern("decision", "label").search(folded) or body_acts(words))


def _is_item_title(passage: Passage) -> bool:
    """Return True for a line above an item that is no sentence: "3. Ticket prices", "Place of the next session"."""
    words = passage.words_text.rstrip()
    mark = passage.document.text[passage.span.start : passage.words.start]
    is_marked = any(map(str.isdigit, mark)) if passage.kind is Kind.LIST_ITEM else not mark
    return is_marked and len(words) <= _TITLE and not _ENDS.search(words) and kind_of(words) is None

"""Find the roll calls of a record: who voted how, in the rows of a table, in lines, behind labels such as "For"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from assistant.minutes.outcomes import is_vote, kind_of, names_other, names_proposal, own_words
from assistant.minutes.people.names import listed_names
from assistant.minutes.record import KEPT, MinutesRecord
from corpus.document import Kind
from corpus.language.minutes_words import classes, is_label, says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# "Bo: yes", "Bo - yes", "Bo (yes)", "Bo ... yes", "Bo for".
_LINE = re.compile(
    r"^\W*(?P<name>[^\W\d_][^:：()|\n]{0,50}?)(?:\s*[:：]\s*|\s+[-–—]\s+|\s*[(（]\s*|\s*\.{2,}\s*|\s+)"
    r"(?P<vote>[^\W\d_][\w .'’-]{0,20}?)[)）.\s]*$"
)
_PARTS = re.compile(r"[;,，、\n]|\.\s+(?=[A-Z])")
_MARK = re.compile(r"^[xX✓✔☑●•]$")
_SURE = re.compile(r"\b(?:for|aye|against|nay|pour|contre|dafür|dagegen)\b")
# Votes that make a roll call, at least.
_LEAST = 2
# Passages before a roll call in which it may be announced.
_MOST_BEFORE = 3
# Passages from the last vote on, among which its outcome stands.
_MOST_BEHIND = 30


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes of one or several people in one line.

    Attributes:
        passage: the passage.
        span: the words to cite.
        kind: "favour", "against" or "abstained".
        names: who voted so.
    """

    passage: Passage
    span: Span
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RollCall:
    """The votes on one thing.

    Attributes:
        votes: in order.
        announced: the sentences before it that say on what.
        outcome: the sentence behind it that tells the outcome, if any.
        header: the row with the column names of its table; None elsewhere.
        column: the name of its column, where the table has several roll calls.
    """

    votes: tuple[Vote, ...]
    announced: tuple[tuple[Passage, Span], ...] = ()
    outcome: tuple[tuple[Passage, Span], ...] = ()
    header: Passage | None = None
    column: str = ""

    @property
    def context(self) -> str:
        """The words that say what was voted on: headings, the names of columns, the sentences before it."""
        first = self.votes[0].passage
        texts = (span.of(passage.document.text) for passage, span in self.announced)
        names = self.column or (self.header.words_text if self.header else first.words_text)
        return " ".join((*first.headings, names, *texts))


@lru_cache(maxsize=KEPT)
def roll_calls_of(record: MinutesRecord) -> tuple[RollCall, ...]:
    """Return the roll calls of a record, in order."""
    found = (*_from_tables(record), *_from_lines(record), *_from_labels(record))
    return tuple(replace(call, outcome=_outcome(record, call)) for call in found if _is_of_vote(call))


def vote_kind(words: str) -> str | None:
    """Return how somebody voted by a cell or a word; None for other words."""
    return next((kind for kind in classes("roll_call") if is_label("roll_call", kind, words)), None)


def _is_of_vote(call: RollCall) -> bool:
    """Return True unless nothing says that "yes" and "no" are votes: they may be those of "Paid | yes"."""
    told = fold_text(" ".join(vote.span.of(vote.passage.document.text) for vote in call.votes))
    is_motion = bool(call.header) and says("object", "generic", fold_text(call.context))
    return (
        is_motion or names_proposal(call.context) or is_vote(call.context) or is_vote(told) or bool(_SURE.search(told))
    )


def _from_tables(record: MinutesRecord) -> Iterator[RollCall]:
    """Yield the columns whose cells say how the person of the row voted, and tables with a column for each vote."""
    for names, rows in record.tables:
        below = rows[1:] if names else rows
        values = [cells(row.words_text) for row in below]
        kinds = [vote_kind(name) for name in names]
        if sum(kind is not None for kind in kinds[1:]) >= _LEAST:
            votes = [
                Vote(row, row.words, kind, (v[0],))
                for row, v in zip(below, values, strict=True)
                for at, kind in enumerate(kinds)
                if kind and at < len(v) and _MARK.match(v[at])
            ]
            if votes:
                yield RollCall(tuple(votes), _announced(record, rows[0]), (), rows[0])
            continue
        columns: list[tuple[int, list[Vote]]] = []
        for at in _vote_columns(names, max(map(len, values), default=0)):
            told = [(row, v, vote_kind(v[at])) for row, v in zip(below, values, strict=True) if at < len(v) and v[at]]
            votes = [Vote(row, row.words, kind, (v[0],)) for row, v, kind in told if kind]
            if len(votes) >= _LEAST and 2 * len(votes) > len(told):
                columns.append((at, votes))
        for at, votes in columns:
            column = names[at] if names and len(columns) > 1 else ""
            yield RollCall(tuple(votes), _announced(record, rows[0]), (), rows[0] if names else None, column)


def _vote_columns(names: Sequence[str], count: int) -> list[int]:
    """Return which columns may hold votes: those that are called so, else those not of presence, interests or roles."""
    folded = [fold_text(name) for name in names]
    may = [at for at in range(1, count) if at >= len(folded) or not says("no_vote", "column", folded[at])]
    called = [at for at in may if at < len(folded) and is_vote(folded[at])]
    return called or may


def _from_lines(record: MinutesRecord) -> Iterator[RollCall]:
    """Yield runs of lines such as "Bo: yes", and lines with several of them."""
    run: list[Vote] = []
    for passage in record.passages:
        is_line = passage.kind is not Kind.TITLE and not cells(passage.words_text)
        found = list(_votes_in(passage)) if is_line else []
        if not found:
            yield from _run(record, run)
            run = []
        run += found
    yield from _run(record, run)


def _run(record: MinutesRecord, run: Sequence[Vote]) -> Iterator[RollCall]:
    if len(run) >= _LEAST:
        yield RollCall(tuple(run), _announced(record, run[0].passage, run[0].span))


def _votes_in(passage: Passage) -> Iterator[Vote]:
    """Yield the votes of a passage that is hardly more than names with votes."""
    words = passage.words_text
    parts = [part for part in _PARTS.split(words) if part.strip()]
    if len(parts) > 1 and not ((first := _LINE.match(parts[0])) and vote_kind(first["vote"])):
        parts[0] = parts[0].rpartition(":")[2]  # "Show of hands on the quay: Bo for, Cy against"
    matches = [(match, vote_kind(match["vote"])) for part in parts if (match := _LINE.match(part))]
    votes = [(match["name"].strip(), kind) for match, kind in matches if kind and match["name"].lstrip()[0].isupper()]
    if 2 * len(votes) > len(parts):
        yield from (Vote(passage, passage.words, kind, (name,)) for name, kind in votes)


def _from_labels(record: MinutesRecord) -> Iterator[RollCall]:
    """Yield labels with names in a row: "For: Bo, Cy. Against: Di."."""
    run: list[Vote] = []
    for labelled in record.labels:
        kind = vote_kind(labelled.label)
        near = not run or labelled.passage.order - run[-1].passage.order <= 1
        if not kind or not near:
            if run:
                yield RollCall(tuple(run), _announced(record, run[0].passage, run[0].span))
            run = []
        if kind and labelled.words:
            sentences = [s for s in labelled.passage.sentences() if labelled.span.start < s.end]
            end = min(labelled.span.end, max(sentences[0].end, labelled.words.start + 1))
            spans = listed_names(record.document.text, Span(labelled.words.start, end))
            names = tuple(span.of(record.document.text) for span in spans)
            run += [Vote(labelled.passage, Span(labelled.span.start, end), kind, names)] if names else []
    if run:
        yield RollCall(tuple(run), _announced(record, run[0].passage, run[0].span))


def _announced(record: MinutesRecord, passage: Passage, span: Span | None = None) -> tuple[tuple[Passage, Span], ...]:
    """Return the sentences before a roll call that name what is voted on, in its own item."""
    at = span or passage.words
    before = record.passages[max(0, passage.order - _MOST_BEFORE) : passage.order + 1]
    found = [(p, s) for p in before if p.kind is Kind.BODY and p.headings == passage.headings for s in p.sentences()]
    found = [(p, s) for p, s in found if s.end <= at.start]
    words = [s.of(p.document.text) for p, s in found]
    for is_told in (names_proposal, is_vote):
        last = next(
            (n for n in reversed(range(len(found))) if is_told(words[n]) and own_words(fold_text(words[n]))), -1
        )
        if last >= 0:
            return tuple(found[last : last + 1])
    return tuple(found[-1:])


def _outcome(record: MinutesRecord, call: RollCall) -> tuple[tuple[Passage, Span], ...]:
    """Return the sentence behind the last vote, or behind its table, if it states the outcome of what is voted on."""
    last = call.votes[-1]
    at = last.passage.order
    behind = [p for p in record.passages[at : at + _MOST_BEHIND] if not cells(p.words_text) or p is last.passage]
    of_item = takewhile(lambda p: p.headings == last.passage.headings and p.kind is not Kind.HEADING, behind)
    sentences = [(p, s) for p in of_item if p.kind is Kind.BODY for s in p.sentences() if s.start >= last.span.end]
    told = [(p, s, s.of(p.document.text)) for p, s in sentences[:1]]
    return tuple((p, s) for p, s, words in told if kind_of(words) and not names_other(words, call.context))

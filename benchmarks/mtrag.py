"""MTRAG: follow-up questions in real conversations, and questions without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.query import Query
from assistant.understanding.validate import QuestionRefused
from benchmarks.answering import Conversations, Question
from benchmarks.figures import Said, interval, mean, silence
from benchmarks.libraries import identity_of, library_of
from benchmarks.sampling import evenly_spaced
from benchmarks.shared import Record
from benchmarks.stages import passages_for, query_for
from benchmarks.tables import Cell, difference, shown, table, with_interval
from benchmarks.telling import tell
from benchmarks.texts import Place, TextSet, read_set, scored_passages
from index.store.library import Library

_DEPTHS = (1, 3, 5, 10)
_FIGURES = ("touch@1", "touch@3", "touch@5", "MRR")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What became of one turn.

    Attributes:
        record: its line in the set.
        query: what was searched for it, the conversation considered.
        answered: whether it got an answer.
    """

    record: Record
    query: Query
    answered: bool


def report(limit: int | None) -> str:
    """Score follow-ups and abstention; the section as Markdown."""
    found = read_set("mtrag")
    records = evenly_spaced([r for r in found.records if r["answerable"] is not None], limit)
    with library_of(found.texts) as library:
        asked = _ask(Assistant.open(library), records)
        follow_ups = [turn for turn in asked if turn.record["history"] and found.relevant.get(turn.record["id"])]
        return "\n\n".join(
            [
                "## MTRAG",
                f"{len(records)} turns of conversations labelled as answerable or not, over {len(found.texts)} texts."
                " Of a conversation only the user's earlier questions are given; they are answered first, as"
                " `ask --batch` does.",
                f"**Follow-ups**: passages found for {len(follow_ups)} answerable turns that have a history, with the"
                " query that Rapporteur makes of the conversation, against the last turn alone in the same search.",
                _follow_ups(library, found, follow_ups),
                f"**Abstention** over all {len(asked)} turns:",
                _abstention([Said(t.record["answerable"], t.answered) for t in asked]),
                "By label and by domain:",
                _by_kind(asked),
            ]
        )


def _ask(assistant: Assistant, records: Sequence[Record]) -> list[_Asked]:
    conversations = Conversations(assistant)
    asked = []
    for done, record in enumerate(records, start=1):
        question = Question.of(record, "text")
        try:
            turn = assistant.ask(question.text, conversations.after(question.history))
            asked.append(_Asked(record, turn.query, isinstance(turn.reply, Answer)))
        except QuestionRefused:  # nothing in it can be searched: not answered
            asked.append(_Asked(record, Query(question.text), False))
        tell("turns answered", done, len(records))
    return asked


def _follow_ups(library: Library, found: TextSet, turns: Sequence[_Asked]) -> str:
    assistant = Assistant.open(library)
    whole: dict[str, list[Place]] = {}
    alone: dict[str, list[Place]] = {}
    with library.view() as view:

        def places(query: Query) -> list[Place]:
            hits = passages_for(assistant, view, query, max(_DEPTHS))
            return [(identity_of(h.passage.document.name), h.passage.span.start, h.passage.span.end) for h in hits]

        for done, turn in enumerate(turns, start=1):
            whole[turn.record["id"]] = places(turn.query)
            alone[turn.record["id"]] = places(query_for(view, turn.record["text"], Conversation()))
            tell("follow-ups searched", done, len(turns))
    records = [turn.record for turn in turns]
    ours, theirs = (scored_passages(found, records, run, _DEPTHS) for run in (whole, alone))
    rows = []
    for figure in _FIGURES:
        mine, plain = ([side[identity][figure] for identity in ours] for side in (ours, theirs))
        apart = [a - b for a, b in zip(mine, plain, strict=True)]
        cells = [with_interval(mean(values), interval(values, mean)) for values in (mine, plain)]
        rows.append([figure, *cells, difference(mean(apart), interval(apart, mean))])
    return table(["figure", "with the conversation", "last turn alone", "difference"], rows)


def _abstention(rows: Sequence[Said]) -> str:
    own = silence(rows)
    never, always = (silence([Said(row.answerable, answered) for row in rows]) for answered in (True, False))
    f1 = interval(rows, lambda drawn: silence(drawn).f1)
    return table(
        ["figure", "Rapporteur", "never abstaining", "always abstaining"],
        [
            ["abstention F1", with_interval(own.f1, f1), shown(never.f1), shown(always.f1)],
            *(
                [name, *(shown(getattr(side, field)) for side in (own, never, always))]
                for name, field in (
                    ("abstention precision", "precision"),
                    ("abstention recall", "recall"),
                    ("over-abstention", "over"),
                )
            ),
        ],
    )


def _by_kind(turns: Sequence[_Asked]) -> str:
    rows: list[list[Cell]] = []
    for kind in ("label", "domain"):
        for value in sorted({turn.record[kind] for turn in turns}):
            mine = [turn for turn in turns if turn.record[kind] == value]
            without = [turn for turn in mine if not turn.record["answerable"]]
            rows.append(
                [
                    f"{kind} {value}",
                    len(mine),
                    mean([float(not turn.answered) for turn in mine if turn.record["answerable"]]),
                    mean([float(not turn.answered) for turn in without]),
                ]
            )
    return table(["turns", "n", "over-abstention", "abstention recall"], rows)

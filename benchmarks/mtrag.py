"""Score follow-up questions and abstention on the conversations of MTRAG."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.query import Query
from assistant.understanding.validate import QuestionRefused
from benchmarks.datasets import Place, Record, TextSet, evenly_spaced, read_text_set, score_passages
from benchmarks.figures import (
    Cell,
    Outcome,
    bootstrap_interval,
    compared_row,
    format_cell,
    format_with_interval,
    markdown_table,
    mean,
    report_progress,
    score_abstentions,
)
from benchmarks.libraries import library_of_texts
from benchmarks.pipeline import Conversations, Question, retrieve_places, understand_question
from index.library import Library

_DEPTHS = (1, 3, 5, 10)
_FIGURES = ("touch@1", "touch@3", "touch@5", "MRR")


@dataclass(frozen=True, slots=True)
class _LabelledTurn:
    """A turn of a conversation: its line in the set, the query made of it, and whether it got an answer."""

    record: Record
    query: Query
    answered: bool


def report(limit: int | None) -> str:
    """Score follow-ups and abstention and return the report's section as Markdown."""
    mtrag = read_text_set("mtrag")
    records = evenly_spaced([r for r in mtrag.records if r["answerable"] is not None], limit)
    with library_of_texts(mtrag.texts) as library:
        turns = _ask(Assistant.open(library), records)
        follow_ups = [turn for turn in turns if turn.record["history"] and mtrag.relevant.get(turn.record["id"])]
        return "\n\n".join(
            [
                "## MTRAG",
                f"{len(records)} turns of conversations labelled as answerable or not, over {len(mtrag.texts)} texts."
                " Of a conversation only the user's earlier questions are given; they are answered first, as"
                " `ask --batch` does.",
                f"**Follow-ups**: passages found for {len(follow_ups)} answerable turns that have a history, with the"
                " query that Rapporteur makes of the conversation, against the last turn alone in the same search.",
                _follow_ups(library, mtrag, follow_ups),
                f"**Abstention** over all {len(turns)} turns:",
                _abstention([Outcome(t.record["answerable"], t.answered) for t in turns]),
                "By label and by domain:",
                _by_kind(turns),
            ]
        )


def _ask(assistant: Assistant, records: Sequence[Record]) -> list[_LabelledTurn]:
    conversations = Conversations(assistant)
    turns = []
    for done, record in enumerate(records, start=1):
        question = Question.of(record, "text")
        try:
            turn = assistant.ask(question.text, conversations.after(question.history))
            turns.append(_LabelledTurn(record, turn.query, isinstance(turn.reply, Answer)))
        except QuestionRefused:  # nothing in it can be searched: not answered
            turns.append(_LabelledTurn(record, Query(question.text), False))
        report_progress("turns answered", done, len(records))
    return turns


def _follow_ups(library: Library, mtrag: TextSet, turns: Sequence[_LabelledTurn]) -> str:
    assistant = Assistant.open(library)
    whole: dict[str, list[Place]] = {}
    alone: dict[str, list[Place]] = {}
    with library.snapshot() as snapshot:
        for done, turn in enumerate(turns, start=1):
            whole[turn.record["id"]] = retrieve_places(assistant, snapshot, turn.query, max(_DEPTHS))
            query = understand_question(snapshot, turn.record["text"])
            alone[turn.record["id"]] = retrieve_places(assistant, snapshot, query, max(_DEPTHS))
            report_progress("follow-ups searched", done, len(turns))
    records = [turn.record for turn in turns]
    ours, theirs = (score_passages(mtrag, records, run, _DEPTHS) for run in (whole, alone))
    rows = [
        compared_row(figure, [row[figure] for row in ours.values()], [theirs[identity][figure] for identity in ours])
        for figure in _FIGURES
    ]
    return markdown_table(["figure", "with the conversation", "last turn alone", "difference"], rows)


def _abstention(outcomes: Sequence[Outcome]) -> str:
    own = score_abstentions(outcomes)
    never, always = (
        score_abstentions([Outcome(outcome.answerable, answered) for outcome in outcomes]) for answered in (True, False)
    )
    f1 = bootstrap_interval(outcomes, lambda sample: score_abstentions(sample).f1)
    return markdown_table(
        ["figure", "Rapporteur", "never abstaining", "always abstaining"],
        [
            ["abstention F1", format_with_interval(own.f1, f1), format_cell(never.f1), format_cell(always.f1)],
            *(
                [name, *(format_cell(getattr(scores, field)) for scores in (own, never, always))]
                for name, field in (
                    ("abstention precision", "precision"),
                    ("abstention recall", "recall"),
                    ("over-abstention", "over"),
                )
            ),
        ],
    )


def _by_kind(turns: Sequence[_LabelledTurn]) -> str:
    rows: list[list[Cell]] = []
    for kind in ("label", "domain"):
        for value in sorted({turn.record[kind] for turn in turns}):
            selected = [turn for turn in turns if turn.record[kind] == value]
            without = [turn for turn in selected if not turn.record["answerable"]]
            rows.append(
                [
                    f"{kind} {value}",
                    len(selected),
                    mean([float(not turn.answered) for turn in selected if turn.record["answerable"]]),
                    mean([float(not turn.answered) for turn in without]),
                ]
            )
    return markdown_table(["turns", "n", "over-abstention", "abstention recall"], rows)

"""Judge the ranker and the refusals on held-out questions: python -m benchmarks.ranker_training.judge [--ranker FILE].

Each held-out record lies in a library with the founding records and nine others, and is asked 20 questions at most.
The command prints how often the first sentence answers, how well the judge of answerability tells answered questions
from near misses, and how many of each it refuses at several values of `least_odds`; questions that find nothing are
left out. The value in assistant/grounding/calibration.json was chosen from this table.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.grounding.answerability import log_odds
from assistant.retrieval.retriever import Retrieved
from benchmarks.figures import Cell, auroc, markdown_table, report_progress
from benchmarks.libraries import founding_library
from benchmarks.pipeline import measure_evidence
from benchmarks.ranker_training.meetings import MeetingQuestion, MeetingRecord, meeting_records, sentences_of, spans_of
from corpus.document import Document
from corpus.span import Span
from index.models.ranker import CrossEncoder

_RECORDS_A_LIBRARY = 10
_MOST_QUESTIONS = 20
_STEPS = (-3.2, -2.7, -2.2, -1.7, -1.5, -1.22, -0.7, -0.2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of the search for a question.

    Attributes:
        is_answered: True if the record answers the question.
        is_found: True if an answering sentence stands in one of the first three passages.
        is_first: True if the best sentence is one that answers.
        odds: log-odds of the judge that the evidence answers.
    """

    is_answered: bool
    is_found: bool
    is_first: bool
    odds: float


def main() -> int:
    """Ask the held-out questions and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--ranker", type=Path, help="weights to judge instead of those of the project")
    options = arguments.parse_args()
    records = [record for record in meeting_records() if record.is_held_out]
    outcomes: list[Outcome] = []
    for start in range(0, len(records), _RECORDS_A_LIBRARY):
        outcomes += _outcomes(records[start : start + _RECORDS_A_LIBRARY], options.ranker)
        report_progress("held-out records asked", min(start + _RECORDS_A_LIBRARY, len(records)), len(records))
    print(table(outcomes))
    return 0


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the figures as a table; odds count for questions whose answer was found and for near misses."""
    answered = [o for o in outcomes if o.is_answered]
    yes = [o.odds for o in answered if o.is_found]
    no = [o.odds for o in outcomes if not o.is_answered]
    rows: list[list[Cell]] = [
        ["questions that their record answers", len(answered)],
        ["near misses", len(no)],
        ["the first sentence answers", float(np.mean([o.is_first for o in answered]))],
        ["one of the first three passages answers", float(np.mean([o.is_found for o in answered]))],
        ["AUROC of the judge", auroc(yes, no)],
    ]
    for least in _STEPS:
        refused = f"{np.mean(np.array(yes) < least):.3f} / {np.mean(np.array(no) < least):.3f}"
        rows.append([f"answered / near misses refused at {least:g}", refused])
    return markdown_table(["figure", "value"], rows)


def _outcomes(records: Sequence[MeetingRecord], weights: Path | None) -> Iterator[Outcome]:
    with founding_library() as library:
        documents = [record.document() for record in records]
        for document in documents:
            library.add(document)
        assistant = Assistant.open(library)
        ranker = CrossEncoder(weights) if weights else assistant.ranker
        assistant = Assistant(library, ranker, assistant.thresholds)
        with library.snapshot() as snapshot:
            for record, document in zip(records, documents, strict=True):
                places = sentences_of(document)
                for question in _some(record.questions):
                    found, features = measure_evidence(assistant, snapshot, question.text)
                    if features:
                        answers = spans_of(question.answer, places)
                        if answers or not question.answer:
                            yield _outcome(answers, document, found, log_odds(features, found.is_ranked))


def _some(questions: Sequence[MeetingQuestion]) -> Sequence[MeetingQuestion]:
    """Return 20 questions at most, evenly spaced, so that each set on the record has some of them."""
    return questions[:: math.ceil(len(questions) / _MOST_QUESTIONS)]


def _outcome(answers: Set[Span], document: Document, found: Retrieved, odds: float) -> Outcome:
    own = [e for e in found.evidence if e.document.text == document.text]
    is_first = found.evidence[:1] == tuple(own[:1]) and any(own[0].span.overlaps(span) for span in answers)
    passages = [e.passage.span for e in found.evidence[:3] if e in own]
    is_found = any(p.start <= span.start and span.end <= p.end for p in passages for span in answers)
    return Outcome(bool(answers), is_found, is_first, odds)


if __name__ == "__main__":
    sys.exit(main())

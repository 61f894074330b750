"""Score on CANARD and CAsT which questions are complete: `python -m benchmarks.follow_ups`.

A question counts as complete where its annotators left it unchanged when they rewrote it to stand alone.
"""

import gzip
import json
from collections.abc import Iterator

from assistant.understanding.references import is_fragment, refers_back, refers_to_meeting, subject_words
from benchmarks.datasets import evaluation_folder
from benchmarks.figures import Cell, markdown_table

_SETS = ("canard_dev", "cast")
# Lines of a history that are no turn: the title and the section of a CANARD article.
_HEADING_LINES = {"canard_dev": 2, "cast": 0}


def main() -> None:
    """Print for each set the share of questions that are told rightly, by kind."""
    rows: list[list[Cell]] = []
    for name in _SETS:
        told: dict[bool, list[bool]] = {True: [], False: []}
        for question, is_complete in _questions(name):
            told[is_complete].append(_stands_alone(question) == is_complete)
        shares = [sum(told[kind]) / len(told[kind]) for kind in (False, True)]
        rows.append([name, *(len(told[kind]) for kind in (False, True)), *shares, sum(shares) / 2])
    print(markdown_table(["set", "leaning", "complete", "leaning found", "complete found", "mean"], rows))


def _questions(name: str) -> Iterator[tuple[str, bool]]:
    with gzip.open(evaluation_folder() / "training" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if len(record["history"]) > _HEADING_LINES[name]:
                yield record["question"], _letters(record["question"]) == _letters(record["rewrite"])


def _stands_alone(question: str) -> bool:
    leans = refers_back(question) or is_fragment(question) or refers_to_meeting(question)
    return not leans and bool(subject_words(question))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


if __name__ == "__main__":
    main()

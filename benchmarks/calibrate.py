"""Fit the judge that answers or refuses a question: `python -m benchmarks.calibrate`.

It asks the questions of benchmarks/calibration, which judge nothing else, and fits a logistic regression on measures of
their evidence (`assistant.grounding.features`): is there an answer? It prints how well the questions are told apart.
`--write` writes assistant/grounding/judge.json, and the threshold of the packaged encoders to calibration.json.

The judge of the project was fitted so before the last training of the ranker. Its threshold comes from another command,
`python -m benchmarks.ranker_training.judge`; docs/decisions.md says why. `RAPPORTEUR_MODEL=NAME python -m
benchmarks.calibrate` sets only the threshold of another encoder, and always writes it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.grounding import answerability
from assistant.grounding.answerability import log_odds
from assistant.grounding.features import AnswerFeatures
from assistant.retrieval.retriever import Retrieved
from benchmarks.datasets import Record, read_jsonl, releases_folder
from benchmarks.figures import Cell, auroc, markdown_table, report_progress
from benchmarks.libraries import founding_library
from benchmarks.pipeline import measure_evidence
from corpus.reading import read
from index.library import Library
from index.settings import Settings

FOLDER = Path(__file__).resolve().parent / "calibration"
_GROUNDING = Path(answerability.__file__).parent
JUDGE, THRESHOLDS = _GROUNDING / "judge.json", _GROUNDING / "calibration.json"
# Share of the answerable questions that may be refused.
OVER_ABSTENTION = 0.02
# Inverse strength of the regression's penalty on standardized weights.
_PENALTY = 0.3

Example = tuple[AnswerFeatures, bool]


def main() -> int:
    """Fit the judge, or the threshold of another encoder, and print how well it tells the questions apart."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--write", action="store_true", help="replace the judge and threshold of the packaged encoders"
    )
    options = arguments.parse_args()
    is_packaged = Settings().model == Settings.model_fields["model"].default
    ranked, unranked, encoder = _examples()
    if is_packaged:
        weights = {"ranked": fit(ranked), "unranked": fit(unranked, ("ranker", "best_ranker"))}
        answerability.WEIGHTS.update(weights)
    odds = [(log_odds(features, True), answers) for features, answers in ranked]
    least = threshold(odds)
    yes, no = ([value for value, answers in odds if answers is kind] for kind in (True, False))
    rows: list[list[Cell]] = [
        ["questions that the records answer", len(yes)],
        ["questions that they do not", len(no)],
        ["AUROC", auroc(yes, no)],
        ["refused of the first", float(np.mean([value < least for value in yes]))],
        ["refused of the second", float(np.mean([value < least for value in no]))],
    ]
    print(markdown_table(["figure", "value"], rows))
    print(f"\nleast_odds {least:g} for {encoder}")
    if is_packaged and options.write:
        JUDGE.write_text(json.dumps(weights, indent=2) + "\n", "utf-8")
    if options.write or not is_packaged:
        write(THRESHOLDS, encoder, least)
    return 0


def fit(examples: Sequence[Example], without: Sequence[str] = ()) -> dict[str, float]:
    """Return the weights of a logistic regression, and its "constant".

    Args:
        examples: measures of the evidence of a question, and whether it is answered.
        without: measures that are not weighed.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

    names = [name for name in asdict(examples[0][0]) if name not in without]
    values = np.array([[asdict(features)[name] for name in names] for features, _ in examples])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=_PENALTY, class_weight="balanced")
    model.fit(scaler.transform(values), [answers for _, answers in examples])
    weights: NDArray[np.float64] = model.coef_[0] / scaler.scale_
    constant = float(model.intercept_[0] - weights @ scaler.mean_)
    return {"constant": round(constant, 4), **{n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}}


def threshold(odds: Sequence[tuple[float, bool]]) -> float:
    """Return the log-odds below which at most `OVER_ABSTENTION` of the answerable questions are."""
    return round(float(np.quantile([value for value, answers in odds if answers], OVER_ABSTENTION)), 2)


def write(file: Path, encoder: str, least_odds: float) -> None:
    """Add or replace the threshold of an encoder in the file."""
    rows = json.loads(file.read_text("utf-8"))
    rows[encoder] = {"least_odds": least_odds}
    file.write_text(json.dumps(dict(sorted(rows.items())), indent=2, ensure_ascii=False) + "\n", "utf-8")


def _examples() -> tuple[list[Example], list[Example], str]:
    """Return the examples of all sets with the ranker and without it, and the name of the encoder."""
    ranked: list[Example] = []
    unranked: list[Example] = []
    encoder = ""
    for name, described in json.loads((FOLDER / "sets.json").read_text("utf-8")).items():
        records = read_jsonl(FOLDER / described["questions"])
        with _library(described) as library:
            assistant = Assistant.open(library)
            encoder = library.encoder.name
            for done, record in enumerate(records, start=1):
                ranked += _example(assistant, record)
                unranked += _example(Assistant(library, None, assistant.thresholds), record)
                report_progress(f"questions of {name} searched", done, len(records))
    return ranked, unranked, encoder


def _example(assistant: Assistant, record: Record) -> list[Example]:
    """Return the example of a question; none if it cannot be used."""
    with assistant.library.snapshot() as snapshot:
        retrieved, features = measure_evidence(assistant, snapshot, record["question"])
        return [(features, record["answerable"])] if features and _is_usable(retrieved, record) else []


def _is_usable(retrieved: Retrieved, record: Record) -> bool:
    """Return True unless an answerable question found another passage: nobody can say what is right then."""
    if not record["answerable"]:
        return True
    passages = [e.passage.text for e in retrieved.evidence[:3]]
    flat = [" ".join(text.split()) for text in passages]
    return any(" ".join(quote.split()) in text for quote in record["quotes"] for text in flat)


@contextmanager
def _library(described: Mapping[str, Any]) -> Iterator[Library]:
    with founding_library() as library:
        for name in described["releases"]:
            library.add(read(releases_folder() / name))
        for path in sorted((FOLDER / "records").iterdir()) if described["records"] else ():
            library.add(read(path))
        yield library


if __name__ == "__main__":
    sys.exit(main())

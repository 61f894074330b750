"""Set `least_score`, the threshold of refusals, for an encoder: `RAPPORTEUR_MODEL=NAME python -m benchmarks.calibrate`.

It answers the dev questions with several values, chooses one and writes assistant/grounding/calibration.json. The other
thresholds are standard deviations of the encoder's own cosines and hold for every encoder.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets import Record, read_jsonl
from benchmarks.figures import markdown_table
from benchmarks.gold_questions import Scorer, dev_set, score_thresholds
from benchmarks.libraries import cached_assistant, founding_library
from benchmarks.pipeline import Question

FILE = Path(__file__).resolve().parents[1] / "assistant" / "grounding" / "calibration.json"
VALUES = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75)
_FIGURES = ("recall", "precision", "over_abstention", "abstain_f1")


def main() -> int:
    """Calibrate the encoder of the settings and print the figures of each value."""
    records = read_jsonl(dev_set().questions)
    with founding_library() as library, TemporaryDirectory() as folder:
        scorer, questions = Scorer(Path(folder), records), [Question.of(record) for record in records]
        totals = {
            value: scored["total"]
            for value, scored in score_thresholds(cached_assistant(library), scorer, questions, VALUES)
        }
        encoder = library.encoder.name
    rows = [[f"{value:g}", *(total[figure] for figure in _FIGURES)] for value, total in totals.items()]
    print(markdown_table(["least_score", *_FIGURES], rows))
    least_score = choose(totals)
    write(FILE, encoder, least_score)
    print(f"\nleast_score {least_score:g} for {encoder}, n = {len(questions)}; written: {FILE.name}")
    return 0


def choose(totals: Mapping[float, Record]) -> float:
    """Return the value with the best abstention F1 among those that refuse the fewest questions with an answer."""
    return min(totals, key=lambda value: (totals[value]["over_abstention"], -(totals[value]["abstain_f1"] or 0), value))


def write(file: Path, encoder: str, least_score: float) -> None:
    """Add or replace the threshold of an encoder in the file."""
    rows = json.loads(file.read_text("utf-8"))
    rows[encoder] = {"least_score": least_score}
    file.write_text(json.dumps(dict(sorted(rows.items())), indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""Train the ranker further on questions about meeting records: `python -m benchmarks.ranker_training.tune`.

The questions are those of `meetings/` beside this file whose record is not held out; the sentences are what the search
finds for them. Public examples are mixed in, so that what was learnt before is kept.

`--mix SHARE` then writes the mean of the weights before and after, the latter weighed by the share: it keeps more of
what the former weights knew (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from benchmarks.ranker_training.batches import Drawn, draw_sentences, seed_drawing
from benchmarks.ranker_training.examples import Example, names_of, training_examples
from benchmarks.ranker_training.meeting_examples import MeetingExample, draw_of_meeting, meeting_examples
from index.models.ranker import weights_file

SEED = 20261130
RATE = 6e-5

Weights = Mapping[str, NDArray[np.float16]]


def main() -> None:
    """Train the packaged ranker further, and write weights.safetensors to the output folder."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder with training/ and public/squad2/")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--start", type=Path, default=weights_file(), help="weights to go on from")
    arguments.add_argument("--public", type=int, default=1500, help="number of public examples between")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    arguments.add_argument("--mix", type=float, default=1.0, help="share of the trained weights in what is written")
    options = arguments.parse_args()
    seed_drawing(options.seed)
    public = training_examples(options.data, options.seed)[: options.public]
    examples: list[MeetingExample | Example] = [*meeting_examples(), *public]
    names = names_of(public)

    def draw(example: MeetingExample | Example) -> Drawn:
        return draw_sentences(example, names) if isinstance(example, Example) else draw_of_meeting(example)

    from benchmarks.ranker_training.train import load_model, train

    before = load_file(options.start)
    model, tokenizer = load_model(options.start)
    model.bert.embeddings.requires_grad_(False)
    model.bert.encoder.layer[0].requires_grad_(False)
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / "weights.safetensors"
    train(model, tokenizer, examples, draw, target, options.rate, warm_up=0)
    save_file(mix(before, load_file(target), options.mix), target)


def mix(before: Weights, after: Weights, share: float) -> dict[str, NDArray[np.float16]]:
    """Return the weights before times 1 - share plus those after times the share, each by its name."""
    return {name: _mean(before[name], after[name], share) for name in before}


def _mean(first: NDArray[np.float16], second: NDArray[np.float16], share: float) -> NDArray[np.float16]:
    return ((1 - share) * first.astype(np.float32) + share * second.astype(np.float32)).astype(np.float16)


if __name__ == "__main__":
    main()

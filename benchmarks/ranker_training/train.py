"""Train the ranker: python -m benchmarks.ranker_training.train --data FOLDER --out FOLDER.

The ranker is a cross-encoder that starts from MiniLM's weights. Its word vectors are frozen and not stored, since the
encoder holds the same. It takes about 70 minutes on one core with bf16 matrix units; see --questions and --epochs.
"""

import argparse
import math
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, BertForSequenceClassification

from benchmarks.ranker_training.batches import (
    QUESTIONS_A_STEP,
    AnyExample,
    Draw,
    Drawn,
    batches,
    draw_sentences,
    seed_drawing,
)
from benchmarks.ranker_training.examples import names_of, training_examples
from index.models import minilm

SEED = 20261121
RATE = 1.2e-4
WARM_UP = 0.06
TOKENS = 96
PAIRS_A_PASS = 16


def main() -> None:
    """Train the ranker and write weights.safetensors (fp16, without word vectors) to the output folder."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder with training/ and public/squad2/")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--questions", type=int, default=10**9)
    arguments.add_argument("--skip", type=int, default=0, help="questions of the shuffled order to leave out first")
    arguments.add_argument("--start", type=Path, help="weights.safetensors to go on from")
    arguments.add_argument("--epochs", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    options = arguments.parse_args()
    seed_drawing(options.seed)
    torch.manual_seed(options.seed)
    examples = training_examples(options.data, options.seed)[options.skip :][: options.questions]
    model, tokenizer = load_model(options.start)
    model.bert.embeddings.word_embeddings.requires_grad_(False)
    options.out.mkdir(parents=True, exist_ok=True)
    draw = partial(draw_sentences, names=names_of(examples))
    train(model, tokenizer, examples, draw, options.out / "weights.safetensors", options.rate, options.epochs)


def load_model(start: Path | None) -> tuple[Any, Any]:
    """Return MiniLM with one output, or with the layers of a file, and its tokenizer."""
    # Without dropout, whose random numbers take half of the time on a CPU: no question is seen more than a few times.
    without_dropout: dict[str, Any] = {
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "attn_implementation": "eager",
    }
    model = BertForSequenceClassification.from_pretrained(minilm.folder(), num_labels=1, **without_dropout)
    if start:
        model.load_state_dict({n: t.float() for n, t in load_file(start).items()}, strict=False)
    return model, AutoTokenizer.from_pretrained(minilm.folder())


def train(
    model: Any,
    tokenizer: Any,
    examples: Sequence[AnyExample],
    draw: Draw[AnyExample],
    target: Path,
    rate: float,
    epochs: int = 1,
    warm_up: float = WARM_UP,
) -> None:
    """Run the epochs, print the loss every 50 steps, and save the weights every 250 steps and at the end.

    Args:
        model: the model; only its weights with a gradient are trained.
        tokenizer: its tokenizer.
        examples: the examples of an epoch.
        draw: returns what is shown of an example, another part each time.
        target: the file of the weights.
        rate: the highest learning rate; it falls to 0.
        epochs: how often each example is shown.
        warm_up: the share of the steps in which the rate rises first.
    """
    steps = epochs * math.ceil(len(examples) / QUESTIONS_A_STEP)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, warm_up))
    model.train()
    began, total = time.time(), 0.0
    for step, batch in enumerate(batches(examples, epochs, draw), start=1):
        loss = loss_of(model, tokenizer, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += float(loss.detach())
        if step % 50 == 0:
            print(f"step {step}/{steps} loss {total / 50:.4f} {time.time() - began:.0f} s", flush=True)
            total = 0.0
        if step % 250 == 0:
            save(model, target)
    save(model, target)


def loss_of(model: Any, tokenizer: Any, batch: list[Drawn]) -> Any:
    """Return the loss of each sentence alone plus that of the sentences of a passage against each other."""
    pairs = [(question, sentence) for question, shown, _ in batch for sentence in shown]
    labels = torch.tensor([label for *_, drawn in batch for label in drawn])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = compute_logits(model, tokenizer, pairs)
    alone = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    among, start, counted = torch.zeros(()), 0, 0
    for _, shown, drawn in batch:
        own, truth = logits[start : start + len(shown)], labels[start : start + len(shown)]
        if 0 < sum(drawn) < len(drawn):
            among = among - (torch.log_softmax(own, 0) * truth).sum() / truth.sum()
            counted += 1
        start += len(shown)
    return alone + 0.5 * among / max(1, counted)


def compute_logits(model: Any, tokenizer: Any, pairs: list[tuple[str, str]]) -> Any:
    """Return one logit for each pair; pairs of like length go through the model together, in a few shapes only.

    Each new shape compiles the kernels again, which costs more than the padding.
    """
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    full = order + order[-1:] * (-len(order) % PAIRS_A_PASS)
    parts = []
    for start in range(0, len(full), PAIRS_A_PASS):
        columns = zip(*(pairs[i] for i in full[start : start + PAIRS_A_PASS]), strict=True)
        encoded = tokenizer(
            *map(list, columns),
            truncation="longest_first",
            max_length=TOKENS,
            padding=True,
            pad_to_multiple_of=32,
            return_tensors="pt",
        )
        parts.append(model(**encoded).logits[:, 0].float())
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back]


def save(model: Any, target: Path) -> None:
    """Write the weights in fp16 without the frozen word vectors."""
    stored = {
        n: t.half().contiguous() for n, t in model.state_dict().items() if n != "bert.embeddings.word_embeddings.weight"
    }
    save_file(stored, target)


def _rate(step: int, steps: int, warm_up: float) -> float:
    warm = int(warm_up * steps)
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


if __name__ == "__main__":
    main()

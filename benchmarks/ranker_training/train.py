"""Train the ranker: python -m benchmarks.ranker_training.train --data FOLDER --out FOLDER.

The ranker is a cross-encoder that starts from MiniLM's weights. Its word vectors are frozen and not stored, since the
encoder holds the same. It takes about 70 minutes on one core with bf16 matrix units; see --questions and --epochs.
"""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, BertForSequenceClassification

from benchmarks.ranker_training.examples import Example, names_in, overlap, swapped, training_examples
from corpus.language.tokens import content_words
from index.models import minilm

SEED = 20261121
NEGATIVES = 3
QUESTIONS_A_STEP = 16
RATE = 1.2e-4
WARM_UP = 0.06
TOKENS = 96
PAIRS_A_PASS = 16
# Share of questions in which half of the words that also stand in the sentence are hidden, so that the ranker learns
# meaning and not only shared words.
HIDDEN_QUESTIONS = 0.1
HIDDEN_WORDS = 0.5
# Share of answerable questions asked about another name or year, so that nothing answers them.
SWAPPED_QUESTIONS = 0.08
# Share of sentences shown without their title.
BARE_SENTENCES = 0.4

_DRAW = random.Random()


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
    random.seed(options.seed)
    _DRAW.seed(options.seed)
    torch.manual_seed(options.seed)
    examples = training_examples(options.data, options.seed)[options.skip :][: options.questions]
    model, tokenizer = load_model(options.start)
    model.bert.embeddings.word_embeddings.requires_grad_(False)
    options.out.mkdir(parents=True, exist_ok=True)
    train(model, tokenizer, examples, options.epochs, options.rate, options.out / "weights.safetensors")


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


def train(model: Any, tokenizer: Any, examples: Sequence[Example], epochs: int, rate: float, target: Path) -> None:
    """Run the epochs, print the loss every 50 steps, and save the weights every 250 steps and at the end."""
    steps = epochs * math.ceil(len(examples) / QUESTIONS_A_STEP)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    model.train()
    began, total = time.time(), 0.0
    for step, batch in enumerate(batches(examples, epochs), start=1):
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


def batches(examples: Sequence[Example], epochs: int) -> Iterator[list[tuple[str, list[str], list[float]]]]:
    """Yield batches of questions, each with up to two answering sentences and three others."""
    names = sorted({n for e in examples for n in names_in(e.question)})
    for _ in range(epochs):
        order = random.sample(range(len(examples)), len(examples))
        for start in range(0, len(order), QUESTIONS_A_STEP):
            yield [sample_sentences(examples[i], names) for i in order[start : start + QUESTIONS_A_STEP]]


def loss_of(model: Any, tokenizer: Any, batch: list[tuple[str, list[str], list[float]]]) -> Any:
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


def sample_sentences(example: Example, names: Sequence[str]) -> tuple[str, list[str], list[float]]:
    """Return the question, up to two answering sentences and three others, and 1.0 or 0.0 for each."""
    if example.positive and random.random() < SWAPPED_QUESTIONS:
        example = swapped(example, names, _DRAW) or example
    others = [i for i in range(len(example.sentences)) if i not in example.positive]
    tempting = sorted(others, key=lambda i: -overlap(example.question, example.sentences[i]))[: NEGATIVES - 1]
    rest = [i for i in others if i not in tempting]
    positive = random.sample(sorted(example.positive), min(2, len(example.positive)))
    chosen = [*positive, *tempting, *random.sample(rest, min(1, len(rest)))]
    shown = [
        with_title(example.title if random.random() > BARE_SENTENCES else "", example.sentences[i]) for i in chosen
    ]
    question = example.question
    if positive and random.random() < HIDDEN_QUESTIONS:
        question = _mask_shared_words(question, example.sentences[positive[0]])
    return question, shown, [float(i in example.positive) for i in chosen]


def with_title(title: str, sentence: str) -> str:
    """Return a sentence behind its title or heading, as the ranker reads it."""
    return f"{title}: {sentence}" if title else sentence


def _mask_shared_words(question: str, sentence: str) -> str:
    shared = set(content_words(question)) & set(content_words(sentence))
    return " ".join(
        "[MASK]" if w.casefold().strip("?,.'\"") in shared and random.random() < HIDDEN_WORDS else w
        for w in question.split()
    )


def _rate(step: int, steps: int) -> float:
    warm = max(1, int(WARM_UP * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


if __name__ == "__main__":
    main()

"""Train the ranker further on questions about meeting records: `python -m benchmarks.ranker_training.tune`.

The questions are those of `meetings/` beside this file whose record is not held out; the sentences are what the search
finds for them. Public examples are mixed in, so that what was learnt before is kept.

`--mix SHARE` then writes the mean of the weights before and after, the latter weighed by the share: it keeps more of
what the former weights knew (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from assistant.assistant import Assistant
from assistant.retrieval.rerank import under_heading
from benchmarks.figures import report_progress
from benchmarks.libraries import founding_library
from benchmarks.pipeline import understand_question
from benchmarks.ranker_training import train
from benchmarks.ranker_training.examples import Example, names_in, training_examples
from benchmarks.ranker_training.meetings import MeetingRecord, meeting_records, sentences_of
from corpus.document import Document
from index.models import ranker as packaged
from index.snapshot import Snapshot

SEED = 20261130
RATE = 6e-5
_RECORDS_A_LIBRARY = 9
_MOST_SENTENCES = 24
# Near misses are shown the best sentences that the search finds, answered questions some of those.
_TEMPTING = 8
# Share of questions to which the day, place or title of a meeting is added: filters use it, no sentence need have it.
_PLACED_QUESTIONS = 0.33
_LOWER_CASE = 0.08
_PLACES = "Oslo Lima Nairobi Geneva Ottawa Seoul Madrid Accra Quito Hanoi Dublin Vienna Jakarta Riga Doha Bonn".split()


@dataclass(frozen=True, slots=True)
class MeetingExample:
    """A question with the answering sentences and the others of its record, best first, as the ranker reads them."""

    question: str
    title: str
    day: date | None
    answers: tuple[str, ...]
    others: tuple[str, ...]


def main() -> None:
    """Train the packaged ranker further, and write weights.safetensors to the output folder."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder with training/ and public/squad2/")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--start", type=Path, default=packaged.weights_file(), help="weights to go on from")
    arguments.add_argument("--public", type=int, default=1500, help="number of public examples between")
    arguments.add_argument("--epochs", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    arguments.add_argument("--mix", type=float, default=1.0, help="share of the trained weights in what is written")
    options = arguments.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    examples: list[MeetingExample | Example] = [*meeting_examples()]
    examples += training_examples(options.data, options.seed)[: options.public]
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / "weights.safetensors"
    tune(options.start, examples, options.epochs, options.rate, target)
    mix(options.start, target, options.mix)


def meeting_examples() -> Iterator[MeetingExample]:
    """Yield an example for each question on a record that is not held out."""
    records = [record for record in meeting_records() if not record.is_held_out]
    for start in range(0, len(records), _RECORDS_A_LIBRARY):
        part = records[start : start + _RECORDS_A_LIBRARY]
        with founding_library() as library:
            documents = [record.document() for record in part]
            for document in documents:
                library.add(document)
            assistant = Assistant(library, None)
            with library.snapshot() as snapshot:
                for record, document in zip(part, documents, strict=True):
                    yield from _examples_of(record, document, assistant, snapshot)
        report_progress("records searched", start + len(part), len(records))


def tune(start: Path, examples: Sequence[MeetingExample | Example], epochs: int, rate: float, target: Path) -> None:
    """Train weights further with a rate that falls to 0, and write them."""
    model, tokenizer = train.load_model(start)
    model.bert.embeddings.requires_grad_(False)
    model.bert.encoder.layer[0].requires_grad_(False)
    steps = epochs * math.ceil(len(examples) / train.QUESTIONS_A_STEP)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=rate, weight_decay=0.01)
    model.train()
    began = time.time()
    for step, batch in enumerate(_batches(examples, epochs)):
        for group in optimizer.param_groups:
            group["lr"] = rate * max(0.0, 1 - step / steps)
        loss = train.loss_of(model, tokenizer, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 50 == 0:
            print(f"step {step}/{steps} loss {float(loss.detach()):.4f} {time.time() - began:.0f} s", flush=True)
    train.save(model, target)


def mix(before: Path, after: Path, share: float) -> None:
    """Replace the weights of the file `after` by (1 - share) of those before and the share of its own."""
    first, second = load_file(before), load_file(after)
    mean = {name: ((1 - share) * first[name].float() + share * second[name].float()).half() for name in first}
    save_file(mean, after)


def _examples_of(
    record: MeetingRecord, document: Document, assistant: Assistant, snapshot: Snapshot
) -> Iterator[MeetingExample]:
    places = sentences_of(document)
    retriever = assistant.retriever(snapshot)
    for question in record.questions:
        query = understand_question(snapshot, question.text)
        found = retriever.search(query, distinct=False)
        own = [e for e in (*found.evidence, *found.unread) if e.document.text == document.text and not e.is_label]
        answers = {span for sentence in question.answer for span in places[sentence]}
        neither = {span for sentence in question.also for span in places[sentence]}
        yield MeetingExample(
            query.latest_text,
            document.title,
            document.meeting.first_day or document.published,
            tuple(under_heading(e) for e in own if e.span in answers),
            tuple(under_heading(e) for e in own[:_MOST_SENTENCES] if e.span not in answers | neither),
        )


def _batches(
    examples: Sequence[MeetingExample | Example], epochs: int
) -> Iterator[list[tuple[str, list[str], list[float]]]]:
    names = sorted({n for e in examples if isinstance(e, Example) for n in names_in(e.question)})
    for _ in range(epochs):
        order = random.sample(range(len(examples)), len(examples))
        for start in range(0, len(order), train.QUESTIONS_A_STEP):
            drawn = [examples[i] for i in order[start : start + train.QUESTIONS_A_STEP]]
            yield [train.sample_sentences(e, names) if isinstance(e, Example) else _sample(e) for e in drawn]


def _sample(example: MeetingExample) -> tuple[str, list[str], list[float]]:
    answers = random.sample(example.answers, min(random.choice((1, 1, 2)), len(example.answers)))
    tempting, rest = example.others[:_TEMPTING], example.others[_TEMPTING:]
    others = random.sample(tempting, min(2, len(tempting))) if answers else list(tempting[:3])
    others += random.sample(rest, min(1, len(rest)))
    question = _placed(example) if random.random() < _PLACED_QUESTIONS else example.question
    if random.random() < _LOWER_CASE:
        question = question.lower().rstrip("?")
    return question, [*answers, *others], [1.0] * len(answers) + [0.0] * len(others)


def _placed(example: MeetingExample) -> str:
    """Return the question with a day, a place or the title of its record; a record without a day gets a random one."""
    day = example.day or date(random.randint(2018, 2026), random.randint(1, 12), random.randint(1, 28))
    month = f"{day:%B %Y}"
    place = random.choice(_PLACES)
    of_day = (f"in {month}", f"on {day.day} {month}", f"at the {month} meeting", f"in {day.year}")
    phrase = random.choice((*of_day, f"in {place}", f"at the {place} meeting", f"at the {example.title}"))
    return f"{example.question.rstrip('? ')} {phrase}{'?' if example.question.endswith('?') else ''}"


if __name__ == "__main__":
    main()

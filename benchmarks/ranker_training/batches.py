"""Draw batches of questions with some of their sentences, which train the ranker."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from benchmarks.ranker_training.examples import Example, overlap, swapped
from corpus.language.tokens import content_words

QUESTIONS_A_STEP = 16
NEGATIVES = 3
# Share of questions in which half of the words that also stand in the sentence are hidden, so that the ranker learns
# meaning and not only shared words.
HIDDEN_QUESTIONS = 0.1
HIDDEN_WORDS = 0.5
# Share of answerable questions asked about another name or year, so that nothing answers them.
SWAPPED_QUESTIONS = 0.08
# Share of sentences shown without their title.
BARE_SENTENCES = 0.4

_DRAW = random.Random()

AnyExample = TypeVar("AnyExample")
# A question, the sentences that are shown, and for each 1.0 if it answers and 0.0 if not.
Drawn = tuple[str, list[str], list[float]]
Draw = Callable[[AnyExample], Drawn]


def seed_drawing(seed: int) -> None:
    """Seed the random numbers by which examples are drawn."""
    random.seed(seed)
    _DRAW.seed(seed)


def batches(examples: Sequence[AnyExample], epochs: int, draw: Draw[AnyExample]) -> Iterator[list[Drawn]]:
    """Yield what is drawn of each example in each epoch, in random order, some questions at a time."""
    for _ in range(epochs):
        order = random.sample(range(len(examples)), len(examples))
        for start in range(0, len(order), QUESTIONS_A_STEP):
            yield [draw(examples[i]) for i in order[start : start + QUESTIONS_A_STEP]]


def draw_sentences(example: Example, names: Sequence[str]) -> Drawn:
    """Return the question with up to two answering sentences and three others.

    Args:
        example: the example.
        names: the names of all questions, one of which may take the place of the question's own.
    """
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

"""Read training examples for the ranker from freely licensed sets: questions with the sentences of a passage.

The README of the data's folder and the ranker's model card state the licence and source of each set.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.language.sentences import sentences
from corpus.language.tokens import content_words
from corpus.span import Span

# Questions used of each set: all of the small and varied sets, a share of those with one style.
SETS = {
    "squad_train_part": 8000,
    "squad_reqa": 5000,
    "squadshifts_new_wiki": 7737,
    "qamr": 6000,
    "selqa": 2371,
    "clapnq_dev": 581,
    "timeqa_human": 2116,
    "tatqa_text": 676,
    "qmsum_train": 556,
    "hotpot_dev_part": 251,
    "molweni_test": 600,
    "weak_unanswerable_en": 2999,
}
# Repetitions of small sets in which people also wrote unanswerable questions or several answering sentences.
_TIMES = {"clapnq_dev": 3, "timeqa_human": 2, "selqa": 2, "qmsum_train": 2, "squad2": 2}
# Paragraphs of the public SQuAD 2.0 part that may train; sq-10 to sq-15 evaluate.
TRAINING_ARTICLES = frozenset(f"sq-{n}" for n in range(10))
_LONGEST_SENTENCE = 500
_NAME = re.compile(r"(?<!^)(?<=\s)(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|(?:1[5-9]|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the sentences of one passage, under its title or heading, which may be empty.

    `positive` has the indices of the sentences that answer; it is empty when the passage does not answer.
    """

    question: str
    title: str
    sentences: tuple[str, ...]
    positive: frozenset[int]


def training_examples(folder: Path, seed: int) -> list[Example]:
    """Return all training examples of a folder with `training/` and `public/squad2/`, sampled and shuffled."""
    draw = random.Random(seed)
    examples: list[Example] = []
    for name, most in SETS.items():
        of_set = list(_ranked(folder / "training" / f"{name}.jsonl.gz"))
        draw.shuffle(of_set)
        examples += of_set[:most] * _TIMES.get(name, 1)
    examples += squad2(folder / "public" / "squad2", judging=False) * _TIMES["squad2"]
    examples += _entailed(folder / "training" / "qnli_dev.jsonl.gz")
    draw.shuffle(examples)
    return examples


def squad2(folder: Path, judging: bool) -> list[Example]:
    """Return SQuAD 2.0 questions with the sentences of their paragraph; unanswerable ones have no positive sentence.

    Args:
        folder: the folder with corpus.jsonl, queries.jsonl and qrels.tsv.
        judging: True for the articles that evaluate, False for those that train.
    """
    documents = {d["id"]: d for d in map(json.loads, (folder / "corpus.jsonl").open(encoding="utf-8"))}
    answers: dict[str, tuple[str, int, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8") as lines:
        for question, document, start, end, _ in (line.split("\t") for line in list(lines)[1:]):
            answers.setdefault(question, (document, int(start), int(end)))
    examples = []
    for line in (folder / "queries.jsonl").open(encoding="utf-8"):
        query = json.loads(line)
        document, start, end = answers.get(query["id"], (query["scope"], -1, -1))
        if document is None or (document.rsplit("-", 1)[0] in TRAINING_ARTICLES) is judging:
            continue
        text = documents[document]["text"]
        spans = sentences(text, Span(0, len(text)))
        positive = frozenset(i for i, s in enumerate(spans) if s.start < end and start < s.end)
        examples.append(
            Example(query["text"], documents[document]["title"], tuple(s.of(text) for s in spans), positive)
        )
    return examples


def overlap(question: str, sentence: str) -> float:
    """Return the share of the question's content words that the sentence contains, in [0, 1]."""
    words = set(content_words(question))
    return len(words & set(content_words(sentence))) / len(words) if words else 0.0


def swapped(example: Example, names: Sequence[str], draw: random.Random) -> Example | None:
    """Return an example whose question has another name or year, which nothing answers; None where it has no name."""
    passage = " ".join((example.title, *example.sentences))
    shared_names = [n for n in names_in(example.question) if n in passage]
    if not shared_names:
        return None
    name = draw.choice(shared_names)
    if name.isdigit():
        other = str(int(name) + draw.choice((-7, -3, -2, -1, 1, 2, 3, 7)))
    else:
        other = next((n for n in draw.sample(names, min(20, len(names))) if not n.isdigit()), name)
    if other in passage:
        return None
    return Example(example.question.replace(name, other), example.title, example.sentences, frozenset())


def names_in(question: str) -> list[str]:
    """Return the years and capitalised words of a question, without its first word."""
    return _NAME.findall(question)


def names_of(examples: Iterable[Example]) -> list[str]:
    """Return the names in the questions of all examples, each once and in order."""
    return sorted({name for example in examples for name in names_in(example.question)})


def _entailed(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            positive = frozenset({0} if row["label"] == "answers" else ())
            yield Example(_clean(row["hypothesis"]), "", (_clean(row["premise"])[:_LONGEST_SENTENCE],), positive)


def _ranked(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            cut = tuple(_clean(s)[:_LONGEST_SENTENCE] for s in row["sentences"])
            title = row["title"].replace("_", " ").rpartition(" / ")[2]
            yield Example(_clean(row["question"]), title, cut, frozenset(row["positive"]))


def _clean(text: str) -> str:
    """Remove spaces before punctuation and the transcriber's marks from tokenised text."""
    text = re.sub(r"\{\w+\}", "", text).replace("``", '"').replace("''", '"')
    return " ".join(re.sub(r"\s+([,.;:?!)%]|'s\b|n't\b)", r"\1", text).split())

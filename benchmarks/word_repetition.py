"""Count how often passages that answer repeat the words of their question: `python -m benchmarks.word_repetition`.

It reads the English training sets of ../shared and writes corpus/language/data/repeated_words.txt.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator

from benchmarks.datasets import evaluation_folder
from corpus.language.tokens import content_words, stem
from corpus.language.word_lists import DATA

SETS = (
    "qamr squadshifts_new_wiki selqa clapnq_dev squad_train_part timeqa_human qmsum_train tatqa_text molweni_test"
    " squad_reqa hotpot_dev_part"
).split()
# A stem is listed from so many questions on; its share is drawn towards that of rarer words, as by five more of them.
_LEAST, _RARE, _DRAWN = 20, 0.84, 5


def main() -> int:
    """Count the words and write the file."""
    asked: Counter[str] = Counter()
    repeated: Counter[str] = Counter()
    examples = 0
    for question, passage in _examples():
        held = {stem(word) for word in content_words(passage)}
        stems = [stem(word) for word in content_words(question)]
        asked.update(stems)
        repeated.update(word for word in stems if word in held)
        examples += 1
    common = sorted(word for word, n in asked.items() if n >= _LEAST and word.isascii() and word.isalpha())
    shares = [f"{word} {(repeated[word] + _DRAWN * _RARE) / (asked[word] + _DRAWN):.2f}" for word in common]
    head = [
        f"# Share of passages that repeat a word of a question that they answer, by stem, {_LEAST} questions or more.",
        f"# Counted on {examples:,} answerable English questions of public sets by benchmarks/word_repetition.py.",
    ]
    (DATA / "repeated_words.txt").write_text("\n".join((*head, *shares)) + "\n", "utf-8")
    print(f"{len(common)} stems of {examples:,} questions")
    return 0


def _examples() -> Iterator[tuple[str, str]]:
    """Yield each answerable question with the passage that answers it."""
    for name in SETS:
        with gzip.open(evaluation_folder() / "training" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record.get("answerable", True) and record["lang"] == "en":
                    # The passages of qamr are sentences of a document side by side.
                    chosen = record["positive"] if name == "qamr" else range(len(record["sentences"]))
                    title = "" if name == "qamr" else record.get("title") or ""
                    yield record["question"], " ".join((title, *(record["sentences"][i] for i in chosen)))


if __name__ == "__main__":
    sys.exit(main())

"""A set whose answers are places in a corpus: texts, questions and what is relevant to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from benchmarks.shared import Record, evaluation, passage_scorer

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class TextSet:
    """One of the converted sets of ../shared/evaluation/public.

    Attributes:
        texts: every text of the corpus once, by its id.
        records: the lines of queries.jsonl.
        relevant: places that answer a question, by its id.
    """

    texts: dict[str, str]
    records: list[Record]
    relevant: dict[str, list[Place]]


def read_set(name: str) -> TextSet:
    """Read a set. A text that stands twice in the corpus is kept once, under its first id."""
    documents, records, relevant = passage_scorer().load(str(evaluation() / "public" / name))
    first: dict[str, str] = {}
    for identity, document in documents.items():
        first.setdefault(document["text"], identity)
    of = {identity: first[document["text"]] for identity, document in documents.items()}
    places = {query: [(of[d], start, end) for d, start, end in found] for query, found in relevant.items()}
    return TextSet({identity: text for text, identity in first.items()}, records, places)


def scored_passages(
    found: TextSet, records: Iterable[Record], run: dict[str, list[Place]], k: Collection[int]
) -> dict[str, dict[str, float]]:
    """The figures of score_ir.py for each question, by its id; questions that it does not score are left out."""
    score = passage_scorer().score
    rows = {}
    for record in records:
        if found.relevant.get(record["id"]) and record["answerable"] is not False:
            rows[record["id"]] = score([record], found.relevant, run, list(k))[1]
    return rows


def reference_run(found: TextSet, records: list[Record]) -> dict[str, list[Place]]:
    """What `score_ir.py --bm25` finds over the whole corpus."""
    documents = {identity: {"text": text} for identity, text in found.texts.items()}
    run: dict[str, list[Place]] = passage_scorer().bm25(documents, records, False)[1]
    return run

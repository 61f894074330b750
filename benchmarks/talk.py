"""Score the search of passages in transcripts against BM25 over windows of 900 characters: `python -m benchmarks.talk`.

The meetings are those of QMSum's training part (AMI and ICSI), put together from the parts that its questions show.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.datasets import Place, Record, TextSet, bm25_run, evaluation_folder, score_passages
from benchmarks.figures import compared_row, markdown_table, report_progress
from benchmarks.libraries import cached_assistant, library_of_texts
from benchmarks.pipeline import retrieve_places, understand_question

_DEPTHS = (1, 3, 5, 10)
_FIGURES = ("MRR", "touch@1", "touch@5", "span@5")


def main() -> int:
    """Print the figures of the chosen meetings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=6, help="how many meetings")
    parser.add_argument("--skip", type=int, default=0, help="the first meeting; 1 to 8 give other meetings than 0")
    arguments = parser.parse_args()
    print(report(read_meetings(arguments.skip, arguments.meetings)))
    return 0


def read_meetings(skip: int, count: int) -> TextSet:
    """Read every ninth meeting of the set, in turns of "Name: words", with the questions on them."""
    path = evaluation_folder() / "training" / "qmsum_train.jsonl.gz"
    by_meeting: dict[str, list[Record]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            # Of a question with several places in the meeting the set does not tell where its turns stand.
            if record["turns"][1] - record["turns"][0] + 1 == len(record["sentences"]):
                by_meeting[record["title"]].append(record)
    names = sorted(by_meeting)[skip::9][:count]
    texts: dict[str, str] = {}
    relevant: dict[str, list[Place]] = {}
    records: list[Record] = []
    for name in names:
        spoken = {r["turns"][0] + i: words for r in by_meeting[name] for i, words in enumerate(r["sentences"])}
        places: dict[int, tuple[int, int]] = {}
        text = ""
        for number in sorted(spoken):
            places[number] = (len(text), len(text) + len(spoken[number]))
            text += spoken[number] + "\n\n"
        texts[name] = text
        for record in by_meeting[name]:
            turns = [record["turns"][0] + at for at in record["positive"]]
            relevant[record["id"]] = [(name, places[min(turns)][0], places[max(turns)][1])]
            records.append({**record, "text": record["question"]})
    return TextSet(texts, records, relevant)


def report(meetings: TextSet) -> str:
    """Return the figures of the search and of BM25 as a table."""
    run: dict[str, list[Place]] = {}
    with library_of_texts(meetings.texts) as library, library.snapshot() as snapshot:
        assistant = cached_assistant(library)
        for done, record in enumerate(meetings.records, start=1):
            query = understand_question(snapshot, record["text"])
            run[record["id"]] = retrieve_places(assistant, snapshot, query, max(_DEPTHS))
            report_progress("questions searched", done, len(meetings.records))
        count = snapshot.passage_count
    ours, theirs = (
        score_passages(meetings, meetings.records, places, _DEPTHS)
        for places in (run, bm25_run(meetings, meetings.records))
    )
    rows = [compared_row(f, _column(ours, f), _column(theirs, f)) for f in _FIGURES]
    ratio = sum(_column(ours, "MRR")) / max(sum(_column(theirs, "MRR")), 1e-9)
    table = markdown_table(["figure", "Rapporteur", "BM25, 900 characters", "difference"], rows)
    found = f"{len(meetings.records)} questions on {len(meetings.texts)} meetings in {count} passages"
    return f"{found}; ratio of the MRR {ratio:.2f}\n\n{table}"


def _column(scores: dict[str, dict[str, float]], figure: str) -> Sequence[float]:
    return [scores[identity][figure] for identity in sorted(scores)]


if __name__ == "__main__":
    sys.exit(main())

"""Score passage retrieval and answerability on SQuAD 2.0."""

from collections.abc import Sequence

from assistant.assistant import Assistant
from benchmarks.datasets import Place, Record, TextSet, bm25_run, evenly_spaced, read_text_set, score_passages
from benchmarks.figures import (
    auroc,
    bootstrap_interval,
    compared_row,
    format_difference,
    format_with_interval,
    markdown_table,
    report_progress,
)
from benchmarks.libraries import library_of_texts, text_id
from benchmarks.pipeline import (
    Confidence,
    retrieve_places,
    score_answerability,
    understand_question,
)
from index.library import Library

# The articles that no model is trained on; those before them may train.
_JUDGED = range(10, 16)
_DEPTHS = (1, 3, 5, 10)
_FIGURES = ("MRR", "touch@1", "touch@3", "touch@5", "span@1")


def report(limit: int | None) -> str:
    """Score retrieval and answerability and return the report's section as Markdown."""
    squad = read_text_set("squad2")
    answerable = evenly_spaced(
        [r for r in squad.records if r["answerable"] and _is_judged(_paragraph(squad, r))], limit
    )
    unanswerable = evenly_spaced([r for r in squad.records if not r["answerable"] and _is_judged(r["scope"])], limit)
    with library_of_texts(squad.texts) as library:
        return "\n\n".join(
            [
                "## SQuAD 2.0",
                f"Half of its development set: {len(squad.texts)} paragraphs, all of them searched; only questions on"
                f" the articles sq-{_JUDGED[0]} to sq-{_JUDGED[-1]} are asked, since the others may train.",
                f"**Passages** for {len(answerable)} questions, against the BM25 of `score_ir.py` over passages of up"
                " to 900 characters:",
                _passages(library, squad, answerable),
                f"**Whether a question's own paragraph answers it**: {len(answerable)} questions that it answers,"
                f" {len(unanswerable)} that look the same and that it does not. The figure is the AUROC, 0.5 for"
                " chance; cosine is that of the paragraph's nearest sentence in the same run.",
                _answerability(library, squad, answerable, unanswerable),
            ]
        )


def _is_judged(paragraph: str) -> bool:
    return int(paragraph.split("-")[1]) in _JUDGED


def _paragraph(squad: TextSet, record: Record) -> str:
    """Return the id of the paragraph that a question was asked about."""
    return str(record["scope"]) if record["scope"] else squad.relevant[record["id"]][0][0]


def _passages(library: Library, squad: TextSet, records: list[Record]) -> str:
    ours = score_passages(squad, records, _run(library, records), _DEPTHS)
    theirs = score_passages(squad, records, bm25_run(squad, records), _DEPTHS)
    rows = [
        compared_row(figure, [row[figure] for row in ours.values()], [theirs[identity][figure] for identity in ours])
        for figure in _FIGURES
    ]
    rows.append(["MRR, times BM25's", *_ratio([(ours[i]["MRR"], theirs[i]["MRR"]) for i in ours])])
    return markdown_table(["figure", "Rapporteur", "BM25", "difference"], rows)


def _ratio(pairs: list[tuple[float, float]]) -> list[str]:
    def ratio(rows: Sequence[tuple[float, float]]) -> float | None:
        bm25 = sum(b for _, b in rows)
        return sum(a for a, _ in rows) / bm25 if bm25 else None

    return [format_with_interval(ratio(pairs), bootstrap_interval(pairs, ratio)), "1", ""]


def _run(library: Library, records: Sequence[Record]) -> dict[str, list[Place]]:
    assistant, run = Assistant.open(library), {}
    with library.snapshot() as snapshot:
        for done, record in enumerate(records, start=1):
            query = understand_question(snapshot, record["text"])
            run[record["id"]] = retrieve_places(assistant, snapshot, query, max(_DEPTHS))
            report_progress("questions searched", done, len(records))
    return run


def _answerability(library: Library, squad: TextSet, answerable: list[Record], unanswerable: list[Record]) -> str:
    assistant = Assistant.open(library)
    rows: list[tuple[bool, Confidence]] = []
    with library.snapshot() as snapshot:
        names = {text_id(document.name): document.name for document in snapshot.documents}
        for done, record in enumerate([*answerable, *unanswerable], start=1):
            document = names[_paragraph(squad, record)]
            confidence = score_answerability(assistant, snapshot, record["text"], document)
            rows.append((record["answerable"], confidence))
            report_progress("paragraphs judged", done, len(answerable) + len(unanswerable))

    def own(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        return auroc([c.own for yes, c in rows if yes], [c.own for yes, c in rows if not yes])

    def cosine(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        return auroc([c.cosine for yes, c in rows if yes], [c.cosine for yes, c in rows if not yes])

    def difference(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        a, b = own(rows), cosine(rows)
        return None if a is None or b is None else a - b

    return markdown_table(
        ["figure", "Rapporteur", "cosine", "difference"],
        [
            [
                "answerability AUROC",
                format_with_interval(own(rows), bootstrap_interval(rows, own)),
                format_with_interval(cosine(rows), bootstrap_interval(rows, cosine)),
                format_difference(difference(rows), bootstrap_interval(rows, difference)),
            ]
        ],
    )

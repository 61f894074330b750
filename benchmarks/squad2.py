"""SQuAD 2.0: passages over the whole corpus, and whether a paragraph answers at all."""

from collections.abc import Sequence

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from benchmarks.figures import auroc, interval, mean
from benchmarks.libraries import identity_of, library_of
from benchmarks.sampling import evenly_spaced
from benchmarks.shared import Record
from benchmarks.stages import Confidence, confidence, passages_by_document, passages_for, query_for
from benchmarks.tables import difference, table, with_interval
from benchmarks.telling import tell
from benchmarks.texts import Place, TextSet, read_set, reference_run, scored_passages
from index.store.library import Library

# The articles that nothing is trained on; those before them may be.
JUDGED = range(10, 16)
_DEPTHS = (1, 3, 5, 10)
_FIGURES = ("MRR", "touch@1", "touch@3", "touch@5", "span@1")


def report(limit: int | None) -> str:
    """Score retrieval and answerability; the section as Markdown."""
    found = read_set("squad2")
    answerable = evenly_spaced([r for r in found.records if r["answerable"] and _judged(_paragraph(found, r))], limit)
    unanswerable = evenly_spaced([r for r in found.records if not r["answerable"] and _judged(r["scope"])], limit)
    with library_of(found.texts) as library:
        return "\n\n".join(
            [
                "## SQuAD 2.0",
                f"Half of its development set: {len(found.texts)} paragraphs, all of them searched; only questions on"
                f" the articles sq-{JUDGED[0]} to sq-{JUDGED[-1]} are asked, since the others may train.",
                f"**Passages** for {len(answerable)} questions, against the BM25 of `score_ir.py` over passages of up"
                " to 900 characters:",
                _passages(library, found, answerable),
                f"**Whether a question's own paragraph answers it**: {len(answerable)} questions that it answers,"
                f" {len(unanswerable)} that look the same and that it does not. The figure is the AUROC, 0.5 for"
                " chance; cosine is that of the paragraph's nearest sentence in the same run.",
                _answerability(library, found, answerable, unanswerable),
            ]
        )


def _judged(paragraph: str) -> bool:
    return int(paragraph.split("-")[1]) in JUDGED


def _paragraph(found: TextSet, record: Record) -> str:
    """The paragraph that a question was asked about."""
    return str(record["scope"]) if record["scope"] else found.relevant[record["id"]][0][0]


def _passages(library: Library, found: TextSet, records: list[Record]) -> str:
    ours = scored_passages(found, records, _run(library, records), _DEPTHS)
    theirs = scored_passages(found, records, reference_run(found, records), _DEPTHS)
    pairs = [(ours[identity], theirs[identity]) for identity in ours]
    rows: list[list[str]] = []
    for figure in _FIGURES:
        mine, plain = ([row[figure] for row in side] for side in zip(*pairs, strict=True))
        apart = [a - b for a, b in zip(mine, plain, strict=True)]
        cells = [with_interval(mean(values), interval(values, mean)) for values in (mine, plain)]
        rows.append([figure, *cells, difference(mean(apart), interval(apart, mean))])
    rows.append(["MRR, times BM25's", *_ratio([(a["MRR"], b["MRR"]) for a, b in pairs])])
    return table(["figure", "Rapporteur", "BM25", "difference"], rows)


def _ratio(pairs: list[tuple[float, float]]) -> list[str]:
    def ratio(rows: Sequence[tuple[float, float]]) -> float | None:
        plain = sum(b for _, b in rows)
        return sum(a for a, _ in rows) / plain if plain else None

    return [with_interval(ratio(pairs), interval(pairs, ratio)), "1", ""]


def _run(library: Library, records: Sequence[Record]) -> dict[str, list[Place]]:
    assistant, run = Assistant.open(library), {}
    with library.view() as view:
        for done, record in enumerate(records, start=1):
            query = query_for(view, record["text"], Conversation())
            hits = passages_for(assistant, view, query, max(_DEPTHS))
            run[record["id"]] = [
                (identity_of(h.passage.document.name), h.passage.span.start, h.passage.span.end) for h in hits
            ]
            tell("questions searched", done, len(records))
    return run


def _answerability(library: Library, found: TextSet, answerable: list[Record], unanswerable: list[Record]) -> str:
    assistant = Assistant.open(library)
    rows: list[tuple[bool, Confidence]] = []
    with library.view() as view:
        of = {identity_of(name): ids for name, ids in passages_by_document(assistant, view).items()}
        for done, record in enumerate([*answerable, *unanswerable], start=1):
            passages = of[_paragraph(found, record)]
            rows.append((record["answerable"], confidence(assistant, view, record["text"], passages)))
            tell("paragraphs judged", done, len(answerable) + len(unanswerable))

    def own(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        return auroc([c.own for yes, c in rows if yes], [c.own for yes, c in rows if not yes])

    def cosine(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        return auroc([c.cosine for yes, c in rows if yes], [c.cosine for yes, c in rows if not yes])

    def apart(rows: Sequence[tuple[bool, Confidence]]) -> float | None:
        mine, plain = own(rows), cosine(rows)
        return None if mine is None or plain is None else mine - plain

    return table(
        ["figure", "Rapporteur", "cosine", "difference"],
        [
            [
                "answerability AUROC",
                with_interval(own(rows), interval(rows, own)),
                with_interval(cosine(rows), interval(rows, cosine)),
                difference(apart(rows), interval(rows, apart)),
            ]
        ],
    )

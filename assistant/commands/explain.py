"""Why a question was answered as it was, stage by stage, for a person at a terminal."""

from collections.abc import Iterator

from assistant.retrieval.score_sentences import Evidence
from assistant.trace import Trace
from index.search.hybrid import Hit

_SHOWN = 10
_CHARACTERS = 90


def explained_lines(trace: Trace) -> Iterator[str]:
    """The stages as lines: query, filters, hits with the parts of their scores, evidence kept and dropped, verdict.

    Of a message with several questions each has its own stages.
    """
    if trace.parts:
        for number, part in enumerate(trace.parts, start=1):
            yield f"Question {number} of {len(trace.parts)}: {_short(part.question)}"
            yield from explained_lines(part)
            yield ""
        yield f"Verdict  {trace.verdict}"
        return
    query = trace.query
    yield f"Query    {query.text}"
    yield f"Filters  {query.filters}" + (f"; no record is from {', '.join(query.unmet)}" if query.unmet else "")
    yield f"Asks for {query.intent}" + (f"; looked for: {' '.join(query.keywords.split())}" if query.keywords else "")
    yield f"\nHits ({len(trace.hits)}): score, cosine, BM25"
    yield from (_hit(hit) for hit in trace.hits[:_SHOWN])
    yield f"\nEvidence ({len(trace.evidence)} sentences): weight, cosine, share of the words, ranker"
    best = trace.evidence[0].score if trace.evidence else 0.0
    yield from (_evidence(evidence, trace, best) for evidence in trace.evidence[:_SHOWN])
    listed = [e for e in trace.cited if e not in trace.evidence[:_SHOWN]]
    yield from (_evidence(evidence, trace, best) for evidence in listed)
    yield f"\nVerdict  {trace.verdict}"


def _hit(hit: Hit) -> str:
    dense = "     -" if hit.dense is None else f"{hit.dense:6.3f}"
    lexical = "     -" if hit.lexical is None else f"{hit.lexical:6.2f}"
    return f"  {hit.score:.4f} {dense} {lexical}  {hit.passage.document.name}  {_short(hit.passage.text)}"


def _evidence(evidence: Evidence, trace: Trace, best: float) -> str:
    kept = any(e.span == evidence.span and e.passage.document == evidence.passage.document for e in trace.cited)
    mark = "cited  " if kept else f"-{best - evidence.score:.2f}  "
    ranker = "    -" if evidence.ranker_probability is None else f"{evidence.ranker_probability:5.2f}"
    parts = f"{evidence.score:6.3f} {evidence.dense:6.3f} {evidence.term_overlap:5.2f} {ranker}"
    return f"  {mark}{parts}  {_short(evidence.quote)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CHARACTERS else line[:_CHARACTERS].rstrip() + "…"

"""Complete quotations that nobody understands alone: an outcome gets the sentence that names what was decided on."""

from collections.abc import Sequence

from assistant.citations.citation import Citation
from assistant.minutes.decisions import decisions_of
from assistant.minutes.record import MinutesRecord, read_record
from corpus.span import Span


def with_objects(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return citations, before each outcome in minutes the sentences that name its object unless they are cited.

    Args:
        citations: those of an answer, best first.
    """
    found: list[Citation] = []
    for citation in citations:
        record = read_record(citation.document)
        if record.is_minutes:
            spans = [c.span for c in (*citations, *found) if c.document.id == citation.document.id]
            found += [c for c in _objects(record, citation) if not any(c.span.overlaps(span) for span in spans)]
        found.append(citation)
    return tuple(found)


def _objects(record: MinutesRecord, citation: Citation) -> list[Citation]:
    """Return the sentences that name the object of the outcomes in a citation."""
    decisions = [d for d in decisions_of(record) if _holds(citation.span, d.outcome)]
    return [record.cite(passage, span, d.heading) for d in decisions for passage, span in d.of_object]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end

"""Render an answer, an abstention or the trace of a question as plain text for the terminal."""

from collections.abc import Iterator, Sequence

from assistant.answer import Abstention, Answer, Reply
from assistant.assistant import nearest_citations
from assistant.citations.citation import Citation
from assistant.conversation import Turn
from assistant.retrieval.evidence import Evidence
from assistant.trace import Trace
from assistant.wording import say
from corpus.language.months import spell_days
from index.search.hybrid import Hit

_MOST_OF_A_PASSAGE = 300
_MOST_TRACED = 10
_MOST_CHARACTERS = 90


def answer_lines(turn: Turn, more: int = 0) -> list[str]:
    """Return the reply as lines: an answer with its sources, or an abstention with the nearest passages.

    Args:
        turn: the question with its reply.
        more: how many further passages that fit to add.
    """
    reply = turn.reply
    return list(_answer(reply, more) if isinstance(reply, Answer) else _abstention(reply))


def _answer(answer: Answer, more: int) -> Iterator[str]:
    yield from answer.text.split("\n")
    language = answer.language
    yield from (f"\n{say(language, 'note', text=note)}" for note in answer.notes)
    if answer.citations:
        yield f"\n{say(language, 'sources')}"
    yield from _sources(answer)
    if answer.more and not more:
        yield f"\n{say(language, 'note', text=say(language, 'show_more', len(answer.more)))}"
    yield from _further(answer.more[:more], language)


def further_lines(reply: Reply) -> list[str]:
    """Return the further passages of a reply as lines; none for an abstention."""
    return list(_further(reply.more, reply.language)) if isinstance(reply, Answer) else []


def source_lines(number: int, citation: Citation, language: str) -> list[str]:
    """Return the source of one citation as lines, behind its number."""
    first, *others = _source(citation, language)
    return [f"[{number}] {first}", *others]


def _further(citations: Sequence[Citation], language: str) -> Iterator[str]:
    if citations:
        yield f"\n{say(language, 'further')}"
    for citation in citations:
        yield from _passage(citation, language)


def _abstention(reply: Abstention) -> Iterator[str]:
    language = reply.language
    yield reply.text
    yield from (say(language, "note", text=note) for note in reply.notes)
    if reply.search:
        yield say(language, "searched_for", query=_line(reply.search.query))
    if reply.nearest:
        yield f"\n{say(language, 'nearest')}"
    for citation in nearest_citations(reply):
        yield from _passage(citation, language)


def _passage(citation: Citation, language: str) -> Iterator[str]:
    """Yield the source of a passage, then its words, a long one shortened."""
    first, *others = _source(citation, language)
    yield from (f"- {first}", *others)
    words = citation.shown
    yield f"    {words[:_MOST_OF_A_PASSAGE].rstrip()}…" if len(words) > _MOST_OF_A_PASSAGE else f"    {words}"


def trace_lines(trace: Trace) -> Iterator[str]:
    """Yield a trace as lines: query, filters, hits with their scores, evidence cited and dropped, verdict.

    A message with several questions has these lines for each of them.
    """
    if trace.parts:
        for number, part in enumerate(trace.parts, start=1):
            yield f"Question {number} of {len(trace.parts)}: {_shorten(part.question)}"
            yield from trace_lines(part)
            yield ""
        yield f"Verdict  {trace.verdict}"
        return
    query = trace.query
    yield f"Query    {query.text}"
    yield f"Filters  {query.filters}" + (f"; no record is from {', '.join(query.unmet)}" if query.unmet else "")
    yield f"Asks for {query.intent}" + (f"; looked for: {' '.join(query.keywords.split())}" if query.keywords else "")
    yield f"\nHits ({len(trace.hits)}): score, cosine, BM25"
    yield from (_hit_line(hit) for hit in trace.hits[:_MOST_TRACED])
    yield f"\nEvidence ({len(trace.evidence)} sentences): weight, cosine, share of the words, ranker"
    best = trace.evidence[0].score if trace.evidence else 0.0
    yield from (_evidence_line(evidence, trace, best) for evidence in trace.evidence[:_MOST_TRACED])
    listed = [e for e in trace.cited if e not in trace.evidence[:_MOST_TRACED]]
    yield from (_evidence_line(evidence, trace, best) for evidence in listed)
    yield f"\nVerdict  {trace.verdict}"


def _sources(answer: Answer) -> Iterator[str]:
    """Yield the source of each citation behind its marker, a source that several share once behind all of theirs."""
    markers: dict[tuple[str, ...], list[str]] = {}
    for number, citation in enumerate(answer.in_order, start=1):
        markers.setdefault(tuple(_source(citation, answer.language)), []).append(f"[{number}]")
    for (first, *others), of_source in markers.items():
        yield from (f"{' '.join(of_source)} {first}", *others)


def _source(citation: Citation, language: str) -> Iterator[str]:
    """Yield the record with its pages, the headings above the citation, and the record's address or name."""
    document, period = citation.document, citation.document.meeting.period
    meeting = say(language, "meeting_of", days=spell_days(*period, language)) if period else None
    pages = str(citation.pages) if citation.pages else None
    yield _line(", ".join(filter(None, (document.publisher, document.title, meeting, pages))))
    if citation.said_by:
        yield f"    {say(language, 'said_by', speaker=_line(citation.said_by))}"
    if citation.section:
        yield f"    {_line(' > '.join(citation.section))}"
    yield f"    {_line(document.source.address or document.name)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _hit_line(hit: Hit) -> str:
    dense = "     -" if hit.dense is None else f"{hit.dense:6.3f}"
    lexical = "     -" if hit.lexical is None else f"{hit.lexical:6.2f}"
    return f"  {hit.score:.4f} {dense} {lexical}  {hit.passage.document.name}  {_shorten(hit.passage.text)}"


def _evidence_line(evidence: Evidence, trace: Trace, best: float) -> str:
    is_cited = any(e.span == evidence.span and e.passage.document == evidence.passage.document for e in trace.cited)
    mark = "cited  " if is_cited else f"-{best - evidence.score:.2f}  "
    ranker = "    -" if evidence.ranker_probability is None else f"{evidence.ranker_probability:5.2f}"
    parts = f"{evidence.score:6.3f} {evidence.dense:6.3f} {evidence.term_overlap:5.2f} {ranker}"
    return f"  {mark}{parts}  {_shorten(evidence.quote)}"


def _shorten(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _MOST_CHARACTERS else line[:_MOST_CHARACTERS].rstrip() + "…"

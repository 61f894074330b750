"""Compose an answer from the selected evidence: its citations, the notes for its reader, and its first lines."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, ShortAnswer, Statement
from assistant.bodies import first_of_each_body
from assistant.citations.citation import Citation
from assistant.minutes.completion import complete_decisions
from assistant.query import Query, may_be_of_time
from assistant.reading.newest import asks_each_body
from assistant.reading.select import SelectedEvidence
from assistant.reading.short_answer import short_answer
from assistant.reading.versions import version_notes
from assistant.reading.who_said import label_notes, names_nobody, who_said
from assistant.retrieval.deduplicate import repeat_notes
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.positions import asks_for_outcome, asks_for_position, is_own_view
from assistant.understanding.speakers.speech_words import asks_who_said
from assistant.wording import say, spell_filters, undated_notes
from corpus.document import Document


def compose_answer(query: Query, selection: SelectedEvidence, documents: Sequence[Document]) -> Answer:
    """Return the answer that cites the selected evidence.

    Args:
        query: the question.
        selection: the sentences to cite.
        documents: all records.
    """
    citations = tuple(map(_cite, selection.cited))
    statements = who_said(query, selection.cited, citations)
    short = None if statements else _short_answer(query, citations)
    if selection.listed and not (short or statements):
        statements = [Statement(selection.listed, citations)]
    return Answer(
        complete_decisions(query.latest_text, citations),
        tuple(_notes(query, selection, citations, documents)),
        short,
        statements=tuple(statements),
        more=tuple(map(_cite, selection.more)),
        newest_first=query.newest_first,
        language=query.reply_language,
    )


def _cite(evidence: Evidence) -> Citation:
    return Citation(evidence.passage.document, evidence.span, evidence.passage.headings)


def _short_answer(query: Query, citations: Sequence[Citation]) -> ShortAnswer | None:
    """Return the short answer, of the newest state in the first record alone; None where several bodies answer."""
    cited = dict.fromkeys(citation.document for citation in citations)
    if asks_each_body(query, cited) and len(first_of_each_body(cited)) > 1:
        return None
    newest = [c for c in citations if c.document == citations[0].document] if query.newest_first else citations
    return short_answer(query, newest)


def _notes(
    query: Query, selection: SelectedEvidence, citations: Sequence[Citation], documents: Sequence[Document]
) -> list[str]:
    """Return the notes of an answer: names and speakers that nothing was found of, days, versions, repetitions."""
    language = query.reply_language
    cited = dict.fromkeys(evidence.document for evidence in selection.cited)
    filters = replace(query.filters, speakers=frozenset())
    narrowed = say(language, "of_filters", filters=spell_filters(filters, language)) if filters else ""
    undated = [document.name for document in cited if may_be_of_time(query, document)]
    return [
        *(say(language, "none_from", of=narrowed, name=name) for name in query.unmet),
        *([say(language, "own_views")] if _is_of_single_persons(query, selection) else []),
        *(say(language, "silent", name=name) for name in query.silent),
        *undated_notes(undated, language),
        *version_notes(cited, documents, language),
        *selection.notes,
        *label_notes(citations, language),
        *([say(language, "names_nobody")] if names_nobody(query, citations) else []),
        *repeat_notes(selection.cited, language),
    ]


def _is_of_single_persons(query: Query, selection: SelectedEvidence) -> bool:
    """Return True if a question for the position of a body gets the views of single speakers."""
    asks = asks_for_position(query.latest_text) or asks_for_outcome(query.latest_text)
    own = [is_own_view(e.document, e.span) for e in selection.cited]
    return asks and not query.filters.speakers and not asks_who_said(query.latest_text) and bool(own) and all(own)

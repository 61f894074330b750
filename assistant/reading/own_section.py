"""Cite for a question that names a topic alone the whole of a short section whose heading names the topic."""

from collections.abc import Sequence

from assistant.query import Intent, Query
from assistant.reading.adjacent import beside_evidence, is_yes_or_no
from assistant.reading.further import TOPIC_WORDS, topic_words
from assistant.retrieval.evidence import Evidence
from assistant.understanding.speakers.speech_words import is_speech_word
from corpus.document import Kind
from corpus.language.tokens import stem, stems
from corpus.transcript import turn_at
from index.snapshot import Snapshot

# Sentences of a section that is cited whole, at most.
_MOST = 5


def with_own_sections(query: Query, cited: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Return cited sentences, each in the section of its topic with the other sentences of the section, in order.

    Args:
        query: the question; only one that names a topic alone has a section of its own.
        cited: the sentences, best first.
        snapshot: the snapshot of the library.
    """
    topic = {stem(word) for word in topic_words(query) if not is_speech_word(word)}
    is_alone = query.intent is Intent.TOPIC and 0 < len(topic) <= TOPIC_WORDS and not query.latest
    if not is_alone or query.speaker or is_yes_or_no(query.latest_text):
        return list(cited)
    found: list[Evidence] = []
    for evidence in cited:
        whole = _section(evidence, snapshot) if _names(evidence, topic) else [evidence]
        found += (e for e in whole if not any(_overlaps(e, other) for other in found))
    return found


def _names(evidence: Evidence, topic: set[str]) -> bool:
    """Return True if the heading above a sentence names the topic, or a part of it and the sentence the rest."""
    passage = evidence.passage
    if passage.kind is not Kind.BODY or not passage.headings or turn_at(evidence.document, evidence.span.start):
        return False
    heading = topic & {*stems(passage.headings[-1])}
    return bool(heading) and topic <= heading | {*stems(evidence.quote)}


def _section(evidence: Evidence, snapshot: Snapshot) -> list[Evidence]:
    """Return the sentences of the section of a sentence; the sentence alone in a long section or one with lists."""
    own = evidence.passage
    section = [p for _, p in snapshot.passages_of(evidence.document) if p.headings[: len(own.headings)] == own.headings]
    spans = [(passage, span) for passage in section for span in passage.sentences()]
    if len(spans) > _MOST or any(passage.kind is not Kind.BODY for passage in section):
        return [evidence]
    return [evidence if evidence.span == s else beside_evidence(evidence, p, s) for p, s in spans]


def _overlaps(one: Evidence, other: Evidence) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)

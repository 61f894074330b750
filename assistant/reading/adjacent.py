"""Cite with a sentence those beside it that it needs: what its pronoun stands for, and what became of a proposal."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.minutes.outcomes import body_acts, kind_of, names_proposal, proposes, stands_for_proposal
from assistant.minutes.question import asks_yes_or_no, share
from assistant.query import Query
from assistant.reading.back_references import begins_with_reference, has_pronoun, refers_back
from assistant.reading.question_words import asking_stems
from assistant.retrieval.context import NO_CONTEXT, is_question
from assistant.retrieval.evidence import Evidence
from assistant.retrieval.positions import asks_for_outcome
from assistant.understanding.answer_type import question_word
from corpus.document import Document, Kind
from corpus.language.minutes_words import only_asks, says
from corpus.language.sentences import sentences
from corpus.language.tokens import content_words, fold_text, stem, stems
from corpus.passages import Passage
from corpus.span import Span
from corpus.speech import speech_at
from corpus.transcript import turn_at

_DEFINITE = re.compile(
    r"\b(?:the|this|these|der|die|das|den|dem|le|la|les|el|los|las)\s+(\w+)(?:\s+(\w+))?|\bl['’](\w+)"
)
_TEXT = (Kind.BODY, Kind.LIST_ITEM)
# Sentences behind a proposal that may tell what became of it, and before a pronoun that may say what it stands for.
_MOST_BEHIND = 3
_MOST_BEFORE = 2
# Least share of the words of the question that a sentence lacks in the next one, and characters of such a word.
_LEAST_FOUND, _SHORTEST = 0.5, 2
# What somebody would have.
_WISHES = re.compile(
    r"\b(?:wants?|wanted|wish(?:es|ed)?|would like|hopes?|hoped|möchte\w*|wünscht\w*|souhaite\w*|quiere\w*)\b|たい"
)
# Words of a sentence that tells what became of what is no proposal, at most.
_SHORT = 14
# Words of a sentence that can be understood though it begins with "this".
_LONG = 25


def with_adjacent(query: Query, cited: Sequence[Evidence]) -> list[Evidence]:
    """Return cited sentences with those beside them that they need.

    Args:
        query: the question.
        cited: the sentences, best first; of the first one alone the pronoun is explained.
    """
    found: list[Evidence] = []
    for number, evidence in enumerate(cited):
        spans = _beside(evidence.document, evidence.span)
        at = next((n for n, span in enumerate(spans) if span.overlaps(evidence.span)), None)
        is_alone = not number and not query.speaker and not _follows_cited(evidence, cited)
        before = _before(evidence, spans[:at]) if is_alone and at is not None else ()
        beside = [] if at is None else [*before, *_behind(query, evidence, spans[at + 1 :])]
        found.append(evidence)
        for e in (beside_evidence(evidence, evidence.passage, span) for span in beside):
            if not any(_overlaps(e, other) for other in (*cited, *found)):
                found.append(e)
    return found


def _follows_cited(evidence: Evidence, cited: Sequence[Evidence]) -> bool:
    """Return True if another cited sentence of the record stands before one and may say what it is about."""
    return any(e.document.id == evidence.document.id and e.span.start < evidence.span.start for e in cited)


def beside_evidence(evidence: Evidence, passage: Passage, span: Span) -> Evidence:
    """Return a sentence that is cited because of another one, whose words of the question it need not have."""
    return replace(
        evidence,
        passage=passage,
        span=span,
        term_overlap=0.0,
        context_overlap=0.0,
        also_in=(),
        columns=(),
        around=NO_CONTEXT,
    )


def _overlaps(one: Evidence, other: Evidence) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)


def _beside(document: Document, span: Span) -> list[Span]:
    """Return the sentences of the paragraph of a span, in a transcript those of its turn; none beside tables."""
    at = bisect_right(document.outline, span.start, key=lambda block: block.span.start) - 1
    if at < 0 or document.outline[at].kind not in _TEXT:
        return []
    turn = turn_at(document, span.start)
    found = sentences(document.text, document.outline[at].words)
    return [s for s in found if turn is None or (turn.words.start <= s.start and s.end <= turn.words.end)]


def _before(evidence: Evidence, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences before one that begins with a pronoun, up to the one that says what it stands for."""
    words = evidence.quote
    # The source names who "he" is; a long sentence says enough by itself.
    if speech_at(evidence.document, evidence.span) or len(words.split()) > _LONG:
        return
    for span in reversed(spans[-_MOST_BEFORE:]):
        if not begins_with_reference(words):
            return
        yield span
        words = span.of(evidence.document.text)


def _behind(query: Query, evidence: Evidence, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences behind one that tell what became of it, or hold words of the question that it lacks."""
    text = evidence.document.text
    following = [span for span in spans if span.start >= evidence.span.end]
    asked = {stem(w) for w in content_words(query.latest_text)} - asking_stems()
    if is_yes_or_no(query.latest_text) or asks_for_outcome(query.latest_text):
        behind = [(s, s.of(text)) for s in following[:_MOST_BEHIND]]
        if is_yes_or_no(query.latest_text) or proposes(evidence.quote):
            yield from _outcome(evidence.quote, behind, asked)
        return
    missing = {w for w in asked if not (share({w}, evidence.quote) or only_asks(w) or len(w) < _SHORTEST)}
    for span in following[:1]:
        if begins_with_reference(span.of(text)) and missing and share(missing, span.of(text)) >= _LEAST_FOUND:
            yield span


def is_yes_or_no(question: str) -> bool:
    """Return True if a question can be answered by yes or no, in any language: it has no question word."""
    is_open = question.rstrip().endswith(("?", "？", "か", "か。")) and not question_word(question)
    return is_open or asks_yes_or_no(question)


def _outcome(words: str, following: Sequence[tuple[Span, str]], asked: set[str]) -> Iterator[Span]:
    """Yield the sentences behind some words up to the one that tells their outcome; none if none of them does."""
    if kind_of(words) or says("change", "lifted", fold_text(words)):
        return
    is_proposal = proposes(words) or names_proposal(words)
    is_wish = bool(_WISHES.search(fold_text(words)))
    for number, (_, told) in enumerate(following):
        if is_question(told):
            return
        settles = stands_for_proposal(told) or (number == 0 and has_pronoun(told) and len(told.split()) <= _SHORT)
        settles |= is_proposal and refers_back(told)
        settles |= is_proposal and (kind_of(told) is not None or body_acts(told))
        again = _named_again(told) & set(stems(words))
        if settles or (again and is_proposal) or (again & asked and is_wish):
            yield from (span for span, _ in following[: number + 1])
            return


def _named_again(sentence: str) -> set[str]:
    """Return the stems of the words behind the definite articles of a sentence."""
    return {stem(word) for match in _DEFINITE.finditer(fold_text(sentence)) for word in match.groups() if word}

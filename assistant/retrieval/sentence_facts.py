"""Find what no question changes about the sentences of a passage, and keep it for the passages read last."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.context import Context, contexts_of, is_asked, is_courtesy, is_question
from assistant.retrieval.labels import is_signature
from assistant.retrieval.reported_questions import reports_question
from corpus.document import Document
from corpus.kept import kept_by_object
from corpus.passages import Passage
from corpus.span import Span
from corpus.transcript import turn_at

_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """A sentence of a passage, apart from any question.

    Attributes:
        around: the words above it that belong to its sense.
        is_speaker: it is the name of a speaker.
        is_courtesy: it only thanks or greets, or is the name below a mail.
        asks: it asks something.
        reports_question: it only reports a question.
    """

    around: Context
    is_speaker: bool
    is_courtesy: bool
    asks: bool
    reports_question: bool


@kept_by_object(_MOST_KEPT)
def sentence_facts(passage: Passage, sentences: Sequence[Span]) -> list[SentenceFacts]:
    """Return the facts about each sentence of a passage.

    Args:
        passage: the passage.
        sentences: all its sentences, in order; at least one.
    """
    document = passage.document
    contexts = contexts_of(document, sentences)
    return [_facts(document, span, around) for span, around in zip(sentences, contexts, strict=True)]


def _facts(document: Document, span: Span, around: Context) -> SentenceFacts:
    text = span.of(document.text)
    turn = turn_at(document, span.start)
    return SentenceFacts(
        around,
        is_speaker=turn is not None and span.end <= turn.words.start,
        is_courtesy=is_courtesy(text) or is_signature(document, span),
        asks=is_question(text) or is_asked(document, span),
        reports_question=reports_question(text),
    )

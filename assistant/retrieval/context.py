"""Find the words above a sentence that belong to its sense: the lead-in of its list, or the question before it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.reported_questions import reports_question
from corpus.document import NOTES, Document, Kind
from corpus.language.sentences import sentences
from corpus.span import Span
from corpus.transcript import turn_at, turns

# Number of sentences behind a question that reply to it.
_REPLY = 3
_TEXT = (Kind.BODY, Kind.LIST_ITEM)
_HEADS = (Kind.TITLE, Kind.HEADING)
# Blocks of a slide that are searched for its title.
_SLIDE_BLOCKS = 60
# Most characters of a lead-in or a question.
_LONGEST = 300
# A Japanese question may end with a full stop.
_QUESTION = re.compile(r"(?:[?？]|(?:です|ます|でしょう|ました|でした|ません|ない)か。)[\s”\"'’)）」*_|]*$")
_COURTESY = re.compile(
    r"\W*(?:.{0,60}[:\n]\s*)?(?:(?:so|well|yeah|yes|and|great|okay),? )*(?:(?:thank you|thanks)\b[^.!?]{0,60}"
    r"|(?:that['’]s |that is |it['’]s )?(?:an?|two|three) (?:very |really )?(?:good|great|excellent|fair) questions?"
    r"|good (?:morning|afternoon|evening|day)\b[^.!?]{0,40}|ありがとうございま(?:す|した))[.!。]?\W*$",
    re.IGNORECASE,
)
# Characters at the beginning of a turn that may reply to the turn before it.
_BEGINNING = 300


@dataclass(frozen=True, slots=True)
class Context:
    """Words above a sentence; each is empty where there are none.

    Attributes:
        lead_in: the end of the paragraph that introduces its list, such as "The minister made the following remarks:".
        question: the question of another sentence that it replies to.
        turn_before: the end of what the speaker before says, at the beginning of a turn.
        slide: what the slide shows that a speaker's note is on.
    """

    lead_in: str = ""
    question: str = ""
    turn_before: str = ""
    slide: str = ""


NO_CONTEXT = Context()


def is_question(text: str) -> bool:
    """Return True if a sentence of a record asks something, so that it answers nothing."""
    return ("?" in text or "？" in text or "か。" in text) and bool(_QUESTION.search(text))


def is_courtesy(text: str) -> bool:
    """Return True if a sentence only thanks or greets, or praises a question."""
    return bool(_COURTESY.match(text))


def is_asked(document: Document, span: Span) -> bool:
    """Return True if words of a transcript belong to the turn of one who asks, so that none of it answers."""
    turn = turn_at(document, span.start)
    return turn is not None and not turn.speaker


def contexts_of(document: Document, spans: Sequence[Span]) -> list[Context]:
    """Return the words above each sentence of a passage.

    Args:
        document: the document.
        spans: the sentences of the passage, in order; at least one.
    """
    at = bisect_right(document.outline, spans[0].start, key=lambda block: block.span.start) - 1
    if at < 0:
        return [NO_CONTEXT] * len(spans)
    texts = [_last_sentence_before(document, at), *(span.of(document.text) for span in spans)]
    places = [document.outline[max(0, at - 1)].span.start, *(span.start for span in spans)]
    numbers = [_turn_number(document, place) for place in places]
    questions = [text if is_question(text) else "" for text in texts]
    reported = [text if reports_question(text) else "" for text in texts]
    lead_in = _lead_in(document, at)

    def asked_before(n: int) -> str:
        """Return the nearest question of those before a sentence, in talk of its turn or the turn before it.

        A reported question is that of the next sentence alone.
        """
        # Before the sentence with the number n stand the texts up to questions[n].
        near = (q for q in range(n, max(0, n + 1 - _REPLY) - 1, -1) if numbers[n + 1] - numbers[q] <= 1)
        return reported[n] or next((questions[q] for q in near if questions[q]), "")

    slide = slide_of_note(document, at)
    return [Context(lead_in, asked_before(n), _turn_before(document, span), slide) for n, span in enumerate(spans)]


def slide_of_note(document: Document, at: int) -> str:
    """Return the words of the slide that a block of a deck is a note on; "" for another block."""
    if not is_deck(document):
        return ""
    above = [i for i in range(at, max(-1, at - _SLIDE_BLOCKS), -1) if document.outline[i].kind in _HEADS]
    if len(above) < 2 or document.outline[above[0]].words.of(document.text) != NOTES:
        return ""
    return document.text[document.outline[above[1]].span.start : document.outline[above[0]].span.start]


def is_deck(document: Document) -> bool:
    """Return True for slides."""
    return "presentation" in document.source.media_type


def _turn_number(document: Document, offset: int) -> int:
    """Return the number of turns of a transcript that begin up to an offset."""
    return bisect_right(turns(document), offset, key=lambda turn: turn.span.start)


def _turn_before(document: Document, span: Span) -> str:
    """Return the end of the turn before that of a sentence at the beginning of its turn."""
    found = turns(document)
    at = bisect_right(found, span.start, key=lambda turn: turn.span.start) - 1
    if at < 1 or not found[at].span.start <= span.start < min(found[at].words.start + _BEGINNING, found[at].span.end):
        return ""
    return found[at - 1].words.of(document.text)[-_LONGEST:]


def _lead_in(document: Document, at: int) -> str:
    """Return the end of the paragraph above the list of a block."""
    if document.outline[at].kind is not Kind.LIST_ITEM:
        return ""
    while at >= 0 and document.outline[at].kind is Kind.LIST_ITEM:
        at -= 1
    above = document.outline[at] if at >= 0 else None
    return above.words.of(document.text)[-_LONGEST:] if above and above.kind is Kind.BODY else ""


def _last_sentence_before(document: Document, at: int) -> str:
    """Return the last sentence of the paragraph or item before a block; an empty string where none stands before it."""
    block = document.outline[at - 1] if at > 0 else None
    if block is None or block.kind not in _TEXT:
        return ""
    return sentences(document.text, block.words)[-1].of(document.text)[-_LONGEST:]

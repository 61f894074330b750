"""Cut the turns of a transcript into passages: short turns together, a long one between sentences or clauses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from corpus.cut import join_sentences
from corpus.document import Block, Document
from corpus.kept import kept
from corpus.language.minutes_words import calls_item
from corpus.language.sentences import sentences
from corpus.span import Span, trim
from corpus.speaker_label import TIME_MARK
from corpus.transcript import SpeechTurn, turn_at, turns

# Characters of a passage up to which turns are joined, and of a turn beyond which it is cut; docs/decisions.md has the
# measurement.
TALK_CHARACTERS = 600
# Characters of a sentence of talk beyond which it is cut between clauses, without a comma in it and with one: speech
# recognition may write neither, and people speak longer sentences than they write.
_LONG_UNPUNCTUATED, _LONG_SENTENCE = 320, TALK_CHARACTERS
_LEAST_CLAUSE = 80
# Documents whose calls of items are kept.
_MOST_KEPT = 4096
_COMMA = re.compile(r"[,;:、]")
_CLAUSE = re.compile(
    r"[,;:—–…。、]\s+(?=(?:and|but|so|because|which|then|or|if|when|you know|I mean)\b)|[;—–…]\s+|\s+-+\s+|、"
    r"|\s(?=(?:and|but|so|because|then)\s+(?:I|we|you|he|she|they|it|that|there|this|the)\b)"
)


def runs_of(document: Document) -> dict[int, list[SpeechTurn]]:
    """Return the turns of a transcript by the offset of their first, those together that only white space parts."""
    runs: list[list[SpeechTurn]] = []
    for turn in turns(document):
        if runs and not document.text[runs[-1][-1].span.end : turn.span.start].strip():
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return {run[0].span.start: run for run in runs}


def run_in(document: Document, block: Block, runs: Mapping[int, Sequence[SpeechTurn]]) -> Sequence[SpeechTurn] | None:
    """Return the turns that begin in a block behind no other turn; None without such."""
    found = turns(document)
    first, end = (bisect_left(found, at, key=_start) for at in (block.span.start, block.span.end))
    return next((runs[turn.span.start] for turn in found[first:end] if turn.span.start in runs), None)


def talk_passages(document: Document, run: Sequence[SpeechTurn], most: int) -> Iterator[tuple[Span, Span]]:
    """Yield the passages of some turns in a row, each with its words behind the first label.

    Args:
        document: the transcript.
        run: turns that follow each other.
        most: length in characters that no passage exceeds.
    """
    most = min(most, TALK_CHARACTERS)
    joined: Span | None = None
    for piece in (piece for turn in run for piece in _pieces(document, turn, most)):
        if joined and piece.end - joined.start > most:
            yield joined, _behind_label(document, joined)
            joined = None
        joined = Span(joined.start if joined else piece.start, piece.end)
    if joined:
        yield joined, _behind_label(document, joined)


def _pieces(document: Document, turn: SpeechTurn, most: int) -> Iterator[Span]:
    """Yield the pieces of a turn in order, each at most `most` characters beside the label and marks of lists."""
    if len(turn.span) <= most:
        yield turn.span
        return
    start = turn.span.start
    pieces = list(join_sentences(document.text, spoken_sentences(document, turn.span), most))
    for piece in pieces[:-1]:
        yield Span(start, piece.end)
        rest = trim(document.text, piece.end, turn.span.end)
        start = rest.start if rest else piece.end
    yield Span(start, turn.span.end)


def _behind_label(document: Document, span: Span) -> Span:
    turn = turn_at(document, span.start)
    return Span(turn.words.start, span.end) if turn and span.start < turn.words.start < span.end else span


def _start(turn: SpeechTurn) -> int:
    return turn.span.start


def spoken_sentences(document: Document, span: Span) -> list[Span]:
    """Return the sentences of a part of a transcript, each of one paragraph and without label."""
    text = document.text
    return [c for part in spoken_parts(document, span) for s in sentences(text, part) for c in cut_clauses(text, s)]


def spoken_parts(document: Document, span: Span) -> Iterator[Span]:
    """Yield the words of each paragraph and turn in a part of a document, without labels and bullets."""
    outline = document.outline
    found = turns(document)
    first = max(0, bisect_right(outline, span.start, key=lambda block: block.span.start) - 1)
    for block in outline[first : bisect_left(outline, span.end, key=lambda block: block.span.start)]:
        start, end = max(span.start, block.words.start), min(span.end, block.span.end)
        at = bisect_right(found, block.span.start, key=_start)
        inside = [turn.span.start for turn in found[at : bisect_left(found, end, key=_start)]]
        for begin, stop in zip([start, *inside], [*inside, end], strict=True):
            turn = turn_at(document, max(begin, block.span.start))
            begin = max(begin, turn.words.start) if turn else begin
            if begin < stop:
                yield from _without_times(document.text, begin, stop)


def _without_times(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a range between the times that stand alone on a line or in brackets before the words."""
    for mark in [*TIME_MARK.finditer(text, start, end)]:
        if mark.end() > start and (part := trim(text, start, mark.start())):
            yield part
        start = max(start, mark.end())
    if start < end and (part := trim(text, start, end)):
        yield part


def cut_clauses(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence of talk, a long one cut between clauses, else at white space."""
    start = sentence.start
    has_commas = bool(_COMMA.search(text, sentence.start, sentence.end))
    most = _LONG_UNPUNCTUATED if len(sentence) > _LONG_SENTENCE or not has_commas else _LONG_SENTENCE
    while sentence.end - start > most:
        window = range(start + _LEAST_CLAUSE, start + most)
        cuts = [m.end() for m in _CLAUSE.finditer(text, start, window.stop) if m.end() >= window.start]
        if sentence.end - start < most + _LEAST_CLAUSE:
            cuts = [cut for cut in cuts if sentence.end - cut >= _LEAST_CLAUSE] or cuts
        cut = cuts[-1] if cuts else text.rfind(" ", window.start, window.stop) + 1 or window.stop
        if piece := trim(text, start, cut):
            yield piece
        start = cut
    if rest := trim(text, start, sentence.end):
        yield rest


def call_at(document: Document, offset: int) -> str:
    """Return the sentence of a turn that calls the item in which a character stands; empty where none does."""
    calls = _calls(document)
    at = bisect_right(calls, offset, key=lambda call: call[0]) - 1
    return calls[at][1] if at >= 0 else ""


@kept(_MOST_KEPT)
def _calls(document: Document) -> tuple[tuple[int, str], ...]:
    """Return the sentences of the turns of a document that call items, each with its offset."""
    text = document.text
    spans = (span for turn in turns(document) for span in sentences(text, turn.words))
    return tuple((span.start, span.of(text)) for span in spans if calls_item(span.of(text)))

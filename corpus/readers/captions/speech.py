"""Compose cues to a text: one paragraph for each turn, with speaker and time, cut at pauses where it is long."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.document import Block, Kind
from corpus.readers.captions.cue import Cue, spell_time
from corpus.span import Span

UNKNOWN = "Unknown speaker"
# Seconds without a word behind which a paragraph of captions without speakers ends.
_PAUSE = 2.5
# Characters of a paragraph behind which the next end of a sentence ends it.
_LONG = 700
# Characters of a paragraph whose words have no full stops: about two sentences, which a quotation shows whole.
_LONG_UNPUNCTUATED = 240
# The share of cues that end a sentence, below which the words have no full stops.
_PUNCTUATED = 0.05
# Seconds between the halves of a sentence that another speaker interrupts, and cues to look for the second.
_INTERRUPTED, _AHEAD = 1.0, 3


def compose_speech(cues: Sequence[Cue], title: str | None) -> tuple[str, tuple[Block, ...]]:
    """Return the text of recorded talk and its outline: "Ada Bo (00:03:15): Good morning.".

    Args:
        cues: in the order of the file; at least one.
        title: the first line of the text; None for none.
    """
    has_speakers = any(cue.speaker for cue in cues)
    ordered = _join_interrupted(_with_speakers(_in_order(cues)))
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    paragraphs = [
        (_label(cues_of[0], has_speakers), " ".join(cue.words for cue in cues_of)) for cues_of in _paragraphs(ordered)
    ]
    for label, words in [("", title), *paragraphs] if title else paragraphs:
        start = length + (2 if pieces else 0)
        span = Span(start, start + len(label) + len(words))
        pieces.append(label + words)
        kind = Kind.TITLE if title and len(pieces) == 1 else Kind.BODY
        blocks.append(Block(kind, span, Span(start + len(label), span.end) if not has_speakers else span))
        length = span.end
    return "\n\n".join(pieces), tuple(blocks)


def _label(first: Cue, has_speakers: bool) -> str:
    time = f"({spell_time(first.start)})" if first.start is not None else ""
    name = (first.speaker or UNKNOWN) if has_speakers else ""
    label = " ".join(filter(None, (name, time)))
    return f"{label}{':' if name else ''} " if label else ""


def _in_order(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues by their start; one without a time follows the one before it."""
    last = 0.0
    keys: list[float] = []
    for cue in cues:
        last = cue.start if cue.start is not None else last
        keys.append(last)
    return [cues[i] for i in sorted(range(len(cues)), key=keys.__getitem__)]


def _with_speakers(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues; one without a label goes on with the speaker of the one before."""
    speaker: str | None = None
    for cue in cues:
        speaker = cue.speaker if cue.speaker is not None else speaker
        yield replace(cue, speaker=speaker)


def _join_interrupted(cues: Iterator[Cue]) -> list[Cue]:
    """Return the cues with the second half of a sentence before the words with which somebody interrupts it."""
    waiting = list(cues)[::-1]
    joined: list[Cue] = []
    while waiting:
        cue = waiting.pop()
        joined.append(cue)
        if cue.ends_sentence or cue.end is None or not cue.speaker or not waiting:
            continue
        if waiting[-1].speaker == cue.speaker:
            continue
        for ahead in range(2, min(_AHEAD, len(waiting)) + 1):
            other = waiting[-ahead]
            if other.speaker == cue.speaker and other.start is not None and other.start <= cue.end + _INTERRUPTED:
                waiting.append(waiting.pop(-ahead))
                break
    return joined


def _paragraphs(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Yield the paragraphs: a turn, cut behind sentences where it is long or, without speakers, at a pause."""
    punctuated = sum(cue.ends_sentence for cue in cues) >= _PUNCTUATED * len(cues)
    for turn in _turns(cues):
        paragraph: list[Cue] = []
        for before, cue in zip([None, *turn], turn, strict=False):
            if before and _ends_paragraph(paragraph, before, cue, punctuated):
                yield paragraph
                paragraph = []
            paragraph.append(cue)
        yield paragraph


def _turns(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    turn: list[Cue] = []
    for cue in cues:
        # Each mark of a change begins the words of another person whose name is not stated.
        if turn and cue.speaker != turn[-1].speaker:
            yield turn
            turn = []
        turn.append(cue)
    if turn:
        yield turn


def _ends_paragraph(paragraph: Sequence[Cue], before: Cue, cue: Cue, punctuated: bool) -> bool:
    length = sum(len(one.words) + 1 for one in paragraph)
    pause = cue.start - before.end if cue.start is not None and before.end is not None else 0.0
    if not punctuated:
        return length + len(cue.words) > _LONG_UNPUNCTUATED or pause >= _PAUSE
    if not before.ends_sentence:
        return False
    is_long_pause = pause >= (2 * _PAUSE if cue.speaker else _PAUSE)
    return is_long_pause or length > _LONG

"""Remove the words that captions repeat: rolling captions show each line again with the next one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.captions.cue import Cue

# The share of cues that begin with the end of the one before, from which a file is one of rolling captions.
_ROLLING = 0.4
_MOST_WORDS = 60


def without_repetitions(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Return the cues of rolling captions without their repetitions, and the number of cues that repeated words.

    Captions of another kind come back unchanged: there, "No." after "No." was said twice.
    """
    repeated = [_overlap(before.words.split(), cue.words.split()) for before, cue in pairwise(cues)]
    if len(cues) < 4 or sum(n > 0 for n in repeated) < _ROLLING * len(repeated):
        return list(cues), 0
    kept: list[Cue] = [cues[0]]
    count = 0
    shown = cues[0].words.split()
    for cue in cues[1:]:
        words = cue.words.split()
        same = cue.speaker in (None, kept[-1].speaker)
        overlap = _overlap(shown, words) if same else 0
        count += overlap > 0
        shown = words
        if overlap < len(words):
            kept.append(replace(cue, words=" ".join(words[overlap:])))
        elif kept:
            kept[-1] = replace(kept[-1], end=cue.end)
    return kept, count


def _overlap(before: list[str], after: list[str]) -> int:
    """Return how many words at the end of one cue begin the next one."""
    for count in range(min(len(before), len(after), _MOST_WORDS), min(2, len(before)) - 1, -1):
        if before[-count:] == after[:count]:
            return count
    return 0

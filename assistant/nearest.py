"""The passage that comes nearest to a quote which is no longer there; it is shown, and never accepted."""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from assistant.citations.folded_text import FoldedText, folded, word_signs
from assistant.fingerprint import KEPT_WORDS, Fingerprint, shortened_signs

# Words that a passage and the quote must share, of the words of both, to be shown as the quote's changed form. It
# decides between "changed" and "gone" alone.
SHARED = 0.6
# By the signs alone, two or three words would be met anywhere.
_FEWEST_SIGNS = 5
_GAP = 0.2
_HALF = 0.5
_SENTENCE_ENDS = frozenset((".", "?", "!", "。", "！", "？", "\n\n"))


def nearest(mark: Fingerprint, quote: str | None, text: FoldedText) -> tuple[int, int] | None:
    """The folded range of the words that share most with a quote, None where none shares enough.

    Args:
        mark: the quote's fingerprint.
        quote: its words; without them their signs are compared, and quotes of under five words are not looked for.
        text: where to look.
    """
    if quote is not None:
        wanted = folded(quote.strip()).word_list
        found = _window(word_signs(wanted), text.signs)
        found = found and _fitted(wanted, text.word_list, *found)
    elif len(mark.words) < _FEWEST_SIGNS:
        return None
    elif mark.is_cut:
        return _between(mark, text)
    else:
        found = _window(mark.words, text.signs)
        found = found and _fitted(mark.words, text.signs, *found)
    return (text.words[found[0]][0], text.words[found[1] - 1][1]) if found else None


def between_neighbours(mark: Fingerprint, text: FoldedText, apart_from: Collection[int]) -> tuple[int, int] | None:
    """The folded range of other words that stand between the neighbours of a quote; None where there are none.

    Half of them are the quote's own. They are at most twice as long, touch both neighbours, and share nothing with the
    places `apart_from`, where the quote's words stand.
    """
    words = text.words
    for first, (start, first_end) in enumerate(words):
        if text.text[start:first_end].isspace() or not mark.follows_its_prefix(text, start):
            continue
        for _, end in words[first : first + 2 * mark.length]:
            if end - start > 2 * mark.length or any(start - mark.length < place < end for place in apart_from):
                break
            if mark.precedes_its_suffix(text, end) and _resembles(mark, text, start, end):
                return start, end
    return None


def _resembles(mark: Fingerprint, text: FoldedText, start: int, end: int) -> bool:
    """Whether half of the words of a folded range and of the quote are the same, by their signs."""
    signs = shortened_signs(text.signs_of(start, end))
    return SequenceMatcher(None, mark.words, signs, autojunk=False).ratio() >= _HALF


def _between(mark: Fingerprint, text: FoldedText) -> tuple[int, int] | None:
    """From the first words of a long quote to its last ones, or as far as the quote was long."""
    first = _window(mark.words[:KEPT_WORDS], text.signs)
    last = _window(mark.words[KEPT_WORDS:], text.signs)
    start = text.words[first[0]][0] if first else None
    end = text.words[last[1] - 1][1] if last else None
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end < start + 2 * mark.length:
        start, end = (start, start + mark.length) if start is not None else ((end or 0) - mark.length, end or 0)
    first_word, behind = text.covering(max(0, start), min(end, len(text)))
    return text.words[first_word][0], text.words[behind - 1][1]


def _window(signs: str, text_signs: str) -> tuple[int, int] | None:
    """The range of words whose signs come nearest to those given (rapidfuzz, `partial_ratio_alignment`)."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(signs, text_signs, score_cutoff=100 * SHARED)
    return (found.dest_start, found.dest_end) if found and found.dest_start < found.dest_end else None


def _fitted(wanted: Sequence[str], words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The window made wider for words that were put in, then narrowed to what belongs to the quote."""
    slack = 3 + len(wanted) // 3
    low = max(0, start - slack)
    window = words[low : end + slack]
    blocks = SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()[:-1]
    best, most = None, 0.0
    for i, first in enumerate(blocks):
        kept = 0
        for last in blocks[i:]:
            kept += last.size
            length = last.b + last.size - first.b
            # A single word met by chance behind a gap of five is none of the quote's.
            worth = kept - _GAP * (length - kept)
            if worth > most and 2 * kept >= SHARED * (len(wanted) + length):
                best, most = (first, last), worth
    if not best:
        return None
    first, last = best
    begin, behind = first.b, last.b + last.size
    # Words in the place of the quote's first and last ones belong to it, up to the sentence's end.
    for _ in range(first.a):
        if not begin or window[begin - 1] in _SENTENCE_ENDS:
            break
        begin -= 1
    for _ in range(len(wanted) - last.a - last.size):
        if behind == len(window) or window[behind] == "\n\n" or window[behind - 1] in _SENTENCE_ENDS:
            break
        behind += 1
    return low + begin, low + behind

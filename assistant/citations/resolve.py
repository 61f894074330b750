"""An anchor meets a document, perhaps in a later version: what has become of the quoted words."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.citations.anchor import KEPT_WORDS, Anchor, Fingerprint, shortened_signs
from assistant.citations.folded_text import FoldedText, folded, word_signs
from corpus.document import Document
from corpus.span import Span

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


UNKNOWN = "…"


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words with one fate.

    Attributes:
        change: what became of them.
        words: as they stand, white space folded; `…` for each removed word that is not known.
    """

    change: Change
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The difference between two texts by words, in reading order; removed words come before those added for them."""
    before, after = folded(old.strip()), folded(new.strip())
    return _pieces(
        SequenceMatcher(None, before.word_list, after.word_list, autojunk=False), before.words_text, after.words_text
    )


def difference_by_signs(signs: str, new: str) -> tuple[Piece, ...]:
    """The same where of the old words only the signs are known (`word_signs`): one change in 64 passes for kept."""
    after = folded(new.strip())
    matcher = SequenceMatcher(None, signs, word_signs(after.word_list), autojunk=False)
    return _pieces(matcher, lambda first, behind: " ".join([UNKNOWN] * (behind - first)), after.words_text)


def _pieces(
    matcher: SequenceMatcher[str], old: Callable[[int, int], str], new: Callable[[int, int], str]
) -> tuple[Piece, ...]:
    found = []
    for tag, a, a_behind, b, b_behind in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.KEPT, new(b, b_behind)))
            continue
        if a < a_behind:
            found.append(Piece(Change.REMOVED, old(a, a_behind)))
        if b < b_behind:
            found.append(Piece(Change.ADDED, new(b, b_behind)))
    return tuple(found)


class State(StrEnum):
    """What has become of a quote."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where an anchor leads in a document.

    Attributes:
        state: `same` words in the same place, the same words `moved`, `changed` words, or `gone`.
        span: where they stand; for `changed` the nearest words that there are, None for `gone`.
        difference: for `changed`, how the quote became what stands there, in order; empty for the other states, and
            where the anchor carries too little of a long quote to tell (see `Fingerprint.is_cut`).
    """

    state: State
    span: Span | None = None
    difference: tuple[Piece, ...] = ()


def resolve(anchor: Anchor, document: Document) -> Resolution:
    """Find an anchor's words in a document: the cited version, a later one, or any other text.

    Words are the same when the hash of the folded words is; white space may differ, but not where paragraphs end.
    Where they stand several times, what stands before and behind decides, then the old place. Where other words stand
    between the old neighbours of the quote, it has changed, even if its words stand elsewhere too.
    """
    text, mark = folded(document.text), anchor.fingerprint
    places = _places(anchor, document, text)
    place = places[0] if places else None
    # The same words outside their old surroundings are others where changed words stand in these.
    near = None
    if place is not None and mark.neighbours_at(text, place) < 2:
        near = between_neighbours(mark, text, places)
    if place is not None and not near:
        if place == _old_place(anchor, document, text):
            return Resolution(State.SAME, anchor.span)
        return Resolution(State.MOVED, text.span(place, place + mark.length))
    near = near or nearest(mark, anchor.quote, text)
    if not near:
        return Resolution(State.GONE)
    start, end = near
    start, end = start - len(text.rest_before(start)), end + len(text.rest_after(end))
    return Resolution(State.CHANGED, text.span(start, end), _difference(anchor, text.text[start:end]))


def _places(anchor: Anchor, document: Document, text: FoldedText) -> list[int]:
    """The folded places of the very words, the likeliest first."""
    mark = anchor.fingerprint
    old = _old_place(anchor, document, text)
    if anchor.is_version(document) and old is not None and mark.is_at(text, old):
        return [old]
    expected = text.place(min(anchor.start, len(document.text)))
    return sorted(
        _found(mark, text),
        key=lambda place: (
            -mark.neighbours_at(text, place),
            -mark.paragraph_ends_at(text, place),
            abs(place - expected),
        ),
    )


def _old_place(anchor: Anchor, document: Document, text: FoldedText) -> int | None:
    """Where the old range stands folded; None where the document has other white space or nothing there."""
    quote = anchor.span.of(document.text)
    if anchor.end > len(document.text) or not quote.strip():
        return None
    start = text.place(anchor.start + len(quote) - len(quote.lstrip()))
    return start if text.place(anchor.start + len(quote.rstrip())) == start + anchor.fingerprint.length else None


def _found(mark: Fingerprint, text: FoldedText) -> Iterator[int]:
    """Every folded place where the very words stand: the signs of the words find them, the hash decides."""
    first_words = mark.words[:KEPT_WORDS] if mark.is_cut else mark.words
    found = text.signs.find(first_words)
    while found >= 0:
        # A quote may begin inside its first word.
        yield from (place for place in range(*text.words[found]) if mark.is_at(text, place))
        found = text.signs.find(first_words, found + 1)


def _difference(anchor: Anchor, words: str) -> tuple[Piece, ...]:
    if anchor.quote is not None:
        return difference(anchor.quote, words)
    return () if anchor.fingerprint.is_cut else difference_by_signs(anchor.fingerprint.words, words)

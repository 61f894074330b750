"""Find an anchor's words in a document, perhaps a later version, and state whether they moved, changed or are gone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.citations.anchor import KEPT_WORDS, Anchor, Fingerprint, shorten_signs
from assistant.citations.folded_text import FoldedText, folded, word_signs
from corpus.document import Document
from corpus.span import Span

# Share of the words of both that a passage and the quote must have in common to be its changed form. It decides only
# between "changed" and "gone".
SHARED = 0.6
# Signs of two or three words occur anywhere.
_FEWEST_SIGNS = 5
_GAP = 0.2
_HALF = 0.5
_SENTENCE_ENDS = frozenset((".", "?", "!", "。", "！", "？", "\n\n"))


def nearest(mark: Fingerprint, quote: str | None, text: FoldedText) -> tuple[int, int] | None:
    """Return the folded range of the words that share most with a quote; None where none share enough.

    Args:
        mark: the quote's fingerprint.
        quote: its words; without them their signs are compared, and a quote of under five words is not searched.
        text: the text to search.
    """
    if quote is not None:
        words = folded(quote.strip()).word_list
        window = _find_window(word_signs(words), text.signs)
        window = window and _fit_window(words, text.word_list, *window)
    elif len(mark.words) < _FEWEST_SIGNS:
        return None
    elif mark.is_cut:
        return _find_by_ends(mark, text)
    else:
        window = _find_window(mark.words, text.signs)
        window = window and _fit_window(mark.words, text.signs, *window)
    return (text.words[window[0]][0], text.words[window[1] - 1][1]) if window else None


def between_neighbours(mark: Fingerprint, text: FoldedText, apart_from: Collection[int]) -> tuple[int, int] | None:
    """Return the folded range of changed words between the old neighbours of a quote; None where there are none.

    Half of the words are the quote's own. They are at most twice as long as the quote, touch both neighbours, and do
    not overlap the places `apart_from`, where the quote's own words are.
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
    """Return True if half of the words of a folded range and of the quote are the same, by their signs."""
    signs = shorten_signs(text.signs_of(start, end))
    return SequenceMatcher(None, mark.words, signs, autojunk=False).ratio() >= _HALF


def _find_by_ends(mark: Fingerprint, text: FoldedText) -> tuple[int, int] | None:
    """Return the range from the first words of a long quote to its last ones, or of the quote's length from one end."""
    first = _find_window(mark.words[:KEPT_WORDS], text.signs)
    last = _find_window(mark.words[KEPT_WORDS:], text.signs)
    start = text.words[first[0]][0] if first else None
    end = text.words[last[1] - 1][1] if last else None
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end < start + 2 * mark.length:
        start, end = (start, start + mark.length) if start is not None else ((end or 0) - mark.length, end or 0)
    first_word, behind = text.covering(max(0, start), min(end, len(text)))
    return text.words[first_word][0], text.words[behind - 1][1]


def _find_window(signs: str, text_signs: str) -> tuple[int, int] | None:
    """Return the range of words whose signs are most similar to those given (rapidfuzz, `partial_ratio_alignment`)."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    aligned = partial_ratio_alignment(signs, text_signs, score_cutoff=100 * SHARED)
    return (aligned.dest_start, aligned.dest_end) if aligned and aligned.dest_start < aligned.dest_end else None


def _fit_window(quote: Sequence[str], words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """Widen a window for inserted words, then narrow it to the words that belong to the quote."""
    slack = 3 + len(quote) // 3
    low = max(0, start - slack)
    window = words[low : end + slack]
    blocks = SequenceMatcher(None, quote, window, autojunk=False).get_matching_blocks()[:-1]
    best, most = None, 0.0
    for i, first in enumerate(blocks):
        common = 0
        for last in blocks[i:]:
            common += last.size
            length = last.b + last.size - first.b
            # A single word behind a gap of five matches by chance.
            worth = common - _GAP * (length - common)
            if worth > most and 2 * common >= SHARED * (len(quote) + length):
                best, most = (first, last), worth
    if not best:
        return None
    first, last = best
    begin, behind = first.b, last.b + last.size
    # Words that replace the quote's first and last ones belong to it, up to the sentence's end.
    for _ in range(first.a):
        if not begin or window[begin - 1] in _SENTENCE_ENDS:
            break
        begin -= 1
    for _ in range(len(quote) - last.a - last.size):
        if behind == len(window) or window[behind] == "\n\n" or window[behind - 1] in _SENTENCE_ENDS:
            break
        behind += 1
    return low + begin, low + behind


UNKNOWN = "…"


class DiffKind(StrEnum):
    """Change of some words of a quote."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """Neighbouring words with one change.

    White space of the words is folded; `…` stands for each removed word that is unknown.
    """

    change: DiffKind
    words: str


def difference(old: str, new: str) -> tuple[DiffPart, ...]:
    """Compare two texts by words, in reading order; removed words come before those added for them."""
    before, after = folded(old.strip()), folded(new.strip())
    return _diff_parts(
        SequenceMatcher(None, before.word_list, after.word_list, autojunk=False), before.words_text, after.words_text
    )


def difference_by_signs(signs: str, new: str) -> tuple[DiffPart, ...]:
    """Compare a text with the signs of the old words (`word_signs`); one change in 64 is not seen."""
    after = folded(new.strip())
    matcher = SequenceMatcher(None, signs, word_signs(after.word_list), autojunk=False)
    return _diff_parts(matcher, lambda first, behind: " ".join([UNKNOWN] * (behind - first)), after.words_text)


def _diff_parts(
    matcher: SequenceMatcher[str], old: Callable[[int, int], str], new: Callable[[int, int], str]
) -> tuple[DiffPart, ...]:
    parts = []
    for tag, a, a_behind, b, b_behind in matcher.get_opcodes():
        if tag == "equal":
            parts.append(DiffPart(DiffKind.KEPT, new(b, b_behind)))
            continue
        if a < a_behind:
            parts.append(DiffPart(DiffKind.REMOVED, old(a, a_behind)))
        if b < b_behind:
            parts.append(DiffPart(DiffKind.ADDED, new(b, b_behind)))
    return tuple(parts)


class State(StrEnum):
    """State of a quote in a document."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place of an anchor's words in a document.

    Attributes:
        state: `same` words in the same place, the same words `moved`, `changed` words, or `gone`.
        span: their place; for `changed` that of the most similar words, None for `gone`.
        difference: for `changed`, the old and the new words in order; empty for the other states, and where the anchor
            has too little of a long quote (see `Fingerprint.is_cut`).
    """

    state: State
    span: Span | None = None
    difference: tuple[DiffPart, ...] = ()

    @property
    def exact_span(self) -> Span | None:
        """The place of the very words; None where they were changed or are gone."""
        return self.span if self.state in (State.SAME, State.MOVED) else None


def cited_document(anchor: Anchor, documents: Iterable[Document]) -> Document | None:
    """Return the document with exactly the anchor's text, else the first of its name; None where there is neither."""
    named = None
    for document in documents:
        if anchor.is_version(document):
            return document
        if named is None and anchor.names(document.name):
            named = document
    return named


def resolve(anchor: Anchor, document: Document) -> Resolution:
    """Find an anchor's words in a document: the cited version, a later one, or any other text.

    Words are the same when the hash of the folded words is; white space may differ, except where paragraphs end. Of
    several occurrences the words before and behind choose, then the old place. Where other words are between the old
    neighbours of the quote, it has changed, even if its own words occur elsewhere too.
    """
    text, mark = folded(document.text), anchor.fingerprint
    places = _places(anchor, document, text)
    place = places[0] if places else None
    # Where changed words are between the old neighbours, the same words elsewhere are another passage.
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
    """Return the folded offsets of the very words, the likeliest first."""
    mark = anchor.fingerprint
    old = _old_place(anchor, document, text)
    if anchor.is_version(document) and old is not None and mark.is_at(text, old):
        return [old]
    expected = text.place(min(anchor.start, len(document.text)))
    return sorted(
        _exact_places(mark, text),
        key=lambda place: (
            -mark.neighbours_at(text, place),
            -mark.paragraph_ends_at(text, place),
            abs(place - expected),
        ),
    )


def _old_place(anchor: Anchor, document: Document, text: FoldedText) -> int | None:
    """Return the folded offset of the old range; None where the document has other white space or nothing there."""
    quote = anchor.span.of(document.text)
    if anchor.end > len(document.text) or not quote.strip():
        return None
    start = text.place(anchor.start + len(quote) - len(quote.lstrip()))
    return start if text.place(anchor.start + len(quote.rstrip())) == start + anchor.fingerprint.length else None


def _exact_places(mark: Fingerprint, text: FoldedText) -> Iterator[int]:
    """Yield each folded offset of the very words: the signs of the words find candidates, the hash decides."""
    first_words = mark.words[:KEPT_WORDS] if mark.is_cut else mark.words
    number = text.signs.find(first_words)
    while number >= 0:
        # A quote may begin inside its first word.
        yield from (place for place in range(*text.words[number]) if mark.is_at(text, place))
        number = text.signs.find(first_words, number + 1)


def _difference(anchor: Anchor, words: str) -> tuple[DiffPart, ...]:
    if anchor.quote is not None:
        return difference(anchor.quote, words)
    return () if anchor.fingerprint.is_cut else difference_by_signs(anchor.fingerprint.words, words)

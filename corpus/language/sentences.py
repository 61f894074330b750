"""Cut a text into sentences, each with its span."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from corpus.language.english import HONORIFIC, english_words
from corpus.language.months import MONTH_AFTER_DOT
from corpus.language.scripts import columns, is_cjk_text
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span, trim

_JAPANESE_END = re.compile(r"[。！？!?]+[」』）)”\"]*|\n")
# A letter or a digit.
_WORD = re.compile(r"\w")
_CLOSING = frozenset("」』）")
_PARTICLES = frozenset("とがをはのに、")
# In columns: lines of fewer are not wrapped but end; what may not begin a line makes the line before it shorter.
_LEAST_WRAP = 40
_KEPT_TOGETHER = 6
_INITIALS = re.compile(r"(?:^|[\s(\-])(?:[A-Z]\.){2,}\s*$")
# Characters given to the cutter at once: as many as a long paragraph has.
_WINDOW = 5000
_STARTERS = word_list("sentence_starters.txt")
*_BEFORE_WORDS, _BEFORE_NUMBERS = map(frozenset, word_sets("dotted_words.txt"))
_DOTTED = frozenset().union(*_BEFORE_WORDS)
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\s*$")
# A full stop that the cutter overlooks behind a rare word: "It stays untouched. I'll ask."
_NEW_SENTENCE = re.compile(
    r"[a-z]{4}\.\s+(?=(?:(?:We|He|She|They|You|It)(?:['’][a-z]+)?|I['’][a-z]+"
    r"|I (?:am|was|will|shall|would|can|could|have|do))\s)"
)
# "No. We pay for tests.": a reply of one word, and no number.
_ONE_WORD = re.compile(r"(?:^|[.?!:]\s+)No\.\s+(?=[A-Z][a-z]*['’ ])")
# "18 per cent. Herring was scarce", which the cutter takes for the abbreviation of another word; "in Trieste. Mr Bo".
_WORD_BEFORE_CAPITAL = re.compile(r"(?<![\w.])(?P<word>[^\W\d_]{4,})\.\s+(?=(?P<next>[A-ZÀ-Þ][^\W\d_]*))")
_HONORIFICS = frozenset(HONORIFIC.split("|"))
# A number alone is no sentence: "**1. Chair**", "D1. Quay closed".
_NUMBER_ALONE = re.compile(r"[\s*_#§]*(?:[A-Z]?\d{1,3}|[IVX]{1,5}|[A-Z])[.)]\s*$")
# "3. März", "12. Sitzung": a number with a dot is an ordinal before a month.
_DAY = re.compile(r"(?<!\d)\d{1,2}\.\s*$")
_MONTH = re.compile(rf"\s*{MONTH_AFTER_DOT}\b")


def sentences(text: str, span: Span) -> list[Span]:
    """Cut a part of a text into sentences; white space between them belongs to none, signs alone to the one before.

    Latin scripts are cut by nupunkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", 2006),
    Japanese and Chinese after 。！？ and the brackets that close there.

    Args:
        text: the whole text.
        span: the part to cut, such as the words of one paragraph.
    """
    part = span.of(text)
    cuts = _japanese_cuts(part) if is_cjk_text(part) else _latin_cuts(part)
    starts = [0, *cuts]
    ends = [*cuts, len(part)]
    found = (trim(text, span.start + a, span.start + b) for a, b in zip(starts, ends, strict=True) if a < b)
    whole: list[Span] = []
    for sentence in filter(None, found):
        if whole and not _WORD.search(text, sentence.start, sentence.end):  # the end of a row of a table, "|"
            whole[-1] = Span(whole[-1].start, sentence.end)
        else:
            whole.append(sentence)
    return whole


def _japanese_cuts(part: str) -> list[int]:
    depth, last, cuts = 0, 0, []
    full = max(_LEAST_WRAP, max(map(columns, part.splitlines())) - _KEPT_TOGETHER)
    for match in _JAPANESE_END.finditer(part):
        line = part[part.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip()
        if match.group() == "\n" and columns(line) >= full:
            continue  # a line that is as long as the longest was wrapped: the sentence goes on
        depth += sum(part.count(c, last, match.start()) for c in "「『（") - sum(
            part.count(c, last, match.end()) for c in "」』）"
        )
        last = match.end()
        # A full stop inside 「...」 does not end the sentence around it, nor does 「...。」 before a particle.
        depth = max(depth, 0)
        if not depth and not (part[last - 1] in _CLOSING and part[last : last + 1] in _PARTICLES):
            cuts.append(last)
    return [cut for cut in cuts if cut < len(part)]


def _latin_cuts(part: str) -> list[int]:
    if len(part) < 4:
        return []
    # A hard wrap is a space to the cutter; both are one character, so every offset stays.
    flat = part.replace("\n", " ").replace("\r", " ").replace("\u00a0", " ")
    ends = sorted(
        {
            *_ends(flat),
            *(m.end() for form in (_NEW_SENTENCE, _ONE_WORD) for m in form.finditer(flat)),
            *_behind_words(flat),
        }
    )
    return [end for end in ends if end < len(flat) and not _inside_name(flat, end) and not _goes_on(flat, end)]


def _behind_words(flat: str) -> Iterator[int]:
    """Yield where a full stop behind a word, and no abbreviation, is followed by the beginning of a sentence."""
    for match in _WORD_BEFORE_CAPITAL.finditer(flat):
        word, following = match["word"], match["next"]
        is_common = word.islower() and word in english_words()
        begins = following in _HONORIFICS or (len(following) > 1 and following in _STARTERS)
        if is_common or (word[0].isupper() and begins):
            yield match.end()


def _goes_on(part: str, end: int) -> bool:
    """Return True if the dot before a cut belongs to a word or a number: "Sra. Luján", "am 3. März"."""
    before = part[max(0, end - 20) : end]
    if end <= len(before) and _NUMBER_ALONE.match(before):
        return True  # nothing but a number stands before the cut
    if _DAY.search(before):
        return bool(_MONTH.match(part[end : end + 20]))
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    return word.group(1) in _DOTTED or (
        word.group(1) in _BEFORE_NUMBERS and part[end : end + 20].lstrip()[:1].isdecimal()
    )


def _ends(flat: str) -> Iterator[int]:
    """Yield the ends of sentences; the text is cut in windows, since the time grows with the square of the length."""
    start = 0
    while start < len(flat):
        window = flat[start : start + _WINDOW]
        ends = [start + end for _, end in _cutter()(window)]
        if start + _WINDOW < len(flat):
            ends = ends[:-1]  # the last sentence of a window is cut by the window
        yield from ends
        start = ends[-1] if ends else start + _WINDOW


def _inside_name(part: str, end: int) -> bool:
    """Return True if the cut is inside a name, as in "the Japan-U.K. Digital Partnership"."""
    if not _INITIALS.search(part[max(0, end - 20) : end]):
        return False
    following = re.match(r"\s*(\w+)", part[end : end + 40])
    return following is not None and following.group(1) not in _STARTERS


@cache
def _cutter() -> Callable[[str], list[tuple[int, int]]]:
    from nupunkt import sent_spans

    return lambda text: [(int(a), int(b)) for a, b in sent_spans(text)]

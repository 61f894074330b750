"""Whether some words stand at a place of a record, differing there in nothing but typography."""

import re

from assistant.verification.normalize import CJK, fold, same
from assistant.verification.record_index import Place
from corpus.span import Span

# Characters looked at beside the letters for the marks that belong to a quotation's ends.
_MARGIN = 12
_PREFIXES = re.compile(r"(?:non|un|anti|de|dis|counter|ex|pre|post|sub|semi|half|quasi)[-‐‑]$", re.IGNORECASE)
_LINK_END = re.compile(r"\]\([^()\s]*\)")
_CLOSING_MARKS = ".,。、，．"


def stands_at(words: str, place: Place, free_case: bool = True, open_end: bool = False) -> Span | None:
    """The span of some words at a place that has their letters; None when they differ there by more than typography.

    Args:
        words: the words as quoted.
        place: where their letters stand.
        free_case: whether the first letter may be a capital in one and small in the other.
        open_end: whether the last word may go on in the record.
    """
    text = place.document.text
    if not _is_border(text, place.start, place.end, open_end):
        return None
    markdown = place.document.source.media_type.endswith("markdown")
    quoted = fold(words, markdown=markdown).text
    behind = _LINK_END.match(text, place.end) if markdown else None
    end = min(len(text), (behind.end() if behind else place.end) + _MARGIN)
    there = fold(text, max(0, place.start - _MARGIN), end, markdown)
    for wanted in (quoted, quoted[:-1]) if quoted[-1:] in _CLOSING_MARKS else (quoted,):
        head = next((i for i, c in enumerate(wanted) if c.isalnum()), None)
        if head is None:
            return None
        tail = len(wanted) - 1 - next(i for i, c in enumerate(reversed(wanted)) if c.isalnum())
        first = _index_at(there.starts, there.text, place.start) - head
        last = _last_index_at(there.ends, there.text, place.end) + len(wanted) - 1 - tail
        if first < 0 or last >= len(there.text):
            continue
        recorded = there.text[first : last + 1]
        if same(wanted, recorded) or (free_case and _with_case_of(wanted, recorded, head)):
            return Span(there.starts[first], there.ends[last])
    return None


def _with_case_of(wanted: str, recorded: str, head: int) -> bool:
    """Whether the texts are the same but for the case of the first letter."""
    if head >= len(recorded) or wanted[head].lower() != recorded[head].lower():
        return False
    return same(wanted[:head] + recorded[head] + wanted[head + 1 :], recorded)


def _index_at(starts: list[int], text: str, place: int) -> int:
    return next((i for i, start in enumerate(starts) if start >= place and text[i].isalnum()), len(starts))


def _last_index_at(ends: list[int], text: str, place: int) -> int:
    return next((i for i in range(len(ends) - 1, -1, -1) if ends[i] <= place and text[i].isalnum()), -1)


def _is_border(text: str, start: int, end: int, open_end: bool) -> bool:
    """Whether a range of a text begins and ends with whole words and numbers."""
    before, first = text[max(0, start - 10) : start], text[start]
    if before and not CJK.match(first):
        if before[-1].isalnum() and not CJK.match(before[-1]):
            return False
        if first.isdigit() and re.search(r"\d[.,]$", before):
            return False
        if _PREFIXES.search(before) and re.search(rf"(?<![^\W\d_]){_PREFIXES.pattern}", before, re.IGNORECASE):
            return False
    if first.isdigit() and before and before[-1].isdigit():
        return False
    after, last = text[end : end + 3], text[end - 1]
    if not after or open_end:
        return True
    if after[0].isalnum() and not (CJK.match(last) or CJK.match(after[0])):
        return False
    if last.isdigit() and (after[0].isdigit() or re.match(r"[.,]\d", after)):
        return False
    return not (last in "nN" and re.match(r"['’][tT](?![^\W_])", after))

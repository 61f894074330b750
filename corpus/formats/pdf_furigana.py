"""The small kana that a Japanese print sets beside a word to tell how it is read: no words of the text."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from corpus.readers.pdf.words import Word

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc・]{1,16}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
# Against the size of the word that they stand at: their own size, and how far above its base line they stand.
_SMALL = 0.62
_NEAREST, _FURTHEST = 0.6, 1.7


def without_furigana(words: Sequence[Word]) -> list[Word]:
    """The words of a page, upright and in the file's order, without the readings that stand above other words."""
    if not any(_KANA.fullmatch(word.text) for word in words):
        return list(words)
    rows: dict[int, list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: word.left):
        if _HAN.search(word.text):
            rows[round(word.base)].append(word)
    return [word for word in words if not (_KANA.fullmatch(word.text) and _stands_above(word, rows))]


def _stands_above(word: Word, rows: dict[int, list[Word]]) -> bool:
    middle = (word.left + word.right) / 2
    nearest, furthest = (int(word.base + part * word.size / _SMALL) for part in (_NEAREST, _FURTHEST))
    for base in range(nearest, furthest + 1):
        at = bisect_right(rows.get(base, ()), middle, key=lambda other: other.left)
        below = rows[base][at - 1] if at else None
        if below is not None and middle <= below.right and word.size <= _SMALL * below.size:
            return True
    return False

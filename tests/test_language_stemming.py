"""Reduce words to their stems."""

import sys
from concurrent.futures import ThreadPoolExecutor

from corpus.language.stemming import stem, stems

_WORDS = [
    f"{start}{end}"
    for start in ("agree", "nation", "general", "hope", "trad")
    for end in ("", "ization", "fulness", "ments", "ing", "alities")
]


def test_stems_are_porters() -> None:
    assert stems("The ministers agreed on generalizations, hopefully.") == ["minist", "agre", "gener", "hopefulli"]


def test_threads_do_not_give_each_others_stems() -> None:
    alone = [stem.__wrapped__(word) for word in _WORDS]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: [stem.__wrapped__(word) for word in _WORDS], range(20)))
    finally:
        sys.setswitchinterval(before)
    assert all(each == alone for each in found)

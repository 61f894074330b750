"""Words as the lexical index keeps and asks for them."""

import re
import unicodedata
from functools import lru_cache

from corpus.language.scripts import CJK, KANJI, KATAKANA, is_cjk

_TOKEN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+(?:['’.&-][^\W_{CJK}]+)*")
_PART = re.compile(rf"[^\W_{CJK}]+")
_CJK_WORD = re.compile(rf"[{KANJI}]{{2,}}|[゠・{KATAKANA}]{{2,}}")
# Words that every text holds; searched for, they only slow the search down.
STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both "
    "but by can could did do does doing down during each else few for from further had has have having he her "
    "here hers him his how i if in into is it its just let me might more most must my no nor not of off on once "
    "only or other our ours out over own per please same shall she should so some such tell than that the their "
    "them then there these they this those through to too under until up upon us very was we were what when where "
    "which while who whom whose why will with within would yet you your yours s t".split()
)


def folded_words(text: str) -> list[str]:
    """The words of a text in order: compatibility forms made equal, lower case, Japanese and Chinese runs whole."""
    return [t for t in _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()) if t]


def content_words(text: str) -> list[str]:
    """The words of a question that carry its meaning: no stop words, each once, in order."""
    words = (p for w in folded_words(text) for p in (cjk_words(w) if is_cjk(w) else index_terms(w)))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS))


def cjk_words(run: str) -> list[str]:
    """The runs of one script in Japanese or Chinese: kanji, katakana; the hiragana between them is mostly grammar."""
    return _CJK_WORD.findall(run)


@lru_cache(maxsize=65536)
def index_terms(word: str) -> tuple[str, ...]:
    """Return the terms that a folded word is indexed by: its parts, in Japanese and Chinese pairs of characters."""
    if not is_cjk(word):
        return tuple(_PART.findall(word))
    return tuple(word[i : i + 2] for i in range(len(word) - 1)) or (word,)

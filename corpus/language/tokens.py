"""Split a text into words, and words into their stems and the terms of the lexical index."""

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from corpus.language.scripts import CJK, KANJI, KATAKANA, is_cjk
from corpus.language.word_lists import word_list, word_sets

_TOKEN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+(?:['’.&-][^\W_{CJK}]+)*")
_PART = re.compile(rf"[^\W_{CJK}]+")
_CJK_WORD = re.compile(rf"[{KANJI}]{{2,}}|[゠・{KATAKANA}]{{2,}}")
_OKURIGANA = re.compile(rf"(?<=[{KANJI}])[いえきぎくげけしじせちつてびみめりれる](?=[{KANJI}])")
# Words that every text holds: searched for, they only slow the search down.
STOP_WORDS = word_list("stop_words.txt")
# Languages beside English whose words are compared by their stems, with the names of their stemmers.
STEMMERS = {
    "en": "porter",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
# Irregular past tenses with their verbs; common verbs tell nothing of a sentence, and "held" is not "hold".
_COMMON = word_list("common_verbs.txt")
_VERBS = {form: forms[0] for forms in word_sets("past_tenses.txt") for form in forms[1:] if forms[0] not in _COMMON}
# A stemmer keeps its current word, so that two threads with one stemmer would get each other's stems.
_of_this_thread = threading.local()


def fold_text(text: str) -> str:
    """Return a text without the differences of width (NFKC) and of case."""
    return unicodedata.normalize("NFKC", text).casefold()


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text in order; a run of Japanese or Chinese is one word."""
    return _TOKEN.findall(fold_text(text))


def content_words(text: str, language: str = "en") -> list[str]:
    """Return the words of a text that carry its meaning, without stop words, each once, in order."""
    return list(dict.fromkeys(part for word in folded_words(text) for part in _content_parts(word, language)))


def _content_parts(word: str, language: str) -> list[str]:
    parts = cjk_words(word) if is_cjk(word) else index_terms(word)
    if language == "en":
        return [part for part in parts if part not in STOP_WORDS]
    # A single letter is what an apostrophe left of a word: "d'eau", "s'est".
    return [part for part in parts if len(part) > 1 and part not in stop_words(language)]


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the words that every text in a language of `STEMMERS` other than English holds, and words of questions."""
    return word_list(f"stop_words_{language}.txt")


def cjk_words(run: str) -> list[str]:
    """Return the runs of kanji and of katakana in Japanese or Chinese; the hiragana between them is mostly grammar."""
    return _CJK_WORD.findall(run)


def without_okurigana(text: str) -> str:
    """Return a text without single kana inside Japanese words, which are written in two ways: 受け付け, 受付け."""
    return _OKURIGANA.sub("", text)


@lru_cache(maxsize=65536)
def index_terms(word: str) -> tuple[str, ...]:
    """Return the terms that a folded word is indexed by: its parts, in Japanese and Chinese pairs of characters."""
    if not is_cjk(word):
        return tuple(_PART.findall(word))
    return tuple(word[i : i + 2] for i in range(len(word) - 1)) or (word,)


def text_terms(text: str) -> list[str]:
    """Return the terms that a text is indexed by, in order."""
    return [term for word in folded_words(text) for term in index_terms(word)]


def query_phrases(text: str) -> list[str]:
    """Return the words and phrases to search for, each once: terms, and terms in a row with spaces between them."""
    phrases: dict[str, None] = {}
    for word in folded_words(text):
        parts = index_terms(word)
        if is_cjk(word):
            for run in cjk_words(word):
                phrases.update(dict.fromkeys((" ".join(index_terms(run)), *index_terms(run))))
        else:
            phrases.update(dict.fromkeys(part for part in parts if part not in STOP_WORDS))
            if len(parts) > 1:
                phrases[" ".join(parts)] = None
    return list(phrases)


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "en") -> str:
    """Return the stem of a word in a language of `STEMMERS`; in English other words than ASCII ones unchanged.

    English ones are those of Porter, "An algorithm for suffix stripping", 1980, the others those of Snowball. An
    irregular past tense in English has the stem of its verb: "found" that of "find".
    """
    if language != "en":
        return str(_stemmer(language).stemWord(word))
    return str(_stemmer(language).stemWord(_VERBS.get(word, word))) if word.isascii() else word


def stems(text: str, language: str = "en") -> list[str]:
    """Return the stems of a text's content words, each once, in order."""
    return list(dict.fromkeys(part for word in folded_words(text) for part in _word_stems(word, language)))


@lru_cache(maxsize=65536)
def _word_stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of the content words in a folded word."""
    return tuple(stem(part, language) for part in _content_parts(word, language))


def _stemmer(language: str) -> Any:
    if not hasattr(_of_this_thread, language):
        import snowballstemmer

        setattr(_of_this_thread, language, snowballstemmer.stemmer(STEMMERS[language]))
    return getattr(_of_this_thread, language)

"""Identify the language of a text."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus.facts import Fact
from corpus.language.scripts import KANJI, LATIN, count_kana
from corpus.language.tokens import STEMMERS, stop_words
from corpus.language.word_lists import word_list, word_table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The English names of the languages that are told apart, by their codes.
LANGUAGES: dict[str, str] = word_table("languages.toml")
# A language shows in its first few thousand characters; fewer than this are names and numbers.
_READ = 20_000
_FEWEST_LETTERS = 200
_FEWEST_WORDS = 40
_HAN = re.compile(f"[{KANJI}]")
# A Chinese character says as much as some letters more.
_HAN_LETTERS = 3
_LATIN = re.compile(f"[{LATIN}]")
_SURE = 0.99
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = word_list("commonest_words.txt")
_ENGLISH_SHARE = 0.2
_KANA_SHARE = 0.15
# Small words, or kana, by which a text is known that is too short for the model.
_FEWEST_SMALL = 3


def language_of(text: str, start: int = 0) -> tuple[Fact, ...]:
    """Return the language of a text as a fact, by its ISO 639-1 code; nothing for a short text or a doubtful language.

    English and Japanese, the languages of most records, are identified by their commonest words and by kana; only
    other languages need the model.

    Args:
        text: the whole text.
        start: where it begins, behind the front matter.
    """
    part = text[start : start + _READ]
    letters = [c for c in part if c.isalpha()]
    kana = count_kana(part)
    if kana >= 20 and kana >= _KANA_SHARE * len(letters):
        return (Fact("language", "ja", "text"),)
    if len(letters) + _HAN_LETTERS * len(_HAN.findall(part)) < _FEWEST_LETTERS:
        return ()
    words = [word.lower() for word in _WORD.findall(part)]
    if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return (Fact("language", "en", "text"),)
    if kana:  # neither Japanese nor, with kana in it, surely another language
        return ()
    if len(words) < _FEWEST_WORDS and 2 * len(_LATIN.findall(part)) > len(letters):
        return ()
    code, likely = identifier().classify(part)
    return (Fact("language", code, "text"),) if likely >= _SURE else ()


@lru_cache(maxsize=4096)
def language_by_small_words(text: str) -> str | None:
    """Return the code of the language of a text that may be short: English, German, French, Spanish or Japanese.

    None if its small words tell no language.
    """
    part = text[:_READ]
    if count_kana(part) >= _FEWEST_SMALL:
        return "ja"
    words = [word.casefold() for word in _WORD.findall(part)]
    lists = {"en": _ENGLISH, **{code: stop_words(code) for code in STEMMERS if code != "en"}}
    counts = sorted(((sum(word in small for word in words), code) for code, small in lists.items()), reverse=True)
    (most, code), (second, _) = counts[:2]
    return code if most >= _FEWEST_SMALL and most > second else None


@cache
def identifier() -> "LanguageIdentifier":
    """Load the model of the package py3langid for the languages that are told apart: a second and 120 MB.

    Source: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool" (ACL 2012).
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(list(LANGUAGES))
    return made

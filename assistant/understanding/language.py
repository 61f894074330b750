"""Detect questions in a language other than English and Japanese, which the search by words knows only in part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.wording import reply_language, say
from corpus.language.english import QUESTION_WORDS, english_words
from corpus.language.identify import LANGUAGES, identifier
from corpus.language.scripts import KANJI, LATIN, count_kana
from corpus.language.tokens import STEMMERS, stop_words
from index.models.registry import PACKAGED
from index.snapshot import Snapshot

ANOTHER = "another language than English or Japanese"
_ENGLISH_ENCODERS = frozenset(name for name, encoder in PACKAGED.items() if encoder.ENGLISH_ONLY)
# The languages of questions that the search by words knows.
_SEARCHED_BY_WORDS = ("en", "ja")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(f"[{LATIN}]")
_KANJI = re.compile(f"[{KANJI}]")
# Accents, and vowels that are left out: "Où en est l'étude ?"; and the fewest words by which such a question is judged.
_FOREIGN = re.compile(r"[À-ÖØ-öø-ÿ¿]|\b(?:[cdjlmnst]|qu)['’]\w", re.IGNORECASE)
_FEWEST_WORDS = 4
_LEAST_LETTERS = 4
# Characters that mark a question as Chinese, beside those that Japanese lacks.
_CHINESE = frozenset("嗎呢這們麼哪你您她誰說還沒吧啊也讓給從是的於何")


@dataclass(frozen=True, slots=True)
class LanguageThresholds:
    """Thresholds for the decision that a question is in another language.

    Attributes:
        unknown_words: least number of words that are not English. With 1 to 4, 52, 34, 26, 5 of 21,313 English
            questions without their small words and capitals are mistaken, and 1, 2, 3, 9 of 52 in other languages
            missed; with any number, none of 31,878 complete English questions is mistaken.
        likelihood: least likelihood of the identified language, in (0, 1].
    """

    unknown_words: int = 2
    likelihood: float = 0.8


def foreign_language(question: str, thresholds: LanguageThresholds = LanguageThresholds()) -> str | None:
    """Return the language of a question in neither English nor Japanese; None if it is, or may be, in one of them.

    A question in Latin letters is classified only if several of its words are not English, one of them in lower case,
    and it has no common English word; so names alone are no foreign language. A question in another script is always
    classified. Characters that Japanese lacks distinguish Chinese from Japanese names.

    Args:
        question: as typed.
        thresholds: the thresholds of the decision.

    Returns:
        The English name of the language, such as "German", or `ANOTHER` if only its script is known.
    """
    letters = [c for c in question if c.isalpha()]
    if not letters or count_kana(question):
        return None
    han, latin = len(_KANJI.findall(question)), len(_LATIN.findall(question))
    if 2 * han > len(letters):
        return LANGUAGES["zh"] if _is_chinese(question) else None
    if 2 * latin < len(letters):
        return _identified(question, thresholds) or ANOTHER
    words = _WORD.findall(question)
    unknown = [word for word in words if word.casefold() not in english_words()]
    if not QUESTION_WORDS.isdisjoint(map(str.casefold, words)):
        return None
    if len(unknown) < thresholds.unknown_words or not any(word.islower() for word in unknown):
        is_marked = _FOREIGN.search(question) and len(words) >= _FEWEST_WORDS
        return _by_first_word(words) or (_by_small_words(words) if is_marked else None)
    return _identified(question, thresholds) or _by_small_words(words)


def language_of_words(language: str | None, snapshot: Snapshot) -> str | None:
    """Return the code of a question's language if the search by words knows it and records are in it; else None.

    Args:
        language: as `foreign_language` names it; None for English and Japanese.
        snapshot: the records.
    """
    code = next((code for code in STEMMERS if LANGUAGES[code] == language), None)
    return code if any(document.language == code for document in snapshot.documents) else None


def foreign_note(language: str, encoder: str) -> str:
    """Return the note that only the encoder searched, with a warning if it knows only English.

    Args:
        language: as `foreign_language` names it.
        encoder: the name of the library's encoder.
    """
    code = reply_language("", language)
    note = say(code, "foreign", language=language, encoder=encoder)
    return f"{note} {say(code, 'english_encoder')}" if encoder in _ENGLISH_ENCODERS else note


def _is_chinese(question: str) -> bool:
    """Return True if a text without kana has characters that Japanese lacks: simplified ones or Chinese particles."""
    han = "".join(_KANJI.findall(question))
    return not _CHINESE.isdisjoint(han) or len(han.encode("shift_jis", "ignore")) < 2 * len(han)


def _by_small_words(words: Sequence[str]) -> str | None:
    """Return the language whose stop words are half of a question that is too short for the classifier."""
    folded = [word.casefold() for word in words]
    known = [
        code for code in STEMMERS if code != "en" and 2 * sum(w in stop_words(code) for w in folded) >= len(folded)
    ]
    return LANGUAGES[known[0]] if len(known) == 1 else None


def _by_first_word(words: Sequence[str]) -> str | None:
    """Return the language whose question word begins a question, if English has no such word: "Welche", "Pourquoi"."""
    first = words[0].casefold() if words else ""
    if len(first) < _LEAST_LETTERS or first in english_words():
        return None
    known = [code for code in STEMMERS if code != "en" and first in stop_words(code)]
    return LANGUAGES[known[0]] if len(known) == 1 else None


def _identified(question: str, thresholds: LanguageThresholds) -> str | None:
    code, likely = identifier().classify(question)
    return LANGUAGES[code] if code not in _SEARCHED_BY_WORDS and likely >= thresholds.likelihood else None

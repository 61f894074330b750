"""The language of a question that neither the search by words nor the ranker knows."""

import re
from dataclasses import dataclass

from corpus.language.english import QUESTION_WORDS, english_words
from corpus.language.identify import LANGUAGES, identifier
from corpus.language.scripts import KANJI, LATIN, count_kana
from index.models.minilm import NAME as MINILM

ANOTHER = "another language than English or Japanese"
_ENGLISH_ENCODERS = frozenset({MINILM})
# The languages that a question is searched in by words.
_READ = ("en", "ja")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(f"[{LATIN}]")
_KANJI = re.compile(f"[{KANJI}]")
# What a Chinese question has and a row of Japanese names has not, beside the characters that Japanese lacks.
_CHINESE = frozenset("嗎呢這們麼哪你您她誰說還沒吧啊也讓給從是的於何")


@dataclass(frozen=True, slots=True)
class LanguageThresholds:
    """How sure it must be that a question is in another language.

    Attributes:
        unknown_words: words unknown to English from which a question may be in another language. None of 31,878 English
            questions is mistaken with any number; of 21,313 without their small words and capitals 52, 34, 26, 5 are
            with 1 to 4; of 52 in other languages 1, 2, 3, 9 are missed.
        likelihood: least likelihood of the identified language, in (0, 1].
    """

    unknown_words: int = 2
    likelihood: float = 0.8


def foreign_language(question: str, thresholds: LanguageThresholds = LanguageThresholds()) -> str | None:
    """The language of a question that is in neither English nor Japanese; None when it is, or may be.

    A question in Latin letters is doubted only when English does not know several of its words, one of them written
    small, and it has none of the words that hold an English question together: names alone make no language. Another
    script speaks for itself; Chinese is told from Japanese names, which share its characters, by those that they lack.

    Args:
        question: as typed.
        thresholds: how many words must be unknown, and how sure the language must be.

    Returns:
        The English name of the language, such as "German", or `ANOTHER` where only the script says so.
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
    if len(unknown) < thresholds.unknown_words or not any(word.islower() for word in unknown):
        return None
    return _identified(question, thresholds) if QUESTION_WORDS.isdisjoint(map(str.casefold, words)) else None


def foreign_note(language: str, encoder: str) -> str:
    """What the reader of an answer must know: who searched, and whether it understands the language.

    Args:
        language: as `foreign_language` names it.
        encoder: the name of the library's encoder.
    """
    said = f"Your question seems to be in {language}; only the encoder ({encoder}) searched, not the search by words."
    return f"{said} It knows English alone: the answer may be poor." if encoder in _ENGLISH_ENCODERS else said


def _is_chinese(question: str) -> bool:
    """Whether a text without kana holds what Japanese does not: most simplified characters, and Chinese particles."""
    han = "".join(_KANJI.findall(question))
    return not _CHINESE.isdisjoint(han) or len(han.encode("shift_jis", "ignore")) < 2 * len(han)


def _identified(question: str, thresholds: LanguageThresholds) -> str | None:
    code, likely = identifier().classify(question)
    return LANGUAGES[code] if code not in _READ and likely >= thresholds.likelihood else None

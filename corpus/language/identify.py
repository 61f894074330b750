"""The language of a text, where it is sure."""

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Fact
from corpus.language.scripts import LATIN, count_kana

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The working languages of international bodies and the larger ones of their members: few, since each more is one more
# to be mistaken for.
LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
    "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
# A language shows in its first few thousand characters; fewer than this are names and numbers.
_READ = 20_000
_FEWEST_LETTERS = 200
_FEWEST_WORDS = 40
_LATIN = re.compile(f"[{LATIN}]")
_SURE = 0.99
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of written English: a third of any text, and hardly any of a text in another language.
_ENGLISH = frozenset("the of and to in for that is on with as by was are this from at be have it an which".split())
_ENGLISH_SHARE = 0.2
_KANA_SHARE = 0.15


def language_of(text: str, start: int = 0) -> tuple[Fact, ...]:
    """The fact of a text's language, as ISO 639-1 has it; nothing where it is short or not sure.

    English and Japanese, most records' languages, are known by their commonest words and by their kana; only others
    need the model.

    Args:
        text: the whole text.
        start: where it begins, behind the front matter.
    """
    part = text[start : start + _READ]
    letters = [c for c in part if c.isalpha()]
    kana = count_kana(part)
    if kana >= 20 and kana >= _KANA_SHARE * len(letters):
        return (Fact("language", "ja", "text"),)
    if len(letters) < _FEWEST_LETTERS:
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


@cache
def identifier() -> "LanguageIdentifier":
    """The model that lies in the package py3langid, for the languages that we tell apart; a second to load, 120 MB.

    Source: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool" (ACL 2012).
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(list(LANGUAGES))
    return made

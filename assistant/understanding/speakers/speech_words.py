"""Tell the words of a question that ask what somebody said from those of its subject."""

import re
from functools import cache

from assistant.understanding.references import subject_words
from corpus.language.scripts import CJK, is_cjk
from corpus.language.tokens import folded_words, stem
from corpus.language.word_lists import word_list

_ABOUT = re.compile(rf"([{CJK}]+?)(?:について|に関し|をめぐ|を巡)")
# "Who has first warned", "By whom was it said", "Which delegate said"; "Which annual report" has no past form.
_ASKS_WHO = (
    r"\W*(?:(?:and|so|but)\s+)?(?:who(?:\s+(?:has|had|have))?(?:\s+(?:first|also|then|\w+ly))?"
    r"|by\s+whom\s+(?:was|is)\s+it|which(?:\s+\w+){1,3}?(?=\s+(?:\w+ed|said|told)\b))"
)
# "that" stands before what is said, but may be left out behind "said"; the hearers stand behind "told".
_WHO_SAID = re.compile(
    rf"{_ASKS_WHO}\s+(?:(?P<verb>\w+)(?:\s+out)?\s+that|(?:tells?|told)(?:\s+\w+){{1,4}}?\s+that"
    r"|(?:says?|said)(?!\s+to\b))\s+(?=\w+\s+\w)",
    re.IGNORECASE,
)
_FOR_OR_AGAINST = frozenset("against opposed favour favor supports supported".split())


def asks_who_said(question: str) -> bool:
    """Return True if a question asks who said, asked or proposed something."""
    words = folded_words(question)
    asks = re.search(
        r"\bwho(?:m|se)?\b|\bwhich (?:speaker|person|member|participant|delegate|minister)\b|誰|だれ", question, re.I
    )
    if not asks:
        return False
    if is_cjk_question(question):
        return bool(re.search("言|述べ|発言|指摘|提案|質問|求め", question))
    return any(is_speech_word(word) or word in _FOR_OR_AGAINST for word in words)


def words_said(question: str) -> str:
    """Return "the port opens in May?" of "Who said that the port opens in May?", and any other question whole.

    A speaker stands beside the sentence, so a model that reads the sentence alone finds nobody who says it.
    """
    asks = _WHO_SAID.match(question)
    is_of_speech = asks and (asks["verb"] is None or is_speech_word(asks["verb"].casefold()))
    return question[asks.end() :] if asks and is_of_speech else question


def is_cjk_question(question: str) -> bool:
    """Return True if a question has Japanese or Chinese words."""
    return any(map(is_cjk, folded_words(question)))


@cache
def _speech_stems() -> frozenset[str]:
    return frozenset(map(stem, (*word_list("speech_verbs.txt"), *word_list("saying_words.txt"))))


@cache
def _japanese_verbs() -> frozenset[str]:
    return word_list("speech_verbs_ja.txt")


def is_speech_word(word: str) -> bool:
    """Return True for a verb with which somebody says something, in any form."""
    return stem(word) in _speech_stems() or word in _japanese_verbs()


def subject_of_speech(question: str) -> list[str]:
    """Return the words of the subject of a question for what somebody said, without the verb of speech.

    A subject in hiragana or of one kanji, 「桜について」, is one word, which the search by words does not know.
    """
    words = [word for word in subject_words(question) if not is_speech_word(word)]
    about = None if words else _ABOUT.search(question)
    return [about[1]] if about else words

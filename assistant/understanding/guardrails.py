"""Recognize messages that are not searched: small talk, and attempts to break the assistant's rules."""

import re
from enum import StrEnum

from assistant.query import Intent
from corpus.language.scripts import is_cjk
from corpus.language.word_lists import word_table


class SmallTalk(StrEnum):
    """Kind of a message that is no question; of several the first is answered."""

    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT = "about"
    GREETING = "greeting"
    APPROVAL = "approval"


_PHRASES = word_table("small_talk.toml")


def _any_of(*kinds: str) -> str:
    phrases = sorted((phrase for kind in kinds for phrase in _PHRASES[kind]), key=len, reverse=True)
    return "|".join(re.escape(p) if is_cjk(p) else rf"\b{re.escape(p)}\b".replace("'", "['’]?") for p in phrases)


_KINDS = {kind: re.compile(_any_of(kind), re.IGNORECASE) for kind in SmallTalk}
# Possessive, so that a long message of "bye bye bye" is matched in one way only.
_SMALL_TALK = re.compile(rf"\W*(?:(?:{_any_of(*SmallTalk, 'fillers')})\W*+)++", re.IGNORECASE)
_POLITE = _any_of(SmallTalk.THANKS, SmallTalk.GREETING, SmallTalk.APPROVAL)
# Greetings and thanks in front of a question: a mark or a word that opens a question stands behind them.
_IN_FRONT = re.compile(
    rf"\W{{0,8}}(?:(?:{_POLITE})(?:\s+(?:{_POLITE}|there|all|everyone|again|so much|very much|a lot))*+"
    r"(?:\s?[,.!。、！…-]\W{0,8}|\s+(?=(?:and|but|so|who|what|which|when|where|why|how|is|are|was|were|did|do"
    r"|does|can|could|would|please|tell|list|show|i)\b)))+(?=\w)",
    re.IGNORECASE,
)
_RULES = r"instructions?|rules?|prompts?|guidelines?|previous|prior|above|restrictions?|documents?|sources?|records?"
_SOURCES = r"quotes?|quotations?|citations?|sources?|statements?|footnotes?|references?|passages?|answers?"
_UNSAFE = re.compile(
    "|".join(
        (
            rf"\b(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b(?:{_RULES})\b",
            r"\b(?:system|developer|hidden|initial) prompt\b",
            r"^\W*(?:system|assistant|developer|admin(?:istrator)?)\s*[:>]",
            r"\b(?:pretend|act as if|role-?play|imagine) (?:that |you |to be |as )",
            rf"\b(?:invent|fabricate|make up|forge|fake)\b.{{0,40}}\b(?:{_SOURCES})\b",
            r"\b(?:attribute|ascribe)\b.{0,60}\bto\b.{0,60}\b(?:even though|although|anyway|regardless|instead)\b",
            r"\b(?:jailbreak|dan mode|developer mode)\b",
            r"\b(?:state|say|claim|write|answer|confirm) that\b.{0,120}"
            r"\b(?:and|then) (?:cite|quote|add a citation|give a (?:source|citation))\b",
            r"\b(?:cite|quote) (?:it|this|that|them|me)\b.{0,30}\b(?:anyway|regardless|even if|as if)\b",
            r"(?:指示|命令|ルール|規則)を(?:すべて)?無視|システムプロンプト|引用を(?:でっち上げ|捏造)",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_SMALL_TALK = 200


def intent_without_search(text: str) -> Intent | None:
    """Return SMALL_TALK or UNSAFE for a message that needs no search; None for a question.

    Small talk is a greeting, thanks or a question about the assistant itself. An unsafe message asks to ignore the
    rules, or to invent or misattribute words. The assistant obeys no message; it replies to such a one without a
    search.
    """
    if small_talk(text):
        return Intent.SMALL_TALK
    return Intent.UNSAFE if _UNSAFE.search(text) else None


def small_talk(text: str) -> SmallTalk | None:
    """Return the kind of a message that greets, thanks, approves or asks about the assistant, and nothing else."""
    if len(text) >= _LONGEST_SMALL_TALK or not _SMALL_TALK.fullmatch(text):
        return None
    kind = next((kind for kind, phrases in _KINDS.items() if phrases.search(text)), None)
    # "Is that all right?" may ask about what was said.
    return None if kind is SmallTalk.APPROVAL and "?" in text else kind


def without_greeting(text: str) -> str:
    """Return a message without the greetings and thanks in front of its question."""
    match = _IN_FRONT.match(text)
    return text[match.end() :] if match else text

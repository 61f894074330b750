"""Recognize messages that are not searched: small talk, and attempts to break the assistant's rules."""

import re

from assistant.query import Intent

_GREETINGS = (
    r"hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|bye|goodbye|see you|thanks?|thank you|cheers",
    r"ok(?:ay)?|great|nice|cool|how are you|how do you do|how is it going|what'?s up|who are you|what are you",
    r"are you (?:an? )?(?:ai|bot|robot|human|there|real)|what is your name",
    r"tell me a joke|do you (?:like|feel|dream|sleep)|nice to meet you",
    r"have a (?:nice|good|great) (?:day|one|evening|weekend)",
    r"こんにちは|こんばんは|おはよう(?:ございます)?|ありがとう(?:ございます)?|はじめまして|お元気ですか|さようなら",
)
_FILLERS = (
    r"there|you|today|so|very|much|again|all|everyone|assistant|rapporteur|doing|for|your|the|help|a lot|and|now|please"
)
_SMALL_TALK = re.compile(
    rf"^\W*(?:(?:{'|'.join(_GREETINGS)})(?:\s+(?:{_FILLERS}))*[\s,.!?。！？]*)+$",
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
    if len(text) < _LONGEST_SMALL_TALK and _SMALL_TALK.match(text.strip()):
        return Intent.SMALL_TALK
    return Intent.UNSAFE if _UNSAFE.search(text) else None

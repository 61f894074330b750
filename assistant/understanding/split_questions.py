"""The separate questions of one message."""

import re
from dataclasses import dataclass

from assistant.conversation import points_back
from assistant.query import Intent
from corpus.language.sentences import sentences
from corpus.language.tokens import content_words
from corpus.span import Span

_ASKING = r"who|whom|whose|what|which|when|where|why|how"
_IS = (
    r"is|are|was|were|did|does|do|has|have|had|will|would|can|could|shall|should|may|might|"
    r"isn['’]t|wasn['’]t|didn['’]t|weren['’]t"
)
_ORDER = r"list|tell (?:me|us)|give (?:me|us)|show (?:me|us)|describe|explain|summari[sz]e|compare|find|name"
_POLITE = r"(?:(?:and|but|also|then|so|now|please|finally|secondly|next)\b,?\s+)*"
_WISHES = r"i(?: would|['’]d)? (?:like|want|need) to know|i wonder"
_OPENS = re.compile(
    rf"^\W*{_POLITE}(?:(?:(?:in|on|at|for|from|to|by|with) )?(?:{_ASKING})\b|(?:{_IS})\b|{_WISHES})", re.IGNORECASE
)
# "When the ministers met, they agreed." begins like a question; without a question mark one more sign is wanted.
_OPENS_SURELY = re.compile(
    rf"^\W*{_POLITE}(?:(?:when|where|why) (?:{_IS})\b|(?:who|whom|whose|what|which|how) (?:\w+ ){{0,2}}?(?:{_IS})\b"
    rf"|who \w+(?:ed|s|t)\b|{_WISHES})",
    re.IGNORECASE,
)
_ORDERS = re.compile(rf"^\W*{_POLITE}(?:(?:can|could|would) you )?(?:{_ORDER})\b", re.IGNORECASE)
# A few marks behind it are forgiven; without the bound a message of question marks would take half a minute.
_MARK = re.compile(r"[?？؟]\W{0,8}$|か[。.]?\s?$")
# Where one sentence may go on with a question of its own: ", and where was", "; how many", ", when did", "and was it".
_JOINS = re.compile(
    rf"(?:[,;]?\s+(?:and|but)\s+(?:also\s+|then\s+)?|;\s+)(?=(?:{_ASKING})\b)"
    rf"|,\s+(?=(?:when|where|why|how|what) (?:{_IS})\b)"
    rf"|,?\s+and\s+(?=(?:{_IS}) (?:it|they|he|she|there|any|anyone)\b)"
    rf"|,?\s+and\s+(?=(?:please )?(?:{_ORDER}) (?:the|all|each|every|its|their|{_ASKING})\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:{_IS}|\w{{2,}}ed|met|said|spoke|took|led|gave|held|made|came|sent|wrote|went|chose|saw|told|began)\b",
    re.IGNORECASE,
)
_ENDS_ASKING = re.compile(rf"\b(?:{_ASKING})\W{{0,8}}$", re.IGNORECASE)
_WHO = re.compile(r"^who \w", re.IGNORECASE)
# "where it was held": an order of words that only stands behind "tell me".
_SUBORDINATE = re.compile(
    rf"^(?:(?:{_ASKING}) (?:they|he|she|it|we|i|you|the|this|these|those|that)\b"
    rf"|(?:when|where|why) (?!(?:{_IS})\b)|how (?!(?:\w+ ){{0,3}}?{_VERB.pattern}))",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    rf"^\W*{_POLITE}(?:{_ORDER}|{_WISHES}"
    rf"|(?:can|could|would|do|does) .{{1,30}}?(?:tell (?:me|us)|know|say|show|explain)) (?:{_ASKING})\b",
    re.IGNORECASE,
)
# What is to be answered beside the half before: "how does each ...", "and which were not".
_BOTH_SIDES = re.compile(
    rf"\b(?:each|both|differ\w*|compare\w*|respectively|the other|the same)\b|^which {_VERB.pattern}", re.IGNORECASE
)
_OWN_NAME = re.compile(r"(?<=\s)(?:[A-Z][\w'’-]*[a-z0-9A-Z]|\w*\d\w*)")


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question of a message.

    Attributes:
        text: the question as typed, with the sentences that lead in to it.
        leans: whether it leans on the question before it; None where only the conversation can tell.
        intent: SMALL_TALK or UNSAFE where it asks the records nothing; None for a question.
        names: names of a long message that are searched beside it, and narrow nothing.
        language: its language, where that is neither English nor Japanese.
    """

    text: str
    leans: bool | None = None
    intent: Intent | None = None
    names: tuple[str, ...] = ()
    language: str | None = None


def split_questions(message: str) -> list[SubQuestion]:
    """Cut a message into its questions, in order.

    A sentence that asks nothing stays with the question that it leads in to, or follows. A sentence is cut where it
    goes on with a question that has its own verb, unless the two must be answered together ("how does each ...").
    "When and where was it held?" is one. A later question leans on the one before when its words point back, and in the
    same sentence also when it names nothing of its own.

    Returns:
        At least one; a message that asks one thing comes back unchanged.
    """
    asked: list[list[str]] = [[]]
    joined: list[bool] = [False]
    for sentence in _sentences(message):
        first, *others = _clauses(sentence) if asks(sentence) else [sentence]
        if _begins_another(first, asked[-1]):
            asked.append([])
            joined.append(False)
        asked[-1].append(first)
        asked.extend([other] for other in others)
        joined.extend(True for _ in others)
    if len(asked) == 1:
        return [SubQuestion(message)]
    parts = [" ".join(pieces) for pieces in asked]
    leaning = [_leans(part, within) for part, within in zip(parts, joined, strict=True)]
    return [SubQuestion(parts[0]), *map(SubQuestion, parts[1:], leaning[1:])]


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, or an order to find something."""
    if _MARK.search(sentence) or _OPENS_SURELY.search(sentence):
        return True
    # "Explain it." and "List them briefly." say how to answer; an order of its own says what to find.
    return bool(_ORDERS.search(sentence)) and len(content_words(_ORDERS.sub("", sentence))) > 1


def _begins_another(piece: str, before: list[str]) -> bool:
    """Whether a piece is a question beside those before; "Where?" or the rest of a name that was cut is none."""
    if not (asks(piece) and content_words(piece) and any(map(asks, before))):
        return False
    return bool(_OPENS.search(piece) or _ORDERS.search(piece) or _MARK.search(before[-1]))


def _sentences(message: str) -> list[str]:
    return [span.of(message) for span in sentences(message, Span(0, len(message)))]


def _clauses(sentence: str) -> list[str]:
    """The questions that one sentence joins."""
    for join in _JOINS.finditer(sentence):
        left, right = sentence[: join.start()], sentence[join.end() :]
        if _stand_apart(left, right):
            return [left + ("?" if _MARK.search(sentence) else "."), *_clauses(right)]
    return [sentence]


def _stand_apart(left: str, right: str) -> bool:
    word = right.split()[0]
    if not (_OPENS.search(left) or _ORDERS.search(left)) or _ENDS_ASKING.search(left) or _BOTH_SIDES.search(right):
        return False
    if not _INDIRECT.search(left):
        repeated = re.search(rf"\w\W+{re.escape(word)}\b", left, re.IGNORECASE)
        if repeated or _SUBORDINATE.search(left) or _SUBORDINATE.search(right):
            return False
    return all(content_words(half) and _has_verb(half) for half in (left, right))


def _has_verb(half: str) -> bool:
    return bool(_VERB.search(half) or _WHO.search(half) or _ORDERS.search(half))


def _leans(question: str, joined: bool) -> bool:
    """Whether a later question leans on the one before; in the same sentence it does unless it names its own."""
    leans = points_back(question) or len(content_words(question)) <= 2
    return leans or (joined and not _OWN_NAME.search(question))

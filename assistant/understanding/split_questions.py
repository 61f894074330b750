"""Split a message into its separate questions, and mark those that need the words of the question before."""

import re
from dataclasses import dataclass

from assistant.query import Intent
from assistant.understanding.answer_type import QUESTION_WORDS_ELSEWHERE
from assistant.understanding.references import refers_back
from corpus.language.english import AUXILIARY, PAST_TENSE
from corpus.language.scripts import is_cjk
from corpus.language.sentences import sentences
from corpus.language.tokens import content_words
from corpus.span import Span

_QUESTION_WORDS = r"who|whom|whose|what|which|when|where|why|how"
_ORDER = r"list|tell (?:me|us)|give (?:me|us)|show (?:me|us)|describe|explain|summari[sz]e|compare|find|name"
_POLITE = r"(?:(?:and|but|also|then|so|now|please|finally|secondly|next)\b,?\s+)*"
_WISHES = r"i(?: would|['’]d)? (?:like|want|need) to know|i wonder"
_OPENS = re.compile(
    rf"^\W*{_POLITE}(?:(?:(?:in|on|at|for|from|to|by|with) )?(?:{_QUESTION_WORDS})\b|{AUXILIARY}\b|{_WISHES})",
    re.IGNORECASE,
)
# Beginnings that need no question mark; "When the ministers met, they agreed." is no question.
_OPENS_SURELY = re.compile(
    rf"^\W*{_POLITE}(?:(?:when|where|why) {AUXILIARY}\b|(?:who|whom|whose|what|which|how) (?:\w+ ){{0,2}}?{AUXILIARY}\b"
    rf"|who \w+(?:ed|s|t)\b|{_WISHES})",
    re.IGNORECASE,
)
_ORDERS = re.compile(rf"^\W*{_POLITE}(?:(?:can|could|would) you )?(?:{_ORDER})\b", re.IGNORECASE)
# At most eight other marks may follow; without that limit a message of question marks takes half a minute.
_MARK = re.compile(r"[?？؟]\W{0,8}$|か[。.]?\s?$")
# Connections of two questions in one sentence: ", and where was", "; how many", ", when did", "and was it".
_JOINS = re.compile(
    rf"(?:[,;]?\s+(?:and|but)\s+(?:also\s+|then\s+)?|;\s+)(?=(?:{_QUESTION_WORDS})\b)"
    rf"|,\s+(?=(?:when|where|why|how|what) {AUXILIARY}\b)"
    rf"|,?\s+and\s+(?={AUXILIARY} (?:it|they|he|she|there|any|anyone)\b)"
    rf"|,?\s+and\s+(?=(?:please )?(?:{_ORDER}) (?:the|all|each|every|its|their|{_QUESTION_WORDS})\b)",
    re.IGNORECASE,
)
# The same in French, German and Spanish: "Was kostet das Dach und wann wird es gedeckt?".
_WORDS_ELSEWHERE = sorted((w for w in QUESTION_WORDS_ELSEWHERE if not is_cjk(w) and w != "que"), key=len, reverse=True)
_ELSEWHERE = rf"(?:(?:à|de|pour|seit|bis|für|mit|von|por|para)\s+)?(?:{'|'.join(_WORDS_ELSEWHERE)})"
_OPENS_ELSEWHERE = re.compile(rf"^\W*{_ELSEWHERE}\b", re.IGNORECASE)
_JOINS_ELSEWHERE = re.compile(rf",?\s+(?:et|und|y)\s+(?={_ELSEWHERE}\s)", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{AUXILIARY}|\w{{2,}}ed|{PAST_TENSE})\b", re.IGNORECASE)
_ENDS_ASKING = re.compile(rf"\b(?:{_QUESTION_WORDS})\W{{0,8}}$", re.IGNORECASE)
_WHO = re.compile(r"^who \w", re.IGNORECASE)
# A clause that is no question by itself, such as "where it was held" behind "tell me".
_SUBORDINATE = re.compile(
    rf"^(?:(?:{_QUESTION_WORDS}) (?:they|he|she|it|we|i|you|the|this|these|those|that)\b"
    rf"|(?:when|where|why) (?!{AUXILIARY}\b)|how (?!(?:\w+ ){{0,3}}?{_VERB.pattern}))",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    rf"^\W*{_POLITE}(?:{_ORDER}|{_WISHES}"
    rf"|(?:can|could|would|do|does) .{{1,30}}?(?:tell (?:me|us)|know|say|show|explain)) (?:{_QUESTION_WORDS})\b",
    re.IGNORECASE,
)
# A half that needs the half before: "how does each ...", "and which were not".
_BOTH_SIDES = re.compile(
    rf"\b(?:each|both|differ\w*|compare\w*|respectively|the other|the same)\b|^which {_VERB.pattern}", re.IGNORECASE
)
# Words of each half of such a question, at least.
_LEAST_ELSEWHERE = 3
# "Did they pay? What was the answer?" asks for the reply to the question before.
_ASKS_FOR_REPLY = re.compile(
    r"^\W*(?:and )?what (?:was|is|were) (?:the|his|her|their|its) (?:answer|reply|response)\W*$", re.IGNORECASE
)
_OWN_NAME = re.compile(r"(?<=\s)(?:[A-Z][\w'’-]*[a-z0-9A-Z]|\w*\d\w*)")


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question of a message.

    Attributes:
        text: the question as typed, with the sentences that introduce it.
        is_follow_up: True if it needs the words of the question before it; None if its own words decide that.
        intent: SMALL_TALK or UNSAFE if it is not searched; None for a question.
        names: names of a long message that are searched with it but are no filters.
        language: its language if neither English nor Japanese.
        unknown: names in Japanese of persons and places that no record has.
    """

    text: str
    is_follow_up: bool | None = None
    intent: Intent | None = None
    names: tuple[str, ...] = ()
    language: str | None = None
    unknown: tuple[str, ...] = ()


def split_questions(message: str) -> list[SubQuestion]:
    """Split a message into its questions, in order.

    A sentence that asks nothing stays with the question that it introduces or follows. A sentence is split before a
    second question with its own verb, unless both need one answer ("how does each ..."); "When and where was it held?"
    is one question. A later question is a follow-up if its words refer back, and in the same sentence also if it has no
    name of its own.

    Returns:
        At least one question; a message that asks one thing is returned unchanged.
    """
    groups: list[list[str]] = [[]]
    joined: list[bool] = [False]
    for sentence in _sentences(message):
        first, *others = _clauses(sentence) if asks(sentence) else [sentence]
        if _begins_another(first, groups[-1]):
            groups.append([])
            joined.append(False)
        groups[-1].append(first)
        groups.extend([other] for other in others)
        joined.extend(True for _ in others)
    if len(groups) == 1:
        return [SubQuestion(message)]
    first, *others = (" ".join(pieces) for pieces in groups)
    follow_ups = map(_is_follow_up, others, joined[1:])
    return [SubQuestion(first), *map(SubQuestion, others, follow_ups)]


def asks(sentence: str) -> bool:
    """Return True if a sentence is a question or asks to find something."""
    if _MARK.search(sentence) or _OPENS_SURELY.search(sentence):
        return True
    # "Explain it." and "List them briefly." only say how to answer; a request to find something has more content words.
    return bool(_ORDERS.search(sentence)) and len(content_words(_ORDERS.sub("", sentence))) > 1


def _begins_another(piece: str, before: list[str]) -> bool:
    """Return True if a piece is a question beside those before; "Where?" or the rest of a split name is none."""
    if _ASKS_FOR_REPLY.match(piece) or not (asks(piece) and content_words(piece) and any(map(asks, before))):
        return False
    return bool(_OPENS.search(piece) or _ORDERS.search(piece) or _MARK.search(before[-1]))


def _sentences(message: str) -> list[str]:
    return [span.of(message) for span in sentences(message, Span(0, len(message)))]


def _clauses(sentence: str) -> list[str]:
    """Return the questions that one sentence connects."""
    for join in _JOINS.finditer(sentence):
        left, right = sentence[: join.start()], sentence[join.end() :]
        if _are_separate(left, right):
            return [left + ("?" if _MARK.search(sentence) else "."), *_clauses(right)]
    if _OPENS_ELSEWHERE.search(sentence):
        for join in _JOINS_ELSEWHERE.finditer(sentence):
            left, right = sentence[: join.start()], sentence[join.end() :]
            if min(len(left.split()), len(right.split())) >= _LEAST_ELSEWHERE:
                return [f"{left}?", right]
    return [sentence]


def _are_separate(left: str, right: str) -> bool:
    """Return True if both halves of a sentence are questions that can be answered by themselves."""
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


def _is_follow_up(question: str, joined: bool) -> bool:
    """Return True if a later question refers back or, joined to the one before in a sentence, has no own name."""
    is_short = len(content_words(question)) <= 2
    return is_short or refers_back(question) or (joined and not _OWN_NAME.search(question))

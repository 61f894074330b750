"""Judge by word order whether a name or date has the role in a sentence that the question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.answer_spans import Offsets
from assistant.understanding.answer_type import AnswerType, ExpectedAnswer
from corpus.language.names import proper_names
from corpus.language.tokens import stems


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word of the question that the sentence contains, too.

    Attributes:
        word: its form in the question.
        offsets: its offsets in the sentence, in any form.
        is_in_context: True if the headings, the title or the facts of the meeting contain it, too.
    """

    word: str
    offsets: tuple[Offsets, ...]
    is_in_context: bool


_BE = r"(?:was|were|is|are|be|been|being)"
_PARTICIPLES = frozenset(
    "held met sent led given taken begun made won chosen written said put set spoken born built known shown".split()
)
_PAST = _PARTICIPLES | frozenset("gave took began chose wrote spoke host hosts holds chairs".split())
_OBJECT = re.compile(r"\s*(?:did|does|do)\b", re.IGNORECASE)
_IS = re.compile(rf"\s*(?:(?:has|had|have|will)\s+)?{_BE}\s+(?:\w+ly\s+)?(?:the\s+)?(\w+)", re.IGNORECASE)
_DOES = re.compile(r"\s*(?:(?:has|had|have|will|would|also|first|jointly)\s+)*(\w+)", re.IGNORECASE)

_RIGHT_BEFORE = re.compile(r"[\s,)*]*(?:(?:who|which|also|has|have|had|will|then|first|officially)\s+)*$")
_BY = re.compile(r"\s+(?:\w+ly\s+)?by\s+(?:(?:the|our|its|then)\s+)*$")
_RIGHT_AFTER = re.compile(r"\s+(?:with\s+)?(?:the\s+)?$")
_WAS = re.compile(rf"[\s,]*(?:(?:has|have|had|will)\s+)?{_BE}\s+(?:{_BE}\s+)?(?:(?:\w+ly|also)\s+)?$")
_PASSIVE_BEFORE = re.compile(rf"\b{_BE}\s+(?:\w+ly\s+)?$")
_SHARED = re.compile(r"\b(?:together with|along with|as well as|in collaboration|jointly|co-\w+)\b", re.IGNORECASE)
_LIST_CONTINUES = re.compile(r"[\s*]*(?:,|,?\s*(?:and|or|&)\s)\s*(?:the\s+)?(?=[A-Z]|others\b)")
_JOINED = re.compile(r"(?:,|\band|\bor|&|\bof|\bfrom)\s+(?:the\s+)?$")


_CLAUSE_BREAK = re.compile(
    r"[;:,]|\b(?:which|who|whom|that|because|since|while|when|where|but|after|before|until|following|although|if)\b"
    r"|\sand\s(?![A-Z\d])"
)
# The day and the month before a year.
_DAY_WORDS = r"(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},?\s+)?"
_FRONT = re.compile(rf"\W*(?:(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y|[Ss]ince|[Ff]rom|[Dd]uring)\s+)?(?:the\s+)?{_DAY_WORDS}")
_WHEN_BEFORE = re.compile(rf"\b(?:on|in|by|since|from|until|during|of|beginning|starting)\s+(?:the\s+)?{_DAY_WORDS}$")
_LIMIT_BEFORE_DATE = re.compile(r"(?:by|since|until|before|after)\b")
_CITY_OF_A_COUNTRY = re.compile(r"[A-Z][\w -]*,\s*$")
# Most other words between the candidate and a shared word.
_MOST_BETWEEN = 8


def has_expected_role(expected: ExpectedAnswer, text: str, place: Offsets, shared: Sequence[SharedWord]) -> bool:
    """Return True if the word order gives a candidate the role in the sentence that the question asks for.

    Args:
        expected: the expected answer.
        text: the sentence.
        place: the offsets of the candidate.
        shared: the words of the question in the sentence.
    """
    if expected.kind in (AnswerType.WHO, AnswerType.COUNTRY):
        has_role = _is_agent_or_object(expected, text, place, {s.word: s.offsets for s in shared})
    else:
        has_role = _is_tied(expected, text, place, [p for word in shared for p in word.offsets])
    return has_role and _in_its_clause(expected, text, place, shared)


def _in_its_clause(expected: ExpectedAnswer, text: str, place: Offsets, shared: Sequence[SharedWord]) -> bool:
    """Return True if each shared word outside the context is in the clause of the candidate or of its verb."""
    verb = _DOES.match(expected.after)
    does = [p for a in shared if verb and a.word == verb.group(1).casefold() for p in a.offsets]
    ties = [place, *does, *_verbs(text, [p for a in shared for p in a.offsets])]
    # A year may be in front, before a comma; it is compared elsewhere.
    bound = [a for a in shared if not a.is_in_context and not a.word.isdigit()]
    return all(any(_in_same_clause(text, at, tie) for at in a.offsets for tie in ties) for a in bound)


def _in_same_clause(text: str, one: Offsets, other: Offsets) -> bool:
    first, second = sorted((one, other))
    return first[1] > second[0] or not _CLAUSE_BREAK.search(text[first[1] : second[0]])


def _is_agent_or_object(
    expected: ExpectedAnswer, text: str, place: Offsets, offsets: dict[str, Sequence[Offsets]]
) -> bool:
    """Return True if the candidate does, or undergoes, the action of the question."""
    start, end = place
    if _SHARED.search(text) or _list_continues(text, end, set(stems(expected.rest))) or _follows_a_name(text, start):
        return False
    if _OBJECT.match(expected.after):
        return any(_undergoes(text, place, verb) for word in offsets for verb in _verbs(text, offsets[word]))
    if is_what := _IS.match(expected.after):
        word = is_what.group(1).casefold()
        if word.endswith("ed") or word in _PARTICIPLES:
            return any(_undergoes(text, place, verb) for verb in offsets.get(word, ()))
        return any(_WAS.fullmatch(text[end : at[0]]) for at in offsets.get(word, ()) if end <= at[0])
    does = _DOES.match(expected.after)
    return does is not None and any(_does(text, place, verb) for verb in offsets.get(does.group(1).casefold(), ()))


def _list_continues(text: str, end: int, expected: set[str]) -> bool:
    """Return True if a list continues with a name that is not in the question, unlike "the minister, Canada"."""
    follows = _LIST_CONTINUES.match(text[end:])
    if not follows:
        return False
    after = [name for name in proper_names(text) if name.start == end + follows.end()]
    return not any(set(stems(text[name.start : name.end])) <= expected for name in after)


def _follows_a_name(text: str, start: int) -> bool:
    """Return True if another name precedes it in a list: "Rob Knake and Neal Higgins"."""
    joined = _JOINED.search(text[:start])
    if not joined:
        return False
    before = [name for name in proper_names(text) if name.end <= joined.start()]
    return any(not text[name.end : joined.start()].strip(" ,*") for name in before)


def _does(text: str, place: Offsets, verb: Offsets) -> bool:
    by = _BY.fullmatch(text[verb[1] : place[0]]) if verb[1] <= place[0] else None
    right_before = _RIGHT_BEFORE.fullmatch(text[place[1] : verb[0]]) if place[1] <= verb[0] else None
    return bool(by) or (bool(right_before) and not re.match(r"\s+by\b", text[verb[1] :]))


def _undergoes(text: str, place: Offsets, verb: Offsets) -> bool:
    if verb[1] <= place[0]:
        active = not _PASSIVE_BEFORE.search(text[: verb[0]])
        return active and bool(_RIGHT_AFTER.fullmatch(text[verb[1] : place[0]]))
    return bool(_WAS.fullmatch(text[place[1] : verb[0]]))


def _verbs(text: str, places: Sequence[Offsets]) -> list[Offsets]:
    return [p for p in places if text[p[0] : p[1]].endswith("ed") or text[p[0] : p[1]].casefold() in _PAST]


def _is_tied(expected: ExpectedAnswer, text: str, place: Offsets, shared: Sequence[Offsets]) -> bool:
    """Return True if the candidate is in one clause with the verbs, or with the nearest shared word without one."""
    outside = [a for a in shared if a[1] <= place[0] or place[1] <= a[0]]
    verbs = _verbs(text, outside)
    near = verbs or sorted(outside, key=lambda a: abs(a[0] - place[0]))[:1]
    return bool(near) and all(_in_one_clause(expected, text, place, a, shared) for a in near)


def _in_one_clause(
    expected: ExpectedAnswer, text: str, place: Offsets, other: Offsets, shared: Sequence[Offsets]
) -> bool:
    if other[1] <= place[0]:
        between = text[other[1] : place[0]]
        limited = _LIMIT_BEFORE_DATE.match(text[place[0] :]) or _WHEN_BEFORE.search(text[: place[0]])
        if expected.kind is AnswerType.WHEN and not limited:
            return False
        if expected.kind is AnswerType.WHERE:
            between = _CITY_OF_A_COUNTRY.sub("", between)
    else:
        between = text[place[1] : other[0]]
        if expected.kind in (AnswerType.WHEN, AnswerType.WHERE) and not _WAS.fullmatch(between):
            if not _FRONT.fullmatch(text[: place[0]]):
                return False
            between = re.sub(r"^\s*(?:\(\w+\.?\))?,", "", between)
    known = {text[a[0] : a[1]] for a in shared}
    others = [w for w in re.findall(r"[^\W_]+", between) if w not in known]
    return not _CLAUSE_BREAK.search(between) and len(others) <= _MOST_BETWEEN

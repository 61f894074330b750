"""Read the outcome that a sentence of a talk tells: "The motion is carried.", "Agreed.", "Then it's off the table."."""

import re

from assistant.minutes.outcomes import kind_of
from corpus.language.minutes_words import pattern, says, without_lead
from corpus.language.tokens import fold_text

# Words of an outcome that names no motion: "Carried.", "So ordered."
_SHORT = 4
# Words of an outcome told in the present tense, and of those behind its participle: "So the offer is accepted then."
_LONGEST, _MOST_BEHIND = 12, 3
_KINDS = ("rejected", "deferred", "withdrawn", "approved")
# Words of a reply to a question for objections.
_SHORT_REPLY = 4
_IS = re.compile(
    r"(?:\b(?:is|are|stands?|ist|sind|wird|werden|est|sont|es|son|queda|quedan)|['’](?:s|re))(?:\s+\w+){0,2}?\s+$"
)
_NOT_APPROVED = re.compile(
    r"\b(?:is|was|has|does|did) ?(?:not|n['’]t) (?:been )?(?:carr|adopt|approv|pass|accept)"
    r"|^\W*not (?:carr|adopt|approv|pass)|\bnicht (?:angenommen|genehmigt)|\bpas (?:adopté|approuvé)|\bno fue aprobad"
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# "my objection", but "my motion"; "the vote on the motion".
_BESIDE_MOTION = re.compile(
    r"\b(?:my|our|meine\w*|mon|mes|mis?)\s+(?!(?:motion|proposal|antrag|moción|propuesta)\b)\w"
    r"|(?<!\bno )\b(?!motion|proposal)\w+ (?:to|of|against|for|on|about|from|with)"
    r" (?:the|this|that|your|his|her|my) (?:motion|proposal)\b|\bobjections? (?:is |was )?withdrawn"
)
# "I rejected the motion."
_OWN_ACT = re.compile(
    r"\b(?:i|we|ich|wir|je|nous)\s+(?:\w+\s+){0,2}?"
    r"(?:reject|oppos|approv|adopt|defer|postpon|accept|carried|defeat|agreed? (?:with|to))"
)
_WITHDRAWS = re.compile(
    r"\b(?:i|we|ich|wir|je|nous)\s+(?:\w+\s+){0,2}?(?:withdraw|ziehen?|retire|retirons)\b"
    r"|\bretiro\b"
)


def is_question(sentence: str) -> bool:
    """Return True if a sentence ends with a question mark, in quotation marks or not."""
    return sentence.rstrip(" ”\"'’").endswith(("?", "？"))


def spoken_outcome(sentence: str) -> str | None:
    """Return the kind of the outcome that a sentence tells in any of the forms of talk; None for another sentence."""
    folded = without_lead(sentence)
    if is_question(folded):
        return None
    told = next((name for name in _KINDS if says("spoken", name, folded)), None)
    return told or told_outcome(folded) or _performed(folded)


def proposes_in_talk(sentence: str) -> bool:
    """Return True if a sentence of a talk makes a proposal: "I move that", "my proposal is", "let's"."""
    folded = fold_text(sentence)
    is_made = says("motion", "made", folded) or says("spoken", "proposed", folded)
    return is_made and not is_question(folded)


def asks_objections(sentence: str) -> bool:
    """Return True for a question for objections: "Anyone against?"."""
    return is_question(sentence) and says("spoken", "objections", fold_text(sentence))


def answers_objections(sentence: str) -> bool:
    """Return True for the short reply that nobody objects: "I see none.", "No."."""
    folded = fold_text(sentence)
    return len(folded.split()) <= _SHORT_REPLY and any(says("spoken", name, folded) for name in ("none", "all"))


def _performed(folded: str) -> str | None:
    """Return the kind of an outcome in the present tense, by which it is declared: "The accounts are approved."."""
    kind = kind_of(folded)
    if kind is None or len(folded.split()) > _LONGEST or _is_of_another_time(folded) or _is_of_speaker(folded):
        return None
    match = pattern("outcome", kind).search(folded)
    is_declared = match and _IS.search(folded[: match.start()])
    return kind if is_declared and match and len(folded[match.end() :].split()) <= _MOST_BEHIND else None


def told_outcome(folded: str) -> str | None:
    """Return the kind of the outcome of a motion that a folded sentence tells as minutes do; None for another one."""
    is_of_motion = names_motion(folded)
    if not is_of_motion and len(folded.split()) > _SHORT:  # "The price falls in winter"
        return None
    if _is_of_another_time(folded) or _is_of_speaker(folded):
        return None
    if says("motion", "denied", folded):  # "The motion was not rejected" leaves it open.
        return "rejected" if _NOT_APPROVED.search(folded) else None
    told = (name for name in _KINDS if says("motion", name, folded))
    return next(told, None) or (kind_of(folded) if is_of_motion else None)


def names_motion(folded: str) -> bool:
    """Return True if a folded sentence has a noun for what is decided on, such as "motion"."""
    return says("object", "generic", folded)


def _is_of_another_time(folded: str) -> bool:
    """Return True for a question, a condition, and what became of a motion in former days."""
    return (
        is_question(folded)
        or says("motion", "unreal", folded)
        or says("motion", "past", folded)
        or bool(_YEAR.search(folded))
    )


def _is_of_speaker(folded: str) -> bool:
    """Return True for what becomes of something beside the motion: "I withdraw my objection to the motion."."""
    if _BESIDE_MOTION.search(folded) or _OWN_ACT.search(folded):
        return True
    match = _WITHDRAWS.search(folded)
    behind = folded[match.end() :].lstrip() if match else ""
    if determiner := pattern("motion", "determiner").match(behind):
        behind = behind[determiner.end() :].lstrip()
    is_motion = pattern("motion", "pronoun").match(behind) or pattern("object", "generic").match(behind)
    return bool(behind.strip(" .!,")) and not is_motion

"""Find whose words a question asks for: "What did Ms. Bo say?", "Bo on cranes", "according to the chair".

A name counts only where the question makes it the speaker, so that a name that is also a common word ("Price", "May")
is taken for neither more nor less than the question says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.speakers.matching import speakers_named
from assistant.understanding.speakers.mentions import mentions
from assistant.understanding.speakers.unknown_person import is_unknown_person
from corpus.document import Document
from corpus.speech import speeches

_QUESTION_WORDS = re.compile(
    r"(?:(?:what|which|who|how|why|when|where|is|are|was|were|do|does|did|list|show|give|tell|me|all|of|summari[sz]e"
    r"|please|and|in|by|to|on|about|from)\b\s*)*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|both)\s+|と|及び")
# What several do together is told by the record, and need not be told as the words of one: "What did A and B agree?".
_JOINT_ACT = re.compile(
    r"\s+(?:both\s+|jointly\s+)?(?:agree|discuss|decide|announce|affirm|reaffirm|commit|resolve)\b", re.I
)
# The same where the records have no words of one of them: "What did A and B talk about?".
_TALK_TOGETHER = re.compile(r"\s+(?:both\s+)?(?:talk|speak|meet|exchange|negotiate)\b", re.I)
# Share of the reported words of several persons that a joint statement has as said by all of them; minutes have few.
_MOSTLY = 0.4
_LAST_FIRST = re.compile(r"[^\s,]+,\s+[^\s,]+(?:\s+[^\s,]\.?)?")


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """The person whose words a question asks for.

    Attributes:
        name: as typed.
        speakers: the names under which the records have words of the person; empty if they have none.
        found: the names as typed, one of each person with words in the records.
        missing: those of several persons of whom the records have no words, while they have some of others.
        joint: the names of the records that report words of several persons as said by all of them, as a joint
            statement does; all that such a record says is theirs.
    """

    name: str
    speakers: frozenset[str]
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    joint: frozenset[str] = frozenset()


def asked_speaker(question: str, documents: Sequence[Document]) -> AskedSpeaker | None:
    """Return whose words a question asks for; None if it asks for nobody's, or for those of a body or a country.

    Args:
        question: the question.
        documents: the records that pass its other filters.
    """
    for start, end, is_sure in mentions(question):
        start += _QUESTION_WORDS.match(question[start:end]).end()  # type: ignore[union-attr]
        typed = question[start:end].strip()
        parts = [part for part in _AND.split(_without_article(typed)) if part]
        if _LAST_FIRST.fullmatch(typed) and speakers_named(typed, documents):
            parts = [typed]
        found = {part: speakers_named(part, documents) for part in parts}
        unknown = [part for part in parts if not found[part] and is_sure and is_unknown_person(part, documents)]
        if len(parts) > 1 and (_JOINT_ACT.match(question, end) or (unknown and _TALK_TOGETHER.match(question, end))):
            continue
        if len(parts) > 1 and all(found.values()) and (joint := _joint_records([*found.values()], documents)):
            return AskedSpeaker(typed, frozenset(), tuple(parts), joint=joint)
        if parts and all(found[part] or part in unknown for part in parts):
            missing = tuple(unknown) if len(unknown) < len(parts) else ()
            speakers_found = tuple(part for part in parts if found[part])
            return AskedSpeaker(typed, frozenset().union(*found.values()), speakers_found, missing)
    return None


def _joint_records(named: Sequence[set[str]], documents: Sequence[Document]) -> frozenset[str]:
    """Return the names of the records that report words of several persons as said by all of them.

    There are none if another record has words of each of them apart, or if two of the names are of one person.
    """
    if len(set().union(*named)) < sum(map(len, named)):
        return frozenset()
    speaking = ((document, {speech.name for speech in speeches(document)}) for document in documents)
    with_words = [document for document, who in speaking if not any(map(who.isdisjoint, named))]

    def has_joint_words(document: Document) -> bool:
        reported = [speech for speech in speeches(document) if speech.is_reported]
        spans = [{(s.span.start, s.span.end) for s in reported if s.name in names} for names in named]
        together = set.intersection(*spans)
        return _MOSTLY * len(set.union(*spans)) <= len(together) > 0

    is_joint = bool(with_words) and all(map(has_joint_words, with_words))
    return frozenset(document.name for document in with_words) if is_joint else frozenset()


def _without_article(typed: str) -> str:
    return re.sub(r"^(?:the|our|this|that)\s+", "", typed.strip(), flags=re.IGNORECASE)

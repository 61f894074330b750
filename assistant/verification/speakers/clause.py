"""Find the person who is the subject of the clause before or behind a quotation, whatever its verb."""

import re
from collections.abc import Sequence

from corpus.language.english import PAST_TENSE
from corpus.language.months import CALENDAR_WORDS
from corpus.language.persons import TITLES, WORD, Person
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span

NOT = re.compile(r"\b(?:not|never|nor|neither|no|nicht|nie|pas|jamais)\b|n['’]t\b|\bno\s+dijo", re.IGNORECASE)
"""A negation before a verb."""
JOINS = frozenset("and und et y &".split())
"""Words between two persons who speak together."""
_ENDS = re.compile(r"(?:[:：]|\b(?:that|dass|que|qu['’]))\s*$", re.IGNORECASE)
_AS = re.compile(r"\s*(?:as|wie|comme|como)\s", re.IGNORECASE)
_LEAD = frozenset(
    "a an the then finally but and so yet even only later here now there again still thus meanwhile former late"
    " as und aber dann da so auch schließlich le la l puis enfin mais der die das el pues luego pero our young old"
    " colleague".split()
)
NOUN_MARKERS = frozenset("the a an der die ein eine le la un une el una".split())
"""Articles, behind which a noun stands."""
# What a clause before the main one begins with; the main clause follows a comma.
_SUBORDINATE = frozenset(
    "when after before while if because since although though once until whereas als nachdem bevor wenn weil"
    " obwohl während quand lorsque après avant si cuando después antes aunque".split()
)
_ADJUNCT = _SUBORDINATE | frozenset(
    "in on at to for with by from about against under despite during following im am auf mit bei für gegen trotz"
    " dans à en sur pour avec contre malgré para con por contra tras".split()
)
_BE = frozenset("was were is are been being be wurde wurden wird werden fut été est a-t-il fue fueron".split())
_PARTICIPLE = re.compile(r"[^\W\d_]+(?:ed|é|ée)$", re.IGNORECASE)
_PARTICIPLES = frozenset(forms[-1] for forms in word_sets("past_tenses.txt")) | frozenset(PAST_TENSE.split("|"))
_SAID = frozenset("quoted cited reported heard overheard recorded minuted".split())
_HEARING = frozenset(
    "hear hears heard quote quotes quoted cite cites cited read reads echo echoes echoed repeat repeats repeated"
    " recall recalls recalled remember remembers remembered second seconded support supported interrupt"
    " interrupted zitiert zitierte hörte citer cite cita citó entendit".split()
)
_AGREEING = frozenset("agree agrees agreed concur concurs concurred sided sides".split())
# Nouns of what somebody says or thinks.
_OWN = word_list("utterances.txt")
_NOT_OWN = frozenset(
    "to after against on about over despite upon at with for an gegen auf über à contre sur contra a".split()
)
_BEHIND = re.compile(
    r"[\s,–—:(\[-]*(?:(?:as|so|thus|wie|ainsi|comme|como|así|(?:was|is|were) (?:how|what|the way))\s+)?", re.IGNORECASE
)
_VERB_ALONE = re.compile(r"(?!versus|besides|towards|thus|unless)[a-z]+(?:s|ed)\s+")
# The rest of "On 9 June".
_DAY = re.compile(rf"(?:[\s,.]*(?:\d+(?:st|nd|rd|th)?\b|\b(?:{'|'.join(sorted(CALENDAR_WORDS))})\b))+", re.IGNORECASE)
_SHORT = re.compile(r"[–—:\[(]|\b(?:so|thus|ainsi|así)\s*$", re.IGNORECASE)


def is_passive(words: Sequence[str], at: int) -> bool:
    """Return True if the verb at an index of some words is told of its subject: "was asked", "was warned by"."""
    lowered = [word.casefold().rstrip(".") for word in words[max(0, at - 2) : at + 1]]
    is_participle = lowered[-1] in _PARTICIPLES or _PARTICIPLE.match(lowered[-1]) is not None
    return is_participle and lowered[-1] not in _SAID and not _BE.isdisjoint(lowered[:-1])


def main_clause(text: str, start: int, end: int) -> int:
    """Return where the main clause of a part of a text begins, behind a clause with "when", "after" and the like."""
    first = WORD.search(text, start, end)
    comma = text.find(",", start, end)
    is_subordinate = first is not None and first.group().casefold() in _SUBORDINATE
    return comma + 1 if is_subordinate and comma >= 0 and text[comma + 1 : end].strip(" :") else start


def owner_before(text: str, end: int, people: Sequence[Person]) -> list[Person]:
    """Return whose words those behind an offset are called: "Ms Bo's answer was short: ...", "In Bo's words, ..."."""
    for person in reversed(people):
        if re.fullmatch(r"['’]s?\s*", text[person.end : end]):  # "Bo's “...”"
            return [person]
        behind = re.match(r"(?:['’]s?)\s+(?P<nouns>[^:,]{2,60}?)\s*(?:[:,]|\bthat)\s*$", text[person.end : end])
        if behind is None:
            continue
        before = text[max(0, person.start - 30) : person.start].split()
        if before and before[-1].casefold() in _NOT_OWN:
            return []
        nouns = [word.casefold() for word in WORD.findall(behind["nouns"])][:3]
        return [person] if not _OWN.isdisjoint(nouns) and not NOT.search(behind["nouns"]) else []
    return []


def answers_another(words: Sequence[str]) -> bool:
    """Return True if words before a quotation end with what somebody reacts to: "replied to the remark"."""
    lowered = [word.casefold() for word in words[-3:]]
    return len(lowered) > 2 and lowered[-1] in _OWN and lowered[0] in _NOT_OWN - {"with"}


def subject_before(text: str, start: int, end: int, people: Sequence[Person]) -> list[Person]:
    """Return the persons who are the subject of the clause that introduces a quotation; none where nobody is.

    Args:
        text: the text.
        start: where the sentence of the quotation begins.
        end: where the quotation begins.
        people: the persons named between them.
    """
    lead = text[start:end]
    ending = _ENDS.search(lead) or (re.search(r",\s*$", lead) if _AS.match(lead) else None)
    if ending is None:
        return []
    end, start = start + ending.start(), main_clause(text, start, end)
    first = WORD.search(text, start, end)
    subject = next((person for person in people if start <= person.start < end), None)
    if first and subject and first.start() <= subject.start and is_adjunct(first.group().casefold()):
        day = _DAY.match(text, first.end(), subject.start)
        is_day = day is not None and _leads(text[day.end() : subject.start])
        behind = subject.start if is_day else text.find(",", start, end) + 1 or end
        following = next((person for person in people if behind <= person.start < end), None)
        if first.start() < subject.start or (following and _leads(text[behind : following.start])):
            start, subject = behind, following
    if subject is None or not _leads(text[start : subject.start]):
        return []
    rest = text[subject.end : end]
    if rest[:2] in ("'s", "’s") or rest[:1] in "’'" or NOT.search(rest):
        return []
    words = [word.group() for word in WORD.finditer(re.sub(r"\([^()]*\)", " ", rest))]
    if any(is_passive(words, at) for at in range(len(words))):
        return []
    others = [person for person in people if subject.end <= person.start < end]
    if not _HEARING.isdisjoint(word.casefold() for word in words):
        return others[:1]
    if words and words[0].casefold() in _AGREEING:
        return [subject, *others]
    joined = bool(others) and text[subject.end : others[0].start].strip() in JOINS
    return [subject, others[0]] if joined else [subject]


def subject_behind(text: str, end: int, limit: int, people: Sequence[Person]) -> list[Person]:
    """Return the person who is the subject of the clause directly behind a quotation that begins its sentence.

    Args:
        text: the text.
        end: where the quotation ends.
        limit: where its sentence ends.
        people: the persons named between them.
    """
    lead = _BEHIND.match(text, end, limit)
    subject = people[0] if people else None
    if lead is None or subject is None:
        return []
    if re.fullmatch(r"\s*(?:was|is|were|are)\s+", text[end : subject.start]):  # "... was Ms Bo's plea"
        noun = (
            WORD.search(text, subject.end + 2, limit) if text[subject.end : subject.end + 2] in ("'s", "’s") else None
        )
        return [subject] if noun and noun.group().casefold().rstrip(".") in _OWN else []
    is_last = not text[subject.end : limit].strip(" .)]\n")
    if is_last and _VERB_ALONE.fullmatch(text, lead.end(), subject.start):
        return [subject]
    if not _leads(text[lead.end() : subject.start]):
        return []
    rest = text[subject.end : limit].strip(" .)]\n")
    words = [word.group() for word in WORD.finditer(rest)]
    if rest[:1] in tuple("'’") or NOT.search(rest) or any(is_passive(words, at) for at in range(len(words))):
        return []
    return [subject] if words or _SHORT.search(text[end : subject.start]) else []


def is_adjunct(word: str) -> bool:
    """Return True if a word in lower case begins an adjunct, behind which a comma and the main clause follow."""
    return word in _ADJUNCT or word.endswith(("ly", "ing", "ed"))


def _leads(words: str) -> bool:
    """Return True if nothing stands before a subject but articles, adverbs and titles."""
    plain = [m.group().rstrip(".") for m in WORD.finditer(words)]
    if len(plain) > 1 and plain[-2].casefold() in NOUN_MARKERS and plain[-1].islower() and plain[-1] not in STOP_WORDS:
        plain = plain[:-2]  # "the economist Ann Bo"
    return "," not in words.strip().rstrip(",") and all(
        word in _LEAD or word in TITLES or word.endswith("ly") for word in map(str.casefold, plain)
    )


def relative_before(text: str, start: int, end: int, people: Sequence[Person]) -> list[Person]:
    """Return the person whom a relative clause before a quotation is about: "Ms Bo met Mr Ek, who said: ..."."""
    who = next(iter(list(re.finditer(r",?\s+who\s", text[start:end]))[-1:]), None)
    if who is None or "," in text[start + who.end() : end].rstrip(" ,:"):
        return []
    return [person for person in people if text[person.end : start + who.start()].strip(" .") == ""][-1:]


def sentence_end(cuts: Sequence[Span], at: int) -> int:
    """Return the end of the sentence that an offset is in, or `at`."""
    return next((s.end for s in cuts if s.start < at <= s.end), at)

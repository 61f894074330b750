"""Find the persons to whom the words around a quotation give it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.verification.speakers.clause import (
    JOINS,
    NOT,
    answers_another,
    is_adjunct,
    is_passive,
    main_clause,
    owner_before,
    relative_before,
    sentence_end,
    subject_before,
    subject_behind,
)
from corpus.language.persons import TITLES, WORD, Person, gender_of, is_same_person, is_title, last_word, persons
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list
from corpus.span import Span

_VERBS = word_list("reporting_verbs.txt")
_NO_SUBJECT = frozenset(
    "to of by with for from against about than like behind beside under before after towards toward at in on via an mit"
    " von für gegen à par avec pour contre a con por para".split()
)
_PRONOUNS = frozenset(
    "he she they it we i you one er sie es wir ich il elle ils elles nous je on él ella ellos".split()
)
_ONE = frozenset("he she er sie il elle él ella".split())
_ARTICLES = frozenset("der die das den dem des ein eine einen einem einer eines".split())
_GAP = frozenset("by the a an out le la l der die das el mr".split())
_TURNS = frozenset("but then while und aber mais pero puis dann".split())
_ACCORDING = re.compile(
    r"(?i:\baccording to|\bin the (?:words|view|opinion|eyes|account|judge?ment) of|\bto quote|\bquoting"
    r"|\b(?:heard|came|comes) from|\bselon"
    r"|\b(?:quotations?|quotes?|statements?|remarks?|words|testimony|position|speech) (?:of|by|from)"
    r"|\bd['’]après|\blaut|\bnach (?:Angaben|Ansicht|Meinung|Worten) von|\bsegún|\ben palabras de"
    r"|^\s*(?:for|to|per|pour|für|para))\s+"
    r"(?:[^\W\d_A-Z]+\s+){0,4}(?:[^\W\d_A-Z]+,\s+)?$"
)
_QUOTING = frozenset("quote quotes quoted cite cites cited".split())
_BETWEEN_QUOTES = frozenset(("", "and", "und", "et", "y", "that", "and that", "dass", "que"))
MARKS = " \t\n\"'“”„‟‘’‚‛«»‹›"
# Words between a name and its verb, and between the verb and the words.
_MOST_BETWEEN = 8
_MOST_BEHIND = 14
# The rest of "(Bo, 3 May 2031)".
_IN_BRACKETS = re.compile(r",[^()\[\]]*\d[^()\[\]]*[)\]]")
_CLAUSE = re.compile(r",\s+(?!that\b|and that\b|which\b|who\b|whose\b|where\b|when\b|if\b|dass\b|que\b)")


def speakers_beside(text: str, quoted: Span, others: Sequence[Span] = (), is_marked: bool = True) -> list[Person]:
    """Return the persons to whom the words around a quotation give it; none where they name nobody.

    Args:
        text: the paragraph.
        quoted: the quotation, without its marks.
        others: the other quotations of the paragraph, in which nobody of it speaks.
        is_marked: False for words of a sentence that stand in no marks.
    """
    cuts = sentences_of(text)
    whole, text = text, _blank(text, [*others, quoted])
    start = max([s.end for s in others if s.end <= quoted.start], default=0)
    begin = next((s.start for s in cuts if s.start <= quoted.start < s.end), start)
    segment_start = max(start, begin)
    segment = text[segment_start : quoted.start]
    segment = segment.rstrip(MARKS)
    found = _before(text, cuts, segment_start, segment, is_marked)
    if not found and (is_marked or segment.endswith((" that", " dass", " que"))):
        people = _persons(text, segment_start, segment_start + len(segment))
        found = subject_before(text, segment_start, segment_start + len(segment), people)
    if not found and is_marked:
        found = _behind(text, cuts, quoted.end) or _clause_behind(text, whole, cuts, quoted, segment)
    if not found and start and text[start : quoted.start].strip(MARKS + ",.;:") in _BETWEEN_QUOTES:
        before = max(s for s in others if s.end <= quoted.start)
        return speakers_beside(text, before, [s for s in others if s.end < before.end])
    return found


def _before(text: str, cuts: Sequence[Span], start: int, segment: str, is_marked: bool) -> list[Person]:
    """Return the subject of the last verb of speech in the words before a quotation."""
    plain = segment.rstrip(" ,:;–—-")
    end = start + len(segment)
    start = start if _ONE & {w.casefold() for w in segment.split()} else main_clause(text, start, end)
    segment = text[start:end]
    people = _persons(text, start, end)
    if owners := owner_before(text, end, people) or relative_before(text, start, end, people):
        return owners
    label = people[0] if people else None
    if (
        label
        and segment.rstrip().endswith(":")
        and text[label.end : start + len(segment)].strip(" :") == ""
        and not text[start : label.start].strip()
    ):
        return [label]
    words = list(WORD.finditer(text, start, start + len(plain)))
    spoken = [at for at, word in enumerate(words) if _is_verb(word)]
    if (
        people
        and _ACCORDING.search(text[start : people[-1].start])
        and not [v for v in spoken if words[v].start() > people[-1].end]
    ):
        return [people[-1]]
    if not spoken or len(words) - spoken[-1] - 1 > (_MOST_BEHIND if is_marked else 2 * _MOST_BEHIND):
        return []
    verb = words[spoken[-1]]
    if not is_marked and _CLAUSE.search(text[verb.end() : start + len(segment)]):
        return []
    if NOT.search(text[max(start, verb.start() - 25) : verb.start()]):
        return []
    if is_passive([word.group() for word in words], spoken[-1]):
        return []
    if answers_another([word.group() for word in words]):
        return []
    object_ = next((person for person in people if person.start >= verb.end()), None)
    if verb.group().casefold() in _QUOTING and object_:
        return [object_]
    return _subject(text, cuts, start, verb, words, people, start + len(plain))


def _subject(
    text: str,
    cuts: Sequence[Span],
    start: int,
    verb: re.Match[str],
    words: list[re.Match[str]],
    people: list[Person],
    end: int,
) -> list[Person]:
    """Return the persons who are the subject of a verb, or, where none is before it, the one directly behind it."""
    before = [person for person in people if person.end <= verb.start()]
    for at in range(len(before) - 1, -1, -1):
        person = before[at]
        between = [word.group() for word in words if person.end <= word.start() < verb.start()]
        if text[person.end : person.end + 2] in ("'s", "’s"):
            return []
        object_of = last_word(text, start, person.start)
        if object_of in _NO_SUBJECT or (at and object_of.endswith("ing")):
            continue
        lowered = [word.casefold() for word in between]
        if _PRONOUNS & set(lowered) and "who" not in lowered:
            return _meant(before, _ONE & set(lowered), text, cuts, start)
        if len(between) > _MOST_BETWEEN:
            return []
        if {*lowered} & (JOINS | _TURNS):
            return before
        joined = at > 0 and text[before[at - 1].end : person.start].strip() in JOINS
        return before[at - 1 : at + 1] if joined else [person]
    lead = [word.group().casefold() for word in words if word.end() <= verb.start()]
    if set(lead) & _ONE:
        return antecedent(text, cuts, start)
    behind = [person for person in people if person.start >= verb.end()]
    if (
        not set(lead) & _PRONOUNS
        and len(lead) < 2
        and behind
        and not text[verb.end() : behind[0].start].strip()
        and not text[behind[0].end : end].strip(" ,:")
    ):
        return [behind[0]]
    return []


def _meant(
    before: Sequence[Person], pronouns: frozenset[str], text: str, cuts: Sequence[Span], start: int
) -> list[Person]:
    """Return whom "he" or "she" means: the only person before it in its sentence, or that of the sentence before."""
    if not pronouns:
        return []
    genders = {gender_of(person.name.split()[0]) for person in before} - {None}
    is_one = len(before) == 1 and genders <= pronouns
    return list(before) if is_one else antecedent(text, cuts, start)


def _behind(text: str, cuts: Sequence[Span], end: int) -> list[Person]:
    """Return the speaker in the words directly behind a quotation: "..., said Ms. Bo", "..., Ms. Bo said"."""
    sentence = next((s.end for s in cuts if s.start < end <= s.end), end)
    following = next((s.end for s in cuts if s.start >= end), sentence)
    tail_start = end + len(text[end:]) - len(text[end:].lstrip(MARKS + ",.-–—"))
    is_bare = not text[end:tail_start].strip(MARKS + ".,–—-")
    limit = following if sentence <= tail_start and is_bare else sentence
    people = _persons(text, tail_start, limit)
    words = list(WORD.finditer(text, tail_start, limit))[:7]
    if _says_pronoun(words):
        return antecedent(text, cuts, _sentence_start(cuts, end))
    if not words or not people:
        return []
    person, first = people[0], words[0].group().casefold()
    if verb := next((word for word in words[:2] if _is_verb(word) and word.end() <= person.start), None):
        gap = set(WORD.findall(text[verb.end() : person.start].casefold()))
        is_apart = verb.group().endswith(".") or "," in text[verb.end() : person.start]
        return [person] if gap <= _GAP | TITLES and not is_apart else []
    if person.start == words[0].start() or (first in ("the",) and person.start == words[1].start()):
        between = [word for word in words if person.end <= word.start()][:3]
        verbs = [word for word in between if _is_verb(word)]
        # "“We go.” Ms. Bo said that ...": a sentence of its own gives its words to her, not those before it.
        is_own = (
            any(end <= s.start <= tail_start for s in cuts) and len(text[verbs[0].end() : limit].split()) > 2
            if verbs
            else False
        )
        if verbs and is_passive([word.group() for word in between], between.index(verbs[0])):
            return []
        if verbs and not is_own and not NOT.search(text[person.end : verbs[0].start()]):
            return [person]
        only = text[person.end : limit].strip(" .\n") in ("", ")", "]") or _IN_BRACKETS.match(text, person.end, limit)
        is_attributed = any(c in text[end:tail_start] for c in "–—-")
        return [person] if only and (is_attributed or text[person.start - 1] in "([") else []
    if _ACCORDING.search(text[tail_start : person.start]) and not text[tail_start : person.start].count(","):
        return [person]
    return []


def _clause_behind(text: str, whole: str, cuts: Sequence[Span], quoted: Span, before: str) -> list[Person]:
    """Return the subject of the clause behind a quotation that begins its sentence and does not end it."""
    limit = sentence_end(cuts, quoted.end)
    tail = text[quoted.end : limit].lstrip(MARKS)
    is_apart = whole[quoted.end - 1] in ",:" or tail[:1] in tuple(",:–—-[(") or tail.startswith(("was ", "is "))
    if before.strip(MARKS) or not is_apart:
        return []
    start = limit - len(tail)
    return subject_behind(text, start, limit, _persons(text, start, limit))


def _persons(text: str, start: int, end: int) -> list[Person]:
    """Return the persons named in a part of a text; "Sie" and a German noun behind its article name nobody."""
    return [
        person
        for person in map(_without_lead, persons(text, start, end))
        if not _PRONOUNS.issuperset(person.words)
        and (person.is_titled or last_word(text, max(0, person.start - 20), person.start) not in _ARTICLES)
    ]


def _without_lead(person: Person) -> Person:
    """Return a person without the word with a capital that begins a sentence before the name: "Against Bo"."""
    first, _, rest = person.name.partition(" ")
    if not rest or len(person.words) < 2 or is_title(first) or not is_adjunct(first.casefold()):
        return person
    words = person.words[1:]
    return replace(person, start=person.end - len(rest), name=rest, words=words, is_titled=len(words) > 1)


def _says_pronoun(words: Sequence[re.Match[str]]) -> bool:
    lowered = [word.group().casefold().rstrip(".") for word in words[:2]]
    return len(lowered) == 2 and bool(set(lowered) & _ONE) and bool(set(lowered) & _VERBS)


def antecedent(text: str, cuts: Sequence[Span], start: int) -> list[Person]:
    """Return whom "he" or "she" behind an offset means: the only person of the sentence before it."""
    before = [s for s in cuts if s.start < start]
    people = _persons(text, before[-1].start, min(before[-1].end, start)) if before else []
    first = people[:1]
    return first if first and all(is_same_person(first[0], person) for person in people) else []


def _is_verb(word: re.Match[str]) -> bool:
    return word.group().casefold().rstrip(".") in _VERBS


def _blank(text: str, spans: Sequence[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def _sentence_start(cuts: Sequence[Span], at: int) -> int:
    return next((s.start for s in cuts if s.start < at <= s.end), 0)


def sentences_of(text: str) -> list[Span]:
    """Return the sentences of a text."""
    return sentences(text, Span(0, len(text))) if text.strip() else []

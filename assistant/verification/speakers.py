"""Compare the person to whom a report gives a quotation with the person who says the words in the record."""

import re
from collections.abc import Sequence

from assistant.verification.quotations import Quotation, quotations
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.document import Document
from corpus.language.persons import TITLES, WORD, Person, is_same_person, is_title, last_word, persons, without_accents
from corpus.language.sentences import sentences
from corpus.language.tokens import fold_text, folded_words
from corpus.language.word_lists import word_list
from corpus.span import Span
from corpus.speech import speech_at
from corpus.transcript import turn_at, turns

_VERBS = word_list("reporting_verbs.txt")
_NO_SUBJECT = frozenset(
    "to of by with for from against about than like behind beside under before after towards toward at in on via an mit"
    " von für gegen à par avec pour contre a con por para".split()
)
_PRONOUNS = frozenset(
    "he she they it we i you one er sie es wir ich il elle ils elles nous je on él ella ellos".split()
)
_ONE = frozenset("he she er sie il elle él ella".split())
_GAP = frozenset("by the a an out le la l der die das el mr".split())
_JOINS = frozenset("and und et y &".split())
_TURNS = frozenset("but then while und aber mais pero puis dann".split())
_NOT = re.compile(r"\b(?:not|never|nor|neither|no|nicht|nie|pas|jamais)\b|n['’]t\b|\bno\s+dijo", re.IGNORECASE)
_ACCORDING = re.compile(
    r"(?i:\baccording to|\bin the words of|\bto quote|\bselon|\blaut|\bnach Angaben von|\bsegún)\s+"
    r"(?:[^\W\d_A-Z]+\s+){0,4}(?:[^\W\d_A-Z]+,\s+)?$"
)
_BETWEEN_QUOTES = frozenset(("", "and", "und", "et", "y", "that", "and that", "dass", "que"))
_EXPLAINED = re.compile(r"\b(he|she|him|her|his)\s*\[([^\[\]]{1,80})\]", re.IGNORECASE)
_MARKS = " \t\n\"'“”„‟‘’‚‛«»‹›"
# Characters of a turn before some words in which it may name another whom it quotes.
_AROUND = 200
# Characters around a quotation in which its speaker is looked for.
_REACH = 500
# Words between a name and its verb, and between the verb and the words.
_MOST_BETWEEN = 8
_MOST_BEHIND = 14
_CLAUSE = re.compile(r",\s+(?!that\b|and that\b|which\b|who\b|whose\b|where\b|when\b|if\b|dass\b|que\b)")


def speakers_beside(text: str, quoted: Span, others: Sequence[Span] = (), is_marked: bool = True) -> list[Person]:
    """Return the persons to whom the words around a quotation give it; none where they name nobody.

    Args:
        text: the paragraph.
        quoted: the quotation, without its marks.
        others: the other quotations of the paragraph, in which nobody of it speaks.
        is_marked: False for words of a sentence that stand in no marks.
    """
    cuts = _sentences(text)
    text = _blank(text, [*others, quoted])
    start = max([s.end for s in others if s.end <= quoted.start], default=0)
    begin = next((s.start for s in cuts if s.start <= quoted.start < s.end), start)
    segment_start = max(start, begin)
    segment = text[segment_start : quoted.start]
    found = _before(text, cuts, segment_start, segment.rstrip(_MARKS), is_marked)
    if not found and is_marked:
        found = _behind(text, cuts, quoted.end)
    if not found and start and text[start : quoted.start].strip(_MARKS + ",.;:") in _BETWEEN_QUOTES:
        before = max(s for s in others if s.end <= quoted.start)
        return speakers_beside(text, before, [s for s in others if s.end < before.end])
    return found


def record_speakers(document: Document, span: Span) -> list[Person]:
    """Return the persons of whom the record says that these are their words; none where it does not say."""
    turn = turn_at(document, span.start)
    speech = speech_at(document, span) if turn else None
    found = _turn_persons(speech.name) if speech else []
    near = _near(document, span)
    if near is None:
        return found
    text = near.of(document.text)
    marked = [q.span for q in quotations(ReportText("", (Paragraph(text, ""),)))]
    inner = Span(span.start - near.start, min(span.end, near.end) - near.start)
    around = next((q for q in marked if q.start <= inner.start and inner.end <= q.end), None)
    if around is None and any(q.overlaps(inner) for q in marked):
        return found
    others = [q for q in marked if q != around and q.end <= (around or inner).start]
    reported = speakers_beside(text, around or inner, others, around is not None)
    return [*found, *(person for person in reported if not turn or person.is_titled)]


def _near(document: Document, span: Span) -> Span | None:
    """Return the words of the paragraph that a span begins in, of a long one the sentences around; None for none."""
    block = next((b.words for b in document.outline if b.span.start <= span.start < b.span.end), None)
    if block is None or span.start < block.start:
        return None
    start = max(block.start, span.start - _REACH)
    return Span(start, max(min(block.end, span.end + _REACH), span.start + 1))


def report_speakers(report: ReportText, quotation: Quotation, quoted: Sequence[Span]) -> list[Person]:
    """Return the persons to whom a report gives a quotation, in its paragraph or at the end of the one before.

    Args:
        report: the report.
        quotation: the quotation.
        quoted: the spans of all quotations of its paragraph.
    """
    text = report.paragraphs[quotation.paragraph].text
    start, end = max(0, quotation.span.start - _REACH), quotation.span.end + _REACH
    near = [s for s in quoted if s != quotation.span and start <= s.start and s.end <= end]
    shifted = [Span(span.start - start, span.end - start) for span in (quotation.span, *near)]
    found = speakers_beside(text[start:end], shifted[0], shifted[1:])
    if found or not quotation.paragraph or text[: quotation.span.start].strip(_MARKS):
        return found
    before = report.paragraphs[quotation.paragraph - 1]
    lead = before.text.rstrip()
    if before.note is not None or not lead.endswith((":", "：", ",")):
        return []
    marked = [q.span for q in quotations(ReportText("", (before,)))]
    return speakers_beside(f"{lead} x", Span(len(lead) + 1, len(lead) + 2), marked)


def speaker_conflict(said_by: Sequence[Person], document: Document, span: Span) -> tuple[str, str] | None:
    """Return the names of the report's and of the record's speaker of some words; None where they may be one person.

    Nothing is claimed where the record does not say who speaks, or the report's name may be that of no person.
    """
    people = [p for p in said_by if is_known_person(p, document) and not _is_body(p, document)]
    recorded = record_speakers(document, span) if people else []
    if not recorded or any(is_same_person(one, other) for one in said_by for other in recorded):
        return None
    turn = turn_at(document, span.start)
    around = document.text[max(turn.words.start, span.start - _AROUND) : span.end] if turn else ""
    spoken = fold_text(without_accents(around))
    if any(re.search(rf"\b{re.escape(person.words[-1])}\b", spoken) for person in people):
        return None  # the speaker may quote that person
    return people[0].name, recorded[-1].name


def _is_body(person: Person, document: Document) -> bool:
    """Return True if a name without a title is that of the record, its meeting or its publisher: no person's."""
    meeting = document.meeting
    named = " ".join(filter(None, (document.title, document.publisher, meeting.forum, meeting.name)))
    own_words = set(folded_words(without_accents(named)))
    if is_title(person.name.split()[0]) or not own_words.issuperset(person.words):
        return False
    speakers = {turn.speaker for turn in turns(document)}
    return not any(is_same_person(person, other) for name in speakers for other in _turn_persons(name))


def _turn_persons(label: str) -> list[Person]:
    return list(persons(label.title() if label.isupper() else label))


def inserted_conflict(quote: str, document: Document, span: Span) -> tuple[str, str] | None:
    """Return the person whom a report inserts behind "he" or "she", and whom the record means; None for none."""
    for bracket in _EXPLAINED.finditer(quote):
        inserted = [person for person in persons(bracket[2]) if person.is_titled]
        near = _near(document, span) if inserted else None
        text = near.of(document.text) if near else ""
        first = span.start - near.start if near else 0
        pronoun = re.search(rf"\b{bracket[1]}\b", text[first:], re.IGNORECASE)
        if pronoun is None:
            continue
        at = first + pronoun.start()
        begin = next((s.start for s in _sentences(text) if s.start <= at < s.end), at)
        meant = [] if list(persons(text, begin, at)) else _antecedent(text, _sentences(text), begin)
        if meant and not is_same_person(inserted[0], meant[0]):
            return inserted[0].name, meant[0].name
    return None


def is_known_person(person: Person, document: Document) -> bool:
    """Return True if a name is surely that of a person: by its title, or because the record has it as one."""
    if person.is_titled:
        return True
    word = re.escape(person.name.split()[-1])
    for place in re.finditer(rf"\b{word}\b", document.text):
        before = document.text[max(0, place.start() - 60) : place.start()].split()[-2:]
        if any(map(is_title, before[-1:])) or (len(before) == 2 and before[-1][:1].isupper() and is_title(before[0])):
            return True
    return False


def _before(text: str, cuts: Sequence[Span], start: int, segment: str, is_marked: bool) -> list[Person]:
    """Return the subject of the last verb of speech in the words before a quotation."""
    plain = segment.rstrip(" ,:;–—-")
    people = list(persons(text, start, start + len(segment)))
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
    if _NOT.search(text[max(start, verb.start() - 25) : verb.start()]):
        return []
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
            return _antecedent(text, cuts, start) if _ONE & set(lowered) else []
        if len(between) > _MOST_BETWEEN:
            return []
        if {*lowered} & (_JOINS | _TURNS):
            return before
        joined = at > 0 and text[before[at - 1].end : person.start].strip() in _JOINS
        return before[at - 1 : at + 1] if joined else [person]
    lead = [word.group().casefold() for word in words if word.end() <= verb.start()]
    if set(lead) & _ONE:
        return _antecedent(text, cuts, start)
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


def _behind(text: str, cuts: Sequence[Span], end: int) -> list[Person]:
    """Return the speaker in the words directly behind a quotation: "..., said Ms. Bo", "..., Ms. Bo said"."""
    sentence = next((s.end for s in cuts if s.start < end <= s.end), end)
    following = next((s.end for s in cuts if s.start >= end), sentence)
    tail_start = end + len(text[end:]) - len(text[end:].lstrip(_MARKS + ",.-–—"))
    is_bare = not text[end:tail_start].strip(_MARKS + ".,–—-")
    limit = following if sentence <= tail_start and is_bare else sentence
    people = list(persons(text, tail_start, limit))
    words = list(WORD.finditer(text, tail_start, limit))[:7]
    if _says_pronoun(words):
        return _antecedent(text, cuts, _sentence_start(cuts, end))
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
        if verbs and not is_own and not _NOT.search(text[person.end : verbs[0].start()]):
            return [person]
        only = text[person.end : limit].strip(" .\n") in ("", ")")
        is_attributed = any(c in text[end:tail_start] for c in "–—-")
        return [person] if only and (is_attributed or text[person.start - 1] == "(") else []
    if _ACCORDING.search(text[tail_start : person.start]) and not text[tail_start : person.start].count(","):
        return [person]
    return []


def _says_pronoun(words: Sequence[re.Match[str]]) -> bool:
    lowered = [word.group().casefold().rstrip(".") for word in words[:2]]
    return len(lowered) == 2 and bool(set(lowered) & _ONE) and bool(set(lowered) & _VERBS)


def _antecedent(text: str, cuts: Sequence[Span], start: int) -> list[Person]:
    """Return whom "he" or "she" behind an offset means: the only person of the sentence before it."""
    before = [s for s in cuts if s.start < start]
    people = list(persons(text, before[-1].start, min(before[-1].end, start))) if before else []
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


def _sentences(text: str) -> list[Span]:
    return sentences(text, Span(0, len(text))) if text.strip() else []

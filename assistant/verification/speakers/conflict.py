"""Compare the person to whom a report gives a quotation with the person who says the words in the record."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from assistant.verification.quotations import Quotation, quotations, source_line_behind
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.speakers.beside import MARKS, antecedent, sentences_of, speakers_beside
from corpus.document import Document
from corpus.language.persons import Person, is_same_person, is_title, persons, without_accents
from corpus.language.tokens import fold_text, folded_words
from corpus.span import Span
from corpus.speech import name_bearers, speech_at
from corpus.transcript import turn_at, turns

_EXPLAINED = re.compile(r"\b(he|she|him|her|his)\s*\[([^\[\]]{1,80})\]", re.IGNORECASE)
# Characters of a turn before some words in which it may name another whom it quotes.
_AROUND = 200
# Characters around a quotation in which its speaker is looked for.
_REACH = 500
# Characters of a line up to a quotation that may be only the name of its speaker.
_LONGEST_LABEL = 100
# Characters between a quotation and the mark of its footnote.
_TO_MARK = 2


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
    if turn and around and any(person.is_titled for person in reported):
        return [person for person in reported if person.is_titled]  # the speaker quotes another
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
        quoted: the spans of all quotations of its paragraph, in order.
    """
    text = report.paragraphs[quotation.paragraph].text
    start, end = max(0, quotation.span.start - _REACH), quotation.span.end + _REACH
    first, behind = bisect_left(quoted, start, key=lambda s: s.start), bisect_left(quoted, end, key=lambda s: s.start)
    near = [s for s in quoted[first:behind] if s != quotation.span and s.end <= end]
    shifted = [Span(span.start - start, span.end - start) for span in (quotation.span, *near)]
    found = speakers_beside(text[start:end], shifted[0], shifted[1:]) or _label(text[: quotation.span.start])
    if not found and (line := quotation.citation or source_line_behind(report, quotation)):
        found = list(persons(line))[:1]
    if not found and (context := report.paragraphs[quotation.paragraph].context):
        found = list(persons(context.rpartition("; ")[2]))[:1]
    if not found:
        found = _in_footnote(report, quotation)
    if found or not quotation.paragraph or text[: quotation.span.start].strip(MARKS):
        return found
    before = report.paragraphs[quotation.paragraph - 1]
    lead = before.text.rstrip()
    if before.note is not None:
        return []
    if name := _only_name(lead):
        return [name]
    if not lead.endswith((":", "：", ",")):
        return []
    marked = [q.span for q in quotations(ReportText("", (before,)))]
    return speakers_beside(f"{lead} x", Span(len(lead) + 1, len(lead) + 2), marked)


def _in_footnote(report: ReportText, quotation: Quotation) -> list[Person]:
    """Return the person with a title whose name begins the footnote of a quotation: "Ms Bo, hearing of 3 June"."""
    paragraph, end = report.paragraphs[quotation.paragraph], quotation.span.end
    notes = {pointer.note for pointer in paragraph.pointers if end <= pointer.place <= end + _TO_MARK}
    texts = [other.text for other in report.paragraphs if notes and other.note in notes][:1]
    return [
        p for text in texts for p in _titled(text) if not text[: p.start].strip() and text[p.end : p.end + 1] == ","
    ]


def _label(lead: str) -> list[Person]:
    """Return the person whose name stands alone before a quotation on its line: "Bo — “...”", "| Bo | “...” |"."""
    line = lead.rstrip(MARKS)[-_LONGEST_LABEL - 1 :].rpartition("\n")[2]
    name = line.strip(MARKS + ":#*_|()[]–—•-") if len(line) <= _LONGEST_LABEL else ""
    return [person for person in list(persons(name))[:1] if person.end - person.start == len(name)]


def _only_name(text: str) -> Person | None:
    """Return the person whose name is a whole heading; None for other text."""
    name = text.strip(MARKS + ":#*_")
    return next((p for p in list(persons(name))[:1] if p.end - p.start == len(name)), None)


def _titled(text: str) -> list[Person]:
    """Return the first person of a text if a title stands before the name."""
    return [p for p in list(persons(text))[:1] if is_title(p.name.split()[0])]


def speaker_conflict(said_by: Sequence[Person], document: Document, span: Span) -> tuple[str, str] | None:
    """Return the names of the report's and of the record's speaker of some words; None where they may be one person.

    Nothing is claimed where the record does not say who speaks, or the report's name may be that of no person.
    """
    people = [p for p in said_by if is_known_person(p, document) and not _is_body(p, document)]
    recorded = [_whole(person, document) for person in record_speakers(document, span)] if people else []
    if not recorded or any(is_same_person(one, other) for one in said_by for other in recorded):
        return None
    turn = turn_at(document, span.start)
    around = document.text[max(turn.words.start, span.start - _AROUND) : span.end] if turn else ""
    around = around[: len(around) - len(span)].rpartition(". ")[2] + span.of(document.text) if turn else ""
    spoken = fold_text(without_accents(around))
    if any(re.search(rf"\b{re.escape(person.words[-1])}\b", spoken) for person in people):
        return None  # the speaker may quote that person
    return people[0].name, recorded[-1].name


def _whole(person: Person, document: Document) -> Person:
    """Return a person with the full name that the record has for a family name alone, if it has only one."""
    named = name_bearers(document, person.words[-1]) if len(person.words) == 1 else []
    whole = [other for name in named for other in persons(name) if is_same_person(person, other)]
    return replace(person, words=whole[0].words) if len(whole) == 1 else person


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
        begin = next((s.start for s in sentences_of(text) if s.start <= at < s.end), at)
        meant = [] if list(persons(text, begin, at)) else antecedent(text, sentences_of(text), begin)
        if meant and not is_same_person(inserted[0], meant[0]):
            return inserted[0].name, meant[0].name
    return None


def is_known_person(person: Person, document: Document) -> bool:
    """Return True if a name is surely that of a person: by its title, or because the record has it as one."""
    if person.is_titled or any(is_same_person(person, p) for t in turns(document) for p in _turn_persons(t.speaker)):
        return True
    word = re.escape(person.name.split()[-1])
    for place in re.finditer(rf"\b{word}\b", document.text):
        before = document.text[max(0, place.start() - 60) : place.start()].split()[-2:]
        if any(map(is_title, before[-1:])) or (len(before) == 2 and before[-1][:1].isupper() and is_title(before[0])):
            return True
        if before[-1:] and before[-1].islower():  # "Mr Pim de Vries"
            named = persons(document.text, max(0, place.start() - 60), place.end())
            if any(p.end == place.end() and is_title(p.name.split()[0]) for p in named):
                return True
    return False

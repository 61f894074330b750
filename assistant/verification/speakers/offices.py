"""Compare the office to which a report or a record gives some words: "the chair said" names its holder."""

import re
from collections.abc import Iterable, Sequence

from assistant.verification.quotations import quotations
from assistant.verification.readers.report import Paragraph, ReportText
from corpus.document import Document
from corpus.language.persons import Person, is_same_person, persons
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list
from corpus.span import Span
from corpus.speech import office_holders
from corpus.transcript import turns

_OFFICES = (*sorted(word_list("offices.txt")), *sorted(word_list("speaking_offices.txt")))
_OFFICE = re.compile(
    rf"\b[Tt]he\s+(?P<office>(?:[\w-]+\s+)?(?:{'|'.join(_OFFICES)}))"
    rf"\s+(?:[a-z]+ly\s+)?(?:{'|'.join(sorted(word_list('reporting_verbs.txt')))})\b",
    re.IGNORECASE,
)
# Letters in which two names of one office agree: "chair", "chairwoman".
_STEM = 5


def office_conflict(lead: str, recorded: Sequence[Person], document: Document) -> tuple[str, str] | None:
    """Return the office to which the words before a quotation give it, and the record's speaker who does not hold it.

    Args:
        lead: the words of the report before the quotation.
        recorded: the persons of whom the record says that these are their words.
        document: the record.
    """
    named = _last_office(lead)
    if named is None or not recorded or "," in lead[named.end() :].strip(" ,:"):
        return None
    words = folded_words(named["office"])
    labels = [turn.speaker for turn in turns(document) if words[-1] in folded_words(turn.speaker)]
    holders = [*office_holders(document, words[-1:]), *labels]
    people = _persons(holders)
    if not people or any(is_same_person(one, other) for one in people for other in recorded):
        return None
    return f"the {named['office']}", recorded[-1].name


def other_office(lead: str, said_by: Sequence[Person], document: Document, span: Span) -> tuple[str, str] | None:
    """Return the speaker of a report and the office to which the record gives the words, where he does not hold it.

    Args:
        lead: the words of the report before the quotation.
        said_by: the persons to whom the report gives it.
        document: the record, which names no person as the speaker.
        span: the words in it.
    """
    office = _office_before(document, span)
    if office is None:
        return None
    holders = _persons(office_holders(document, [office]))
    if said_by:
        if not holders or any(is_same_person(one, other) for one in said_by for other in holders):
            return None
        return said_by[0].name, f"the {office} ({holders[0].name})"
    named = _last_office(lead)
    if named is None or "," in lead[named.end() :].strip(" ,:"):
        return None
    theirs = folded_words(named["office"])[-1]
    return None if theirs[:_STEM] == office[:_STEM] else (f"the {named['office']}", f"the {office}")


def _last_office(text: str) -> re.Match[str] | None:
    """Return the last office of a text that says something: "the chair said"; None for none."""
    return next(iter(list(_OFFICE.finditer(text))[-1:]), None)


def _persons(names: Iterable[str]) -> list[Person]:
    return [person for name in names for person in persons(name.title() if name.isupper() else name)]


def _office_before(document: Document, span: Span) -> str | None:
    """Return the office that says words in marks of the record: "The chair said: ..."; None where none is named so."""
    block = next((b.words for b in document.outline if b.words.start <= span.start < b.words.end), None)
    if block is None:
        return None
    marked = [q.span for q in quotations(ReportText("", (Paragraph(block.of(document.text), ""),)))]
    around = next((q for q in marked if q.start <= span.start - block.start < q.end), None)
    if around is None:
        return None
    before = block.of(document.text)[: around.start]
    named = _last_office(before)
    if named is None or before[named.end() :].strip(" ,:“\"«„‘'"):
        return None
    return folded_words(named["office"])[-1]

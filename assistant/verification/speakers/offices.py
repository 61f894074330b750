"""Compare the office to which a report or a record gives some words: "the chair said" names its holder."""

from collections.abc import Iterable, Sequence

from assistant.verification.quotations import quotations
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.speakers.office_names import Office, office_said, offices_of
from corpus.document import Document
from corpus.language.persons import Person, is_same_person, persons
from corpus.language.tokens import folded_words
from corpus.span import Span
from corpus.speech import office_holders
from corpus.transcript import turns


def office_conflict(named: Office | None, recorded: Sequence[Person], document: Document) -> tuple[str, str] | None:
    """Return the office to which a report gives a quotation, and the record's speaker who does not hold it.

    That is certain where the record names another holder, or where it has the speaker with another office of this
    kind: the minister of finance is not that of trade.

    Args:
        named: the office that the report names.
        recorded: the persons of whom the record says that these are their words.
        document: the record.
    """
    if named is None or not recorded:
        return None
    people = _holders(named, document)
    if any(is_same_person(one, other) for one in people for other in recorded):
        return None
    if people:
        return f"the {named.words}", recorded[-1].name
    theirs = [office for person in recorded for office in offices_of(person, document.text)]
    theirs = [office for office in theirs if office.head == named.head]
    if theirs and all(named.is_other(office) for office in theirs):
        return f"the {named.words}", f"the {theirs[0].words} ({recorded[-1].name})"
    return None


def other_office(
    named: Office | None, said_by: Sequence[Person], document: Document, span: Span
) -> tuple[str, str] | None:
    """Return the speaker of a report and the office to which the record gives the words, where he does not hold it.

    Args:
        named: the office to which the report gives the quotation.
        said_by: the persons to whom the report gives it.
        document: the record, which names no person as the speaker.
        span: the words in it.
    """
    office = _office_before(document, span)
    if office is None:
        return None
    holders = _persons(office_holders(document, folded_words(office.words))) or _persons(
        office_holders(document, [office.head])
    )
    if said_by:
        if not holders or any(is_same_person(one, other) for one in said_by for other in holders):
            return None
        return said_by[0].name, f"the {office.words} ({holders[0].name})"
    if named is None or (named.has_same_stem(office) and not named.is_other(office)):
        return None
    return f"the {named.words}", f"the {office.words}"


def _holders(office: Office, document: Document) -> list[Person]:
    """Return those of whom a record says, beside their name or by their label, that they hold an office."""
    held = [name for spelling in office.spellings for name in office_holders(document, spelling)]
    labels = [turn.speaker for turn in turns(document) if office.head in folded_words(turn.speaker)]
    return _persons([*held, *(labels if not office.fields else ())])


def _persons(names: Iterable[str]) -> list[Person]:
    return [person for name in names for person in persons(name.title() if name.isupper() else name)]


def _office_before(document: Document, span: Span) -> Office | None:
    """Return the office that says words in marks of the record: "The chair said: ..."; None where none is named so."""
    block = next((b.words for b in document.outline if b.words.start <= span.start < b.words.end), None)
    if block is None:
        return None
    marked = [q.span for q in quotations(ReportText("", (Paragraph(block.of(document.text), ""),)))]
    around = next((q for q in marked if q.start <= span.start - block.start < q.end), None)
    if around is None:
        return None
    return office_said(block.of(document.text)[: around.start].rstrip(" ,:“\"«„‘'"))

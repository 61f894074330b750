"""Report to export: quotations in order, under headings, with the user's notes; every format writes this value."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer
from assistant.citations.citation import Citation
from assistant.conversation import Conversation, Turn
from assistant.evidence.evidence_list import EvidenceItem
from assistant.evidence.version_report import current_citation
from assistant.export import ExportRefused
from assistant.export.note_detail import NoteDetail
from corpus.document import Document
from corpus.errors import printable
from index.library import Library

CONVERSATION_TITLE = "Questions and answers"
EVIDENCE_TITLE = "Evidence"


OWN_NOTE = "Own note: "


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A line that stands above the quotations of an answer: its short answer, or facts of the records.

    Attributes:
        text: the line.
        citations: the quotations that show it; empty for a line about the library.
    """

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation of a report, with the user's note on it.

    The heading applies to this quotation and the following ones; empty for none.
    """

    citation: Citation
    note: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a question with its answer, or a whole evidence list.

    Attributes:
        heading: the question; empty for none.
        items: the quotations in order; empty where the question was not answered.
        remarks: further information for the reader, such as why there is no answer.
        first_lines: the lines above the quotations.
    """

    heading: str
    items: tuple[Item, ...]
    remarks: tuple[str, ...] = ()
    first_lines: tuple[LeadLine, ...] = ()

    @property
    def answered(self) -> bool:
        """True if the section has a quotation or a first line."""
        return bool(self.items) or bool(self.first_lines)


@dataclass(frozen=True, slots=True)
class Report:
    """Sections under a title.

    Attributes:
        title: the title.
        accessed: the day on which the sources were read.
        sections: the sections in order.
        notes: what the footnotes say behind their references.
    """

    title: str
    accessed: date
    sections: tuple[Section, ...]
    notes: NoteDetail = NoteDetail.ANCHOR

    @property
    def items(self) -> tuple[Item, ...]:
        """All quotations in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every cited document once, in the order of first quotation."""
        return tuple({item.citation.document.id: item.citation.document for item in self.items}.values())

    def numbered(self) -> Iterator[tuple[Section, tuple[tuple[int, Item], ...]]]:
        """Yield each section with its numbered quotations; numbers run from 1 through the whole report."""
        number = 1
        for section in self.sections:
            yield section, tuple(enumerate(section.items, start=number))
            number += len(section.items)


def report_of(turn: Turn, accessed: date) -> Report:
    """Return the report of one question; the question is its title."""
    return Report(turn.question, accessed, (_turn_section("", turn),))


def report_of_conversation(conversation: Conversation, accessed: date) -> Report:
    """Return the report of a conversation, one section a question; a single turn gives the same as `report_of`.

    Raises:
        ValueError: the conversation has no turn.
    """
    if not conversation.turns:
        raise ValueError("a conversation without a turn makes no report")
    if len(conversation.turns) == 1:
        return report_of(conversation.turns[0], accessed)
    return Report(
        CONVERSATION_TITLE, accessed, tuple(_turn_section(turn.question, turn) for turn in conversation.turns)
    )


def report_of_evidence(items: Sequence[EvidenceItem], accessed: date) -> Report:
    """Return the report of the evidence list, in its order, with its notes and headings.

    A quotation whose words the records no longer hold becomes a remark.

    Raises:
        ExportRefused: the list is empty.
    """
    if not items:
        raise ExportRefused("the evidence list is empty; add quotations to it in the page (rapporteur serve)")
    cited: list[Item] = []
    remarks: list[str] = []
    heading = ""
    for item in items:
        heading = item.heading or heading
        if item.citation is None:
            remarks.append(_not_cited(item))
            continue
        cited.append(Item(item.citation, item.note, heading))
        heading = ""
    return Report(EVIDENCE_TITLE, accessed, (Section("", tuple(cited), tuple(remarks)),))


def refresh_report(report: Report, library: Library) -> Report:
    """Drop the quotations that the library's records no longer hold; a remark names the records they came from.

    Raises:
        LibraryError: the library cannot be read.
    """
    return replace(report, sections=tuple(_refresh_section(section, library) for section in report.sections))


def _turn_section(heading: str, turn: Turn) -> Section:
    """Return the section of one turn: its citations, each meeting named once above them, and the reply's notes."""
    reply = turn.reply
    if not isinstance(reply, Answer):
        searched = (f"Searched for: {reply.search.query}",) if reply.search else ()
        return Section(heading, (), (reply.text, *searched))
    items: list[Item] = []
    for citation in reply.in_order:
        is_same = items and items[-1].citation.document == citation.document
        items.append(Item(citation, heading="" if is_same else reply.headings[citation.document.name]))
    short = reply.short_answer
    lines = [LeadLine(short.words, (short.citation,))] if short else []
    lines += [LeadLine(statement.text, statement.citations) for statement in reply.statements]
    return Section(heading, tuple(items), reply.notes, tuple(lines))


def _not_cited(item: EvidenceItem) -> str:
    note = f" Note: {' '.join(item.note.split())}" if item.note else ""
    return f"Not cited: “{' '.join(item.quote.split())}” {item.reference} {item.trouble}{note}"


def _refresh_section(section: Section, library: Library) -> Section:
    present: list[Item] = []
    lost: list[str] = []
    heading = ""
    for item in section.items:
        heading = item.heading or heading
        citation = current_citation(library, item.citation)
        if citation is None:
            lost.append(item.citation.document.name)
            continue
        # The heading of a dropped quotation goes to the next one.
        present.append(replace(item, citation=citation, heading=heading))
        heading = ""
    lines = tuple(line for line in section.first_lines if _is_shown(line, library))
    return replace(section, items=tuple(present), remarks=(*section.remarks, *_loss_remarks(lost)), first_lines=lines)


def _is_shown(line: LeadLine, library: Library) -> bool:
    """Return True if the records still hold a quotation that shows a line, or it never had one."""
    return not line.citations or any(current_citation(library, citation) for citation in line.citations)


def _loss_remarks(names: Sequence[str]) -> list[str]:
    return [
        f"Left out: {count} quotation{'s' * (count != 1)} from {printable(name)}, which was removed from the library or"
        " replaced since; ask again."
        for name, count in Counter(names).items()
    ]

"""What is exported: quotations in their order, under headings, with the user's notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, source_heading
from assistant.citations.citation import Citation
from assistant.conversation import Conversation, Turn
from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation of a report.

    Attributes:
        citation: the words and where they stand.
        note: what the user wrote beside them.
        heading: what stands above this quotation and those that follow; empty for none.
    """

    citation: Citation
    note: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a question with its answer, or the whole of an evidence list.

    Attributes:
        heading: the question; empty for none.
        items: the quotations in their order; none where the question was not answered.
        remarks: what the reader must know beside them, such as why there is no answer.
        answered: whether quotations are given; an abstention's remarks say why not.
    """

    heading: str
    items: tuple[Item, ...]
    remarks: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a quotation."""
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class Report:
    """Sections under a title, as they stood on the day of access.

    Attributes:
        title: of the whole.
        accessed: the day on which the sources were read.
        sections: in their order.
    """

    title: str
    accessed: date
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every quotation in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every cited document once, in the order of its first quotation."""
        return tuple({item.citation.document.id: item.citation.document for item in self.items}.values())

    def numbered(self) -> Iterator[tuple[Section, tuple[tuple[int, Item], ...]]]:
        """The sections with their quotations and the numbers of these, which count from 1 through the whole report."""
        number = 1
        for section in self.sections:
            yield section, tuple(enumerate(section.items, start=number))
            number += len(section.items)


def report_of(turn: Turn, accessed: date) -> Report:
    """A report of one question; its title is the question."""
    return Report(turn.question, accessed, (Section("", *_said(turn)),))


def report_of_conversation(conversation: Conversation, accessed: date, title: str = "Questions and answers") -> Report:
    """A report of a conversation, each question the heading of its answer; one of a single turn is `report_of` it.

    Raises:
        ValueError: nothing was asked.
    """
    if not conversation.turns:
        raise ValueError("a conversation without a turn makes no report")
    if len(conversation.turns) == 1:
        return report_of(conversation.turns[0], accessed)
    return Report(title, accessed, tuple(Section(turn.question, *_said(turn)) for turn in conversation.turns))


def _said(turn: Turn) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The quotations of a reply under their meetings, and what else it says."""
    reply = turn.reply
    if not isinstance(reply, Answer):
        searched = (f"Searched for: {reply.searched.query}",) if reply.searched else ()
        return (), (reply.text, *searched)
    items: list[Item] = []
    for citation in reply.in_order:
        same = items and items[-1].citation.document == citation.document
        items.append(Item(citation, heading="" if same else source_heading(citation)))
    return tuple(items), reply.notes

"""Command `rapporteur evidence`: show and change the user's list of quotations for a report."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, AsUser, LibraryFolder, NoRecords, library_options
from assistant.commands.output import InputRefused, say, say_json, shown

if TYPE_CHECKING:
    from assistant.evidence.evidence_list import EvidenceItem, EvidenceList
    from corpus.document import Document


class Action(StrEnum):
    """Action of the command on the evidence list."""

    LIST = "list"
    ADD = "add"
    REMOVE = "remove"
    UNDO = "undo"
    MOVE = "move"
    NOTE = "note"
    HEADING = "heading"


_ARGUMENTS = {
    Action.LIST: "nothing more",
    Action.ADD: "one anchor or more, as ask --json prints them",
    Action.REMOVE: "the numbers of one quotation or more",
    Action.UNDO: "nothing more",
    Action.MOVE: "a quotation's number and its new one",
    Action.NOTE: "a quotation's number and the note",
    Action.HEADING: "a quotation's number and the heading",
}
_COUNTS: dict[Action, Callable[[int], bool]] = {
    Action.LIST: lambda count: count == 0,
    Action.UNDO: lambda count: count == 0,
    Action.ADD: lambda count: count > 0,
    Action.REMOVE: lambda count: count > 0,
    Action.MOVE: lambda count: count == 2,
    Action.NOTE: lambda count: count == 2,
    Action.HEADING: lambda count: count == 2,
}


def evidence(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do with the list.", metavar="ACTION")] = Action.LIST,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="N", help="remove N..., move N TO, note N TEXT, heading N TEXT, add ANCHOR..., undo."),
    ] = None,
    as_user: AsUser = None,
    library_folder: LibraryFolder = None,
    no_records: NoRecords = False,
    as_json: AsJson = False,
) -> int:
    """List the quotations saved for a report, or change the list: remove, undo, move, note, heading, add.

    rapporteur export --evidence writes it to a file.
    """
    from assistant.evidence.evidence_list import EvidenceList

    arguments = words or []
    if not _COUNTS[action](len(arguments)):
        context.fail(f"evidence {action} takes {_ARGUMENTS[action]}")
    library = library_options(context, library_folder, no_records).open_library()
    quotations = EvidenceList(library)
    _change(quotations, action, arguments, library.documents if action is Action.ADD else list)
    items = quotations.items()
    if as_json:
        say_json([_object(number, item) for number, item in enumerate(items, start=1)])
    elif items:
        say(*_lines(items))
    else:
        say(
            "The evidence list is empty; add quotations in the page (rapporteur serve) or with"
            " rapporteur evidence add ANCHOR; rapporteur ask --json shows the anchors"
        )
    return 0


def _change(
    quotations: "EvidenceList", action: Action, arguments: list[str], documents: "Callable[[], list[Document]]"
) -> None:
    if action is Action.ADD:
        for citation in [_cited(compact, documents()) for compact in arguments]:
            quotations.add(citation)
        return
    if action is Action.UNDO:
        if not quotations.undo():
            raise InputRefused("nothing was removed from the evidence list, so nothing is put back")
        return
    if action is Action.LIST:
        return
    items = quotations.items()
    if action is Action.REMOVE:
        quotations.remove(*(_item(items, number).id for number in arguments))
        return
    item = _item(items, arguments[0])
    if action is Action.MOVE:
        quotations.move(item.id, items.index(_item(items, arguments[1])) - items.index(item))
    elif action is Action.NOTE:
        quotations.note(item.id, arguments[1])
    else:
        quotations.heading(item.id, arguments[1])


def _item(items: "tuple[EvidenceItem, ...]", number: str) -> "EvidenceItem":
    if number.isdecimal() and len(number) < 10 and 0 < int(number) <= len(items):
        return items[int(number) - 1]
    there = f"1 to {len(items)}" if items else "none"
    raise InputRefused(f"{shown(number)}: no quotation of the evidence list has this number; there are {there}")


def _cited(compact: str, documents: "list[Document]") -> Any:
    from assistant.citations.anchor import Anchor
    from assistant.citations.citation import Citation
    from assistant.citations.resolve import cited_document, resolve

    anchor = Anchor.parse(compact)
    document = cited_document(anchor, documents)
    if document is None:
        raise InputRefused(f"{shown(anchor.document)}: no record of the library is the one that this anchor names")
    span = resolve(anchor, document).exact_span
    if span is None:
        raise InputRefused(f"{shown(document.name)}: the words that this anchor was made for stand there no more")
    return Citation(document, span)


def _object(number: int, item: "EvidenceItem") -> dict[str, Any]:
    from assistant.json_api import page_object

    citation = item.citation
    return {
        "number": number,
        "document": item.document.name if item.document else item.anchor.document,
        "state": item.resolution.state.value,
        "start": citation.span.start if citation else None,
        "end": citation.span.end if citation else None,
        "quote": item.quote,
        "section": list(item.section),
        **(page_object(citation) if citation else {}),
        "reference": item.reference,
        "link": citation.link if citation else None,
        "note": item.note,
        "heading": item.heading,
        "trouble": item.trouble or None,
        "anchor": item.anchor.compact,
    }


def _lines(items: "tuple[EvidenceItem, ...]") -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        if item.heading:
            yield f"# {shown(item.heading)}"
        yield f"{number}. “{shown(' '.join(item.quote.split()))}”"
        # Where the words can be cited, the reference is that of their present place: they may stand on another page.
        yield f"   {shown(item.citation.reference if item.citation else item.reference)}"
        if item.trouble:
            yield f"   {item.resolution.state.value}: {shown(item.trouble)}"
        yield from (f"   Note: {shown(line)}" for line in item.note.splitlines())

"""A document as an item of CSL-JSON, the form that reference managers and citation styles read."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.export.passage import link_of, quoted_lines, web_address
from assistant.export.report import Item, Report
from assistant.export.text import language, line
from corpus.document import Document

CslItem = dict[str, Any]


def csl_item(document: Document, key: str, accessed: date) -> CslItem:
    """The facts of a document: its publisher is a corporate author, its own day the date, the meeting's the note.

    Source: the CSL 1.0.2 input schema. The publisher stands as author alone, since styles print both; the meeting
    stands in the note, since Chicago and MLA print an event's date as if the record had been issued on it.
    """
    address = web_address(document.source.address)
    said = {
        "id": key,
        "type": "webpage" if address else "report",
        "title": line(document.title),
        "author": [{"literal": line(document.publisher)}] if document.publisher else None,
        "issued": _date(document.published) if document.published else None,
        "accessed": _date(accessed) if address else None,
        "URL": address,
        "note": meeting_note(document) or None,
        "language": language(document.title),
    }
    return {name: value for name, value in said.items() if value}


def meeting_note(document: Document) -> str:
    """The meeting that a record is about: "Meeting: G20, Trieste, Italy, 5 August 2021"; empty when none is known."""
    meeting = document.meeting
    where = meeting.place or ("online" if meeting.mode == "online" else None)
    about = ", ".join(filter(None, (meeting.forum, where, meeting.days)))
    return f"Meeting: {line(about)}" if about else ""


def keys(documents: Sequence[Document]) -> dict[str, str]:
    """A key for each document's id, made of its name, so that two exports give a record the same one.

    A name whose letters BibTeX cannot take, or that two documents share, gets the start of its hash.
    """
    plain = {document.id: _slug(document.name) for document in documents}
    wanted = list(plain.values())
    return {
        document.id: plain[document.id]
        if _is_whole(document.name) and wanted.count(plain[document.id]) == 1
        else "-".join(filter(None, (plain[document.id], document.id[:8])))
        for document in documents
    }


def _slug(name: str) -> str:
    """Letters of ASCII and digits in small letters, with a hyphen for everything between them."""
    stem = name.rsplit(".", 1)[0]
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _is_whole(name: str) -> bool:
    return bool(_slug(name)) and not any(c.isalnum() and unicodedata.normalize("NFKD", c)[0] > "\x7f" for c in name)


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def annotations(report: Report, document: Document) -> tuple[str, ...]:
    """The quotations from a document, in their order, each with its pages, its link and the user's note."""
    return tuple(_annotation(item) for item in report.items if item.citation.document.id == document.id)


def _annotation(item: Item) -> str:
    pages = f" ({item.citation.pages})" if item.citation.pages else ""
    said = f"“{' / '.join(quoted_lines(item.citation))}”{pages}"
    return " ".join(filter(None, (said, link_of(item.citation), line(item.note))))

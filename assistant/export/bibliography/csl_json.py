"""Describe a report's records in CSL-JSON, with the keys, notes and annotations that BibTeX and RIS share."""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.citations.citation import locator
from assistant.export.passage import link_of, quoted_lines, web_address
from assistant.export.report import OWN_NOTE, Item, Report
from assistant.export.text import language, line
from corpus.document import Document

CslItem = dict[str, Any]


def csl_json(report: Report) -> bytes:
    """Return the bytes of a CSL-JSON file."""
    return (json.dumps(csl_items(report), ensure_ascii=False, indent=2) + "\n").encode()


def csl_items(report: Report) -> list[CslItem]:
    """Return the cited records as CSL items, with their quotations as annotation and pages as locator."""
    key_of = keys(report.documents)
    return [
        {
            **csl_item(document, key_of[document.id], report.accessed),
            **_locator(report, document),
            "annote": "\n".join(annotations(report, document)),
        }
        for document in report.documents
    ]


def csl_item(document: Document, key: str, accessed: date) -> CslItem:
    """Return the CSL item of a document: publisher as corporate author, publication day as date, meeting as note.

    Source: the CSL 1.0.2 input schema. The publisher is given as author only, since styles print both; the meeting is
    given as a note, since Chicago and MLA print an event's date as if the record had been issued on it.
    """
    address = web_address(document.source.address)
    fields = {
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
    return {name: value for name, value in fields.items() if value}


def meeting_note(document: Document) -> str:
    """Return a record's meeting as "Meeting: G20, Trieste, Italy, 5 August 2021"; empty when none is known."""
    meeting = document.meeting
    place = meeting.place or ("online" if meeting.mode == "online" else None)
    description = ", ".join(filter(None, (meeting.forum, place, meeting.days)))
    return f"Meeting: {line(description)}" if description else ""


def keys(documents: Sequence[Document]) -> dict[str, str]:
    """Return a citation key for each document id, made of the document's name, so that two exports give the same key.

    A name that BibTeX cannot write, or that two documents share, gets the first digits of the document's hash.
    """
    slugs = {document.id: _slug(document.name) for document in documents}
    all_slugs = list(slugs.values())
    return {
        document.id: slugs[document.id]
        if _is_ascii_name(document.name) and all_slugs.count(slugs[document.id]) == 1
        else "-".join(filter(None, (slugs[document.id], document.id[:8])))
        for document in documents
    }


def annotations(report: Report, document: Document) -> tuple[str, ...]:
    """Return the quotations from a document in order, each with its pages, its link and the user's note."""
    return tuple(_annotation(item) for item in report.items if item.citation.document.id == document.id)


def _locator(report: Report, document: Document) -> CslItem:
    """Return the pages of a document's quotations; a locator without a label means pages (CSL 1.0.2)."""
    pages = locator(item.citation.pages for item in report.items if item.citation.document.id == document.id)
    return {"locator": pages} if pages else {}


def _annotation(item: Item) -> str:
    about = ", ".join(filter(None, (line(item.citation.said_by), str(item.citation.pages or ""))))
    pages = f" ({about})" if about else ""
    note = f"{OWN_NOTE}{line(item.note)}" if item.note.strip() else ""
    quote = f"“{' / '.join(quoted_lines(item.citation))}”{pages}"
    return " ".join(filter(None, (quote, link_of(item.citation), note)))


def _slug(name: str) -> str:
    """Return a name without its ending in small ASCII letters and digits, with a hyphen for everything else."""
    stem = name.rsplit(".", 1)[0]
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _is_ascii_name(name: str) -> bool:
    """Return True if every letter of a name is ASCII, accents aside, so that its slug loses none."""
    return bool(_slug(name)) and not any(c.isalnum() and unicodedata.normalize("NFKD", c)[0] > "\x7f" for c in name)


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}

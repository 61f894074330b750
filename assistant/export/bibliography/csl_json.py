"""Write a report's references as CSL-JSON, the file format of Zotero and pandoc."""

import json

from assistant.citations.pages import locator
from assistant.export.bibliography.csl_item import CslItem, annotations, csl_item, keys
from assistant.export.report import Report
from corpus.document import Document


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


def _locator(report: Report, document: Document) -> CslItem:
    """Return the pages of a document's quotations; a locator without a label means pages (CSL 1.0.2)."""
    pages = locator(item.citation.pages for item in report.items if item.citation.document.id == document.id)
    return {"locator": pages} if pages else {}

"""A report's references as CSL-JSON."""

import json

from assistant.citations.pages import locator
from assistant.export.csl_item import CslItem, annotations, csl_item, keys
from assistant.export.report import Report
from corpus.document import Document


def csl_items(report: Report) -> list[CslItem]:
    """The cited records, each with its quotations as annotation, and their pages as locator where it has pages."""
    named = keys(report.documents)
    return [
        {
            **csl_item(document, named[document.id], report.accessed),
            **_located(report, document),
            "annote": "\n".join(annotations(report, document)),
        }
        for document in report.documents
    ]


def _located(report: Report, document: Document) -> CslItem:
    """The pages of a document's quotations; a locator without a label means pages (CSL 1.0.2)."""
    found = locator(item.citation.pages for item in report.items if item.citation.document.id == document.id)
    return {"locator": found} if found else {}


def csl_json(report: Report) -> bytes:
    """The bytes of a CSL-JSON file, as Zotero and pandoc read it."""
    return (json.dumps(csl_items(report), ensure_ascii=False, indent=2) + "\n").encode()

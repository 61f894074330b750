"""A report's references as CSL-JSON."""

import json

from assistant.export.annotation import annotations
from assistant.export.csl_item import CslItem, csl_item, keys
from assistant.export.report import Report


def csl_items(report: Report) -> list[CslItem]:
    """The cited records, each with its quotations as annotation."""
    named = keys(report.documents)
    return [
        {**csl_item(document, named[document.id], report.accessed), "annote": "\n".join(annotations(report, document))}
        for document in report.documents
    ]


def csl_json(report: Report) -> bytes:
    """The bytes of a CSL-JSON file, as Zotero and pandoc read it."""
    return (json.dumps(csl_items(report), ensure_ascii=False, indent=2) + "\n").encode()

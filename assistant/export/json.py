"""A report as JSON for programs: everything, with the quotations character for character."""

import json
import re
from typing import Any

from assistant.export.csl_json import csl_items
from assistant.export.references import References, references, text_of
from assistant.export.report import Item, Report
from assistant.export.style import Style
from assistant.json_api import citation_object

# Half characters cannot be written in UTF-8; the others steer a terminal or turn the words around them.
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_report(report: Report, style: Style) -> bytes:
    """The bytes of a .json file: the sections with their citations as `ask --json` has them, and the references."""
    found = references(report.documents, style, report.accessed)
    whole = {
        "title": report.title,
        "accessed": report.accessed.isoformat(),
        "style": style.name,
        "sections": [
            {
                "heading": section.heading,
                "answered": section.answered,
                "remarks": list(section.remarks),
                "items": [_item(number, item, found) for number, item in items],
            }
            for section, items in report.numbered()
        ],
        "references": [text_of(entry) for entry in found.entries],
        "csl": csl_items(report),
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    return (_ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n").encode()


def _item(number: int, item: Item, found: References) -> dict[str, Any]:
    document = item.citation.document
    return {
        **citation_object(number, item.citation),
        "sha256": document.source.sha256,
        "characters": len(document.text),
        "reference": text_of(found.notes[document.id]),
        "note": item.note,
        "heading": item.heading,
    }

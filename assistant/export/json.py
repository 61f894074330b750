"""Write a report as JSON for programs: everything, with the quotations character for character."""

import json
import re
from typing import Any

from assistant.export.bibliography.csl_json import csl_items
from assistant.export.bibliography.references import References, references, text_of
from assistant.export.bibliography.style import Style
from assistant.export.report import Item, Report
from assistant.json_api import citation_object

# Lone surrogates cannot be written in UTF-8; the others control a terminal or change the reading direction.
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_report(report: Report, style: Style) -> bytes:
    """Return the bytes of a .json file: the sections with their citations as in `ask --json`, and the references."""
    cited = references(report.documents, style, report.accessed)
    contents = {
        "title": report.title,
        "accessed": report.accessed.isoformat(),
        "style": style.name,
        "sections": [
            {
                "heading": section.heading,
                "answered": section.answered,
                "first_lines": [first.text for first in section.first_lines],
                "remarks": list(section.remarks),
                "items": [_item(number, item, cited) for number, item in items],
            }
            for section, items in report.numbered()
        ],
        "references": [text_of(entry) for entry in cited.entries],
        "csl": csl_items(report),
    }
    text = json.dumps(contents, ensure_ascii=False, indent=2)
    return (_ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n").encode()


def _item(number: int, item: Item, cited: References) -> dict[str, Any]:
    document = item.citation.document
    return {
        **citation_object(number, item.citation),
        "sha256": document.source.sha256,
        "characters": len(document.text),
        "reference": text_of(cited.notes[document.id]),
        "note": item.note,
        "heading": item.heading,
    }

"""A report's references as RIS."""

from typing import Any

from assistant.export.csl_item import CslItem, annotations, csl_item, keys
from assistant.export.report import Report

_LIKE_A_COMMA = "\u201a"


def ris(report: Report) -> bytes:
    """The bytes of a .ris file in UTF-8.

    RIS has no corporate names: programs cut an author at the first comma ("Trade and Industry" becomes a first name).
    So the author's commas are the low quotation mark that looks like one; the publisher has the name as it is.
    """
    import rispy

    named = keys(report.documents)
    entries = [
        _entry(csl_item(document, named[document.id], report.accessed), annotations(report, document))
        for document in report.documents
    ]
    written = str(rispy.dumps(entries, implementation=_without_numbers()))
    return written.replace("\n", "\r\n").encode()


def _without_numbers() -> Any:
    """rispy's writer, less the number above each entry: a RIS file has nothing but its tagged lines."""
    import rispy

    class Unnumbered(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            return ""

    return Unnumbered


def _entry(item: CslItem, notes: tuple[str, ...]) -> dict[str, Any]:
    author = item["author"][0]["literal"] if "author" in item else None
    fields = {
        "type_of_reference": "ELEC" if item["type"] == "webpage" else "RPRT",
        "id": item["id"],
        "authors": [author.replace(",", _LIKE_A_COMMA)] if author else None,
        "title": item["title"],
        "publisher": author,
        "year": f"{item['issued']['date-parts'][0][0]}" if "issued" in item else None,
        "date": _day(item, "issued"),
        "access_date": _day(item, "accessed"),
        "urls": [item["URL"].replace(";", "%3B")] if "URL" in item else None,
        "language": item.get("language"),
        "notes": [*filter(None, [item.get("note")]), *notes],
    }
    return {name: value for name, value in fields.items() if value}


def _day(item: CslItem, name: str) -> str | None:
    if name not in item:
        return None
    year, month, day = item[name]["date-parts"][0]
    return f"{year:04}/{month:02}/{day:02}/"

"""Write a report's references as RIS."""

from typing import Any

from assistant.export.bibliography.csl_json import CslItem, annotations, csl_item, keys
from assistant.export.report import Report


def ris(report: Report) -> bytes:
    """Return the bytes of a .ris file in UTF-8.

    RIS has no corporate names: Zotero and others cut an author at the first comma, an escaped one too ("Trade and
    Industry" becomes a first name), and read an author without any as an institution. The author therefore has no
    commas; the publisher keeps the name unchanged.
    """
    import rispy

    key_of = keys(report.documents)
    entries = [
        _entry(csl_item(document, key_of[document.id], report.accessed), annotations(report, document))
        for document in report.documents
    ]
    content = str(rispy.dumps(entries, implementation=_unnumbered_writer()))
    return content.replace("\n", "\r\n").encode()


def _unnumbered_writer() -> Any:
    """Return rispy's writer without the number above each entry: a RIS file has tagged lines only."""
    import rispy

    class UnnumberedWriter(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            return ""

    return UnnumberedWriter


def _entry(item: CslItem, notes: tuple[str, ...]) -> dict[str, Any]:
    author = item["author"][0]["literal"] if "author" in item else None
    fields = {
        "type_of_reference": "ELEC" if item["type"] == "webpage" else "RPRT",
        "id": item["id"],
        "authors": [" ".join(author.replace(",", " ").split())] if author else None,
        "title": item["title"],
        "publisher": author,
        "year": f"{item['issued']['date-parts'][0][0]}" if "issued" in item else None,
        "date": _date(item, "issued"),
        "access_date": _date(item, "accessed"),
        "urls": [item["URL"].replace(";", "%3B")] if "URL" in item else None,
        "language": item.get("language"),
        "notes": [*filter(None, [item.get("note")]), *notes],
    }
    return {name: value for name, value in fields.items() if value}


def _date(item: CslItem, name: str) -> str | None:
    if name not in item:
        return None
    year, month, day = item[name]["date-parts"][0]
    return f"{year:04}/{month:02}/{day:02}/"

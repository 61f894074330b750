"""A report's references as BibTeX.

It is written here, and only read back by pybtex in the tests: pybtex's own writer lets backslashes and braces pass as
LaTeX, so that a title could run a command, and escapes the percent signs of addresses, so that they lead nowhere.
"""

from assistant.export.csl_item import CslItem
from assistant.export.csl_json import csl_items
from assistant.export.report import Report

_MONTHS = "January February March April May June July August September October November December".split()
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        **{c: f"\\{c}" for c in "&%$#_"},
        "\n": " ",
        "\t": " ",
    }
)


def bibtex(report: Report) -> bytes:
    """The bytes of a .bib file in UTF-8, for BibTeX (year, month) and biblatex (date, urldate)."""
    return "\n".join(map(_entry, csl_items(report))).encode()


def _entry(item: CslItem) -> str:
    """One record: in double braces, a corporate name stays whole and a title keeps its capitals."""
    issued, accessed = _day(item, "issued"), _day(item, "accessed")
    fields = {
        "author": f"{{{_latex(item['author'][0]['literal'])}}}" if "author" in item else None,
        "title": f"{{{_latex(item['title'])}}}",
        "year": f"{issued[0]}" if issued else None,
        "month": _MONTHS[issued[1] - 1] if issued else None,
        "date": _iso(issued),
        "url": _verbatim(item.get("URL")),
        "urldate": _iso(accessed),
        "note": _latex(item.get("note", "")),
        "annote": _latex(item.get("annote", "")),
        "langid": "japanese" if item.get("language") == "ja" else None,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{item['id']},\n{lines}\n}}\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _verbatim(address: str | None) -> str | None:
    """An address is read as it stands: a percent sign is one; nothing else that LaTeX would obey is left in it."""
    return address.replace("$", "%24").replace("~", "%7E") if address else None


def _day(item: CslItem, name: str) -> list[int] | None:
    return item[name]["date-parts"][0] if name in item else None


def _iso(day: list[int] | None) -> str | None:
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else None

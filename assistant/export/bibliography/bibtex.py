"""Write the references of a report as a BibTeX file.

pybtex's own writer is not used: it passes backslashes and braces on as LaTeX, so that a title could run a command, and
escapes the percent signs of addresses, which breaks them. The tests read the output back with pybtex.
"""

from assistant.export.bibliography.csl_json import CslItem, csl_items
from assistant.export.report import Report
from corpus.language.months import MONTHS

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
    """Return the bytes of a .bib file in UTF-8, for BibTeX (year, month) and biblatex (date, urldate)."""
    return "\n".join(map(_entry, csl_items(report))).encode()


def _entry(item: CslItem) -> str:
    """Return one entry; double braces keep a corporate name whole and a title's capitals."""
    issued, accessed = _date_parts(item, "issued"), _date_parts(item, "accessed")
    fields = {
        "author": f"{{{_latex(item['author'][0]['literal'])}}}" if "author" in item else None,
        "title": f"{{{_latex(item['title'])}}}",
        "year": f"{issued[0]}" if issued else None,
        "date": _iso(issued),
        "url": _verbatim_address(item.get("URL")),
        "urldate": _iso(accessed),
        "note": _latex(item.get("note", "")),
        "annote": _latex(item.get("annote", "")),
        "langid": "japanese" if item.get("language") == "ja" else None,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if issued:  # a macro, which each style spells in its language
        lines.append(f"  month = {MONTHS[issued[1] - 1][:3].lower()}")
    body = ",\n".join(lines)
    return f"@misc{{{item['id']},\n{body}\n}}\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _verbatim_address(address: str | None) -> str | None:
    """Return an address for a field that LaTeX reads verbatim: percent signs stay, `$` and `~` are percent-encoded."""
    return address.replace("$", "%24").replace("~", "%7E") if address else None


def _date_parts(item: CslItem, name: str) -> list[int] | None:
    return item[name]["date-parts"][0] if name in item else None


def _iso(day: list[int] | None) -> str | None:
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else None

"""Write a report as one HTML file without scripts or requests, for light and dark screens and for print."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from assistant.export.bibliography.references import References, Run, Runs, references
from assistant.export.bibliography.style import Style
from assistant.export.passage import quoted_lines, surroundings
from assistant.export.provenance import SourceFact, footnote, provenance, summary
from assistant.export.report import OWN_NOTE, Item, Report, Section
from assistant.export.text import language, line, visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(report: Report, style: Style) -> bytes:
    """Return the bytes of an .html file; text of documents and users is escaped."""
    return "\n".join(_page(report, references(report.documents, style, report.accessed))).encode()


def _page(report: Report, cited: References) -> Iterator[str]:
    title = _text(line(report.title))
    css = (files("assistant.export") / "report.css").read_text("utf-8")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<p class='summary'>{_text(summary(report))}</p>"
    for section, items in report.numbered():
        yield from _section(section, items)
    if report.items:
        yield from _notes(report, cited)
        yield "<section><h2>References</h2>"
        yield from (f"<p class='reference'>{_runs(entry)}</p>" for entry in cited.entries)
        yield "</section>\n<section class='annex'><h2>Annex: the passages in their surroundings</h2>"
        for number, item in enumerate(report.items, start=1):
            yield from _annex(number, item, report)
        yield "</section>"
    yield "</main>\n</body>\n</html>\n"


def _section(section: Section, items: Sequence[tuple[int, Item]]) -> Iterator[str]:
    yield "<section>"
    if section.heading:
        yield f"<h2>{_text(line(section.heading))}</h2>"
    yield from (f"<p class='first'>{_text(line(first.text))}</p>" for first in section.first_lines)
    for number, item in items:
        if item.heading:
            yield f"<h3>{_text(line(item.heading))}</h3>"
        words = "<br>\n".join(map(_text, quoted_lines(item.citation)))
        mark = f"<sup><a id='mark-{number}' href='#note-{number}'>{number}</a></sup>"
        yield f"<blockquote{_language(item.citation.quote)}><p>{words}{mark}</p></blockquote>"
        if item.note.strip():
            yield f"<p class='note'{_language(item.note)}><b>{OWN_NOTE}</b>{_text(item.note.strip())}</p>"
    yield from (f"<p class='remark'>{_text(remark)}</p>" for remark in section.remarks)
    yield "</section>"


def _notes(report: Report, cited: References) -> Iterator[str]:
    yield "<section class='notes'><h2>Notes</h2>\n<ol>"
    for number, item in enumerate(report.items, start=1):
        note = _runs(footnote(item.citation, cited.notes[item.citation.document.id], report.notes))
        back = f"<a class='back' href='#mark-{number}' aria-label='back to quotation {number}'>↩</a>"
        yield f"<li id='note-{number}'>{note} {back}</li>"
    yield "</ol></section>"


def _annex(number: int, item: Item, report: Report) -> Iterator[str]:
    citation = item.citation
    yield f"<article><h3>{number}. {_text(line(citation.document.title))}</h3>"
    lines = (
        "".join(f"<mark>{_text(part.text)}</mark>" if part.quoted else _text(part.text) for part in parts)
        for parts in surroundings(citation)
    )
    yield f"<p class='passage'{_language(citation.quote)}>{'<br>'.join(lines)}</p>\n<dl>"
    for name, fact in provenance(citation, report.accessed).items():
        yield f"<dt>{name}</dt><dd>{_fact(fact)}</dd>"
    yield "</dl></article>"


def _fact(fact: SourceFact) -> str:
    if fact.link:
        return _run(Run(fact.text, link=fact.link))
    return f"<code>{_text(fact.text)}</code>" if fact.exact else _text(fact.text)


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = _text(run.text)
    if run.italic:
        words = f"<i>{words}</i>"
    if run.bold:
        words = f"<b>{words}</b>"
    return f'<a href="{escape(run.link)}" rel="noreferrer">{words}</a>' if run.link else words


def _text(text: str) -> str:
    return escape(visible(text))


def _language(text: str) -> str:
    code = language(text)
    return f" lang='{code}'" if code else ""

"""Render a citation for copying to the clipboard: formatted text, Markdown with a footnote, or BibTeX."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape

from assistant.citations.citation import Citation
from assistant.export.bibliography.bibtex import bibtex
from assistant.export.bibliography.references import Run, references, text_of
from assistant.export.bibliography.style import Style
from assistant.export.markdown import escape_markdown
from assistant.export.passage import link_of, quoted_lines
from assistant.export.provenance import page_runs
from assistant.export.report import Item, Report, Section


class CopyFormat(StrEnum):
    """A form in which a citation is copied."""

    TEXT = "text"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"


@dataclass(frozen=True, slots=True)
class ClipboardText:
    """Contents of the clipboard: plain text, and the same as HTML for programs that accept formatted text."""

    plain: str
    html: str | None = None


def copy_citation(citation: Citation, form: CopyFormat, style: Style, accessed: date) -> ClipboardText:
    """Return a quotation with its full reference in a style, or as BibTeX, as it was accessed on a day."""
    if form is CopyFormat.BIBTEX:
        return ClipboardText(bibtex(Report("", accessed, (Section("", (Item(citation),)),))).decode())
    document = citation.document
    reference = (*references([document], style, accessed).notes[document.id], *page_runs(citation))
    lines, link = quoted_lines(citation), link_of(citation)
    if form is CopyFormat.MARKDOWN:
        return ClipboardText(_markdown(lines, text_of(reference), link, f"{document.id[:6]}-{citation.span.start}"))
    plain = f"“{' '.join(lines)}” {text_of(reference)}" + (f" {link}" if link else "")
    linked = (Run(" "), Run("Quoted passage", link=link)) if link else ()
    html = f"<p>“{'<br>'.join(map(escape, lines))}” {''.join(map(run_html, (*reference, *linked)))}</p>"
    return ClipboardText(plain, html)


def _markdown(lines: tuple[str, ...], reference: str, link: str | None, key: str) -> str:
    linked = f" [Quoted passage](<{link}>)" if link else ""
    quoted = "\\\n> ".join(map(escape_markdown, lines))
    return f"> {quoted}[^{key}]\n\n[^{key}]: {escape_markdown(reference)}{linked}\n"


def run_html(run: Run) -> str:
    """Return a run of a reference as HTML."""
    words = escape(run.text)
    if run.link:
        words = f'<a href="{escape(run.link)}">{words}</a>'
    words = f"<em>{words}</em>" if run.italic else words
    return f"<strong>{words}</strong>" if run.bold else words

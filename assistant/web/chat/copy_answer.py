"""Render a whole answer with its numbered sources for the clipboard: as HTML, and as Markdown with footnotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from html import escape
from itertools import groupby

from assistant.answer import Answer, ReplyKind
from assistant.citations.citation import Citation
from assistant.conversation import Turn
from assistant.export.bibliography.references import Run, Runs, references
from assistant.export.bibliography.style import Style
from assistant.export.markdown import escape_markdown, markdown_runs
from assistant.export.passage import link_of, quoted_lines
from assistant.export.provenance import page_runs
from assistant.export.text import line
from assistant.web.chat.clipboard import ClipboardText, run_html


class _CopiedKind(Enum):
    """The kind of a part, with the HTML around it and the Markdown before and behind it."""

    STRONG = ("<p><strong>{}</strong></p>", "**", "**")
    ITEM = ("<p>• {}</p>", "- ", "")
    HEADING = ("<p><em>{}</em></p>", "*", "*")
    QUOTATION = ("<blockquote><p>{}</p></blockquote>", "> ", "")
    NOTE = ("<p><small>{}</small></p>", "", "")


@dataclass(frozen=True, slots=True)
class _CopiedPart:
    """A part of an answer: its lines, and the citations whose numbers stand behind them."""

    kind: _CopiedKind
    lines: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


def copy_answer(turn: Turn, answer: Answer, style: Style, accessed: date) -> ClipboardText:
    """Return the question, the answer as the page shows it, and its sources under the numbers of the page.

    Args:
        turn: the question.
        answer: the reply to it.
        style: the style of the sources.
        accessed: the day on which they were read.
    """
    parts = [_CopiedPart(_CopiedKind.STRONG, (turn.question,)), *_parts(answer)]
    documents = {c.document.id: c.document for c in answer.in_order}
    notes = references([*documents.values()], style, accessed).notes
    sources = [(c, _source(c, notes[c.document.id], answer)) for c in answer.in_order]
    blocks = [_markdown(part) for part in parts]
    blocks += [f"[^{_key(c)}]: {markdown_runs(runs)}" for c, runs in sources]
    html = [_html(part, answer) for part in parts]
    html += [f"<p>[{answer.marker(c)}] {''.join(map(run_html, runs))}</p>" for c, runs in sources]
    return ClipboardText("\n\n".join(blocks) + "\n", "\n".join(html))


def _parts(answer: Answer) -> Iterator[_CopiedPart]:
    short = answer.short_answer
    if short:
        yield _CopiedPart(_CopiedKind.STRONG, (short.words,), (short.citation,))
    for position, statement in enumerate(answer.statements):
        is_head = not position and (len(answer.statements) == 1 or statement.text.endswith((":", "：")))
        kind = (
            _CopiedKind.NOTE
            if answer.kind is ReplyKind.OUTLINE
            else _CopiedKind.STRONG
            if is_head
            else _CopiedKind.ITEM
        )
        yield _CopiedPart(kind, (statement.text,), tuple(c for c in answer.in_order if c in statement.citations))
    for name, citations in groupby(answer.quotations, key=lambda citation: citation.document.name):
        yield _CopiedPart(_CopiedKind.HEADING, (answer.headings[name],))
        for citation in citations:
            if heading := answer.above(citation).strip():
                yield _CopiedPart(_CopiedKind.STRONG, (heading,))
            yield _CopiedPart(_CopiedKind.QUOTATION, _quoted(citation), (citation,))
    yield from (_CopiedPart(_CopiedKind.NOTE, (note,)) for note in answer.notes)


def _quoted(citation: Citation) -> tuple[str, ...]:
    """Return the lines of a quotation in quotation marks, behind the one who speaks."""
    lines = [*quoted_lines(citation)] or [""]
    lines[0] = f"{citation.said_by}: “{lines[0]}" if citation.said_by else f"“{lines[0]}"
    lines[-1] += "”"
    return tuple(lines)


def _source(citation: Citation, reference: Runs, answer: Answer) -> Runs:
    """Return a source: the words themselves where the answer does not quote them, reference, pages, link."""
    words = () if answer.quotations else (Run(f"“{' '.join(quoted_lines(citation))}” "),)
    link = link_of(citation)
    linked = (Run(" "), Run("Quoted passage", link=link)) if link else ()
    return (*words, *reference, *page_runs(citation), *linked)


def _markdown(part: _CopiedPart) -> str:
    _, before, behind = part.kind.value
    break_ = f"\\\n{before}" if part.kind is _CopiedKind.QUOTATION else "\\\n"
    words = break_.join(escape_markdown(line(words)) for words in part.lines)
    return before + words + behind + "".join(f"[^{_key(citation)}]" for citation in part.citations)


def _html(part: _CopiedPart, answer: Answer) -> str:
    words = "<br>".join(escape(line(words)) for words in part.lines)
    markers = "".join(f" [{answer.marker(citation)}]" for citation in part.citations)
    return part.kind.value[0].format(words + markers)


def _key(citation: Citation) -> str:
    """Return the name of a footnote, the same in every answer, so that two of them can stand in one file."""
    return f"{citation.document.id[:6]}-{citation.span.start}-{citation.span.end}"

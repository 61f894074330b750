"""Write a report as Markdown with footnotes, for pandoc and GitHub."""

import re
from collections.abc import Iterator, Sequence

from assistant.export.bibliography.references import References, Run, Runs, references
from assistant.export.bibliography.style import Style
from assistant.export.passage import LinePart, quoted_lines, surroundings
from assistant.export.provenance import SourceFact, footnote, provenance, summary
from assistant.export.report import OWN_NOTE, Item, Report, Section
from assistant.export.text import line, visible

# Markup of CommonMark, GitHub or pandoc anywhere in a line.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~^$&@=]|--|\.\.\.")
# Markup at the start of a line: a list, a heading's underline, a definition.
_AT_START = re.compile(r"^(\(?\w{0,10})([.)])(?=\s|$)|^([-+:%])")
_HARD_BREAK = "\\\n"


def markdown(report: Report, style: Style) -> bytes:
    """Return the bytes of a .md file; text of documents and users is escaped."""
    cited = references(report.documents, style, report.accessed)
    blocks = [f"# {_inline(line(report.title))}", escape_markdown(summary(report))]
    for section, items in report.numbered():
        blocks += _section(section, items)
    if report.items:
        blocks += ["## References", *(_escape_start(markdown_runs(entry)) for entry in cited.entries)]
        blocks.append("## Annex: the passages in their surroundings")
        for number, item in enumerate(report.items, start=1):
            blocks += _annex(number, item, report)
        blocks += _footnotes(report, cited)
    return ("\n\n".join(blocks) + "\n").encode()


def escape_markdown(text: str) -> str:
    """Escape one line of text so that Markdown shows it unchanged, anywhere in a file."""
    return _escape_start(_inline(text))


def _inline(text: str) -> str:
    return _ANYWHERE.sub(lambda match: "".join(f"\\{c}" for c in match.group()), visible(text).replace("\n", " "))


def _escape_start(text: str) -> str:
    return _AT_START.sub(lambda match: f"{match[1] or ''}\\{match[2] or match[3]}", text)


def _section(section: Section, items: Sequence[tuple[int, Item]]) -> Iterator[str]:
    if section.heading:
        yield f"## {_inline(line(section.heading))}"
    yield from (f"**{_inline(line(first.text))}**" for first in section.first_lines)
    for number, item in items:
        if item.heading:
            yield f"### {_inline(line(item.heading))}"
        yield _block([escape_markdown(words) for words in quoted_lines(item.citation)], f"[^{number}]")
        # Without a note or comment between them, two quotations would become one.
        yield f"*{OWN_NOTE.strip()}* {_lines(item.note.strip())}" if item.note.strip() else "<!-- -->"
    for remark in section.remarks:
        yield _lines(remark)


def _block(lines: Sequence[str], end: str = "") -> str:
    return "> " + f"{_HARD_BREAK}> ".join(lines) + end


def _lines(text: str) -> str:
    return _HARD_BREAK.join(filter(None, (escape_markdown(line(part)) for part in text.splitlines())))


def _annex(number: int, item: Item, report: Report) -> Iterator[str]:
    yield f"### {number}\\. {_inline(line(item.citation.document.title))}"
    yield _block([_passage_line(parts) for parts in surroundings(item.citation)])
    yield "\n".join(f"- {name}: {_fact(fact)}" for name, fact in provenance(item.citation, report.accessed).items())


def _passage_line(parts: Sequence[LinePart]) -> str:
    """Return a line with its quoted words in bold; beside a letter, as in Japanese, stars would not be markup."""
    text = ""
    for i, part in enumerate(parts):
        beside = text[-1:] + (parts[i + 1].text[:1] if i + 1 < len(parts) else "")
        if part.quoted and any(c.isalnum() for c in beside):
            text += f"<strong>{_inline(part.text)}</strong>"
        else:
            text += _run(Run(part.text, bold=part.quoted))
    return _escape_start(text)


def _fact(fact: SourceFact) -> str:
    if fact.link:
        return _run(Run(fact.text, link=fact.link))
    return f"`{fact.text}`" if fact.exact and "`" not in fact.text else _inline(fact.text)


def _footnotes(report: Report, cited: References) -> Iterator[str]:
    for number, item in enumerate(report.items, start=1):
        note = footnote(item.citation, cited.notes[item.citation.document.id], report.notes)
        yield f"[^{number}]: {markdown_runs(note)}"


def markdown_runs(runs: Runs) -> str:
    """Return the runs of a reference as Markdown, with their emphasis and links."""
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    """Return a run with its emphasis; an address that is its own text is written once."""
    if run.link:
        return f"<{run.link}>" if run.link == run.text else f"[{_inline(run.text)}](<{run.link}>)"
    mark = "**" * run.bold + "*" * run.italic
    if not mark or not run.text.strip():
        return _inline(run.text)
    inner = run.text.strip()
    start, end = run.text[: run.text.index(inner)], run.text[run.text.index(inner) + len(inner) :]
    return f"{start}{mark}{_inline(inner)}{mark[::-1]}{end}"

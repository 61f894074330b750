"""A report as Markdown with footnotes, for pandoc, GitHub and the like."""

import re
from collections.abc import Iterator, Sequence

from assistant.export.passage import Piece, quoted_lines, surroundings
from assistant.export.provenance import Fact, footnote, provenance, summary
from assistant.export.references import References, Run, Runs, references
from assistant.export.report import Item, Report, Section
from assistant.export.style import Style
from assistant.export.text import line, visible

# What means something anywhere in a line, for CommonMark, GitHub or pandoc.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~^$&@=]|--|\.\.\.")
# What means something at the start of a line: a list, a heading's underline, a definition.
_AT_START = re.compile(r"^(\(?\w{0,10})([.)])(?=\s|$)|^([-+:%])")
_HARD_BREAK = "\\\n"


def markdown(report: Report, style: Style) -> bytes:
    """The bytes of a .md file; every word of others stands in it as text."""
    found = references(report.documents, style, report.accessed)
    blocks = [f"# {_inline(line(report.title))}", escaped(summary(report))]
    for section, items in report.numbered():
        blocks += _section(section, items)
    if report.items:
        blocks += ["## References", *(_started(_marked(entry)) for entry in found.entries)]
        blocks.append("## Annex: the passages in their surroundings")
        for number, item in enumerate(report.items, start=1):
            blocks += _annex(number, item, report)
        blocks += _footnotes(report, found)
    return ("\n\n".join(blocks) + "\n").encode()


def escaped(text: str) -> str:
    """Text of one line that Markdown shows as it is, wherever the line stands."""
    return _started(_inline(text))


def _inline(text: str) -> str:
    return _ANYWHERE.sub(lambda found: "".join(f"\\{c}" for c in found.group()), visible(text).replace("\n", " "))


def _started(text: str) -> str:
    return _AT_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", text)


def _section(section: Section, items: Sequence[tuple[int, Item]]) -> Iterator[str]:
    if section.heading:
        yield f"## {_inline(line(section.heading))}"
    for number, item in items:
        if item.heading:
            yield f"### {_inline(line(item.heading))}"
        yield _block([escaped(words) for words in quoted_lines(item.citation)], f"[^{number}]")
        if item.note.strip():
            yield _lines(item.note)
        else:
            yield "<!-- -->"  # two quotations in a row would become one
    for remark in section.remarks:
        yield _lines(remark)


def _block(lines: Sequence[str], end: str = "") -> str:
    return "> " + f"{_HARD_BREAK}> ".join(lines) + end


def _lines(text: str) -> str:
    return _HARD_BREAK.join(filter(None, (escaped(line(part)) for part in text.splitlines())))


def _annex(number: int, item: Item, report: Report) -> Iterator[str]:
    yield f"### {number}\\. {_inline(line(item.citation.document.title))}"
    yield _block([_around(pieces) for pieces in surroundings(item.citation)])
    yield "\n".join(f"- {name}: {_fact(fact)}" for name, fact in provenance(item.citation, report.accessed).items())


def _around(pieces: Sequence[Piece]) -> str:
    """A line with its quoted words in bold; stars beside a letter, as in Japanese, would be read as stars."""
    said = ""
    for i, piece in enumerate(pieces):
        beside = said[-1:] + (pieces[i + 1].text[:1] if i + 1 < len(pieces) else "")
        if piece.quoted and any(c.isalnum() for c in beside):
            said += f"<strong>{_inline(piece.text)}</strong>"
        else:
            said += _marked_run(Run(piece.text, bold=piece.quoted))
    return _started(said)


def _fact(fact: Fact) -> str:
    if fact.link:
        return _marked((Run(fact.text, link=fact.link),))
    return f"`{fact.text}`" if fact.exact and "`" not in fact.text else _inline(fact.text)


def _footnotes(report: Report, found: References) -> Iterator[str]:
    for number, item in enumerate(report.items, start=1):
        yield f"[^{number}]: {_marked(footnote(item.citation, found.notes[item.citation.document.id]))}"


def _marked(runs: Runs) -> str:
    """Runs with their emphasis; an address that is its own text is written once."""
    return "".join(map(_marked_run, runs))


def _marked_run(run: Run) -> str:
    if run.link:
        return f"<{run.link}>" if run.link == run.text else f"[{_inline(run.text)}](<{run.link}>)"
    mark = "**" * run.bold + "*" * run.italic
    if not mark or not run.text.strip():
        return _inline(run.text)
    inner = run.text.strip()
    start, end = run.text[: run.text.index(inner)], run.text[run.text.index(inner) + len(inner) :]
    return f"{start}{mark}{_inline(inner)}{mark[::-1]}{end}"

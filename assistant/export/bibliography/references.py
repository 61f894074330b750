"""Render references in a citation style, for footnotes and for the reference list."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from assistant.export import StyleRefused
from assistant.export.bibliography.csl_json import CslItem, csl_item, keys, meeting_note
from assistant.export.bibliography.style import Style
from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Run:
    """A run of plain text with one formatting, and the web address that it links to, if any."""

    text: str
    italic: bool = False
    bold: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """Return the plain text of runs."""
    return "".join(run.text for run in runs)


def without_start(runs: Runs, length: int) -> Runs:
    """Return runs without their first `length` characters."""
    rest: list[Run] = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        if run.text[cut:]:
            rest.append(replace(run, text=run.text[cut:]))
    return tuple(rest)


# Non-characters of Unicode: `visible` removes them from every text, so these marks are always ours.
_ITALIC, _UPRIGHT, _BOLD, _LIGHT, _LESS = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_MARKS = f"[{_ITALIC}{_UPRIGHT}{_BOLD}{_LIGHT}]"
_NUMBER = re.compile(r"\s*(?:\[\d+\]|\(\d+\)|\d+\.)\s*")


@dataclass(frozen=True, slots=True)
class References:
    """The references of a report.

    Attributes:
        notes: the full reference of each document for a footnote, by document id.
        entries: the reference list, in the style's order.
    """

    notes: dict[str, Runs]
    entries: tuple[Runs, ...]


def references(documents: Sequence[Document], style: Style, accessed: date) -> References:
    """Render the references of documents.

    A note always has the whole reference, never "ibid.", since passages are copied from one report into another. The
    meeting follows in brackets where the style leaves it out.

    Raises:
        StyleRefused: the style cannot be rendered.
    """
    if not documents:
        return References({}, ())
    key_of = keys(documents)
    items = [_style_input(csl_item(document, key_of[document.id], accessed)) for document in documents]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc-py warns of the parts of a style that it does not support
            notes, entries = _render(style, items)
    except Exception as error:  # citeproc-py fails in many ways on styles that it does not support
        raise StyleRefused(f"{style.name}: asks for something that is not supported; try another") from error
    note_of = {document.id: _append_meeting(note, document) for document, note in zip(documents, notes, strict=True)}
    return References(note_of, tuple(entries))


def _render(style: Style, items: list[CslItem]) -> tuple[list[Runs], list[Runs]]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    compiled = style.compiled()
    bibliography = CitationStylesBibliography(compiled, CiteProcJSON(items), _formatter())
    cites = {item["id"]: Citation([CitationItem(item["id"])]) for item in items}
    for cite in cites.values():
        bibliography.register(cite)
    item_of = {item["id"]: item for item in items}
    inside = compiled.root.get_locale_option("punctuation-in-quote") == "true"
    addresses = sorted({item["URL"] for item in items if "URL" in item}, key=len, reverse=True)

    def runs(key: str, marked: Any) -> Runs:
        return _link_addresses(_parse_marks(_drop_second_title(str(marked), item_of[key]), inside), addresses)

    cited = {key: runs(key, bibliography.cite(cite, _raise_missing)) for key, cite in cites.items()}
    if compiled.has_bibliography():
        bibliography.sort()
    listed = {item.key: _entry(compiled, item, cited, runs) for item in bibliography.items}
    notes = cited if style.is_note else {key: _drop_number(entry) for key, entry in listed.items()}
    return [notes[key] for key in cites], [_space_number(entry) for entry in listed.values()]


def _entry(compiled: Any, item: Any, cited: dict[str, Runs], runs: Any) -> Runs:
    """Return a document's entry in the list; its citation where the style has no list or omits this document."""
    entries = compiled.render_bibliography([item]) if compiled.has_bibliography() else []
    return runs(item.key, entries[0]) if entries else cited[item.key]


def _drop_second_title(marked: str, item: CslItem) -> str:
    """Drop the second title that citeproc-py writes where the first replaces a missing author."""
    if "author" in item:
        return marked
    title = rf"{_MARKS}*“?{_MARKS}*{re.escape(item['title'])}{_MARKS}*”?{_MARKS}*[.,]?{_MARKS}*”?(?=\s|$)"
    titles = list(re.finditer(rf"(?:(?<=\s)|^){title}", marked))
    return marked if len(titles) < 2 else marked[: titles[-1].start()] + marked[titles[-1].end() :].lstrip()


def _raise_missing(item: Any) -> str:
    raise ValueError(f"the style asks for {item.key}, which is not cited")


def _style_input(item: CslItem) -> CslItem:
    """Adapt an item so that every style prints it completely.

    The type is `document`: with `webpage` IEEE omits the date, with `report` APA omits all of the date but the year,
    and ISO 690 writes an empty sentence for a site without a name. The language is undetermined, since styles give
    English titles capitals. "<" is replaced, since citeproc-py reads it as markup.
    """
    text = {name: value.replace("<", _LESS) for name, value in item.items() if isinstance(value, str)}
    authors = [{"literal": author["literal"].replace("<", _LESS)} for author in item.get("author", ())]
    return {**item, **text, **({"author": authors} if authors else {}), "type": "document", "language": "und"}


def _formatter() -> Any:
    """Return the object whose functions citeproc-py calls to mark emphasis; plain text passes unchanged."""

    def marked(start: str, end: str) -> Any:
        return lambda text: f"{start}{text}{end}"

    italic, bold = marked(_ITALIC, _UPRIGHT), marked(_BOLD, _LIGHT)
    return SimpleNamespace(
        preformat=lambda text: text,
        Italic=italic,
        Oblique=italic,
        Bold=bold,
        Light=str,
        Underline=str,
        Superscript=str,
        Subscript=str,
        SmallCaps=str,
    )


def _parse_marks(marked: str, punctuation_inside: bool) -> Runs:
    """Parse citeproc-py's marked text into runs, and repair doubled punctuation where it joins parts."""
    marked = re.sub(r"(?<!\. )\. \.(?! \.)", ".", marked).rstrip()
    text = re.sub(rf"([.!?])((?:{_MARKS}|[”’])+)\.", r"\1\2", marked)
    if punctuation_inside:
        text = re.sub(rf"(”)((?:{_MARKS})*)([.,])(?=\s|$)", r"\3\1\2", text)
    runs: list[Run] = []
    italic = bold = False
    for piece in re.split(f"({_MARKS})", text.replace(_LESS, "<")):
        if re.fullmatch(_MARKS, piece):
            italic = piece == _ITALIC or (italic and piece != _UPRIGHT)
            bold = piece == _BOLD or (bold and piece != _LIGHT)
        elif piece:
            runs.append(Run(piece, italic, bold))
    return tuple(runs)


def _link_addresses(runs: Runs, addresses: Sequence[str]) -> Runs:
    """Make links of the documents' own addresses; any other address, such as one in a title, stays text."""
    if not addresses:
        return runs
    known = re.compile("(" + "|".join(map(re.escape, addresses)) + ")")
    return tuple(
        replace(run, text=piece, link=piece if piece in addresses else None)
        for run in runs
        for piece in known.split(run.text)
        if piece
    )


def _drop_number(runs: Runs) -> Runs:
    """Drop the number that a numeric style puts before a reference: the footnote has its own."""
    number = _NUMBER.match(text_of(runs))
    return without_start(runs, number.end()) if number else runs


def _space_number(runs: Runs) -> Runs:
    """Put one space behind the number that a numeric style puts before a reference."""
    number = _NUMBER.match(text_of(runs))
    return (Run(f"{number.group().strip()} "), *without_start(runs, number.end())) if number else runs


def _append_meeting(runs: Runs, document: Document) -> Runs:
    """Append the meeting in brackets to a reference that does not name it."""
    note = meeting_note(document)
    return runs if not note or note in text_of(runs) else (*runs, Run(f" [{note}]"))

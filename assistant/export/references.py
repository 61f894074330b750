"""References in a citation style: for a footnote and for the list at the end."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from assistant.export.csl_item import CslItem, csl_item, keys, meeting_note
from assistant.export.errors import StyleRefused
from assistant.export.style import Style
from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike.

    Attributes:
        text: the characters, as they are: nothing in them is markup.
        italic: whether they stand in italics.
        bold: whether they stand in bold.
        link: the web address that they are; None for words.
    """

    text: str
    italic: bool = False
    bold: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """The characters without their looks."""
    return "".join(run.text for run in runs)


def without_start(runs: Runs, length: int) -> Runs:
    """The runs without their first characters."""
    kept: list[Run] = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        if run.text[cut:]:
            kept.append(replace(run, text=run.text[cut:]))
    return tuple(kept)


# Non-characters of Unicode: `visible` lets none into a text, so these can only be marks of ours.
_ITALIC, _UPRIGHT, _BOLD, _LIGHT, _LESS = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_MARKS = f"[{_ITALIC}{_UPRIGHT}{_BOLD}{_LIGHT}]"
_NUMBER = re.compile(r"\s*(?:\[\d+\]|\(\d+\)|\d+\.)\s*")


@dataclass(frozen=True, slots=True)
class References:
    """The references of a report.

    Attributes:
        notes: the full reference of each document by its id, as a footnote has it.
        entries: the list at the end, in the style's order.
    """

    notes: dict[str, Runs]
    entries: tuple[Runs, ...]


def references(documents: Sequence[Document], style: Style, accessed: date) -> References:
    """Write the references of some documents.

    A note always has the whole reference, never "ibid.": passages are copied from one report into another. What the
    style leaves out, the meeting, follows it in brackets.

    Raises:
        StyleRefused: the style cannot be rendered.
    """
    if not documents:
        return References({}, ())
    named = keys(documents)
    items = [_styled(csl_item(document, named[document.id], accessed)) for document in documents]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # citeproc-py tells of what it leaves out of a style
            notes, entries = _rendered(style, items)
    except Exception as error:  # whatever a foreign style makes citeproc-py stumble over
        raise StyleRefused(f"{style.name}: cannot be used ({type(error).__name__}: {error}); try another") from error
    found = {document.id: _with_meeting(notes[i], document) for i, document in enumerate(documents)}
    return References(found, tuple(entries))


def _rendered(style: Style, items: list[CslItem]) -> tuple[list[Runs], list[Runs]]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    compiled = style.compiled()
    written = CitationStylesBibliography(compiled, CiteProcJSON(items), _formatter())
    cites = {item["id"]: Citation([CitationItem(item["id"])]) for item in items}
    for cite in cites.values():
        written.register(cite)
    named = {item["id"]: item for item in items}
    inside = compiled.root.get_locale_option("punctuation-in-quote") == "true"
    addresses = sorted({item["URL"] for item in items if "URL" in item}, key=len, reverse=True)

    def runs(key: str, marked: Any) -> Runs:
        return _linked(_runs(_once(str(marked), named[key]), inside), addresses)

    cited = {key: runs(key, written.cite(cite, _not_missing)) for key, cite in cites.items()}
    if compiled.has_bibliography():
        written.sort()
    listed = {item.key: _entry(compiled, item, cited, runs) for item in written.items}
    notes = cited if style.is_note else {key: _unnumbered(entry) for key, entry in listed.items()}
    return [notes[key] for key in cites], [_spaced(entry) for entry in listed.values()]


def _entry(compiled: Any, item: Any, cited: dict[str, Runs], runs: Any) -> Runs:
    """A document's entry in the list; its citation where the style has no list, or leaves this one out of it."""
    entries = compiled.render_bibliography([item]) if compiled.has_bibliography() else []
    return runs(item.key, entries[0]) if entries else cited[item.key]


def _once(marked: str, item: CslItem) -> str:
    """A reference without the second title that citeproc-py writes where the first stands in for an author."""
    if "author" in item:
        return marked
    title = rf"{_MARKS}*“?{_MARKS}*{re.escape(item['title'])}{_MARKS}*”?{_MARKS}*[.,]?{_MARKS}*”?(?=\s|$)"
    found = list(re.finditer(rf"(?:(?<=\s)|^){title}", marked))
    return marked if len(found) < 2 else marked[: found[-1].start()] + marked[found[-1].end() :].lstrip()


def _not_missing(item: Any) -> str:
    raise ValueError(f"the style asks for {item.key}, which is not cited")


def _styled(item: CslItem) -> CslItem:
    """An item as the styles read it best.

    A release is printed as `document`: as `webpage`, IEEE leaves its date out, as `report`, APA all but the year, and
    ISO 690 writes an empty sentence for the site that has no name. Its language is undetermined, or styles would give
    a title the capitals of English. "<" would be read as markup.
    """
    text = {name: value.replace("<", _LESS) for name, value in item.items() if isinstance(value, str)}
    authors = [{"literal": author["literal"].replace("<", _LESS)} for author in item.get("author", ())]
    return {**item, **text, **({"author": authors} if authors else {}), "type": "document", "language": "und"}


def _formatter() -> Any:
    """What citeproc-py calls to mark emphasis; plain text passes unchanged."""

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


def _runs(marked: str, punctuation_inside: bool) -> Runs:
    """The text of a reference with its emphasis, after what citeproc-py leaves to be done at the seams."""
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


def _linked(runs: Runs, addresses: Sequence[str]) -> Runs:
    """The runs with the documents' own addresses as links; an address inside a title stays words."""
    if not addresses:
        return runs
    known = re.compile("(" + "|".join(map(re.escape, addresses)) + ")")
    return tuple(
        replace(run, text=piece, link=piece if piece in addresses else None)
        for run in runs
        for piece in known.split(run.text)
        if piece
    )


def _unnumbered(runs: Runs) -> Runs:
    """A reference without the number that a numeric style puts before it: the footnote has its own."""
    number = _NUMBER.match(text_of(runs))
    return without_start(runs, number.end()) if number else runs


def _spaced(runs: Runs) -> Runs:
    number = _NUMBER.match(text_of(runs))
    return (Run(f"{number.group().strip()} "), *without_start(runs, number.end())) if number else runs


def _with_meeting(runs: Runs, document: Document) -> Runs:
    """A reference that names the meeting: in brackets, as words that are not the style's, where it does not."""
    note = meeting_note(document)
    return runs if not note or note in text_of(runs) else (*runs, Run(f" [{note}]"))

"""Read PowerPoint files (.pptx): the slides in order, each with title, text, tables and the speaker's notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.content import Content
from corpus.document import NOTES, Block, Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import Part, collapse_space, compose, format_number
from corpus.readers.package import Package, child, children, name_of, properties_of, value
from corpus.readers.table import table_parts

_PROPERTIES = {"title": "title", "Company": "publisher", "creator": "publisher", "language": "language"}
# Placeholders of what each slide repeats: day, footer, number; and the picture of the slide beside its notes.
_REPEATED = frozenset(("dt", "ftr", "hdr", "sldNum", "sldImg"))
_TITLES = ("ctrTitle", "title")
_BODIES = ("body", "obj", "")
_NUMBERING = {"alphaLc": "lower-latin", "alphaUc": "upper-latin", "romanLc": "lower-roman", "romanUc": "upper-roman"}


def read_pptx(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a PowerPoint file into a section for each slide; a citation's page is the number of its slide.

    Hidden slides are left out, and a warning says so.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, or its slides hold no text.
    """
    deck = _Deck(Package(raw, file, limits), file, limits)
    slides = list(deck.slides())
    parts = [part for slide in slides for part in slide]
    if not deck.has_words:
        what = f", only pictures ({deck.pictures:,})" if deck.pictures else ""
        raise CorpusError(f"{file}: the slides hold no text{what}; give their text, or a .pdf with a text layer")
    facts = list(properties_of(deck.package, _PROPERTIES, "PowerPoint properties"))
    if parts[0].kind is Kind.TITLE:
        facts.insert(0, Fact("title", collapse_space(parts[0].words), "first lines"))
    text, blocks = compose(parts, next((str(fact.value) for fact in facts if fact.name == "title"), file))
    pages = _pages(text, blocks, [collapse_space(slide[0].words) for slide in slides])
    return Content(text, blocks, facts=tuple(facts), pages=pages, warnings=tuple(deck.warnings()))


def _pages(text: str, blocks: tuple[Block, ...], firsts: list[str]) -> tuple[int, ...]:
    """Return where each slide begins, by the words of its first block."""
    pages: list[int] = []
    remaining = iter(blocks)
    for words in firsts:
        found = next((block.span.start for block in remaining if block.words.of(text) == words), None)
        if found is None:
            return ()
        pages.append(found)
    return tuple(pages)


@dataclass(slots=True)
class _Deck:
    """A PowerPoint file, and what was left out while its slides were read."""

    package: Package
    file: str
    limits: Limits
    hidden: int = 0
    pictures: int = 0
    has_words: bool = False
    without_words: list[int] = field(default_factory=list)

    def slides(self) -> Iterator[list[Part]]:
        """Yield the parts of each slide that is shown, first its title."""
        main = next(iter(self.package.related("", "officeDocument").values()), "ppt/presentation.xml")
        root = self.package.tree(main)
        if root is None or name_of(root) != "presentation":
            raise CorpusError(f"{self.file}: it has no PowerPoint slides; save it again from PowerPoint, as .pptx")
        names = self.package.related(main, "slide")
        listed = [names.get(_relation(element), "") for element in children(root, "sldIdLst")]
        number = 0
        for name in listed:
            slide = self.package.tree(name)
            if slide is None:
                continue
            if value(slide, "show") in ("0", "false"):
                self.hidden += 1
                continue
            number += 1
            if number > self.limits.pages:
                raise CorpusError(f"{self.file}: over {self.limits.pages:,} slides, the limit; split the file")
            yield self._slide(name, slide, number)

    def warnings(self) -> Iterator[str]:
        """Yield a sentence for each kind of things that were left out."""
        if self.hidden:
            yield f"Hidden slides ({self.hidden:,}) are left out."
        if self.without_words:
            numbers = ", ".join(str(number) for number in self.without_words[:20])
            yield f"Slides of pictures alone, whose words are not read: {numbers}."

    def _slide(self, name: str, slide: Any, number: int) -> list[Part]:
        shapes = list(_shapes(child(slide, "cSld", "spTree")))
        pictures = sum(1 for shape in shapes if name_of(shape) == "pic")
        self.pictures += pictures
        title = next((shape for shape in shapes if _placeholder(shape) in _TITLES and _words(shape)), None)
        kind = Kind.TITLE if number == 1 and title is not None and _placeholder(title) == "ctrTitle" else Kind.HEADING
        words = _words(title) if title is not None else f"Slide {number}"
        parts = [part for shape in shapes if shape is not title for part in self._parts(name, shape)]
        notes = [p for part in self.package.related(name, "notesSlide").values() for p in self._notes(part)]
        self.has_words = self.has_words or title is not None or bool(parts or notes)
        if pictures and title is None and not parts and not notes:
            self.without_words.append(number)
        return [Part(kind, words, level=1 if kind is Kind.HEADING else 0), *parts, *notes]

    def _parts(self, name: str, shape: Any) -> Iterator[Part]:
        """Yield the paragraphs of a shape, the rows of a table, or the words of a diagram."""
        if name_of(shape) == "graphicFrame":
            data = child(shape, "graphic", "graphicData")
            if (table := child(data, "tbl")) is not None:
                yield from table_parts(_rows(table), self.file, self.limits)
            elif (diagram := child(data, "relIds")) is not None:
                part = self.package.related(name, "diagramData").get(value(diagram, "dm") or "", "")
                root = self.package.tree(part)
                paragraphs = root.iter("{*}p") if root is not None else ()
                yield from (Part(Kind.LIST_ITEM, words, "• ") for p in paragraphs if (words := _paragraph(p)))
        elif _placeholder(shape) not in _REPEATED:
            yield from _text(shape)

    def _notes(self, part: str) -> Iterator[Part]:
        """Yield the notes of a slide under their own heading."""
        root = self.package.tree(part)
        shapes = _shapes(child(root, "cSld", "spTree")) if root is not None else ()
        paragraphs = [p for shape in shapes if _placeholder(shape) == "body" for p in _paragraphs(shape)]
        if notes := [Part(Kind.BODY, words) for p in paragraphs if (words := _paragraph(p))]:
            yield Part(Kind.HEADING, NOTES, level=2)
            yield from notes


def _relation(element: Any) -> str:
    return next((words for key, words in element.attrib.items() if key.endswith("}id")), "")


def _shapes(tree: Any | None) -> Iterator[Any]:
    """Yield the shapes of a slide in their order, those of a group one by one; hidden ones are left out."""
    for shape in tree if tree is not None else ():
        name = name_of(shape)
        if name == "grpSp":
            yield from _shapes(shape)
        elif name == "AlternateContent":
            yield from _shapes(child(shape, "Choice"))
        elif name in ("sp", "pic", "graphicFrame") and not _is_hidden(shape):
            yield shape


def _properties(shape: Any) -> Any | None:
    return next((inner for inner in shape if name_of(inner).startswith("nv")), None)


def _is_hidden(shape: Any) -> bool:
    return value(child(_properties(shape), "cNvPr"), "hidden") in ("1", "true")


def _placeholder(shape: Any) -> str | None:
    """Return the type of a placeholder, "" for one without a type; None for another shape."""
    place = child(_properties(shape), "nvPr", "ph")
    return None if place is None else value(place, "type") or ""


def _paragraphs(shape: Any) -> list[Any]:
    return [p for p in children(shape, "txBody") if name_of(p) == "p"]


def _words(shape: Any) -> str:
    return " ".join(words for p in _paragraphs(shape) if (words := " ".join(_paragraph(p).split())))


def _paragraph(paragraph: Any) -> str:
    """Return the words of a paragraph, with its line breaks and the results of its fields."""
    pieces = []
    for run in paragraph:
        if name_of(run) in ("r", "fld"):
            pieces.append("".join(t.text or "" for t in run if name_of(t) == "t"))
        elif name_of(run) == "br":
            pieces.append("\n")
    return collapse_space("".join(pieces))


def _text(shape: Any) -> Iterator[Part]:
    """Yield the paragraphs of a shape: items where they have bullets or numbers, or are several in the slide's body."""
    paragraphs = [(p, words) for p in _paragraphs(shape) if (words := _paragraph(p))]
    is_list = _placeholder(shape) in _BODIES and len(paragraphs) > 1
    counts: dict[int, int] = {}
    for number, (paragraph, words) in enumerate(paragraphs):
        marker = _marker(child(paragraph, "pPr"), counts, is_list)
        kind = Kind.BODY if marker is None else Kind.LIST_ITEM
        yield Part(kind, words, marker or "", joined=kind is Kind.LIST_ITEM and number > 0)


def _marker(properties: Any | None, counts: dict[int, int], is_list: bool) -> str | None:
    """Return the bullet or number of a paragraph; None for a paragraph without.

    Args:
        properties: of the paragraph.
        counts: the numbers of the items so far by their levels; changed in place.
        is_list: True if a paragraph that states nothing has a bullet.
    """
    level = int(value(properties, "lvl") or 0) if (value(properties, "lvl") or "0").isdecimal() else 0
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    if child(properties, "buNone") is not None:
        return None
    numbered = child(properties, "buAutoNum")
    if numbered is None:
        counts.pop(level, None)
        return "• " if is_list or child(properties, "buChar") is not None else None
    start = value(numbered, "startAt") or "1"
    counts[level] = counts.get(level, int(start) - 1 if start.isdecimal() else 0) + 1
    kind = value(numbered, "type") or ""
    style = next((style for name, style in _NUMBERING.items() if kind.startswith(name)), "decimal")
    return f"{format_number(counts[level], style)}. "


def _rows(table: Any) -> Iterator[dict[int, str]]:
    """Yield the words of a table's rows; a cell that continues the one above or before it has none."""
    for row in table:
        if name_of(row) == "tr":
            yield dict(enumerate(_words(cell) for cell in row if name_of(cell) == "tc"))

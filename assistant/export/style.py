"""Reference styles: the five that come with the program, and any other file of the Citation Style Language."""

from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.export.errors import StyleRefused

# Short name to file.
SHIPPED = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "ieee": "ieee",
    "iso690": "iso690-author-date-en",
}
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Style:
    """How references are written.

    Attributes:
        name: as the user named it.
        source: the bytes of its .csl file, known to be one.
        is_note: whether its citations stand in notes, as Chicago's, and not in the text.
    """

    name: str
    source: bytes
    is_note: bool

    @classmethod
    def of(cls, name: str) -> "Style":
        """The style of a short name (apa, chicago, mla, ieee, iso690), of a shipped file's name, or of a .csl file.

        Raises:
            StyleRefused: there is no such style, or the file is no style that works alone.
        """
        shipped = SHIPPED.get(name.lower(), name.lower())
        if shipped in SHIPPED.values():
            source = (files("assistant.export") / "styles" / f"{shipped}.csl").read_bytes()
        else:
            source = _read(name)
        return cls(name, source, _root(name, source).get("class") == "note")

    def compiled(self) -> Any:
        """The style as citeproc has it; compiled anew for each use, since rendering leaves traces in it."""
        from citeproc import CitationStylesStyle

        return CitationStylesStyle(BytesIO(self.source), validate=False)


def _read(name: str) -> bytes:
    if not name.lower().endswith(".csl"):
        raise StyleRefused(f"{name}: no such style; name one of {', '.join(SHIPPED)}, or the path of a .csl file")
    try:
        with Path(name).expanduser().open("rb") as file:
            source = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise StyleRefused(f"{name}: cannot be read ({why})") from error
    if len(source) > _LARGEST:
        raise StyleRefused(f"{name}: larger than {_LARGEST:,} bytes, so no citation style; give a .csl file")
    return source


def _root(name: str, source: bytes) -> Any:
    """The root of a style's XML, in which no entity is expanded and from which nothing else is read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(BytesIO(source), parser)
    except etree.XMLSyntaxError as error:
        raise StyleRefused(f"{name}: does not parse ({error}); give a style of the Citation Style Language") from error
    root = tree.getroot()
    if tree.docinfo.doctype or root.tag != f"{_NAMESPACE}style":
        raise StyleRefused(f"{name}: no style of the Citation Style Language (its root is {root.tag}); give one")
    parent = root.find(f"{_NAMESPACE}info/{_NAMESPACE}link[@rel='independent-parent']")
    if parent is not None:
        raise StyleRefused(f"{name}: only points at another style; give that file: {parent.get('href')}")
    if root.find(f"{_NAMESPACE}citation") is None:
        raise StyleRefused(f"{name}: has no citation element, so it writes no reference; give a complete style")
    return root

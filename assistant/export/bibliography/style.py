"""Load a reference style: one of the five that come with the program, or any file of the Citation Style Language."""

from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.export import StyleRefused

# Short name to file name.
STYLE_FILES = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "ieee": "ieee",
    "iso690": "iso690-author-date-en",
}
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style.

    Attributes:
        name: as the user named it.
        source: the bytes of its .csl file, already checked.
        is_note: True if it puts citations in notes, as Chicago does, and not in the text.
    """

    name: str
    source: bytes
    is_note: bool

    @classmethod
    def of(cls, name: str) -> "Style":
        """Load a style by short name (apa, chicago, mla, ieee, iso690), shipped file name, or path of a .csl file.

        Raises:
            StyleRefused: there is no such style, or the file is not a complete style.
        """
        shipped = STYLE_FILES.get(name.lower(), name.lower())
        if shipped in STYLE_FILES.values():
            source = (files("assistant.export.bibliography") / "styles" / f"{shipped}.csl").read_bytes()
        else:
            source = _read_style_file(name)
        return cls(name, source, _parse_root(name, source).get("class") == "note")

    def compiled(self) -> Any:
        """Compile the style for citeproc; once a use, since rendering changes the compiled object."""
        from citeproc import CitationStylesStyle

        return CitationStylesStyle(BytesIO(self.source), validate=False)


def _read_style_file(name: str) -> bytes:
    if not name.lower().endswith(".csl"):
        raise StyleRefused(f"{name}: no such style; name one of {', '.join(STYLE_FILES)}, or the path of a .csl file")
    try:
        with Path(name).expanduser().open("rb") as file:
            source = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise StyleRefused(f"{name}: cannot be read ({why})") from error
    if len(source) > _MAX_BYTES:
        raise StyleRefused(f"{name}: larger than {_MAX_BYTES:,} bytes, so no citation style; give a .csl file")
    return source


def _parse_root(name: str, source: bytes) -> Any:
    """Parse a style and check its root element; entities are not expanded and no other file is read."""
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

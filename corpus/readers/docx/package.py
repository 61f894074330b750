"""Open a Word file (.docx): its main part, the parts beside it, and its notes."""

from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.package import Package, name_of, part_beside, value

_MAIN = "word/document.xml"


class WordPackage(Package):
    """The parts of a Word file as trees.

    Attributes:
        main: name of the part that holds the text.
        document: its tree.

    Raises:
        CorpusError: the file is damaged, encrypted, unpacks beyond the limits, or is no Word document.
    """

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        super().__init__(raw, file, limits)
        self.main = next(iter(self.related("", "officeDocument").values()), _MAIN)
        self.document = self.tree(self.main)
        if self.document is None or name_of(self.document) != "document":
            raise CorpusError(f"{file}: it has no Word document; save it again from Word, as .docx")

    def beside(self, name: str) -> Any | None:
        """Parse a part in the folder of the main part, such as "styles.xml"."""
        return self.tree(part_beside(self.main, name))

    def notes(self, kind: str) -> list[Any]:
        """Return the elements of the notes of a kind, "footnote" or "endnote", without separators, in order."""
        root = self.beside(f"{kind}s.xml")
        notes = (element for element in (root if root is not None else ()) if name_of(element) == kind)
        return [note for note in notes if (value(note, "type") or "normal") == "normal"]

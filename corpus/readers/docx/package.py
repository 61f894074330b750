"""Open a Word file (.docx), a zip of XML parts: refuse bombs, parse parts, relationships and notes."""

import re
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as ZlibError

from corpus.errors import CorpusError
from corpus.limits import Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
# Bytes of the archive's directory for each member, at most; zipfile reads it whole.
_NAME_BYTES = 400
_MAIN = "word/document.xml"


class Zipped:
    """The members of a zipped document by name, each unpacked when it is read."""

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        """Open the archive.

        Raises:
            CorpusError: it is damaged, has a password, or would unpack to more than the limits allow.
        """
        self._file = file
        if _directory_size(raw) > limits.members * _NAME_BYTES:
            raise CorpusError(f"{file}: it holds over {limits.members:,} parts; save it again from Word")
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, LargeZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            raise CorpusError(f"{file}: damaged or cut off; give the whole file") from error
        members = self._archive.infolist()
        unpacked, packed = sum(m.file_size for m in members), max(1, len(raw))
        if unpacked > limits.unpacked_bytes:
            raise CorpusError(f"{file}: it unpacks to {unpacked:,} bytes, the limit is {limits.unpacked_bytes:,}")
        if unpacked > limits.unpacked_ratio * packed:
            raise CorpusError(
                f"{file}: it unpacks to {unpacked // packed:,} times its size, the limit is {limits.unpacked_ratio:,}"
            )
        if any(m.flag_bits & 1 for m in members):
            raise CorpusError(f"{file}: it has a password; remove it and save the file again")
        self.names = frozenset(m.filename for m in members)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a member; None for an unknown name.

        Raises:
            CorpusError: it is damaged.
        """
        if name not in self.names:
            return None
        try:
            return self._archive.read(name)
        except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, ZlibError) as error:
            raise CorpusError(f"{self._file}: damaged in its part {name!a}; save it again") from error


def _directory_size(raw: bytes) -> int:
    """Return the size of the archive's directory, as the end of the archive states it."""
    at = raw.rfind(_END, max(0, len(raw) - 65_557))
    if at < 0 or at + _END_SIZE > len(raw):
        return 0
    size: int = struct.unpack("<L", raw[at + 12 : at + 16])[0]
    # Larger sizes are in a zip64 record, which no document needs.
    return size


def name_of(element: Any) -> str:
    """Return an element's name without its namespace: Word has a transitional and a strict one."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any | None, *path: str) -> Any | None:
    """Return the first child by these names, one inside the other, or None."""
    for name in path:
        element = next((inner for inner in element if name_of(inner) == name), None) if element is not None else None
    return element


def value(element: Any | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace, or None."""
    if element is None:
        return None
    return next((words for key, words in element.attrib.items() if key.rpartition("}")[2] == name), None)


def number(element: Any | None, name: str = "val") -> int | None:
    """Return an attribute as a number; None where it is none, or beyond what Word writes."""
    words = value(element, name) or ""
    return int(words) if re.fullmatch(r"-?\d{1,9}", words) else None


def is_on(element: Any) -> bool:
    """Return True if a property that counts as on when it has no value is on."""
    return element is not None and (value(element) or "true").lower() not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: to another part of the package, or to an address outside."""

    kind: str
    target: str
    is_external: bool


class WordPackage:
    """The parts of a Word file as trees; nothing beyond the file is loaded, and entities are not resolved.

    Attributes:
        main: name of the part that holds the text.
        document: its tree.

    Raises:
        CorpusError: the file is damaged, encrypted, unpacks beyond the limits, or is no Word document.
    """

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        self._file = file
        self._archive = Zipped(raw, file, limits)
        relations = self.relations("").values()
        self.main = next(
            (r.target.lstrip("/") for r in relations if r.kind == "officeDocument" and not r.is_external), _MAIN
        )
        self.document = self.tree(self.main)
        if self.document is None or name_of(self.document) != "document":
            raise CorpusError(f"{file}: it has no Word document; save it again from Word, as .docx")

    def tree(self, name: str) -> Any | None:
        """Return a part as a tree; None for an unknown name.

        Raises:
            CorpusError: it is damaged, nested too deeply, or declares a document type.
        """
        from lxml import etree

        raw = self._archive.part(name)
        if raw is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise CorpusError(
                f"{self._file}: damaged in its part {name!a}, or nested too deep; save it again"
            ) from error
        if root.getroottree().docinfo.doctype:
            raise CorpusError(f"{self._file}: its part {name!a} declares a document type, which no Word file has")
        return root

    def beside(self, name: str) -> Any | None:
        """Parse a part in the folder of the main part, such as "styles.xml"."""
        return self.tree(self.main[: self.main.rfind("/") + 1] + name)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by their ids; of the package itself where `part` is empty."""
        folder, _, name = part.rpartition("/")
        root = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        return {
            value(element, "Id") or "": Relation(
                (value(element, "Type") or "").rpartition("/")[2],
                value(element, "Target") or _MAIN,
                value(element, "TargetMode") == "External",
            )
            for element in (root if root is not None else ())
        }

    def notes(self, kind: str) -> list[Any]:
        """Return the elements of the notes of a kind, "footnote" or "endnote", without separators, in order."""
        root = self.beside(f"{kind}s.xml")
        notes = (element for element in (root if root is not None else ()) if name_of(element) == kind)
        return [note for note in notes if (value(note, "type") or "normal") == "normal"]

    def require_plain_parts(self) -> None:
        """Refuse the file if any of its XML parts is damaged or declares entities, also a part that is not read here.

        Raises:
            CorpusError: a part is refused.
        """
        for name in self._archive.names:
            if name.endswith((".xml", ".rels")):
                self.tree(name)

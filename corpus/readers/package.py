"""Open an Office, OpenDocument or EPUB file, a zip of XML parts: refuse bombs, parse its parts and relationships."""

import posixpath
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as ZlibError

from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
# Bytes of the archive's directory for each member, at most; zipfile reads it whole.
_NAME_BYTES = 400
# The ratio counts from this unpacked size: a small sheet of equal rows shrinks as much as a bomb.
_RATIO_COUNTS_FROM = 1024 * 1024
_PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Zipped:
    """The members of a zipped document by name, each unpacked when it is read."""

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        """Open the archive.

        Raises:
            CorpusError: it is damaged, has a password, or would unpack to more than the limits allow.
        """
        self._file = file
        if _directory_size(raw) > limits.members * _NAME_BYTES:
            raise CorpusError(f"{file}: it holds over {limits.members:,} parts; save it again")
        try:
            self._archive = ZipFile(BytesIO(raw))
        except (BadZipFile, LargeZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            raise CorpusError(f"{file}: damaged or cut off; give the whole file") from error
        members = self._archive.infolist()
        unpacked, packed = sum(m.file_size for m in members), max(1, len(raw))
        if unpacked > limits.unpacked_bytes:
            raise CorpusError(f"{file}: it unpacks to {unpacked:,} bytes, the limit is {limits.unpacked_bytes:,}")
        if unpacked > max(_RATIO_COUNTS_FROM, limits.unpacked_ratio * packed):
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
    """Return an element's name without its namespace: Office has a transitional and a strict one."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any | None, *path: str) -> Any | None:
    """Return the first child by these names, one inside the other, or None."""
    for name in path:
        element = next((inner for inner in element if name_of(inner) == name), None) if element is not None else None
    return element


def children(element: Any | None, *path: str) -> list[Any]:
    """Return the elements inside the first child by these names, one inside the other; none where it is missing."""
    inner = child(element, *path)
    return [] if inner is None else list(inner)


def value(element: Any | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace, or None."""
    if element is None:
        return None
    return next((words for key, words in element.attrib.items() if key.rpartition("}")[2] == name), None)


def number(element: Any | None, name: str = "val") -> int | None:
    """Return an attribute as a number; None where it is none, or beyond what Office writes."""
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


class Package:
    """The parts of a zipped document as trees; nothing beyond the file is loaded, and entities are not resolved.

    Raises:
        CorpusError: the file is damaged, encrypted, or unpacks beyond the limits.
    """

    def __init__(self, raw: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self._archive = Zipped(raw, file, limits)
        self.names = self._archive.names

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part; None for an unknown name.

        Raises:
            CorpusError: it is damaged.
        """
        return self._archive.part(name)

    def tree(self, name: str) -> Any | None:
        """Return a part as a tree; None for an unknown name.

        Raises:
            CorpusError: it is damaged, nested too deeply, or declares a document type.
        """
        from lxml import etree

        raw = self.part(name)
        if raw is None:
            return None
        try:
            root = etree.fromstring(raw, etree.XMLParser(**_PARSING))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(name) from error
        self._require_no_doctype(root, name)
        return root

    def elements(self, name: str, tag: str) -> Iterator[Any]:
        """Yield the elements of a name in a long part, each whole and dropped when the next is read.

        Raises:
            CorpusError: the part is damaged, nested too deeply, or declares a document type.
        """
        from lxml import etree

        events = etree.iterparse(BytesIO(self.part(name) or b""), events=("end",), tag=f"{{*}}{tag}", **_PARSING)
        is_checked = False
        try:
            for _, element in events:
                if not is_checked:
                    self._require_no_doctype(element, name)
                    is_checked = True
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(name) from error

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by their ids; of the package itself where `part` is empty."""
        folder, _, name = part.rpartition("/")
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            value(element, "Id") or "": Relation(
                (value(element, "Type") or "").rpartition("/")[2],
                value(element, "Target") or "",
                value(element, "TargetMode") == "External",
            )
            for element in (root if root is not None else ())
        }

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Return the names of the parts of a kind, such as "slide", that a part relates to, by the relations' ids."""
        return {
            key: part_beside(part, relation.target)
            for key, relation in self.relations(part).items()
            if relation.kind == kind and not relation.is_external
        }

    def require_plain_parts(self) -> None:
        """Refuse the file if any of its XML parts is damaged or declares entities, also a part that is not read here.

        Raises:
            CorpusError: a part is refused.
        """
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                self.tree(name)

    def _damaged(self, name: str) -> CorpusError:
        return CorpusError(f"{self.file}: damaged in its part {name!a}, or nested too deep; save it again")

    def _require_no_doctype(self, element: Any, name: str) -> None:
        if element.getroottree().docinfo.doctype:
            raise CorpusError(f"{self.file}: its part {name!a} declares a document type, which no such file has")


def part_beside(part: str, target: str) -> str:
    """Return the name of the part that a target names, seen from a part: "../media/a.png" from "ppt/slides/b.xml"."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def properties_of(package: Package, names: Mapping[str, str], origin: str) -> tuple[Fact, ...]:
    """Return the facts in the properties of an Office file.

    Args:
        package: the file.
        names: the names of the facts by those of the properties.
        origin: of the facts.
    """
    roots = (package.tree(part) for part in ("docProps/app.xml", "docProps/core.xml"))
    elements = [element for root in roots if root is not None for element in root]
    values = {name_of(element): " ".join((element.text or "").split()) for element in elements}
    return tuple(Fact(fact, values[name], origin) for name, fact in names.items() if values.get(name))

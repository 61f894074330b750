"""Names of a user's private documents beside the common ones, which may have the same names or the same texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.document import Document


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names under which a user sees the own private documents.

    A private document whose text has become common is hidden: the user sees the common one.

    Attributes:
        seen: by the name in the private library, for each document that is not hidden.
        hidden: the names in the private library of those that are.
    """

    seen: Mapping[str, str]
    hidden: frozenset[str]

    @classmethod
    def of(cls, common: Mapping[str, str], own: Mapping[str, str]) -> "OwnNames":
        """Return the names of private documents.

        Args:
            common: the identity of the text of each common document, by name.
            own: the same of the private documents.
        """
        texts, taken, seen = set(common.values()), {*common, *own}, {}
        for name, text in sorted(own.items()):
            if text not in texts:
                seen[name] = name if name not in common else _free(name, taken)
                taken.add(seen[name])
        return cls(seen, frozenset(own) - seen.keys())

    def stored(self, name: str) -> str | None:
        """Return the name in the private library of the document that the user sees under a name; None without one."""
        if self.seen.get(name) == name:
            return name
        return next((stored for stored, seen in self.seen.items() if seen == name), None)

    def shown(self, documents: Iterable[Document]) -> list[Document]:
        """Return those private documents that are not hidden, under the names that the user sees."""
        return [renamed(d, self.seen[d.name]) for d in documents if d.name in self.seen]


def renamed(document: Document, name: str) -> Document:
    """Return a document under another name, itself if that is its name."""
    return document if document.name == name else replace(document, name=name)


def _free(name: str, taken: Collection[str]) -> str:
    """Return a name that says that the document is private and that no other has."""
    path = PurePath(name)
    number = 1
    while True:
        mark = "(private)" if number == 1 else f"(private {number})"
        if (free := str(path.with_name(f"{path.stem} {mark}{path.suffix}"))) not in taken:
            return free
        number += 1

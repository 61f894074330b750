"""List and read the files that are attached to a mail, as the members of an archive are."""

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.discovery.archive import Archive, Member, refusal_of_name
from corpus.errors import CorpusError
from corpus.limits import Limits

if TYPE_CHECKING:
    from corpus.readers.mail.message import Attachment

SUFFIXES = (".eml", ".msg")


class Attachments:
    """The attachments of a mail by name. Use it in a `with` block, as an `Archive`.

    Args:
        path: of the mail.
        limits: of the number and the size of its attachments.
        file: its name for messages.

    Raises:
        CorpusError: the mail cannot be read, or is damaged.
    """

    def __init__(self, path: Path, limits: Limits, file: str) -> None:
        self._file = file
        self._limits = limits
        try:
            with path.open("rb") as opened:
                raw = opened.read(limits.file_bytes + 1)
        except OSError as error:
            raise CorpusError(f"{file}: cannot be read ({error.strerror or error})") from error
        is_too_large = len(raw) > limits.file_bytes  # the mail itself is refused with the reason
        self._attachments = {} if is_too_large else {a.name: a for a in _attachments(raw, file)}

    def __enter__(self) -> "Attachments":
        return self

    def __exit__(self, *_: object) -> None:
        self._attachments = {}

    def members(self) -> list[Member]:
        """Return the attachments in the order of the mail."""
        return [self._member(attachment) for attachment in self._attachments.values()][: self._limits.members]

    def read(self, name: str) -> bytes:
        """Return the bytes of an attachment.

        Raises:
            CorpusError: there is no such attachment.
        """
        if name not in self._attachments:
            raise CorpusError(f"{self._file}!/{name}: no such attachment of the mail")
        return self._attachments[name].raw

    def _member(self, attachment: "Attachment") -> Member:
        name = attachment.name
        reason = refusal_of_name(name, self._limits.nesting)
        if name.lower().endswith(".zip"):
            reason = "an archive in a mail; save it and add it by itself"
        return Member(name, f"{self._file}!/{name}: {reason}" if reason else None)


def _attachments(raw: bytes, file: str) -> "list[Attachment]":
    from corpus.readers.mail.message import attachments_of
    from corpus.readers.mail.outlook import attachments_of_outlook

    return (attachments_of_outlook if file.lower().endswith(".msg") else attachments_of)(raw, file)


def open_container(path: Path, limits: Limits, file: str) -> Archive | Attachments:
    """Open an archive, or a mail with its attachments.

    Raises:
        CorpusError: it cannot be read, is damaged, or is over a limit as a whole.
    """
    return (Attachments if file.lower().endswith(SUFFIXES) else Archive)(path, limits, file)

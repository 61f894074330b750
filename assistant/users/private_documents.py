"""Show each user the private documents of that user, everywhere: in the page, the API and the commands."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from assistant.users.audit import audit
from assistant.users.current import current_user
from corpus.document import Document
from index.document_rules import unknown_text
from index.errors import NotPrivate
from index.library import Library
from index.private.additions import PrivateAdditions, share
from index.private.library import UserLibrary
from index.private.places import read_seen_documents
from index.users import UserRole
from index.values import Added, DocumentSummary

# What the audit log, which admins read, says instead of a private document's name.
NOT_NAMED = "(a private document)"


def for_users(library: Library) -> Library:
    """Return a library in which the user who acts sees the own private documents; itself if it is one already."""
    return cast(Library, _users_library(library))


def with_users_of(library: Library, other: Library) -> Library:
    """Return a library whose private documents are those of the users of another library."""
    known = _users_library(library)
    return cast(Library, UserLibrary(known.common, lambda: current_user().id, known.private, other))


def documents_seen_by(location: str, owner: str) -> list[Document]:
    """Return the documents that a user sees in an existing library, without an encoder; see `read_documents`.

    Args:
        location: of the library.
        owner: the id of the user; empty for nobody.
    """
    return read_seen_documents(location, owner)


def private_names(library: Library) -> frozenset[str]:
    """Return the names of the private documents that the user who acts sees."""
    return library.private_names() if isinstance(library, UserLibrary) else frozenset()


def private_object(document: Document, private: Collection[str]) -> dict[str, bool]:
    """Return what the JSON object of a document says beside its facts: that it is private; nothing of others."""
    return {"private": True} if document.name in private else {}


def record_named(library: Library, name: str) -> DocumentSummary:
    """Return the summary of the document that a name stands for.

    Raises:
        UnknownDocument: there is none, or several.
    """
    found = library.document(name).name
    return next(summary for summary in library.summaries() if summary.name == found)


def library_with(library: Library, record: DocumentSummary) -> tuple[Library, str]:
    """Return the library in which a record lies, private or common, and the name that it has there.

    The record is found by its text: another document may have its name since it was chosen.

    Raises:
        UnknownDocument: it is not there any more.
    """
    known = _users_library(library)
    found = known.own() if record.is_private else known.common
    names = found.names() if found else {}
    for name in sorted(names, key=lambda name: name != record.name):
        if found and names[name] == record.id:
            return found, name
    raise unknown_text(record.id)


def target_of_additions(library: Library, owner: str = "") -> Library:
    """Return what to add documents to: the private documents of a user, or the common ones.

    What is added to the common documents is compared with them alone, so that no warning tells others of private ones.

    Args:
        library: the library.
        owner: the id of the user; empty for the common documents.
    """
    known = _users_library(library)
    return cast(Library, _AdditionsOfUser(known, owner)) if owner else known.common


def share_documents(library: Library, chosen: Sequence[Document | DocumentSummary]) -> list[str]:
    """Make private documents of the user who acts common ones, note each in the audit log, and return their names."""
    return share(_users_library(library), chosen, lambda name: audit(library, "share", [name]))


def remove_records(library: Library, records: Sequence[DocumentSummary]) -> list[str]:
    """Remove records, private ones from the private documents alone, and return their names."""
    common = [record.id for record in records if not record.is_private]
    names = library.remove_texts(*common) if common else []
    private = [record for record in records if record.is_private]
    _users_library(library).remove_own_texts([record.id for record in private])
    return [*names, *(record.name for record in private)]


def private_counts(library: Library) -> dict[str, int | None]:
    """Return how many private documents each user has, by the user's id; None where they are unreadable."""
    return _users_library(library).private_counts()


def delete_private(library: Library, owner: str) -> None:
    """Delete all private documents of a user for good."""
    _users_library(library).private.delete(owner)


def require_change(records: Iterable[DocumentSummary]) -> None:
    """Refuse a user who may not change these records: everybody may change the own private ones.

    Raises:
        NotAllowed: one of them is common, and the role of the user who acts does not include changes.
    """
    if not all(record.is_private for record in records):
        current_user().require(UserRole.EDITOR)


def require_addition(is_private: bool) -> None:
    """Refuse a user who may not add a document: everybody with an account may add private ones.

    Raises:
        NotAllowed: the role of the user who acts does not include changes of common documents.
        NotPrivate: a private document of nobody is asked for.
    """
    user = current_user()
    if not is_private:
        user.require(UserRole.EDITOR)
    elif not user.id:
        raise NotPrivate("nobody is logged in here, so no document can be private; add it without that")


def audited(records: Iterable[DocumentSummary]) -> list[str]:
    """Return the names of records for the audit log, without those of private ones."""
    return [NOT_NAMED if record.is_private else record.name for record in records]


def _users_library(library: Library) -> UserLibrary:
    if isinstance(library, UserLibrary):
        return library
    return UserLibrary(library, lambda: current_user().id)


class _AdditionsOfUser(PrivateAdditions):
    """Additions of an account, which may be removed while a document is read and encoded."""

    def add(self, document: Document, original: bytes | None = None, progress: Any = None) -> Added:
        """See `PrivateAdditions`.

        Raises:
            NotPrivate: the account was removed before or meanwhile; no private document of it is left.
        """
        self._require_account()
        added = super().add(document, original, progress)
        self._require_account()
        return added

    def _require_account(self) -> None:
        if all(row.id != self._owner for row in self._seen.users.user_rows()):
            self._seen.private.delete(self._owner)
            raise NotPrivate("the user was removed, so the document was not added")

"""Users of a library: their rows, sessions, tokens and audit log, and the protocol by which a library keeps them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

# The folder inside a library's own in which each user's private library lies.
PRIVATE = "private"


class UserRole(StrEnum):
    """The role of a user; each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: "UserRole") -> bool:
        """Return True if this role may do all that another may."""
        order = tuple(UserRole)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class UserRow:
    """One stored user. Times are in ISO 8601, UTC, here and in the other rows.

    Attributes:
        id: what owns the user's things; no other user ever gets it.
        name: the name to log in with.
        role: reader, editor or admin.
        created: the time when the user was added.
        password: the Argon2 hash of the password; None for a user who comes by a proxy or a token alone.
        disabled: True while the user is let in nowhere.
    """

    id: str
    name: str
    role: UserRole
    created: str
    password: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One stored session: a browser in which a user is logged in.

    Attributes:
        hash: the SHA-256 of the session's secret.
        user: the id of the user.
        used: the time of a request in it, at most a minute before the last one.
        expires: the time at which it ends, however often it is used.
    """

    hash: str
    user: str
    used: str
    expires: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One stored token, with which a program acts as a user.

    Attributes:
        hash: the SHA-256 of the token.
        user: the id of the user.
        name: what the user calls it.
        created: the time when it was made.
        expires: the time at which it ends; None for none.
        revoked: the time when it was revoked; None while it holds.
    """

    hash: str
    user: str
    name: str
    created: str
    expires: str | None = None
    revoked: str | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the audit log: at a time, a user did something to a subject; the user is named as then."""

    time: str
    user: str
    action: str
    subject: str = ""
    detail: str = ""


class UserTransaction(Protocol):
    """Users inside one transaction: all changes are kept, or none when its block raises."""

    def rows(self) -> list[UserRow]:
        """Return all users by name."""
        ...

    def put(self, row: UserRow) -> None:
        """Store a user, or replace name, role, password and state of the stored one with its id."""
        ...

    def delete(self, user: str) -> None:
        """Delete a user with sessions, tokens, conversations, evidence, feedback and sets of records."""
        ...

    def put_session(self, row: SessionRow) -> None:
        """Store a session, or replace the time of its use, and delete those that ended before that time."""
        ...

    def delete_session(self, hash: str) -> None:
        """Delete a session."""
        ...

    def delete_sessions(self, user: str, but: str = "") -> None:
        """Delete the sessions of a user, but for one of this hash."""
        ...

    def put_token(self, row: TokenRow) -> None:
        """Store a token, or replace the revocation of the stored one."""
        ...

    def log(self, row: AuditRow) -> None:
        """Add a line to the audit log, and drop the oldest beyond 100,000."""
        ...


class UserStore(Protocol):
    """A store of users; every method raises LibraryError where it cannot be read or written."""

    def user_rows(self) -> list[UserRow]:
        """Return all users by name."""
        ...

    def session_row(self, hash: str) -> SessionRow | None:
        """Return the session of this hash; None where there is none."""
        ...

    def token_rows(self, user: str) -> list[TokenRow]:
        """Return all tokens of a user, the oldest first."""
        ...

    def token_row(self, hash: str) -> TokenRow | None:
        """Return the token of this hash; None where there is none."""
        ...

    def audit_rows(self, most: int, skip: int = 0, user: str = "", action: str = "") -> Sequence[AuditRow]:
        """Return lines of the audit log, the newest first.

        Args:
            most: how many at most.
            skip: how many newer ones are left out.
            user: the name of a user, for that one's lines alone; empty for all.
            action: an action, for its lines alone; empty for all.
        """
        ...

    def audit_values(self) -> tuple[list[str], list[str]]:
        """Return the users and the actions of all lines of the audit log, each once and in order."""
        ...

    def change_users(self) -> AbstractContextManager[UserTransaction]:
        """Open a transaction on the users; no other writer comes between."""
        ...

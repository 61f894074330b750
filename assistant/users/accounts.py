"""Accounts of users: add, list, change and remove them, and check the password of one who logs in."""

import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.users.audit import own_row
from assistant.users.current import User
from assistant.users.passwords import hash_password, is_password
from assistant.users.private_documents import delete_private, private_counts
from assistant.users.random_secrets import now, written
from index.errors import RapporteurError
from index.library import Library
from index.users import UserRole, UserRow

LONGEST_NAME = 64


class AccountRefused(RapporteurError):
    """A user cannot be added or changed so; the message says why and what to do."""


class Accounts:
    """The accounts of a library; each change stands in its audit log."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def rows(self) -> list[UserRow]:
        """Return all users by name."""
        return self._library.user_rows()

    def add(self, name: str, role: UserRole, password: str | None) -> None:
        """Add a user; without a password one who comes by a proxy or a token alone.

        Raises:
            AccountRefused: the name is taken or impossible.
            PasswordRefused: the password is too short or too long.
        """
        name = checked_name(name)
        hashed = None if password is None else hash_password(password)
        with self._library.change_users() as stored:
            if any(row.name == name for row in stored.rows()):
                raise AccountRefused(f"there is a user {name} already; change it with rapporteur user role or password")
            stored.put(UserRow(secrets.token_urlsafe(12), name, role, written(now()), hashed))
            stored.log(own_row("add user", name, role.value))

    def set_role(self, name: str, role: UserRole) -> None:
        """Change the role of a user.

        Raises:
            AccountRefused: there is no such user.
        """
        self._change(name, lambda row: replace(row, role=role), "change role", role.value)

    def set_disabled(self, name: str, is_disabled: bool) -> None:
        """Disable a user, who is logged out everywhere at once, or enable one again.

        Raises:
            AccountRefused: there is no such user.
        """
        action = "disable user" if is_disabled else "enable user"
        self._change(name, lambda row: replace(row, disabled=is_disabled), action, ends_sessions=is_disabled)

    def set_password(self, name: str, password: str, kept_session: str = "") -> None:
        """Change the password of a user, who is logged out everywhere but in the session of this hash.

        Raises:
            AccountRefused: there is no such user.
            PasswordRefused: the password is too short or too long.
        """
        hashed = hash_password(password)
        self._change(
            name,
            lambda row: replace(row, password=hashed),
            "change password",
            ends_sessions=True,
            kept_session=kept_session,
        )

    def remove(self, name: str, with_private: bool = False, notebooks: Sequence[Library] = ()) -> int | None:
        """Remove a user with sessions, tokens, conversations and evidence.

        Args:
            name: the user's.
            with_private: delete the private documents of the user, too; they are never given to anybody else.
            notebooks: further libraries that keep things of the user, which are deleted, too.

        Returns:
            The number of private documents that were deleted; None where they were unreadable.

        Raises:
            AccountRefused: there is no such user, or one with private documents that are not to be deleted.
        """
        row = found(self._library.user_rows(), name)
        counts = [private_counts(each).get(row.id, 0) for each in (*notebooks, self._library)]
        private = None if None in counts else sum(filter(None, counts))
        if private != 0 and not with_private:
            raise AccountRefused(
                f"{row.name} keeps {counted_documents(private)} that nobody else can read; disable the user to keep"
                " them, or add --private-too to delete them for good"
            )
        # Before the user: what a killed process leaves belongs to a user who can be removed again.
        for each in (*notebooks, self._library):
            delete_private(each, row.id)
        for each in notebooks:
            with each.change_users() as stored:
                stored.delete(row.id)
        with self._library.change_users() as stored:
            stored.delete(found(stored.rows(), name).id)
            stored.log(own_row("remove user", row.name, "" if private == 0 else counted_documents(private)))
        return private

    def private_counts(self) -> dict[str, int | None]:
        """Return how many private documents each user has, by id, None where they are unreadable; no word of them."""
        return private_counts(self._library)

    def with_password(self, name: str, password: str) -> User | None:
        """Return the user of this name and password; unknown and disabled ones take as long as others."""
        row = next((row for row in self._library.user_rows() if row.name == normal_name(name)), None)
        is_right = is_password(row.password if row else None, password)
        return user_of(row) if row and is_right and not row.disabled else None

    def with_id(self, id_: str) -> User | None:
        """Return the user of this id who is not disabled; None where there is none."""
        return next((user_of(row) for row in self._library.user_rows() if row.id == id_ and not row.disabled), None)

    def named(self, name: str) -> User | None:
        """Return the user of this name who is not disabled; None where there is none."""
        named = normal_name(name)
        return next((user_of(row) for row in self._library.user_rows() if row.name == named and not row.disabled), None)

    def _change(
        self,
        name: str,
        change: Callable[[UserRow], UserRow],
        action: str,
        detail: str = "",
        ends_sessions: bool = False,
        kept_session: str = "",
    ) -> None:
        with self._library.change_users() as stored:
            row = found(stored.rows(), name)
            stored.put(change(row))
            if ends_sessions:
                stored.delete_sessions(row.id, kept_session)
            stored.log(own_row(action, row.name, detail))


def found(rows: list[UserRow], name: str) -> UserRow:
    """Return the user of a name.

    Raises:
        AccountRefused: there is none.
    """
    row = next((row for row in rows if row.name == normal_name(name)), None)
    if row is None:
        names = ", ".join(row.name for row in rows) or "none yet; add one with rapporteur user add"
        raise AccountRefused(f"there is no user {printed(name)}; there are: {names}")
    return row


def counted_documents(number: int | None) -> str:
    """Return a number of private documents in words."""
    return "unreadable private documents" if number is None else f"{number:,} private document{'s' * (number != 1)}"


def user_of(row: UserRow) -> User:
    """Return a stored user as the rest of the program knows one."""
    return User(row.id, row.name, row.role)


def normal_name(name: str) -> str:
    """Return a name in the one form in which it is stored and compared."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def checked_name(name: str) -> str:
    """Return the normal form of a new user's name.

    Raises:
        AccountRefused: it is empty or too long, or has white space or characters that cannot be seen.
    """
    normal = normal_name(name)
    if not 0 < len(normal) <= LONGEST_NAME or not normal.isprintable() or any(c.isspace() for c in normal):
        raise AccountRefused(
            f"{printed(name)}: a user's name has 1 to {LONGEST_NAME} visible characters without spaces, such as ada"
        )
    return normal


def printed(name: str) -> str:
    """Return a name for a message; one with characters that cannot be seen has their escapes."""
    return ascii(name[:LONGEST_NAME]) if not name.isprintable() or not name else name[:LONGEST_NAME]

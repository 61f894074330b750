"""The rows of users, sessions, tokens and the audit log in the SQLite library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from index.store.storage import Storage
from index.users import AuditRow, SessionRow, TokenRow, UserRole, UserRow

_MOST_AUDITED = 100_000  # lines
_TOKEN = "hash, user, name, created, expires, revoked"


def _user_rows(connection: sqlite3.Connection) -> list[UserRow]:
    query = "SELECT id, name, role, created, password, disabled FROM users ORDER BY name"
    return [
        UserRow(id_, name, UserRole(role), created, password, bool(disabled))
        for id_, name, role, created, password, disabled in connection.execute(query)
    ]


class SqliteUsers:
    """The users inside a transaction; see `UserTransaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self) -> list[UserRow]:
        """See `UserTransaction`."""
        return _user_rows(self._connection)

    def put(self, row: UserRow) -> None:
        """See `UserTransaction`."""
        self._connection.execute(
            "INSERT INTO users (id, name, role, created, password, disabled) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
            " password = excluded.password, disabled = excluded.disabled",
            (row.id, row.name, row.role.value, row.created, row.password, row.disabled),
        )

    def delete(self, user: str) -> None:
        """See `UserTransaction`."""
        for table, column in (
            ("conversations", "owner"),
            ("evidence", "owner"),
            ("record_sets", "owner"),
            ("feedback", "owner"),
            ("users", "id"),
        ):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (user,))

    def put_session(self, row: SessionRow) -> None:
        """See `UserTransaction`."""
        self._connection.execute("DELETE FROM sessions WHERE expires < ?", (row.used,))
        self._connection.execute(
            "INSERT INTO sessions (hash, user, used, expires) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (hash) DO UPDATE SET used = excluded.used",
            (row.hash, row.user, row.used, row.expires),
        )

    def delete_session(self, hash: str) -> None:
        """See `UserTransaction`."""
        self._connection.execute("DELETE FROM sessions WHERE hash = ?", (hash,))

    def delete_sessions(self, user: str, but: str = "") -> None:
        """See `UserTransaction`."""
        self._connection.execute("DELETE FROM sessions WHERE user = ? AND hash != ?", (user, but))

    def put_token(self, row: TokenRow) -> None:
        """See `UserTransaction`."""
        self._connection.execute(
            f"INSERT INTO tokens ({_TOKEN}) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (hash) DO UPDATE SET revoked = excluded.revoked",
            (row.hash, row.user, row.name, row.created, row.expires, row.revoked),
        )

    def log(self, row: AuditRow) -> None:
        """See `UserTransaction`."""
        number = self._connection.execute(
            "INSERT INTO audit (time, user, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            (row.time, row.user, row.action, row.subject, row.detail),
        ).lastrowid
        self._connection.execute("DELETE FROM audit WHERE id <= ?", ((number or 0) - _MOST_AUDITED,))


class UserTables(Storage):
    """The part of the SQLite library that keeps users; see `UserStore`."""

    def user_rows(self) -> list[UserRow]:
        """See `UserStore`."""
        with self.reading() as connection:
            return _user_rows(connection)

    def session_row(self, hash: str) -> SessionRow | None:
        """See `UserStore`."""
        with self.reading() as connection:
            query = "SELECT hash, user, used, expires FROM sessions WHERE hash = ?"
            row = connection.execute(query, (hash,)).fetchone()
            return SessionRow(*row) if row else None

    def token_rows(self, user: str) -> list[TokenRow]:
        """See `UserStore`."""
        with self.reading() as connection:
            query = f"SELECT {_TOKEN} FROM tokens WHERE user = ? ORDER BY created, hash"
            return [TokenRow(*row) for row in connection.execute(query, (user,))]

    def token_row(self, hash: str) -> TokenRow | None:
        """See `UserStore`."""
        with self.reading() as connection:
            row = connection.execute(f"SELECT {_TOKEN} FROM tokens WHERE hash = ?", (hash,)).fetchone()
            return TokenRow(*row) if row else None

    def audit_rows(self, most: int, skip: int = 0, user: str = "", action: str = "") -> list[AuditRow]:
        """See `UserStore`."""
        with self.reading() as connection:
            query = (
                "SELECT time, user, action, subject, detail FROM audit"
                " WHERE :user IN ('', user) AND :action IN ('', action) ORDER BY id DESC LIMIT :most OFFSET :skip"
            )
            values = {"user": user, "action": action, "most": most, "skip": skip}
            return [AuditRow(*row) for row in connection.execute(query, values)]

    def audit_values(self) -> tuple[list[str], list[str]]:
        """See `UserStore`."""
        with self.reading() as connection:
            users, actions = (
                [str(value) for (value,) in connection.execute(f"SELECT DISTINCT {column} FROM audit ORDER BY 1")]
                for column in ("user", "action")
            )
            return users, actions

    @contextmanager
    def change_users(self) -> Iterator[SqliteUsers]:
        """See `UserStore`."""
        with self.writing() as connection:
            yield SqliteUsers(connection)

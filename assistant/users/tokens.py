"""Access tokens, with which programs act as users: make, list and revoke them, and find the user of one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.users.accounts import AccountRefused, Accounts, found, printed
from assistant.users.audit import own_row
from assistant.users.current import User
from assistant.users.random_secrets import hash_of, new_secret, now, written
from index.library import Library
from index.users import TokenRow

LONGEST_NAME = 64
# By it a search for leaked secrets finds them.
PREFIX = "rapporteur_"


class AccessTokens:
    """The tokens of a library's users.

    Args:
        library: keeps the tokens, as hashes.
        clock: returns the present time.
    """

    def __init__(self, library: Library, clock: Callable[[], datetime] = now) -> None:
        self._library = library
        self._accounts = Accounts(library)
        self._clock = clock

    def make(self, user: str, name: str, days: int | None = None) -> str:
        """Make a token for a user and return it; the library keeps only its hash.

        Args:
            user: the name of the user.
            name: what the token is called, such as the program that uses it.
            days: how long it holds; None for always.

        Raises:
            AccountRefused: there is no such user, or one that holds has this name.
        """
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise AccountRefused(f"{printed(name)}: a token's name has 1 to {LONGEST_NAME} visible characters")
        row = found(self._library.user_rows(), user)
        if any(token.name == name for token in self.rows(user) if self._holds(token)):
            raise AccountRefused(f"{row.name} has a token {name} already; revoke it, or choose another name")
        secret, moment = PREFIX + new_secret(), self._clock()
        expires = None if days is None else written(moment + timedelta(days=days))
        with self._library.change_users() as stored:
            stored.put_token(TokenRow(hash_of(secret), row.id, name, written(moment), expires))
            stored.log(own_row("make token", row.name, name))
        return secret

    def rows(self, user: str) -> list[TokenRow]:
        """Return all tokens of the user with this name, the oldest first.

        Raises:
            AccountRefused: there is no such user.
        """
        return self._library.token_rows(found(self._library.user_rows(), user).id)

    def revoke(self, user: str, name: str) -> None:
        """Revoke a token.

        Raises:
            AccountRefused: there is no such user, or no such token that holds.
        """
        row = next((token for token in self.rows(user) if token.name == name and self._holds(token)), None)
        if row is None:
            raise AccountRefused(f"{printed(user)} has no token {printed(name)} that holds")
        with self._library.change_users() as stored:
            stored.put_token(replace(row, revoked=written(self._clock())))
            stored.log(own_row("revoke token", user, name))

    def user(self, secret: str) -> User | None:
        """Return the user of a token; None where it was revoked, has ended or never was."""
        row = self._library.token_row(hash_of(secret)) if secret else None
        return self._accounts.with_id(row.user) if row and self._holds(row) else None

    def _holds(self, row: TokenRow) -> bool:
        return row.revoked is None and (row.expires is None or written(self._clock()) < row.expires)

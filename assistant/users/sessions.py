"""Sessions of users who are logged in: begin one, find its user, end it. They end by themselves, too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.users.accounts import Accounts
from assistant.users.current import User
from assistant.users.random_secrets import hash_of, new_secret, now, written
from index.library import Library
from index.users import SessionRow

IDLE = timedelta(hours=12)  # a day's work, with lunch and a meeting in it
LONGEST = timedelta(days=7)
# A use is written down once in so long: each takes a transaction.
_BETWEEN_USES = timedelta(minutes=1)


class Sessions:
    """The sessions of a library's users.

    Args:
        library: keeps the sessions, as hashes of their secrets.
        clock: returns the present time.
    """

    def __init__(self, library: Library, clock: Callable[[], datetime] = now) -> None:
        self._library = library
        self._accounts = Accounts(library)
        self._clock = clock

    def begin(self, user: User) -> str:
        """Begin a session of a user, and return its secret, which the browser keeps."""
        secret, moment = new_secret(), self._clock()
        with self._library.change_users() as stored:
            stored.put_session(SessionRow(hash_of(secret), user.id, written(moment), written(moment + LONGEST)))
        return secret

    def user(self, secret: str) -> User | None:
        """Return the user of a session; None where it has ended or never was."""
        row = self._library.session_row(hash_of(secret)) if secret else None
        moment = self._clock()
        if row is None or written(moment) >= row.expires or written(moment - IDLE) >= row.used:
            return None
        user = self._accounts.with_id(row.user)
        if user and written(moment - _BETWEEN_USES) > row.used:
            self._use(row, moment)
        return user

    def end(self, secret: str) -> None:
        """End a session."""
        with self._library.change_users() as stored:
            stored.delete_session(hash_of(secret))

    def _use(self, row: SessionRow, moment: datetime) -> None:
        """Write down the use of a session, unless it was ended meanwhile."""
        with self._library.change_users() as stored:
            if self._library.session_row(row.hash):
                stored.put_session(replace(row, used=written(moment)))

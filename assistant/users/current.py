"""The user who acts now: set once a request where the page asks who comes, and nobody in particular elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from index.errors import RapporteurError
from index.users import UserRole

_MAY = {
    UserRole.EDITOR: "only an editor may change the records; ask an admin for that role",
    UserRole.ADMIN: "only an admin may see this; ask one",
}


class NotAllowed(RapporteurError):
    """The role of the user who acts does not include this."""


@dataclass(frozen=True, slots=True)
class User:
    """A user as the rest of the program knows one.

    Attributes:
        id: what owns the user's things; empty for nobody in particular.
        name: the name to log in with.
        role: reader, editor or admin.
    """

    id: str
    name: str
    role: UserRole

    def require(self, role: UserRole) -> None:
        """Refuse a user whose role does not include another.

        Raises:
            NotAllowed: it does not.
        """
        if refusal := self.refusal(role):
            raise NotAllowed(refusal)

    def refusal(self, role: UserRole) -> str:
        """Return the reason why this user may not do what another role may; empty for one who may."""
        return "" if self.role.includes(role) else _MAY[role]


# Who acts where nobody logs in: whoever sits at this machine.
NOBODY = User("", "", UserRole.ADMIN)
_CURRENT: ContextVar[User] = ContextVar("user", default=NOBODY)


def current_user() -> User:
    """Return the user who acts; `NOBODY` where nobody logs in."""
    return _CURRENT.get()


def act_as(user: User) -> None:
    """Make a user the one who acts in this context from now on."""
    _CURRENT.set(user)


@contextmanager
def acting_as(user: User) -> Iterator[None]:
    """Make a user the one who acts while the block runs."""
    token = _CURRENT.set(user)
    try:
        yield
    finally:
        _CURRENT.reset(token)

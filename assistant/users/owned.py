"""The base of the things that a user keeps in the library: evidence, conversations, sets of records, judgements."""

from assistant.users.current import current_user
from index.library import Library


class Owned:
    """Things of one user in a library.

    Args:
        library: keeps them.
        owner: the id of the user; None for the one who acts.
    """

    def __init__(self, library: Library, owner: str | None = None) -> None:
        self._library = library
        self._given_owner = owner

    @property
    def _owner(self) -> str:
        return current_user().id if self._given_owner is None else self._given_owner

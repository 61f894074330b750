"""Check and hash passwords with Argon2; unknown names take as long as known ones."""

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from index.errors import RapporteurError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200  # characters
# Each hash takes 64 MiB of memory for a moment.
_AT_ONCE = threading.Semaphore(2)


class PasswordRefused(RapporteurError):
    """The password is too short or too long."""


def hash_password(password: str) -> str:
    """Return the Argon2 hash of a new password.

    Raises:
        PasswordRefused: it is too short or too long.
    """
    words = _normal(password)
    if not SHORTEST <= len(words) <= LONGEST:
        raise PasswordRefused(
            f"a password has {SHORTEST} to {LONGEST} characters, this one {len(words):,}; several words make a good one"
        )
    with _AT_ONCE:
        return _hasher().hash(words)


def is_password(stored: str | None, password: str) -> bool:
    """Return True if a password has the stored hash; without one it takes as long and is False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            return _hasher().verify(stored or _no_hash(), _normal(password)[: LONGEST + 1]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def _normal(password: str) -> str:
    """Return a password as every keyboard and system types it; half characters become question marks."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode("utf-8")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _no_hash() -> str:
    return _hasher().hash("the hash of no password")

"""Random secrets of sessions and tokens, of which the library keeps only hashes, and the times at which they end."""

import hashlib
import secrets
from datetime import UTC, datetime


def new_secret() -> str:
    """Return a secret that nobody guesses, of 43 letters, digits, "-" and "_"."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Return what the library keeps of a secret. It is long and random, so a plain hash cannot be reversed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def now() -> datetime:
    """Return the present time, UTC."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """Return a time as it is stored; later times are later in the alphabet, too."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")

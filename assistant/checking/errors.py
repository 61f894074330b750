"""What the checker refuses."""

from index.errors import RapporteurError


class ReportRefused(RapporteurError):
    """A report or lock file cannot be read or written; the message is one line that says which and what to do."""

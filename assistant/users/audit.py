"""The audit log: who logged in, changed records or users, or exported, and when; kept where a library has users."""

from collections.abc import Sequence

from assistant.users.current import current_user
from assistant.users.random_secrets import now, written
from index.library import Library
from index.users import AuditRow

_LONGEST = 500  # characters of a subject or a detail
_COMMAND_LINE = "(command line)"


def audit_row(user: str, action: str, subject: str = "", detail: str = "") -> AuditRow:
    """Return a line of the audit log for the present time.

    Args:
        user: the name of the user.
        action: one or two words, such as "failed login".
        subject: the record, user or list that it was done to.
        detail: more of it.
    """
    short = (" ".join(words.encode("utf-8", "replace").decode().split())[:_LONGEST] for words in (subject, detail))
    return AuditRow(written(now()), user, action, *short)


def own_row(action: str, subject: str = "", detail: str = "") -> AuditRow:
    """Return a line of the audit log in the name of the user who acts, or of the command line; see `audit_row`."""
    return audit_row(current_user().name or _COMMAND_LINE, action, subject, detail)


def audit(library: Library, action: str, subjects: Sequence[str] = ("",), detail: str = "") -> None:
    """Add a line for each subject to the audit log, in the name of the user who acts; nothing where nobody logs in."""
    user = current_user()
    if user.id and subjects:
        with library.change_users() as stored:
            for subject in subjects:
                stored.log(audit_row(user.name, action, subject, detail))

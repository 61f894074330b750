"""What the command line itself refuses."""

from index.errors import RapporteurError


class InputRefused(RapporteurError):
    """A question, option or file of the user cannot be taken; the message is one line that says what to do."""

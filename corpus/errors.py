"""The error of a file that cannot be read into a document."""


class CorpusError(Exception):
    """A file cannot be read into a document; the one-line message names the file, the reason and the next step."""


def printable(name: str) -> str:
    """Return a file's name for a message of one line, with unprintable characters as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)

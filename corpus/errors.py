"""What can go wrong with a document, each said in one line that names the file."""


class CorpusError(Exception):
    """A file cannot be taken in as a document; the message names the file, the reason and the next step."""


def printable(name: str) -> str:
    """A file's name for a message of one line: what cannot be printed stands as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)

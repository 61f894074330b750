"""What can go wrong with a document, each said in one line that names the file."""


class CorpusError(Exception):
    """A file cannot be taken in as a document; the message names the file, the reason and the next step."""

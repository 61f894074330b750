"""The place of a value that a record contradicts."""

from typing import NamedTuple

from corpus.document import Document
from corpus.span import Span


class Conflict(NamedTuple):
    """The place of a value that a record contradicts, and what the record has there."""

    span: Span
    recorded: str
    document: Document

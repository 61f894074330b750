"""The choice of what footnotes in an exported report say behind their references."""

from enum import StrEnum


class NoteDetail(StrEnum):
    """The end of a footnote behind its reference; the annex always has the link and the anchor."""

    REFERENCE = "reference"
    LINK = "link"
    ANCHOR = "anchor"

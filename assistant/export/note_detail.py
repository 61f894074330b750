"""What the footnotes of an exported report say behind their references."""

from enum import StrEnum


class NoteDetail(StrEnum):
    """What a footnote says behind its reference; the annex always has the link and the anchor."""

    REFERENCE = "reference"
    LINK = "link"
    ANCHOR = "anchor"

"""Leave a report out of the records that it is held against, where the library holds the report itself."""

import hashlib
import re
from collections.abc import Sequence

from assistant.verification.normalize import fold
from assistant.verification.readers.report import ReportText
from corpus.document import Document

# Of the report's and of the record's characters, the shares that both have where they are one text.
_SHARE_OF_REPORT = 0.95
_SHARE_OF_RECORD = 0.9
# Characters of a paragraph of the report's own, which is no quotation.
_OWN = 20
# Times that one text may be longer than the other by its markup.
_LONGER = 2


def without_report(
    documents: Sequence[Document], report: ReportText, raw: bytes
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Return the records without those that are the report itself, and the names of these.

    Args:
        documents: all records.
        report: the report's text.
        raw: the bytes of its file.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    keys = [(_key(paragraph.text), paragraph.is_quote) for paragraph in report.paragraphs]
    own = {d.id: d.name for d in documents if d.source.file_sha256 == sha256 or _is_same_text(keys, d)}
    return tuple(d for d in documents if d.id not in own), tuple(own.values())


def _is_same_text(keys: Sequence[tuple[str, bool]], document: Document) -> bool:
    """Return True if a record has the report's paragraphs, marks of quotation included, and hardly anything else."""
    length = sum(len(key) for key, _ in keys)
    if not _SHARE_OF_RECORD * length <= len(document.text) <= _LONGER * length:
        return False
    whole = _key(document.text, document.source.media_type.endswith("markdown"))
    shared = [(key, is_quote) for key, is_quote in keys if key in whole]
    common = sum(len(key) for key, _ in shared)
    has_own_words = any(len(key) >= _OWN and not is_quote for key, is_quote in shared)
    return has_own_words and common >= _SHARE_OF_REPORT * length and common >= _SHARE_OF_RECORD * len(whole)


def _key(text: str, markdown: bool = False) -> str:
    """Return the letters, digits and quotation marks of a text in one form."""
    return re.sub(r"[^\w']|_", "", fold(text, markdown=markdown).text)

"""Reads .txt and .md: the text is the file, decoded, every character kept but a byte order mark."""

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.encoding import decoded
from corpus.readers.front_matter import stated
from corpus.readers.mail_header import facts_in_mail_head
from corpus.span import trimmed


def read_plain(raw: bytes, file: str, limits: Limits) -> Content:
    """The text of a file with the facts of its front matter or of its head as a mail; its outline is found in the text.

    Raises:
        CorpusError: it is no text, too long, or nothing stands behind its front matter.
    """
    if len(raw) > 4 * limits.characters:  # four bytes are the most that a character takes
        raise CorpusError(
            f"{file}: over {len(raw) // 4:,} characters, the limit is {limits.characters:,}; split the file"
        )
    text, warnings = decoded(raw, file)
    return of_text(text, file, warnings)


def of_text(text: str, file: str, warnings: tuple[str, ...] = ()) -> Content:
    """The same for a text that is already decoded.

    Raises:
        CorpusError: nothing stands behind its front matter.
    """
    facts, start = stated(text)
    facts = facts or tuple(facts_in_mail_head(text))
    if trimmed(text, start, len(text)) is None:
        raise CorpusError(f"{file}: nothing stands behind the front matter")
    return Content(text, start=start, facts=facts, warnings=warnings)

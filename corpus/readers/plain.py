"""Read plain text and Markdown files (.txt, .md): decode them and keep every character except a byte order mark."""

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.encoding import decode
from corpus.readers.front_matter import facts_at_top, mail_header
from corpus.span import trimmed


def read_plain(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a text file, with the facts of its front matter or mail header; `corpus.outline` finds its structure later.

    Raises:
        CorpusError: it is no text, too long, or only front matter.
    """
    if len(raw) > 4 * limits.characters:  # four bytes are the most that a character takes
        raise CorpusError(
            f"{file}: over {len(raw) // 4:,} characters, the limit is {limits.characters:,}; split the file"
        )
    text, warnings = decode(raw, file)
    return of_text(text, file, warnings)


def of_text(text: str, file: str, warnings: tuple[str, ...] = ()) -> Content:
    """Make content of a decoded text.

    Raises:
        CorpusError: nothing stands behind its front matter.
    """
    facts, start = facts_at_top(text)
    facts = facts or tuple(mail_header(text))
    if trimmed(text, start, len(text)) is None:
        raise CorpusError(f"{file}: nothing stands behind the front matter")
    return Content(text, start=start, facts=facts, warnings=warnings)

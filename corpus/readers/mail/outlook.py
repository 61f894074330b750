"""Take a mail that Outlook saved (.msg) apart, with python-oxmsg."""

import struct
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.mail.message import Attachment, Mail, decode_words, safe_name, text_of_page, unique_names

# What python-oxmsg and olefile raise for a file that is cut off or altered.
_DAMAGES = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OSError, OverflowError),
    *(LookupError, RecursionError, struct.error),
)
_LEAST_SHARE = 0.5


def parse_outlook(raw: bytes, file: str, limits: Limits) -> Mail:
    """Take a mail of Outlook apart.

    Raises:
        CorpusError: it is damaged, or no mail.
    """
    message = _load(raw, file)
    try:
        header = {name: words for name, words in _header(message) if words}
        subject, body = decode_words(message.subject), message.body or ""
        page = message.html_body or ""
        names = tuple(attachment.name for attachment in _attachments(message))
        day = message.sent_date.date() if message.sent_date else None
    except _DAMAGES as error:
        raise _damaged(file) from error
    if "Date" in header and day is None:
        try:
            day = parsedate_to_datetime(header["Date"]).date()
        except (TypeError, ValueError, IndexError, OverflowError):
            day = None
    page = text_of_page(page.encode("utf-8", "replace"), file, limits) if page.strip() else ""
    text = body if len(body.split()) >= _LEAST_SHARE * len(page.split()) else page
    return Mail(subject, header, day, text.replace("\0", ""), names)


def attachments_of_outlook(raw: bytes, file: str) -> list[Attachment]:
    """Return the files in a mail of Outlook.

    Raises:
        CorpusError: the mail is damaged.
    """
    try:
        return list(_attachments(_load(raw, file)))
    except _DAMAGES as error:
        raise _damaged(file) from error


def _load(raw: bytes, file: str) -> Any:
    from oxmsg import Message

    try:
        return Message.load(raw)
    except _DAMAGES as error:
        raise _damaged(file) from error


def _damaged(file: str) -> CorpusError:
    return CorpusError(f"{file}: a damaged Outlook message; save it again from Outlook, or as .eml")


def _header(message: Any) -> Iterator[tuple[str, str]]:
    """Yield the lines of the header, from that of the transport or else from the message's own properties."""
    stated = {name.lower(): words for name, words in message.message_headers.items()}
    yield "From", decode_words(message.sender or "")
    people = ", ".join(
        f"{person.name} <{person.email_address}>" if person.name and person.email_address else person.name
        for person in message.recipients
    )
    yield "To", decode_words(stated.get("to", "")) or decode_words(people)
    yield "Cc", decode_words(stated.get("cc", ""))
    sent = message.sent_date
    yield "Date", decode_words(stated.get("date", "")) or (f"{sent:%a, %d %b %Y %H:%M:%S %z}" if sent else "")


def _attachments(message: Any) -> Iterator[Attachment]:
    named = (
        (safe_name((attachment.file_name or "").replace("\\", "/").rpartition("/")[2]), attachment.file_bytes)
        for attachment in message.attachments
    )
    yield from unique_names(Attachment(name, content) for name, content in named if name and content)

"""Take a mail apart: its header, its text (plain, or that of its page), and its attachments."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.blocks import collapse_space
from corpus.readers.encoding import decode
from corpus.readers.html.elements import hidden_names
from corpus.readers.html.reader import parse_page
from corpus.readers.html.walk import PageWalk

# The lines of the header that a record keeps, in their order.
HEADER = ("From", "To", "Cc", "Date")
_PAGES = ("text/html", "application/xhtml+xml")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
# The share of a page's words below which the plain text of the same mail is only a note that there is a page.
_LEAST_SHARE = 0.5
_MARK = "\ue000"
_MARKED = re.compile(rf"{_MARK}([<>]){_MARK}")
# Characters of a name of an attachment.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it will be read.

    Attributes:
        subject: its subject; "" for none.
        header: the values of its header by `HEADER`.
        day: the day on which it was sent, where the sender was; None where it is unknown.
        text: its words, quoted lines with ">" before them.
        attachments: the names of its attachments.
        warnings: about its encoding.
    """

    subject: str
    header: dict[str, str]
    day: date | None
    text: str
    attachments: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name and its bytes."""

    name: str
    raw: bytes


def parse_mail(raw: bytes, file: str, limits: Limits) -> Mail:
    """Take a mail in the form of RFC 5322 apart.

    Raises:
        CorpusError: it has no header, is damaged or encrypted.
    """
    message = _parse(raw, file)
    if not any(message.get(name) for name in ("From", "Date", "Subject")):
        raise CorpusError(f"{file}: no mail (it has no sender, day or subject); save it again from the mail program")
    try:
        parts = list(_parts(message))
    except RecursionError as error:
        raise CorpusError(f"{file}: its parts are nested too deeply; save the mail again") from error
    if any(part.get_content_type() in _ENCRYPTED for part in (message, *parts)):
        raise CorpusError(f"{file}: the mail is encrypted; save its text as .txt or .html")
    text, warnings = _text(parts, file, limits)
    return Mail(
        _header(message, "Subject"),
        {name: words for name in HEADER if (words := _header(message, name))},
        _day(message),
        text,
        tuple(attachment.name for attachment in _attachments(parts)),
        warnings,
    )


def attachments_of(raw: bytes, file: str) -> list[Attachment]:
    """Return the files in a mail.

    Raises:
        CorpusError: the mail is damaged.
    """
    try:
        return list(_attachments(list(_parts(_parse(raw, file)))))
    except RecursionError as error:
        raise CorpusError(f"{file}: its parts are nested too deeply; save the mail again") from error


def text_of_page(raw: bytes, file: str, limits: Limits) -> str:
    """Return the text of the page of a mail, quoted lines with ">" before them.

    Raises:
        CorpusError: it is no page, or nested too deeply.
    """
    root = parse_page(raw, file, limits).root
    for quotation in list(root.iter("blockquote")):
        for mark, add in (("<", quotation.addprevious), (">", quotation.addnext)):
            paragraph = quotation.makeelement("p")
            paragraph.text = f"{_MARK}{mark}{_MARK}"
            add(paragraph)
    depth, lines = 0, list[str]()
    for part in PageWalk(hidden_names(root)).through(root):
        if marked := _MARKED.fullmatch(part.words.strip()):
            depth = max(0, depth + (1 if marked[1] == "<" else -1))
            continue
        lines += [] if part.joined else [">" * depth]
        lines += [f"{'>' * depth} {line}".strip() for line in (part.marker + collapse_space(part.words)).split("\n")]
    return "\n".join(lines)


def _parse(raw: bytes, file: str) -> Message:
    try:
        return message_from_bytes(raw.lstrip())
    except (MessageError, RecursionError, ValueError, LookupError, AssertionError) as error:
        raise CorpusError(f"{file}: a damaged mail; save it again from the mail program") from error


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail that are no containers; an attached mail is one part."""
    if message.get_content_maintype() == "multipart":
        for part in message.get_payload() or ():
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _header(message: Message, name: str) -> str:
    """Return the words of a header's line, decoded; "" for none."""
    return decode_words(str(message.get(name) or ""))


def decode_words(value: str) -> str:
    """Return the words of a header in one line, decoded as RFC 2047 states, without control characters."""
    with suppress(MessageError, LookupError, ValueError, UnicodeError, AssertionError):  # else as it stands
        value = str(make_header(decode_header(value)))
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _day(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _text(parts: list[Message], file: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Return the text of the plain parts, or of the page where these say less; and what its encoding warns of."""
    plain, warnings = list[str](), list[str]()
    pages = list[str]()
    for part in parts:
        if _is_attachment(part) or not (payload := _payload(part)).strip():
            continue
        if part.get_content_type() in _PAGES:
            pages.append(text_of_page(_in_utf8(payload, part, file), file, limits))
        elif part.get_content_type() == "text/plain":
            words, said = decode(payload, file, _charset(part))
            plain.append(_unwrap(words, part))
            warnings += said
    text, page = "\n\n".join(plain), "\n\n".join(pages)
    return (text, tuple(warnings)) if len(text.split()) >= _LEAST_SHARE * len(page.split()) else (page, ())


def _in_utf8(payload: bytes, part: Message, file: str) -> bytes:
    charset = _charset(part)
    return decode(payload, file, charset)[0].encode("utf-8", "replace") if charset else payload


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, UnicodeError):
        return None


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _unwrap(words: str, part: Message) -> str:
    """Join the lines that a mail program cut: those that end with a space where the part says so (RFC 3676)."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return words
    space = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    lines: list[str] = []
    is_cut = False
    for line in words.splitlines():
        quote = re.match(r">*", line)
        own = line[len(quote[0]) :].removeprefix(" ") if quote else line
        if is_cut and lines and re.match(r">*", lines[-1])[0] == (quote[0] if quote else ""):  # type: ignore[index]
            lines[-1] = lines[-1].rstrip(" ") + space + own
        else:
            lines.append(f"{quote[0] if quote else ''}{' ' if quote and quote[0] else ''}{own}")
        is_cut = own.endswith(" ") and own != "-- "
    return "\n".join(lines)


def _is_attachment(part: Message) -> bool:
    kind = part.get_content_type()
    is_text = part.get_content_maintype() == "text"
    return not is_text or part.get_content_disposition() == "attachment" or (bool(_name(part)) and kind not in _PAGES)


def _attachments(parts: list[Message]) -> Iterator[Attachment]:
    """Yield the attachments by name; pictures inside the text are left out."""
    yield from unique_names(attachment for part in parts if (attachment := _attachment(part)))


def _attachment(part: Message) -> Attachment | None:
    if attached := _attached_mail(part):
        name = _name(part) or f"{safe_name(_header(attached, 'Subject')) or 'mail'}.eml"
        return Attachment(name, attached.as_bytes())
    is_inside = part.get_content_maintype() == "image" and bool(part.get("Content-ID"))
    name = _name(part)
    return Attachment(name, _payload(part)) if name and _is_attachment(part) and not is_inside else None


def unique_names(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    """Yield the attachments, the second of a name as "NAME (2)"."""
    counts: Counter[str] = Counter()
    for attachment in attachments:
        counts[attachment.name] += 1
        stem, dot, ending = attachment.name.rpartition(".")
        mark = f" ({counts[attachment.name]})" if counts[attachment.name] > 1 else ""
        name = f"{stem}{mark}{dot}{ending}" if dot else f"{ending}{mark}"
        yield Attachment(name, attachment.raw)


def _attached_mail(part: Message) -> Message | None:
    payload = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner if isinstance(inner, Message) else None


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
        name = str(make_header(decode_header(name)))
    except (MessageError, LookupError, ValueError, UnicodeError, AssertionError):
        return ""
    return safe_name(name.replace("\\", "/").rpartition("/")[2])


def safe_name(name: str) -> str:
    """Return a name without characters that no file's name has."""
    words = "".join(" " if not c.isprintable() or c in '/\\:*?"<>|' else c for c in name)
    stem, dot, ending = " ".join(words.split()).strip(".").rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" if dot else ending[:_LONGEST_NAME]

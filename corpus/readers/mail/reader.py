"""Read mails (.eml, .msg): sender, day and subject as facts, and each mail of the thread as a section of its own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import getaddresses

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.outline.outline import outline
from corpus.readers.blocks import Part, compose
from corpus.readers.mail.message import Mail, parse_mail
from corpus.readers.mail.outlook import parse_outlook
from corpus.readers.mail.thread import split_thread

_ORIGIN = "mail header"
_ANSWERED = re.compile(r"(?:(?:re|aw|sv|fwd?|wg|tr|rv|antw|回复|转发)\s?(?:\[\d+\])?\s?[:：]\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^--[ \t]*$", re.MULTILINE)
# "Dear all,"; "Best regards", "Ada Bo": characters and words at most, and how they end.
_COURTESY, _WORDS = 40, 5
_ADDRESSED = re.compile(r"[,，、]$")
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’)]*$")
_CLOSING = re.compile(r"[^\d.!?:;。！？…]$")
QUOTED = "Quoted mail"


def read_eml(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a mail as mail programs save it.

    Raises:
        CorpusError: it is no mail, damaged, encrypted, or holds no text.
    """
    return content_of_mail(parse_mail(raw, file, limits), file)


def read_msg(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a mail as Outlook saves it.

    Raises:
        CorpusError: it is damaged, or holds no text.
    """
    return content_of_mail(parse_outlook(raw, file, limits), file)


def content_of_mail(mail: Mail, file: str) -> Content:
    """Return the content of a mail: its header, its own words, and each mail that it quotes below its sender and day.

    Raises:
        CorpusError: it holds no text.
    """
    if not mail.text.strip():
        names = f" (attached: {', '.join(mail.attachments[:5])})" if mail.attachments else ""
        raise CorpusError(f"{file}: the mail holds no text{names}; give the text of its pictures or attachments")
    title = _ANSWERED.sub("", mail.subject, count=1).strip()
    facts = [Fact("title", title, _ORIGIN)] if title else []
    if sender := _sender(mail.header.get("From", "")):
        facts.append(Fact("publisher", sender, _ORIGIN))
    if mail.day:
        facts.append(Fact("published", mail.day, _ORIGIN))
    parts = [Part(Kind.TITLE, mail.subject)] * bool(title)
    text, blocks = compose([*parts, *_parts(mail)], title or file)
    told = (f"Attachments: {', '.join(mail.attachments)}.",) if mail.attachments else ()
    return Content(text, blocks, facts=tuple(facts), warnings=(*mail.warnings, *told))


def _sender(value: str) -> str:
    name, address = next(iter(getaddresses([value])), ("", ""))
    return name.strip(" \"'") or address


def _parts(mail: Mail) -> Iterator[Part]:
    sender, sent = _sender(mail.header.get("From", "")), mail.header.get("Date")
    head = [f"From: {sender}"] * bool(sender) + [f"Date: {sent}"] * bool(sent)
    if head:
        yield Part(Kind.HEADING, ", ".join(head), level=1)
    for number, name in enumerate(name for name in ("From", "To", "Cc") if name in mail.header):
        yield Part(Kind.CONTACT, f"{name}: {mail.header[name]}", joined=number > 0)
    for message in split_thread(mail.text):
        if message.is_quoted:
            yield Part(Kind.HEADING, message.head or QUOTED, level=1)
        yield from _mark_courtesies(list(_paragraphs(message.text)))


def _mark_courtesies(parts: list[Part]) -> list[Part]:
    """Make the greeting of a mail and the names at its end contact lines, which are cited on request only."""
    last = len(parts)
    while last and _is_short(parts[last - 1]) and _CLOSING.search(parts[last - 1].words):
        last -= 1
    is_signed = last and _SENTENCE.search(parts[last - 1].words)  # short lines behind "We need:" are what is needed
    marked = set(range(last, len(parts))) if is_signed else set()
    if parts and _is_short(parts[0]) and _ADDRESSED.search(parts[0].words):
        marked.add(0)
    return [replace(part, kind=Kind.CONTACT) if n in marked else part for n, part in enumerate(parts)]


def _is_short(part: Part) -> bool:
    return part.kind in (Kind.BODY, Kind.CONTACT) and len(part.words) <= _COURTESY and len(part.words.split()) <= _WORDS


def _paragraphs(text: str) -> Iterator[Part]:
    """Yield the paragraphs, items and headings of a mail's text, its lines joined where a program wrapped them.

    The signature below its mark ("-- ") is contact lines.
    """
    signature = _SIGNATURE.search(text)
    for block in outline(text):
        start = block.span.start
        is_signed = signature is not None and start >= signature.start()
        if signature is not None and start == signature.start():
            continue
        is_plain = block.kind is Kind.TITLE or (is_signed and block.kind is Kind.HEADING)
        kind, level = (Kind.BODY, 0) if is_plain else (block.kind, block.level and block.level + 1)
        kind = Kind.CONTACT if is_signed else kind
        marker = text[start : block.words.start] if kind is Kind.LIST_ITEM else ""
        joined = not text[max(0, start - 200) : start].replace(" ", "").endswith("\n\n")
        yield Part(kind, " ".join(block.words.of(text).split()), f"{marker.strip()} " if marker else "", level, joined)

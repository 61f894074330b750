"""Anchors: compact, portable pointers to quoted words, made of the document's content and not of a library."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.citations.folded_text import PARAGRAPH_BREAK, FoldedText, folded
from corpus.document import Document
from corpus.span import Span, trim
from index.errors import AnchorError

_CONTEXT = 32
KEPT_WORDS = 20
_WHOLE = "~~"
_PARAGRAPH = "~p"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of a quote and of its surroundings, white space folded.

    Attributes:
        quote: 120 bits of the SHA-256 of the words, in base64url; it alone decides whether words are the same.
        length: length of the folded words, in code points.
        before: 24 bits of the hash of the words before the quote, at most 32 characters.
        after: 24 bits of the hash of the words behind it, at most 32 characters.
        edge_before: `~p` where the quote begins a paragraph, `~~` where it begins with a whole word, else a hash of the
            omitted part of the word.
        edge_after: the same for the end of the quote.
        words: one character for each word, to find a changed quote; of 40 words or more, the first and the last 20. It
            decides nothing.
    """

    quote: str
    length: int
    before: str
    edge_before: str
    after: str
    edge_after: str
    words: str

    @property
    def is_cut(self) -> bool:
        """True if `words` has only the first and last words of a long quote."""
        return len(self.words) == 2 * KEPT_WORDS

    @classmethod
    def of(cls, text: FoldedText, start: int, end: int) -> "Fingerprint":
        """Return the fingerprint of a range of a folded text."""
        rest_before, rest_after = text.rest_before(start), text.rest_after(end)
        quote = text.text[start:end]
        return cls(
            quote=short_hash(quote, 20),
            length=end - start,
            before=short_hash(cls.prefix(text, start), 4),
            edge_before=_edge(rest_before, text.text[max(0, start - 2) : start]),
            after=short_hash(cls.suffix(text, end), 4),
            edge_after=_edge(rest_after, text.text[end : end + 2]),
            words=shorten_signs(text.signs_of(start, end)),
        )

    @staticmethod
    def prefix(text: FoldedText, start: int) -> str:
        """Return the last words before a folded offset, at most 32 characters."""
        before = text.text[max(0, start - _CONTEXT - 1) : start]
        if len(before) > _CONTEXT:
            cut = re.search(r"\s", before)
            before = before[cut.end() :] if cut and before[cut.end() :].strip() else before[1:]
        return before.strip()

    @staticmethod
    def suffix(text: FoldedText, end: int) -> str:
        """Return the first words behind a folded offset, at most 32 characters."""
        after = text.text[end : end + _CONTEXT + 1]
        if len(after) > _CONTEXT:
            cuts = [cut.start() for cut in re.finditer(r"\s", after) if after[: cut.start()].strip()]
            after = after[: cuts[-1]] if cuts else after[:-1]
        return after.strip()

    def is_of(self, words: str) -> bool:
        """Return True if these are the quote's words, white space folded."""
        return short_hash(folded(words.strip()).text, 20) == self.quote

    def is_at(self, text: FoldedText, start: int) -> bool:
        """Return True if the quote is at an offset of a folded text and cuts the words at its ends as it did."""
        end = start + self.length
        return (
            end <= len(text)
            and short_hash(text.text[start:end], 20) == self.quote
            and _rest_of(_edge(text.rest_before(start))) == _rest_of(self.edge_before)
            and _rest_of(_edge(text.rest_after(end))) == _rest_of(self.edge_after)
        )

    def follows_its_prefix(self, text: FoldedText, start: int) -> bool:
        """Return True if the words before a folded offset are those before the quote."""
        return short_hash(self.prefix(text, start), 4) == self.before

    def precedes_its_suffix(self, text: FoldedText, end: int) -> bool:
        """Return True if the words behind a folded offset are those behind the quote."""
        return short_hash(self.suffix(text, end), 4) == self.after

    def neighbours_at(self, text: FoldedText, start: int) -> int:
        """Count the sides of an offset, 0 to 2, whose words are those around the quote."""
        return self.follows_its_prefix(text, start) + self.precedes_its_suffix(text, start + self.length)

    def paragraph_ends_at(self, text: FoldedText, start: int) -> int:
        """Count the sides of an offset, 0 to 2, that end a paragraph or not as the quote did."""
        end = start + self.length
        before = _edge(text.rest_before(start), text.text[max(0, start - 2) : start])
        return (before == self.edge_before) + (_edge(text.rest_after(end), text.text[end : end + 2]) == self.edge_after)


def shorten_signs(signs: str) -> str:
    """Return the signs that a fingerprint keeps: of 40 or more, the first and the last 20."""
    return signs if len(signs) < 2 * KEPT_WORDS else signs[:KEPT_WORDS] + signs[-KEPT_WORDS:]


def short_hash(text: str, characters: int) -> str:
    """Return the first characters of a text's SHA-256 in base64url, six bits each."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64url(digest)[:characters]


def base64url(raw: bytes) -> str:
    """Encode bytes in the URL alphabet, without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def from_base64url(text: str) -> bytes:
    """Decode what `base64url` wrote; the text's length is a multiple of four."""
    return base64.urlsafe_b64decode(text)


def _edge(rest: str, beside: str = " ") -> str:
    if rest:
        return short_hash(rest, 2)
    return _PARAGRAPH if beside in ("", PARAGRAPH_BREAK) else _WHOLE


def _rest_of(edge: str) -> str | None:
    """Return an edge's hash of the omitted part of a word; None where it cuts no word."""
    return None if edge in (_WHOLE, _PARAGRAPH) else edge


_VERSION = "rap1:"
_LONGEST_NAME = 36
_HASH_DIGITS = 18  # of the document's hash in the compact form: 72 bits; the quote's own 120 bits decide
_SAFE = r"A-Za-z0-9_\-"
COMPACT = re.compile(
    rf"{_VERSION}(?P<name>[{_SAFE}.~]{{1,{_LONGEST_NAME}}})\.(?P<text>[{_SAFE}]{{12}})"
    r"\.(?P<start>0|[1-9]\d{0,8})\.(?P<length>[1-9]\d{0,8})(?:_(?P<folded>[1-9]\d{0,8}))?"
    rf"\.(?P<quote>[{_SAFE}]{{20}})\.(?P<before>[{_SAFE}~]{{6}})(?P<after>[{_SAFE}~]{{6}})"
    rf"\.(?P<words>[{_SAFE}]{{1,40}})\.(?P<check>[{_SAFE}]{{4}})(?![{_SAFE}~])",
    re.ASCII,
)
"""Pattern of a compact anchor in a text, such as a footnote; `Anchor.parse` checks a match."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a quotation in a document, described by content.

    It depends on the document alone: another library, passage size or model gives the same anchor. `resolve` finds the
    words again, also in a later version of the document.

    Attributes:
        document: the document's name; the compact form shortens long or unusual names (see `names`).
        sha256: hash of the document's text as UTF-8, in hexadecimal; the compact form has its first 18 digits.
        start: offset of the quote's first code point in the document's text.
        end: offset behind its last code point.
        fingerprint: hashes of the quote; they alone decide whether words are the same.
        publisher: the document's publisher; None when unknown, and in the compact form.
        quote: the words; None in the compact form.
        prefix: the words before it, at most 32 characters, white space folded; None in the compact form.
        suffix: the words behind it, in the same way.

    Raises:
        ValueError: the range is no span, or the fingerprint is not that of the quote.
    """

    document: str
    sha256: str
    start: int
    end: int
    fingerprint: Fingerprint
    publisher: str | None = None
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    def __post_init__(self) -> None:
        if self.quote is not None and not self.fingerprint.is_of(self.quote):
            raise ValueError(f"the fingerprint of {self.document}[{self.span.start}:{self.span.end}] is of other words")

    @classmethod
    def of(cls, document: Document, span: Span) -> "Anchor":
        """Anchor a span of a document.

        Raises:
            ValueError: the span leaves the document, or holds only white space.
        """
        text = document.text
        inner = trim(text, span.start, span.end) if span.end <= len(text) else None
        if inner is None:
            raise ValueError(f"{span} of {document.name} ({len(text)} characters) holds no words to anchor")
        whole = folded(text)
        start, end = whole.place(inner.start), whole.place(inner.end)
        return cls(
            document=document.name,
            sha256=document.source.sha256,
            start=span.start,
            end=span.end,
            fingerprint=Fingerprint.of(whole, start, end),
            publisher=document.publisher,
            quote=span.of(text),
            prefix=Fingerprint.prefix(whole, start),
            suffix=Fingerprint.suffix(whole, end),
        )

    @property
    def span(self) -> Span:
        """The quote's place in the document that was cited."""
        return Span(self.start, self.end)

    @property
    def compact(self) -> str:
        """The anchor as one word for a footnote or a URL, of letters, digits and `:._~-`, at most about 150 long.

        It has hashes of the quote and of its surroundings, and one character for each word of the quote (the first and
        last twenty of a long one) to find a changed quote. Its last four characters detect copying mistakes; they are
        no signature.
        """
        mark, length = self.fingerprint, self.end - self.start
        places = f"{self.start}.{length}" + (f"_{mark.length}" if mark.length != length else "")
        around = mark.before + mark.edge_before + mark.after + mark.edge_after
        hash_ = base64url(bytes.fromhex(self.sha256[:_HASH_DIGITS]))
        body = f"{_VERSION}{shorten_name(self.document)}.{hash_}.{places}.{mark.quote}.{around}.{mark.words}"
        return f"{body}.{short_hash(body, 4)}"

    @classmethod
    def parse(cls, compact: str) -> "Anchor":
        """Read the compact form; `anchor.parse(c).compact == c`.

        Raises:
            AnchorError: it is no anchor, or a character of it was changed or lost.
        """
        match = COMPACT.fullmatch(compact.strip())
        if not match:
            raise AnchorError(f"{_printable(compact)}: no anchor; one begins with {_VERSION} and is copied whole")
        if short_hash(match.group()[: match.start("check") - 1], 4) != match["check"]:
            raise AnchorError(f"{_printable(compact)}: this anchor has a wrong character; copy it again")
        start, length = int(match["start"]), int(match["length"])
        fingerprint = Fingerprint(
            quote=match["quote"],
            length=int(match["folded"] or length),
            before=match["before"][:4],
            edge_before=match["before"][4:],
            after=match["after"][:4],
            edge_after=match["after"][4:],
            words=match["words"],
        )
        return cls(match["name"], from_base64url(match["text"]).hex(), start, start + length, fingerprint)

    @property
    def full(self) -> dict[str, str | int | None]:
        """The full form for JSON: the compact form, and the quote with its surroundings in words."""
        return {
            "anchor": self.compact,
            "document": self.document,
            "publisher": self.publisher,
            "sha256": self.sha256,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }

    @classmethod
    def from_full(cls, full: Mapping[str, Any]) -> "Anchor":
        """Read what `full` wrote.

        Raises:
            AnchorError: a field is missing, of the wrong kind, or disagrees with the compact form in it.
        """
        try:
            anchor = replace(
                cls.parse(str(full["anchor"])),
                document=str(full["document"]),
                sha256=str(full["sha256"]),
                publisher=_text_or_none(full["publisher"]),
                quote=_text_or_none(full["quote"]),
                prefix=_text_or_none(full["prefix"]),
                suffix=_text_or_none(full["suffix"]),
            )
            agrees = anchor.compact == full["anchor"] and (anchor.start, anchor.end) == (full["start"], full["end"])
        except KeyError as error:
            raise AnchorError(f"a full anchor needs the field {error}") from error
        except (TypeError, ValueError) as error:
            raise AnchorError(f"this is no full anchor: {error}") from error
        if not agrees:
            raise AnchorError(f"{anchor.document}: the fields of this anchor do not belong to its {_VERSION} form")
        return anchor

    def names(self, name: str) -> bool:
        """Return True if a document's name is the one in the anchor."""
        return shorten_name(name) == shorten_name(self.document)

    def is_version(self, document: Document) -> bool:
        """Return True if a document has exactly the cited text, under whatever name."""
        return document.source.sha256.startswith(self.sha256)


def _text_or_none(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _printable(compact: str) -> str:
    """Return a rejected anchor, shortened and printable, on one line."""
    return ascii(compact if len(compact) <= 60 else compact[:59] + "…")


def shorten_name(name: str) -> str:
    """Return a document's name for the compact form: unchanged, or its beginning and a hash of all of it."""
    if re.fullmatch(rf"[{_SAFE}.~]{{1,{_LONGEST_NAME}}}", name):
        return name
    beginning = re.sub(rf"[^{_SAFE}.]+", "-", name)[: _LONGEST_NAME - 9]
    return f"{beginning}~{short_hash(name, 8)}"

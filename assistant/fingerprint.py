"""What a quotation is known by when its words are not carried along."""

import base64
import hashlib
import re
from dataclasses import dataclass

from assistant.citations.folded_text import PARAGRAPH_BREAK, FoldedText, folded

_AROUND = 32
KEPT_WORDS = 20
_WHOLE = "~~"
_PARAGRAPH = "~p"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of a quote and of what stands around it, white space folded.

    Attributes:
        quote: 120 bits of the SHA-256 of the words, in base64url: alone it decides whether words are the same.
        length: of the folded words, in code points.
        before: 24 bits of the hash of the words before the quote, at most 32 characters.
        after: the same of the words behind it.
        edge_before: `~p` where the quote begins a paragraph, `~~` where it begins with a whole word, else a hash of the
            part of the word that is left out.
        edge_after: the same where the quote ends.
        words: one character for each word, by which a changed quote is found; of 40 words or more, the first
            and the last 20. It decides nothing.
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
        """Whether `words` has only the first and last words of a long quote."""
        return len(self.words) == 2 * KEPT_WORDS

    @classmethod
    def of(cls, text: FoldedText, start: int, end: int) -> "Fingerprint":
        """The fingerprint of a range of a folded text."""
        rest_before, rest_after = text.rest_before(start), text.rest_after(end)
        quote = text.text[start:end]
        return cls(
            quote=short_hash(quote, 20),
            length=end - start,
            before=short_hash(cls.prefix(text, start), 4),
            edge_before=_edge(rest_before, text.text[max(0, start - 2) : start]),
            after=short_hash(cls.suffix(text, end), 4),
            edge_after=_edge(rest_after, text.text[end : end + 2]),
            words=shortened_signs(text.signs_of(start, end)),
        )

    @staticmethod
    def prefix(text: FoldedText, start: int) -> str:
        """The last words before a folded place, at most 32 characters."""
        before = text.text[max(0, start - _AROUND - 1) : start]
        if len(before) > _AROUND:
            cut = re.search(r"\s", before)
            before = before[cut.end() :] if cut and before[cut.end() :].strip() else before[1:]
        return before.strip()

    @staticmethod
    def suffix(text: FoldedText, end: int) -> str:
        """The first words behind a folded place, at most 32 characters."""
        after = text.text[end : end + _AROUND + 1]
        if len(after) > _AROUND:
            cuts = [cut.start() for cut in re.finditer(r"\s", after) if after[: cut.start()].strip()]
            after = after[: cuts[-1]] if cuts else after[:-1]
        return after.strip()

    def is_of(self, words: str) -> bool:
        """Whether these are the words, white space folded."""
        return short_hash(folded(words.strip()).text, 20) == self.quote

    def is_at(self, text: FoldedText, start: int) -> bool:
        """Whether the words stand at a place of a folded text, as whole there as they were."""
        end = start + self.length
        return (
            end <= len(text)
            and short_hash(text.text[start:end], 20) == self.quote
            and _rest_of(_edge(text.rest_before(start))) == _rest_of(self.edge_before)
            and _rest_of(_edge(text.rest_after(end))) == _rest_of(self.edge_after)
        )

    def follows_its_prefix(self, text: FoldedText, start: int) -> bool:
        """Whether the words before a folded place are those before the quote."""
        return short_hash(self.prefix(text, start), 4) == self.before

    def precedes_its_suffix(self, text: FoldedText, end: int) -> bool:
        """Whether the words behind a folded place are those behind the quote."""
        return short_hash(self.suffix(text, end), 4) == self.after

    def neighbours_at(self, text: FoldedText, start: int) -> int:
        """How many of the two sides of a place read as they did around the quote: 0, 1 or 2."""
        return self.follows_its_prefix(text, start) + self.precedes_its_suffix(text, start + self.length)

    def paragraph_ends_at(self, text: FoldedText, start: int) -> int:
        """How many of the two sides of a place are ends of a paragraph as they were at the quote: 0, 1 or 2."""
        end = start + self.length
        before = _edge(text.rest_before(start), text.text[max(0, start - 2) : start])
        return (before == self.edge_before) + (_edge(text.rest_after(end), text.text[end : end + 2]) == self.edge_after)


def shortened_signs(signs: str) -> str:
    """The signs of the words as a fingerprint keeps them: of 40 or more, the first and the last 20."""
    return signs if len(signs) < 2 * KEPT_WORDS else signs[:KEPT_WORDS] + signs[-KEPT_WORDS:]


def short_hash(text: str, characters: int) -> str:
    """The first characters of a text's SHA-256 in base64url, six bits each."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64url(digest)[:characters]


def base64url(raw: bytes) -> str:
    """Bytes in the alphabet of URLs, without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes that `base64url` wrote; the text's length is a multiple of four."""
    return base64.urlsafe_b64decode(text)


def _edge(rest: str, beside: str = " ") -> str:
    if rest:
        return short_hash(rest, 2)
    return _PARAGRAPH if beside in ("", PARAGRAPH_BREAK) else _WHOLE


def _rest_of(edge: str) -> str | None:
    """What the edge says of a word that it cuts; None where it cuts none."""
    return None if edge in (_WHOLE, _PARAGRAPH) else edge

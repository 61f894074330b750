"""What a quotation is known by when its words are not carried along."""

import base64
import hashlib
import re
import zlib
from dataclasses import dataclass

from assistant.folding import FoldedText, folded, words_of

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_AROUND = 32
KEPT_WORDS = 20
_WHOLE = "~~"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of a quote and of what stands around it, white space folded.

    Attributes:
        quote: 120 bits of the SHA-256 of the words, in base64url: alone it decides whether words are the same.
        length: of the folded words, in code points.
        before: 24 bits of the hash of the words before the quote, at most 32 characters.
        after: the same of the words behind it.
        edge_before: `~~` where the quote begins with a whole word, else a hash of the part of it that is left out.
        edge_after: the same where the quote ends.
        words: one character for each word, by which a changed quote is found; of more than 40 words, the first and
            the last 20. It decides nothing.
    """

    quote: str
    length: int
    before: str
    edge_before: str
    after: str
    edge_after: str
    words: str

    @classmethod
    def of(cls, text: FoldedText, start: int, end: int) -> "Fingerprint":
        """The fingerprint of a range of a folded text."""
        rest_before, rest_after = text.rest_before(start), text.rest_after(end)
        quote = text.text[start:end]
        signs = word_signs(words_of(quote))
        return cls(
            quote=short_hash(quote, 20),
            length=end - start,
            before=short_hash(cls.prefix(text, start), 4),
            edge_before=_edge(rest_before),
            after=short_hash(cls.suffix(text, end), 4),
            edge_after=_edge(rest_after),
            words=signs if len(signs) <= 2 * KEPT_WORDS else signs[:KEPT_WORDS] + signs[-KEPT_WORDS:],
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
            and _edge(text.rest_before(start)) == self.edge_before
            and _edge(text.rest_after(end)) == self.edge_after
        )

    def neighbours_at(self, text: FoldedText, start: int) -> int:
        """How many of the two sides of a place read as they did around the quote: 0, 1 or 2."""
        before = short_hash(self.prefix(text, start), 4) == self.before
        after = short_hash(self.suffix(text, start + self.length), 4) == self.after
        return before + after


def word_signs(words: list[str]) -> str:
    """One base64 character for each word; different words share one in 64 cases."""
    return "".join(_ALPHABET[zlib.crc32(word.encode("utf-8", "surrogatepass")) & 63] for word in words)


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


def _edge(rest: str) -> str:
    return short_hash(rest, 2) if rest else _WHOLE

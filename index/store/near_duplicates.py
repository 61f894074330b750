"""Whether the library holds nearly the same document under another name: another copy, a repost, a saved page's PDF."""

import re
import sqlite3
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document, Kind
from corpus.language.sentences import sentences
from corpus.language.tokens import for_index
from corpus.span import Span
from index.store.library import Library
from index.store.names import shown

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SIGN = re.compile(r"(?<!\S)-(?=\d)")
# Between two digits a mark has a meaning: 1.5 is not 15, and 3-5 is not 35.
_BETWEEN_LETTERS = re.compile(r"[\W_]+(?!\d)|(?<!\d)[\W_]+")
_WORD = re.compile(r"\w+")
_WINDOW = 8  # words
_SAMPLED = 200  # windows
NEARLY_SAME = 0.8
"""From which share on two documents are nearly the same. Of all 36,046 pairs of 269 records two are above 0.9, both
reposts; the next are at 0.675, 0.655 and 0.315, and two ministries' accounts of one meeting are below 0.1."""


def letters(text: str) -> str:
    """The letters and digits of a text, in which two printings of the same words agree.

    White space, punctuation, hyphens at line ends, quotation marks, width and capitals go; a mark between two digits
    stays, and a sign before a number. Two texts that differ in a letter or a digit stay different: "confirm" is not
    "reaffirm", and "Swedish" in an otherwise equal sentence not "Belgian".
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return _BETWEEN_LETTERS.sub("", _SIGN.sub("minus", plain))


def share(text: str, other: str) -> float:
    """How much of a text stands in another, in [0, 1]: the share of its runs of eight words that do.

    Of a long text 200 evenly spaced runs are looked up, so the cost grows with the length of the texts alone.

    Source: Broder, "On the resemblance and containment of documents" (1997): the containment of w-shingles.
    """
    windows = _windows(text)
    held = _letters_of_document(other)
    return sum(window in held for window in windows) / len(windows) if windows else 0.0


def nearly_same(text: str, other: str) -> bool:
    """Whether two documents' texts are the same but for a little: the shorter stands nearly whole in the other."""
    shorter, longer = sorted((text, other), key=len)
    windows = _windows(shorter)
    held = _letters_of_document(longer)
    forgiven = int((1 - NEARLY_SAME) * len(windows) + 1e-9)
    for window in windows:
        if window not in held:
            forgiven -= 1
            if forgiven < 0:
                return False
    return bool(windows)


@lru_cache(maxsize=64)
def _letters_of_document(text: str) -> str:
    return letters(text)


@lru_cache(maxsize=64)
def _windows(text: str) -> tuple[str, ...]:
    """The letters of evenly spaced runs of words; of a text with fewer words the whole text."""
    words = [word.span() for word in _WORD.finditer(text)]
    count = len(words) - _WINDOW + 1
    if count < 1:
        return (letters(text),) if words else ()
    step = max(1.0, count / _SAMPLED)
    firsts = [int(i * step) for i in range(min(count, _SAMPLED))]
    return tuple(letters(text[words[i][0] : words[i + _WINDOW - 1][1]]) for i in firsts)


_LOOKED_UP = 8  # sentences
_READ = 600  # characters of a paragraph, of which its longest words are taken
_TERMS = 6  # they are rare, so that few passages are looked through
_MET = 32  # passages that have them; what more have is boilerplate
_COMPARED = 3


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A document of the library that is nearly the same as another one.

    Attributes:
        name: its name in the library.
        share: how much of the other one's text stands in it, in [0, 1].
    """

    name: str
    share: float

    def __str__(self) -> str:
        return f"nearly the same as {shown(self.name)} ({int(100 * self.share)} % of its text)"


def find_near_duplicate(library: Library, document: Document) -> NearDuplicate | None:
    """The document of the library that holds nearly all of a document's text; None where there is none.

    The longest words of eight sentences are looked up in the index, and the documents that have half of them are
    compared. So the cost hardly grows with the library. The document itself and the former version of its file do not
    count, so it may be asked before or after the document is added.

    Raises:
        LibraryError: the library cannot be read.
    """
    wanted = _wanted(document)
    with library.reading() as connection:
        met = Counter(found for terms in wanted for found in _holders(connection, terms, document))
        likely = [holder for holder, count in met.most_common(_COMPARED) if 2 * count >= len(wanted)]
        texts = [connection.execute("SELECT name, text FROM documents WHERE id = ?", (d,)).fetchone() for d in likely]
    found = [NearDuplicate(str(name), share(document.text, text)) for name, text in texts]
    best = min(found, key=lambda copy: (-copy.share, copy.name), default=None)
    return best if best and best.share >= NEARLY_SAME else None


def _wanted(document: Document) -> list[str]:
    """The longest words of evenly spaced sentences, each the first of its paragraph or list item, for FTS5."""
    blocks = [block for block in document.outline if block.kind in (Kind.BODY, Kind.LIST_ITEM)]
    step = max(1.0, len(blocks) / _LOOKED_UP / 2)
    chosen = [blocks[int(i * step)] for i in range(min(len(blocks), 2 * _LOOKED_UP))]
    found = []
    for block in chosen:
        words = Span(block.words.start, min(block.words.end, block.words.start + _READ))
        first = next(iter(sentences(document.text, words)), words)
        terms = sorted(set(for_index(first.of(document.text)).split()), key=lambda term: (-len(term), term))
        if len(terms) >= _TERMS:
            found.append(" AND ".join(f'"{term}"' for term in terms[:_TERMS]))
    return [f"words : ({terms})" for terms in dict.fromkeys(found)][:_LOOKED_UP]


def _holders(connection: sqlite3.Connection, terms: str, document: Document) -> list[int]:
    rows = connection.execute(
        # CROSS JOIN keeps SQLite from walking through all passages instead of the few that were met.
        "SELECT DISTINCT documents.id FROM (SELECT rowid AS met FROM terms WHERE terms MATCH ? LIMIT ?)"
        " CROSS JOIN passages ON passages.id = met CROSS JOIN documents ON documents.id = document"
        " WHERE sha256 <> ? AND path IS NOT ?",
        (terms, _MET, document.id, document.source.path or ""),
    )
    return [int(identity) for (identity,) in rows]

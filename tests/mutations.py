"""Changes to true sentences: some that make them false, some that only print them otherwise."""

import re
from collections.abc import Callable, Iterator

from corpus.document import Document, Kind
from corpus.sentences import sentences
from corpus.span import Span

_COUNTRIES = "Japan France Germany Italy Canada Brazil India China Mexico Spain Ukraine Australia Singapore Turkey".split()
_VERBS = {
    "confirmed": "rejected", "adopted": "dismissed", "agreed": "disagreed", "discussed": "ignored",
    "participated": "abstained", "attended": "missed", "welcomed": "deplored", "support": "oppose",
    "supported": "opposed", "welcome": "deplore", "commit": "refuse", "announced": "withdrew", "will": "may",
    "reaffirmed": "abandoned", "recognize": "deny", "strengthen": "weaken", "increase": "reduce", "shared": "denied",
    "is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "have": "had",
}  # fmt: skip
_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][a-z]{3,}\b")


def true_sentences(document: Document, least: int = 4) -> Iterator[Span]:
    """The sentences of a record's paragraphs and list items with at least some words."""
    for block in document.outline:
        if block.kind not in (Kind.BODY, Kind.LIST_ITEM):
            continue
        for span in sentences(document.text, block.words):
            if len(re.findall(r"[^\W_]+", span.of(document.text))) >= least:
                yield span


def changed_digit(words: str) -> str | None:
    found = re.search(r"\d(?!\d)", words)
    return found and words[: found.start()] + str((int(found.group()) + 3) % 10) + words[found.end() :]


def changed_year(words: str) -> str | None:
    found = re.search(r"\b(?:19|20)\d\d\b", words)
    return found and words[: found.start()] + str(int(found.group()) + 1) + words[found.end() :]


def changed_country(words: str) -> str | None:
    found = re.search(rf"\b(?:{'|'.join(_COUNTRIES)})\b", words)
    return found and words[: found.start()] + _another(found.group(), _COUNTRIES) + words[found.end() :]


def changed_name(words: str) -> str | None:
    found = _NAME.search(words)
    return found and words[: found.start()] + "Kirkwall" + words[found.end() :]


def changed_negation(words: str) -> str | None:
    if found := re.search(r"\b(?:not|no|never|without) ", words):
        return words[: found.start()] + words[found.end() :]
    found = re.search(r"\b(?:will|is|are|was|were|has|have|be|to|and|of|the) ", words)
    return found and words[: found.end()] + "not " + words[found.end() :]


def changed_verb(words: str) -> str | None:
    found = re.search(rf"\b(?:{'|'.join(_VERBS)})\b", words)
    return found and words[: found.start()] + _VERBS[found.group()] + words[found.end() :]


FALSIFIED: dict[str, Callable[[str], str | None]] = {
    "digit": changed_digit,
    "year": changed_year,
    "country": changed_country,
    "name": changed_name,
    "negation": changed_negation,
    "verb": changed_verb,
}


def other_quotes(words: str) -> str | None:
    changed = words.translate({0x22: "”", 0x27: "’", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return changed if changed != words else None


def other_dashes(words: str) -> str | None:
    changed = words.translate({0x2D: "‑", 0x2013: "-", 0x2014: "–"})
    return changed if changed != words else None


def other_spaces(words: str) -> str | None:
    changed = re.sub(r"\s+", lambda m: "\u00a0" if len(m.group()) == 1 and m.start() % 3 else "\n", words)
    return changed if changed != words else None


def left_out(words: str) -> str | None:
    """Three words in the middle left out, none of them a negation, and said so."""
    found = list(re.finditer(r"\S+", words))
    middle = len(found) // 2
    if len(found) < 8 or re.search(r"\b(?:not?|never|nor|none|cannot|without|neither)\b|n['’]t", words, re.IGNORECASE):
        return None
    return words[: found[middle - 1].start()] + "[…]" + words[found[middle + 1].end() :]


def other_capital(words: str) -> str | None:
    first = words[:1]
    return (f"[{first.swapcase()}]" if words[1:2].isalpha() else first.swapcase()) + words[1:] if first.isalpha() else None


def broken_line(words: str) -> str | None:
    found = re.search(r"\b[a-z]{3}(?=[a-z]{3})", words)
    return found and words[: found.end()] + "-\n" + words[found.end() :]


REPRINTED: dict[str, Callable[[str], str | None]] = {
    "quotes": other_quotes,
    "dashes": other_dashes,
    "spaces": other_spaces,
    "ellipsis": left_out,
    "capital": other_capital,
    "line end": broken_line,
}


def _another(word: str, words: list[str]) -> str:
    return words[(words.index(word) + 5) % len(words)]

"""Falsify or reprint true sentences and count which of them are accepted as quotations."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.verification.exact_match import Match, matches
from assistant.verification.record_index import RecordIndex, key_of
from corpus.document import Document, Kind
from corpus.language.sentences import sentences
from corpus.outline.plain_words import plain
from corpus.span import Span

_COUNTRIES = "Japan France Germany Italy Canada Brazil India China Mexico Spain Ukraine Australia Turkey".split()
_VERBS = {
    "confirmed": "rejected", "adopted": "dismissed", "agreed": "disagreed", "discussed": "ignored",
    "participated": "abstained", "attended": "missed", "welcomed": "deplored", "support": "oppose",
    "supported": "opposed", "welcome": "deplore", "commit": "refuse", "announced": "withdrew", "will": "may",
    "reaffirmed": "abandoned", "recognize": "deny", "strengthen": "weaken", "increase": "reduce", "shared": "denied",
    "is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "have": "had",
}  # fmt: skip
_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][a-z]{3,}\b")


def true_sentences(document: Document, least: int = 4) -> Iterator[Span]:
    """Yield the sentences of a record's paragraphs and list items that have at least `least` words."""
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


def with_ellipsis(words: str) -> str | None:
    """Replace three words in the middle, none of them a negation, by an ellipsis in brackets."""
    found = list(re.finditer(r"\S+", words))
    middle = len(found) // 2
    if len(found) < 8 or re.search(r"\b(?:not?|never|nor|none|cannot|without|neither)\b|n['’]t", words, re.IGNORECASE):
        return None
    return words[: found[middle - 1].start()] + "[…]" + words[found[middle + 1].end() :]


def other_capital(words: str) -> str | None:
    first, second = words[:1], words[1:2]
    if not first.isalpha():
        return None
    return (f"[{first.swapcase()}]" if second.isalpha() else first.swapcase()) + words[1:]


def broken_line(words: str) -> str | None:
    found = re.search(r"\b[a-z]{3}(?=[a-z]{3})", words)
    return found and words[: found.end()] + "-\n" + words[found.end() :]


REPRINTED: dict[str, Callable[[str], str | None]] = {
    "quotes": other_quotes,
    "dashes": other_dashes,
    "spaces": other_spaces,
    "ellipsis": with_ellipsis,
    "capital": other_capital,
    "line end": broken_line,
}


@dataclass
class MutationResult:
    """Counts of the mutations that were tried and accepted.

    Attributes:
        tried: how many of each kind there were, the unchanged sentences as "unchanged".
        accepted: how many of each kind passed as exact or typographic.
        placed: how many of each kind of reprint were found at their sentence's own place.
        elsewhere: falsified sentences left out because the records hold them, by kind.
        wrong: the falsified ones that passed, and the unchanged ones that were not found exactly in their place.
    """

    tried: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def try_mutations(documents: Sequence[Document], every: int = 1) -> MutationResult:
    """Mutate every `every`-th sentence of the records in each way and match the results with the records."""
    records, texts, result = RecordIndex(documents), [plain(d.text) for d in documents], MutationResult()
    for document in documents:
        for span in list(true_sentences(document))[::every]:
            _try(document, span, records, texts, result)
    return result


def _try(document: Document, span: Span, records: RecordIndex, texts: list[str], result: MutationResult) -> None:
    raw = span.of(document.text)
    result.tried["unchanged"] += 1
    if any(m.is_exact and m.document is document and m.span == span for m in matches(raw, records)):
        result.accepted["unchanged"] += 1
    else:
        result.wrong.append(("unchanged", raw))
    # In Markdown a reader sees, and quotes, the words without marks.
    words = plain(raw) if document.name.endswith(".md") else raw
    for kind, change in FALSIFIED.items():
        changed = change(words)
        if changed and any(plain(changed) in text for text in texts):
            result.elsewhere[kind] += 1
        elif changed:
            result.tried[kind] += 1
            if any(True for _ in matches(changed, records)):
                result.accepted[kind] += 1
                result.wrong.append((kind, changed))
    for kind, change in REPRINTED.items():
        if changed := change(words):
            found = [m for m in matches(changed, records) if not m.fault]
            result.tried[kind] += 1
            result.accepted[kind] += bool(found)
            result.placed[kind] += any(_is_at(m, document, span) for m in found)


def _is_at(match: Match, document: Document, span: Span) -> bool:
    """Return True if a match is the whole of a sentence at its own place, but for marks at its ends."""
    if match.document is not document or not span.start <= match.span.start < match.span.end <= span.end:
        return False
    return key_of(plain(match.span.of(document.text))) == key_of(plain(span.of(document.text)))


def _another(word: str, words: list[str]) -> str:
    return words[(words.index(word) + 5) % len(words)]

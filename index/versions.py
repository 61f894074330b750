"""Tell the versions of one record apart by the marks in their names: draft, v2, final, approved."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from corpus.language.dates import find_date_ranges
from corpus.language.similarity import NEARLY_SAME, share
from corpus.language.tokens import fold_text
from corpus.metadata.record_kind import words_of

# Share of the text that two versions of one record have in common, at least. An agenda and the minutes of one meeting,
# whose title and day are the same, have less.
LEAST_SHARED = 0.3
_NUMBER = re.compile(
    r"(?<![^\W_])(?:v|ver|version|rev|revision)[.\s]?(\d{1,3}(?:\.\d{1,3})?)(?![^\W_]|\.\d)", re.IGNORECASE
)
_KINDS = ("draft", "final", "corrected", "approved")
_RANKS = {"draft": -1, "final": 1, "corrected": 2, "approved": 3}


@dataclass(frozen=True, slots=True)
class Version:
    """The version that a record's name and title mark.

    Attributes:
        label: the marks, such as "v2, approved"; empty for a record without.
        rank: the greater, the newer: approved before corrected, final, unmarked and draft; then by number.
    """

    label: str
    rank: tuple[int, float]


@lru_cache(maxsize=4096)
def _version(name: str, title: str) -> Version:
    words = re.sub(r"[_+-]", " ", unicodedata.normalize("NFKC", f"{name.rpartition('.')[0] or name} {title}"))
    number = _NUMBER.search(words)
    kinds = [kind for kind in _KINDS if words_of(kind).search(words)]
    labels = [f"v{number[1]}"] if number else []
    labels += [match.group().casefold() for kind in kinds if (match := words_of(kind).search(words))]
    return Version(
        ", ".join(labels), (max((_RANKS[kind] for kind in kinds), default=0), float(number[1]) if number else 0)
    )


def version_of(document: Document) -> Version:
    """Return the version that a record's file name and title mark."""
    return _version(document.name, document.title)


def are_versions(one: Document, other: Document) -> bool:
    """Return True if two records are versions of one: of one title and meeting, with much of the text in common."""
    day, other_day = ((d.meeting.first_day or d.published) for d in (one, other))
    if one.id == other.id or day != other_day:
        return False
    least = LEAST_SHARED if day else NEARLY_SAME
    return (
        bare_title(one.title) == bare_title(other.title)
        and min(share(one.text, other.text), share(other.text, one.text)) >= least
    )


@lru_cache(maxsize=4096)
def bare_title(title: str) -> str:
    """Return a title without its days and the marks of a version, folded."""
    for days in reversed(find_date_ranges(title)):
        title = f"{title[: days.start]} {title[days.end :]}"
    title = _NUMBER.sub(" ", title)
    for kind in _KINDS:
        title = words_of(kind).sub(" ", title)
    return " ".join(re.findall(r"[^\W_]+", fold_text(title)))

"""Tell the versions of one record apart by the marks in their names: draft, v2, final, approved."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.document import Document
from corpus.language.dates import find_date_ranges
from corpus.language.similarity import NEARLY_SAME, share
from corpus.language.tokens import STOP_WORDS, fold_text
from corpus.language.word_lists import word_sets
from corpus.metadata.record_kind import words_of

# Share of the text that two versions of one record have in common, at least. An agenda and the minutes of one meeting,
# whose title and day are the same, have less.
LEAST_SHARED = 0.3
_NUMBER = re.compile(
    r"(?<![^\W_])(?:v|ver|version|rev|revision)[.\s]?(\d{1,3}(?:\.\d{1,3})?)(?![^\W_]|\.\d)", re.IGNORECASE
)
# Characters and lines at the top of a record that may mark its version, and the longest such line.
_TOP, _LINES, _LINE = 400, 5, 80
_STATUS = re.compile(r"(?:status|version|stand|statut|estado|fassung)\s*[:：]", re.IGNORECASE)
VERSION_KINDS = ("draft", "final", "corrected", "approved")
_RANKS = {"draft": -1, "final": 1, "corrected": 2, "approved": 3}


@dataclass(frozen=True, slots=True)
class Version:
    """The version that a record's name and title mark.

    Attributes:
        label: the marks, such as "v2, approved"; empty for a record without.
        rank: the greater, the newer: approved before corrected, final, unmarked and draft; then by number.
        kinds: those of `VERSION_KINDS` that are marked.
    """

    label: str
    rank: tuple[int, float]
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def _version(name: str, title: str, top: str) -> Version:
    words = re.sub(r"[_+-]", " ", unicodedata.normalize("NFKC", f"{name.rpartition('.')[0] or name} {title}"))
    number = _NUMBER.search(words)
    kinds = {kind: match.group() for kind in VERSION_KINDS if (match := words_of(kind).search(words))}
    kinds = kinds or _kinds_at_top(top)
    labels = [f"v{number[1]}"] if number else []
    labels += [kinds[kind].casefold() for kind in VERSION_KINDS if kind in kinds]
    rank = max((_RANKS[kind] for kind in kinds), default=0), float(number[1]) if number else 0
    return Version(", ".join(labels), rank, tuple(kinds))


def _kinds_at_top(top: str) -> dict[str, str]:
    """Return the marks of a version with which a line at the top begins, or which stand beside "minutes" in one."""
    found: dict[str, str] = {}
    for line in [line.strip(" #*_|>-") for line in top.splitlines() if line.strip()][:_LINES]:
        for kind in VERSION_KINDS if len(line) <= _LINE and not line.endswith(".") else ():
            match = words_of(kind).search(line)
            is_marked = match and (match.start() == 0 or _STATUS.match(line) or words_of("minutes").search(line))
            if match and is_marked and not words_of("other_meetings").search(line):
                found.setdefault(kind, match.group())
    return found


def version_marks(kind: str) -> str:
    """Return a regular expression of the marks of one of `VERSION_KINDS`."""
    return words_of(kind).pattern


def version_of(document: Document) -> Version:
    """Return the version that a record's file name and title mark; if they do not, the lines at its top."""
    return _version(document.name, document.title, document.text[:_TOP])


def are_versions(one: Document, other: Document) -> bool:
    """Return True if two records are versions of one: of one title and meeting, with much of the text in common."""
    day, other_day = ((d.meeting.first_day or d.published) for d in (one, other))
    if one.id == other.id or day != other_day:
        return False
    least = LEAST_SHARED if day else NEARLY_SAME
    return (
        has_same_title(one.title, other.title)
        and min(share(one.text, other.text), share(other.text, one.text)) >= least
    )


def has_same_title(one: str, other: str) -> bool:
    """Return True if two titles differ in days, marks of a version and nouns such as "minutes" alone."""
    words = title_words(one), title_words(other)
    return words[0] == words[1] if any(words) else bare_title(one) == bare_title(other)


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title without days, marks of a version and nouns such as "minutes"; perhaps none."""
    return tuple(word for word in bare_title(title).split() if word not in _nouns())


@cache
def _nouns() -> frozenset[str]:
    """Return the nouns of any record with the small words beside them: "minutes of the"."""
    return STOP_WORDS.union(word_sets("record_nouns.txt")[0])


@cache
def _marks() -> re.Pattern[str]:
    """Return a pattern of the marks of a version with the words between them: "as amended and approved on"."""
    mark = "|".join(words_of(kind).pattern for kind in VERSION_KINDS)
    return re.compile(rf"(?:\bas\s+)?(?:{mark})(?:\s+(?:and\s+)?(?:{mark}))*(?:\s+(?:on|by)(?=\W*$))?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def bare_title(title: str) -> str:
    """Return a title without its days and the marks of a version, folded."""
    for days in reversed(find_date_ranges(title)):
        title = f"{title[: days.start]} {title[days.end :]}"
    title = _NUMBER.sub(" ", title)
    title = _marks().sub(" ", title)
    return " ".join(re.findall(r"[^\W_]+", fold_text(title)))

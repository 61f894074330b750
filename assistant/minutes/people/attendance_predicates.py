"""Find names with their part behind them: "Roll call: Ada Bo, Cy Day, present; Eli Fox absent."."""

import re
from collections.abc import Iterator

from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import listed_names
from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.minutes_words import classes, label_class, pattern
from corpus.language.tokens import fold_text
from corpus.span import Span, trim
from corpus.tables import cells

# Passages at the top and at the end of a record among which a roll call stands.
_TOP = 12
# A clause ends here, and so does the label before the first name.
_CLAUSES = re.compile(r"[^;；]+")
_LABEL = re.compile(r"^[^:：,;]{1,40}[:：]\s*")
_JOIN = re.compile(r"[\s,:–—-]*(?:(?:is|are|was|were|all|both)\s+)*$")


def from_predicates(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the clauses at the top of minutes that are names and the word for their part."""
    text = record.document.text
    for passage in record.passages[:_TOP]:
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or cells(passage.words_text):
            continue
        for sentence in passage.sentences():
            for match in _CLAUSES.finditer(sentence.of(text)):
                span = trim(text, sentence.start + match.start(), sentence.start + match.end())
                if span and (entry := _entry(text, span)):
                    role, names = entry
                    yield AttendanceEntry(passage, span, role, names)


def _entry(text: str, clause: Span) -> tuple[str, tuple[Span, ...]] | None:
    """Return the part that a clause ends with, and the names before it; None for another clause."""
    label = _LABEL.match(clause.of(text))
    if label and label_class("label", label.group()):
        return None  # "Present: Ada Bo, chair"
    start = clause.start + (label.end() if label else 0)
    words = text[start : clause.end].rstrip(" .;*_")
    folded = fold_text(words)
    if len(folded) != len(words):
        return None
    ends = [(m.start(), role) for role in classes("label") if role not in OFFICES for m in [_last(role, folded)] if m]
    if not ends:
        return None
    at, role = min(ends)  # the longest words: "absent with apologies"
    behind = start + len(words[:at]) - len((_JOIN.search(words[:at]) or [""])[0])
    names = listed_names(text, Span(start, behind)) if start < behind else []
    return (role, tuple(names)) if names and all(_is_name(name.of(text)) for name in names) else None


def _last(role: str, folded: str) -> re.Match[str] | None:
    """Return the words for a part that a clause ends with."""
    return next((m for m in pattern("label", role).finditer(folded) if m.end() == len(folded)), None)


def _is_name(words: str) -> bool:
    """Return True for words whose first and last have a capital: "Ms Ada Bo", and not "All members"."""
    return all(word[0].isupper() for word in (words.split()[0], words.split()[-1]))

"""Find sentences that say who was at a meeting in which part: "Ms Bo took the chair", "Present were Ada Bo, ..."."""

import re
from collections.abc import Iterator, Sequence

from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import capitalized_names, names_in_sentence
from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.minutes_words import classes, pattern, says
from corpus.language.tokens import fold_text
from corpus.span import Span

# Words at the end of a phrase behind which the names stand: "was chaired by", "unter dem Vorsitz von".
_NAMES_BEHIND = re.compile(r"(?:\b(?:by|of|von|de|par|por)|,)$")
# What stands before a place or a body, which is no name of a person: "Ms Bo of North Hill took the chair".
_NO_PERSON = re.compile(r"\b(?:of|from|for|at|in|von|aus|de|du|des|del)\s+(?:the\s+)?$", re.IGNORECASE)
# What joins two people who share an office, and the office of the first between commas.
_JOINED = re.compile(r"\s*(?:,[^,;:]*,?)?\s*(?:and|et|und|y)\s+(?:the\s+)?", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"\s+(?:and|et|und|y)\s+", re.IGNORECASE)
# "The Speaker took the chair."
_OFFICE = re.compile(r"\bThe [A-ZÀ-Þ][\w'’-]+(?=\s*$)")
# Who is named behind these does something else: "was chaired by Ms Bo, who welcomed Mr Cy".
_CLAUSE = re.compile(r"[;:]|,?\s+(?:who|whom|with|while|after|because|since|but)\s")


def from_sentences(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the sentences that say it of named people, those before the first turn of a talk."""
    text = record.document.text
    first = record.talk[0][0].words.start if record.talk else len(text)
    for passage in record.passages:
        if passage.words.end > first:
            return
        is_prose = passage.kind in (Kind.BODY, Kind.LIST_ITEM)
        folded = fold_text(passage.words_text) if is_prose else ""
        for role in [role for role in classes("sentence") if says("sentence", role, folded)]:
            spans = [span for span in passage.sentences() if says("sentence", role, fold_text(span.of(text)))]
            named = ((span, _names(text, span, role)) for span in spans)
            yield from (AttendanceEntry(passage, span, role, tuple(names)) for span, names in named if names)


def _names(text: str, sentence: Span, role: str) -> list[Span]:
    """Return the names that a sentence has for a role."""
    folded = fold_text(sentence.of(text))
    phrase = pattern("sentence", role).search(folded)
    if phrase is None or len(folded) != len(sentence) or (role not in OFFICES and role != "present"):
        return names_in_sentence(text, sentence)
    start, end = sentence.start + phrase.start(), sentence.start + phrase.end()
    if role == "present":
        return capitalized_names(text, Span(end, sentence.end)) if end < sentence.end else []
    if _NAMES_BEHIND.search(phrase.group()):
        return _behind(text, end, sentence.end)
    found = _before(text, sentence.start, start) or _behind(text, end, sentence.end)
    if not found and (office := _OFFICE.search(text, sentence.start, start)):
        found = [Span(*office.span())]
    return found


def _behind(text: str, start: int, end: int) -> list[Span]:
    """Return the first name behind a phrase, and those that "and" joins to it."""
    clause = _CLAUSE.search(text, start, end)
    end = clause.start() if clause else end
    names = _persons(text, capitalized_names(text, Span(start, end)) if start < end else [], start)
    found = names[:1]
    for name in names[1:]:
        if not _JOINED.fullmatch(text[found[-1].end : name.start]):
            break
        found.append(name)
    return found


def _before(text: str, start: int, end: int) -> list[Span]:
    """Return the last name before a phrase, and the one that "and" joins to it."""
    names = _persons(text, capitalized_names(text, Span(start, end)) if start < end else [], start)
    found = names[-1:]
    if len(names) > 1 and _JOINED_BEFORE.fullmatch(text[names[-2].end : names[-1].start]):
        found = names[-2:]
    return found


def _persons(text: str, names: Sequence[Span], start: int) -> list[Span]:
    return [name for name in names if not _NO_PERSON.search(text[start : name.start])]

"""Find the sides of a comparison: the filters of each of the times, forums, publishers or records that it compares."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import product

from assistant.understanding.filters.question_filters import question_filters
from corpus.document import Document
from index.search.filters import Filters

# The most sides of a comparison; a question that names more is about all records.
_MOST_SIDES = 4
_EACH_RECORD = re.compile(
    r"\b(?:both|each|two|three|four|various|different|which(?: one)? of the)\b.{0,40}?"
    r"\b(?:accounts?|releases?|records?|reports?|texts?|versions?|documents?|statements?|sources?|declarations?|pages?)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s(?:and|with|to|from|than|versus|vs\.?)\s|と|[,;:]\s")


def comparison_sides(question: str, mentions: Filters, documents: Sequence[Document]) -> tuple[Filters, ...]:
    """Return the sides of a comparison as filters, each of which some record passes; empty with fewer than two.

    Several years, months, forums or publishers make one side each. Without them, a question for "both accounts" or
    "each release" has a side for each record that passes the filters.

    Args:
        question: the question.
        mentions: all years, months, forums and publishers that it names.
        documents: all records.
    """
    several = [f.name for f in fields(mentions) if len(getattr(mentions, f.name)) > 1]
    if several:
        choices = product(*(sorted(getattr(mentions, name)) for name in several))
        sides = (replace(mentions, **{n: frozenset({v}) for n, v in zip(several, c, strict=True)}) for c in choices)
        return _sides_with_records(list(sides), several, documents)
    records = [d for d in documents if mentions.fits(d)]
    if mentions and _EACH_RECORD.search(question) and 1 < len(records) <= _MOST_SIDES:
        return tuple(replace(mentions, names=frozenset({d.name})) for d in records)
    return ()


def _sides_with_records(
    sides: Sequence[Filters], several: Sequence[str], documents: Sequence[Document]
) -> tuple[Filters, ...]:
    """Return the sides that different records pass; a side without a record drops what the question names only once.

    In "the summit of the one forum in 2022 and that of the other body in 2023" the forum belongs to one side.
    """
    passed = [side for side in sides if any(map(side.fits, documents))]
    if len(several) == 1:
        relaxed = (Filters(**{several[0]: getattr(side, several[0])}) for side in sides if side not in passed)
        passed += [side for side in relaxed if any(map(side.fits, documents))]
    by_records = {frozenset(d.name for d in documents if s.fits(d)): s for s in reversed(passed)}
    return tuple(reversed(by_records.values())) if 1 < len(by_records) <= _MOST_SIDES else ()


def sides_of_parts(question: str, documents: Sequence[Document]) -> tuple[Filters, ...]:
    """Return the conditions of the two parts of a question that are about different records; empty without such parts.

    Args:
        question: the question, which compares.
        documents: all records.
    """
    for between in _BETWEEN.finditer(question):
        parts = question[: between.start()], question[between.end() :]
        sides = tuple(question_filters(part, documents).filters for part in parts)
        records = [{d.name for d in documents if side.fits(d)} for side in sides if side]
        if len(records) == 2 and all(records) and records[0].isdisjoint(records[1]):
            return sides
    return ()

"""What a question compares: the records of each side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from itertools import product

from corpus.document import Document
from index.search.filters import Filters

# More sides than these are no comparison any more, but a question about all records.
_MOST = 4
_EACH_RECORD = re.compile(
    r"\b(?:both|each|two|three|four|various|different|which(?: one)? of the)\b.{0,40}?"
    r"\b(?:accounts?|releases?|records?|reports?|texts?|versions?|documents?|statements?|sources?|declarations?|pages?)\b",
    re.IGNORECASE,
)


def comparison_sides(question: str, every: Filters, documents: Sequence[Document]) -> tuple[Filters, ...]:
    """The sides of a comparison as filters, each of which some record passes; empty when there are not two.

    Years, months, forums or publishers that are named beside each other make the sides; else, when "both accounts" or
    "each release" is asked for, the few records that what is named leaves.

    Args:
        question: as asked.
        every: all that it names.
        documents: all records.
    """
    several = [f.name for f in fields(every) if len(getattr(every, f.name)) > 1]
    if several:
        combined = product(*(sorted(getattr(every, name)) for name in several))
        wanted = (replace(every, **{n: frozenset({v}) for n, v in zip(several, c, strict=True)}) for c in combined)
        return _sides(wanted, several, documents)
    kept = [d for d in documents if every.keeps(d)]
    if every and _EACH_RECORD.search(question) and 1 < len(kept) <= _MOST:
        return tuple(replace(every, names=frozenset({d.name})) for d in kept)
    return ()


def _sides(wanted: Iterable[Filters], several: Sequence[str], documents: Sequence[Document]) -> tuple[Filters, ...]:
    """The filters that different records pass; what is named only once is let go for a side where it leaves nothing.

    In "the summit of the one forum in 2022 and that of the other body in 2023" the forum belongs to one side.
    """
    sides = list(wanted)
    found = [s for s in sides if any(map(s.keeps, documents))]
    if len(several) == 1:
        alone = (Filters(**{several[0]: getattr(s, several[0])}) for s in sides if s not in found)
        found += [s for s in alone if any(map(s.keeps, documents))]
    apart = {frozenset(d.name for d in documents if s.keeps(d)): s for s in reversed(found)}
    return tuple(reversed(apart.values())) if 1 < len(apart) <= _MOST else ()

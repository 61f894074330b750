"""Find the two sides of a comparison that a question names in different ways, as "the July 2020 text and Trieste"."""

import re
from collections.abc import Sequence

from assistant.understanding.filters import question_filters
from corpus.document import Document
from index.search.filters import Filters

_BETWEEN = re.compile(r"\s(?:and|with|to|from|than|versus|vs\.?)\s|と|[,;:]\s")


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

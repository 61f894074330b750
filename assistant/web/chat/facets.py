"""Values of each filter that the records have, each with the number of records that it would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.speech import speakers
from index.search.filters import Filters, places_of, years_of

# The conditions of `Filters` that a user chooses, in the order of their fields on the page.
FACETS = ("forums", "places", "years", "publishers", "speakers")
# Most records whose speakers are offered: each is read for them.
_MOST_READ = 300


def counted_values(documents: Sequence[Document], filters: Filters) -> list[dict[str, int]]:
    """Return the values of each facet in order, with the number of their records that pass all other filters.

    A value without such a record is left out, unless it is chosen. Speakers are not looked for while there are too
    many records to read.
    """
    return [_counted(facet, documents, filters) for facet in FACETS]


def values_of(facet: str, document: Document) -> frozenset[str]:
    """Return the values of a record for a facet, as text."""
    return frozenset(filter(None, _values(facet, document)))


def chosen_values(filters: Filters) -> list[list[str]]:
    """Return the values that filters have for each facet, in order."""
    return [sorted(map(str, getattr(filters, facet))) for facet in FACETS]


def _counted(facet: str, documents: Sequence[Document], filters: Filters) -> dict[str, int]:
    others = replace(filters, **{facet: frozenset()})
    passing = [document for document in documents if others.keeps(document)]
    if facet == "speakers" and len(passing) > _MOST_READ:
        passing = []
    counts = Counter(value for document in passing for value in values_of(facet, document))
    return {value: counts[value] for value in sorted({*counts, *map(str, getattr(filters, facet))})}


def _values(facet: str, document: Document) -> Iterable[str | None]:
    match facet:
        case "forums":
            return (document.meeting.forum,)
        case "places":
            return places_of(document)
        case "years":
            return map(str, years_of(document))
        case "publishers":
            return (document.publisher,)
    return speakers(document)

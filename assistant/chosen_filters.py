"""Read the forums, years, places, speakers and others that a user or a program names, as the records have them."""

from collections.abc import Callable, Iterable, Sequence

from assistant.understanding.speakers.matching import all_speakers, speakers_named
from corpus.document import Document
from index.errors import RapporteurError
from index.library import Library
from index.search.filters import Filters, places_of, years_of

# Values that a message lists.
_MOST_LISTED = 20


class FilterRefused(RapporteurError):
    """No record has a named forum, year, place, publisher, speaker or record; the message lists the existing ones."""


def chosen_filters(
    library: Library,
    forums: Sequence[str] = (),
    years: Sequence[int] = (),
    places: Sequence[str] = (),
    publishers: Sequence[str] = (),
    speakers: Sequence[str] = (),
    records: Sequence[str] = (),
) -> Filters:
    """Return filters; case is ignored, a publisher may be abbreviated, a speaker named in any way.

    A place is a city, a country, or both as a record states them.

    Raises:
        FilterRefused: no record has such a forum, year, place, publisher, speaker, name or title.
    """
    if not (forums or years or places or publishers or speakers or records):
        return Filters()
    documents = library.documents()
    return Filters(
        _known("forum", forums, documents, lambda d: {d.meeting.forum: (d.meeting.forum,)}),
        frozenset(map(int, _known("year", years, documents, lambda d: {str(y): (str(y),) for y in years_of(d)}))),
        _known("publisher", publishers, documents, lambda d: {d.publisher: (d.publisher, d.short_publisher)}),
        places=_known("place", places, documents, _place_names),
        speakers=frozenset().union(*(_speakers(name, documents) for name in speakers)),
        asked=_known("name or title", records, documents, lambda d: {d.name: (d.name, d.title)}),
    )


def _place_names(document: Document) -> dict[str | None, tuple[str | None, ...]]:
    """Return the city of a document's meeting, also named with its country, and the country."""
    if not (places := places_of(document)):
        return {}
    return {**{place: (place,) for place in places}, places[0]: (places[0], document.meeting.place)}


def _speakers(name: str, documents: Sequence[Document]) -> set[str]:
    """Return the names of a speaker in the records.

    Raises:
        FilterRefused: nobody of this name speaks in them.
    """
    found = speakers_named(name, documents)
    if not found:
        raise FilterRefused(
            f"no record has words of {name}; the library has words of: {_listed(all_speakers(documents))}"
        )
    return found


def _listed(values: Sequence[str]) -> str:
    """Return the first of some values, and the number of the others."""
    more = f" and {len(values) - _MOST_LISTED} more" if len(values) > _MOST_LISTED else ""
    return ("; ".join(values[:_MOST_LISTED]) or "none") + more


def _known(
    field: str,
    names: Iterable[object],
    documents: Sequence[Document],
    names_of: Callable[[Document], dict[str | None, tuple[str | None, ...]]],
) -> frozenset[str]:
    """Return the values of the records that have these names.

    Args:
        field: forum, year, place, publisher, or name or title.
        names: names as the user wrote them.
        documents: every document of the library.
        names_of: returns the values of a document, each with all its names.
    """
    by_name: dict[str, set[str]] = {}
    for document in documents:
        for value, value_names in names_of(document).items():
            for name in filter(None, value_names):
                by_name.setdefault(name.casefold(), set()).add(str(value))
    values: set[str] = set()
    for name in map(str, names):
        if name.strip().casefold() not in by_name:
            existing = _listed(sorted(set().union(*by_name.values())))
            raise FilterRefused(f"no record has the {field} {name}; the library has: {existing}")
        values |= by_name[name.strip().casefold()]
    return frozenset(values)

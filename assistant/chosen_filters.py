"""Read the forums, years, publishers and speakers that a user or a program names, as the records have them."""

from collections.abc import Callable, Iterable, Sequence

from assistant.understanding.speakers.matching import all_speakers, speakers_named
from corpus.document import Document
from index.errors import RapporteurError
from index.library import Library
from index.search.filters import Filters, years_of

# Speakers that a message lists.
_MOST_LISTED = 20


class FilterRefused(RapporteurError):
    """No record has a named forum, year, publisher or speaker; the message lists the existing ones."""


def chosen_filters(
    library: Library,
    forums: Sequence[str] = (),
    years: Sequence[int] = (),
    publishers: Sequence[str] = (),
    speakers: Sequence[str] = (),
) -> Filters:
    """Return filters; case is ignored, a publisher may be abbreviated, a speaker named in any way.

    Raises:
        FilterRefused: no record has such a forum, year, publisher or speaker.
    """
    if not (forums or years or publishers or speakers):
        return Filters()
    documents = library.documents()
    return Filters(
        _known("forum", forums, documents, lambda d: {d.meeting.forum: (d.meeting.forum,)}),
        frozenset(map(int, _known("year", years, documents, lambda d: {str(y): (str(y),) for y in years_of(d)}))),
        _known("publisher", publishers, documents, lambda d: {d.publisher: (d.publisher, d.short_publisher)}),
        speakers=frozenset().union(*(_speakers(name, documents) for name in speakers)),
    )


def _speakers(name: str, documents: Sequence[Document]) -> set[str]:
    """Return the names of a speaker in the records.

    Raises:
        FilterRefused: nobody of this name speaks in them.
    """
    found = speakers_named(name, documents)
    if not found:
        existing = all_speakers(documents)
        listed = "; ".join(existing[:_MOST_LISTED]) or "none"
        more = f" and {len(existing) - _MOST_LISTED} more" if len(existing) > _MOST_LISTED else ""
        raise FilterRefused(f"no record has words of {name}; the library has words of: {listed}{more}")
    return found


def _known(
    field: str,
    names: Iterable[object],
    documents: Sequence[Document],
    names_of: Callable[[Document], dict[str | None, tuple[str | None, ...]]],
) -> frozenset[str]:
    """Return the values of the records that have these names.

    Args:
        field: forum, year or publisher.
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
            existing = "; ".join(sorted(set().union(*by_name.values()))) or "none"
            raise FilterRefused(f"no record has the {field} {name}; the library has: {existing}")
        values |= by_name[name.strip().casefold()]
    return frozenset(values)

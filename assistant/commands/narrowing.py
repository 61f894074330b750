"""The options that narrow a search, held against what the library has."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.commands.errors import InputRefused
from assistant.commands.output import shown

if TYPE_CHECKING:
    from corpus.document import Document
    from index.search.filters import Filters
    from index.store.library import Library


def filters(
    library: "Library", forums: Sequence[str] | None, years: Sequence[int] | None, publishers: Sequence[str] | None
) -> "Filters":
    """The conditions that the options set; letters may be capital or not, a publisher may be abbreviated.

    Raises:
        InputRefused: no record has such a forum, year or publisher; the message lists those there are.
    """
    from index.search.filters import Filters, years_of

    if not (forums or years or publishers):
        return Filters()
    documents = library.documents()
    return Filters(
        _known("forum", forums, documents, lambda d: {d.meeting.forum: (d.meeting.forum,)}),
        frozenset(map(int, _known("year", years, documents, lambda d: {str(y): (str(y),) for y in years_of(d)}))),
        _known("publisher", publishers, documents, lambda d: {d.publisher: (d.publisher, d.short_publisher)}),
    )


def _known(
    what: str,
    asked: Iterable[object] | None,
    documents: Sequence["Document"],
    names: Callable[["Document"], dict[str | None, tuple[str | None, ...]]],
) -> frozenset[str]:
    """The values that these names mean.

    Args:
        what: forum, year or publisher.
        asked: names as the user wrote them.
        documents: every document of the library.
        names: the values of a document, each with all its names.
    """
    means: dict[str, set[str]] = {}
    for document in documents:
        for value, called in names(document).items():
            for name in filter(None, called):
                means.setdefault(name.casefold(), set()).add(str(value))
    found: set[str] = set()
    for name in map(str, asked or ()):
        if name.strip().casefold() not in means:
            there = "; ".join(sorted(set().union(*means.values()))) or "none"
            raise InputRefused(f"no record has the {what} {shown(name)}; the library has: {there}")
        found |= means[name.strip().casefold()]
    return frozenset(found)

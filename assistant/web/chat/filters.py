"""Search filters of the chat: the values to choose from, the user's choice, and the line that states it."""

from collections.abc import Sequence

from assistant.web.escaping import escape_line
from assistant.wording import count
from corpus.document import Document
from index.search.filters import Filters, years_of

Values = tuple[list[str], list[str], list[str]]


def filter_values(documents: Sequence[Document]) -> Values:
    """Return the forums, years and publishers of the library's records, each once and in order."""
    return (
        sorted({d.meeting.forum for d in documents if d.meeting.forum}),
        [str(year) for year in sorted(set().union(*(years_of(d) for d in documents)))],
        sorted({d.publisher for d in documents if d.publisher}),
    )


def known_values(documents: Sequence[Document], *chosen: object) -> Values:
    """Return the forums, years and publishers that a browser sent, without values of any type that no record has."""
    forums, years, publishers = (
        [value for value in known if isinstance(sent, list) and value in sent]
        for sent, known in zip(chosen, filter_values(documents), strict=True)
    )
    return forums, years, publishers


def parse_filters(documents: Sequence[Document], *chosen: object) -> Filters:
    """Return the filters for the forums, years and publishers that a browser sent; see `known_values`."""
    forums, years, publishers = known_values(documents, *chosen)
    return Filters(frozenset(forums), frozenset(map(int, years)), frozenset(publishers))


def render_filters(documents: Sequence[Document], filters: Filters) -> str:
    """Render the line that says what is searched: all records, or how many of them the filters leave."""
    total = count(len(documents), "record")
    if not filters:
        return f'<p class="narrowed">Searches {total if len(documents) == 1 else f"all {total}"}.</p>'
    searched = sum(filters.keeps(d) for d in documents)
    return f'<p class="narrowed active">{escape_line(f"Narrowed to {filters}: searches {searched} of {total}.")}</p>'

"""The page's filters: what can be chosen, what was chosen, and the line that says so."""

from collections.abc import Iterable, Sequence

from assistant.web.escaping import one_line
from corpus.document import Document
from index.search.filters import Filters, years_of

Choices = tuple[list[str], list[str], list[str]]


def choices(documents: Sequence[Document]) -> Choices:
    """The forums, years and publishers that the library's records have, each once and in order."""
    return (
        sorted({d.meeting.forum for d in documents if d.meeting.forum}),
        [str(year) for year in sorted(set().union(*(years_of(d) for d in documents)))],
        sorted({d.publisher for d in documents if d.publisher}),
    )


def chosen(documents: Sequence[Document], forums: object, years: object, publishers: object) -> Filters:
    """The filters that a browser sent; a value that no record has is left out, whatever its type."""
    kept_forums, kept_years, kept_publishers = kept(documents, forums, years, publishers)
    return Filters(frozenset(kept_forums), frozenset(map(int, kept_years)), frozenset(kept_publishers))


def kept(documents: Sequence[Document], *sent: object) -> Choices:
    """What a browser sent as chosen forums, years and publishers, without the values that no record has."""
    forums, years, publishers = map(_known, sent, choices(documents))
    return forums, years, publishers


def line(documents: Sequence[Document], filters: Filters) -> str:
    """What is searched, as HTML: all records, or how many of them the filters leave."""
    if not filters:
        return f'<p class="narrowed">Searches {_all(len(documents))}.</p>'
    kept = sum(filters.keeps(d) for d in documents)
    told = f"Narrowed to {filters}: searches {kept} of {_all(len(documents)).removeprefix('all ')}."
    return f'<p class="narrowed active">{one_line(told)}</p>'


def _known(sent: object, known: Iterable[str]) -> list[str]:
    values = sent if isinstance(sent, list) else []
    return [value for value in known if value in values]


def _all(count: int) -> str:
    return "1 record" if count == 1 else f"all {count} records"

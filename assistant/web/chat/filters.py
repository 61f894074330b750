"""Search filters of the chat: the values to choose from, the user's choice, and the line that states it."""

import json
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.speakers.matching import all_speakers
from assistant.web.escaping import escape_line
from assistant.web.language import current_language, text
from assistant.wording import spell_filters
from corpus.document import Document
from corpus.speech import speakers
from index.search.filters import Filters, years_of

# Forums, years, publishers and speakers.
Values = tuple[list[str], list[str], list[str], list[str]]
# Most records whose speakers are offered: each is read for them.
_MOST_READ = 300
_KINDS = 4  # of `Values`


def filter_values(documents: Sequence[Document], *chosen: object) -> Values:
    """Return the forums, years and publishers of the library's records, each once and in order, and the speakers.

    The speakers are those who were chosen, and those of the records that pass the other filters, none while there are
    too many records to read.

    Args:
        documents: all records.
        chosen: the values that a browser sent.
    """
    *others, chosen_names = known_values(documents, *chosen)
    passing = [document for document in documents if _filters(*others).keeps(document)]
    offered = all_speakers(passing) if len(passing) <= _MOST_READ else []
    return (*_values(documents), [*offered, *(name for name in chosen_names if name not in offered)])


def known_values(documents: Sequence[Document], *chosen: object) -> Values:
    """Return the values that a browser sent, without those of any type that no record has."""
    sent = [value if isinstance(value, list) else [] for value in (*chosen, [], [], [], [])][:_KINDS]
    known = ([v for v in values if v in of_kind] for values, of_kind in zip(_values(documents), sent[:3], strict=True))
    forums, years, publishers = known
    return forums, years, publishers, [name for name in sent[3] if isinstance(name, str) and _speaks(name, documents)]


def parse_filters(documents: Sequence[Document], *chosen: object) -> Filters:
    """Return the filters for the values that a browser sent: those of `known_values`, then the names of records.

    The names stand in a JSON list; an empty text stands for all records.
    """
    filters = _filters(*known_values(documents, *chosen))
    return replace(filters, asked=_names(chosen[_KINDS] if len(chosen) > _KINDS else ""))


def _names(sent: object) -> frozenset[str]:
    """Return names of records that a browser sent; of an empty list, or of anything else, the name of no record."""
    if sent in (None, ""):
        return frozenset()
    try:
        names = json.loads(str(sent))
    except (ValueError, RecursionError):
        names = []
    names = names if isinstance(names, list) else []
    return frozenset(n for n in names if isinstance(n, str) and n.isprintable()) or frozenset({""})


def _values(documents: Sequence[Document]) -> tuple[list[str], list[str], list[str]]:
    return (
        sorted({d.meeting.forum for d in documents if d.meeting.forum}),
        [str(year) for year in sorted(set().union(*(years_of(d) for d in documents)))],
        sorted({d.publisher for d in documents if d.publisher}),
    )


def _speaks(name: str, documents: Sequence[Document]) -> bool:
    """Return True if somebody of this very name speaks in a record."""
    words = name.split()
    return any(any(w in d.text for w in words) and name in speakers(d) for d in documents)


def _filters(forums: list[str], years: list[str], publishers: list[str], names: Sequence[str] = ()) -> Filters:
    return Filters(frozenset(forums), frozenset(map(int, years)), frozenset(publishers), speakers=frozenset(names))


def render_filters(documents: Sequence[Document], filters: Filters) -> str:
    """Render the line that says what is searched: all records, or how many of them the filters leave."""
    if not filters:
        return f'<p class="narrowed">{text("chat.searches_all", len(documents))}</p>'
    searched = sum(filters.keeps(d) for d in documents)
    number = len(filters.asked - {d.name for d in documents} - {""})
    gone = text("chat.chosen_gone", number) if number else ""
    line = text(
        "chat.narrowed",
        len(documents),
        filters=spell_filters(filters, current_language()),
        searched=searched,
        gone=gone,
    )
    return f'<p class="narrowed active">{escape_line(line)}</p>'

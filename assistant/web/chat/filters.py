"""Search filters of the chat: the user's choice as a browser sends it, and the line that states it."""

import json
from collections.abc import Collection, Sequence

from assistant.web.chat.facets import FACETS, chosen_values, counted_values, values_of
from assistant.web.escaping import escape_line
from assistant.web.language import current_language, text
from assistant.wording import spell_filters
from corpus.document import Document
from corpus.speech import speakers
from index.search.filters import Filters

# Most values of a facet that a browser may send, and most characters of one: each is looked for in all records.
_MOST_CHOSEN, _LONGEST_CHOSEN = 200, 1_000
# The label and the value of each choice.
Choices = list[tuple[str, str]]


def filter_choices(documents: Sequence[Document], filters: Filters) -> list[Choices]:
    """Return what each facet offers: values of the records, with the number of records beside each."""
    return [
        [(f"{value} ({number:,})", value) for value, number in counted.items()]
        for counted in counted_values(documents, filters)
    ]


def parse_filters(documents: Sequence[Document], *chosen: object) -> Filters:
    """Return the filters for the values that a browser sent: a list for each facet, then the names of records.

    Values of another type, those that no record has, and more or longer ones than anybody chooses are left out. The
    names stand in a JSON list; an empty text stands for all records.
    """
    sent = [*chosen, *([] for _ in FACETS)][: len(FACETS)]
    known = {facet: _known(facet, values, documents) for facet, values in zip(FACETS, sent, strict=True)}
    return Filters(
        frozenset(known["forums"]),
        frozenset(map(int, known["years"])),
        frozenset(known["publishers"]),
        places=frozenset(known["places"]),
        speakers=frozenset(known["speakers"]),
        asked=_names(chosen[len(FACETS)] if len(chosen) > len(FACETS) else "", {d.name for d in documents}),
    )


def known_filters(documents: Sequence[Document], filters: Filters) -> Filters:
    """Return filters without the values that no record has any more; names of records stay."""
    return parse_filters(documents, *chosen_values(filters), sent_names(filters))


def sent_names(filters: Filters) -> str:
    """Return the names of the chosen records as `parse_filters` reads them; empty for all records."""
    return json.dumps(sorted(filters.asked - {""}), ensure_ascii=False) if filters.asked else ""


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
    button = f'<button type="button" data-search-all>{text("chat.search_all")}</button>'
    return f'<p class="narrowed active">{escape_line(line)} {button}</p>'


def _known(facet: str, sent: object, documents: Sequence[Document]) -> Collection[str]:
    given = sent[:_MOST_CHOSEN] if isinstance(sent, list) else []
    values = [value for value in given if isinstance(value, str) and len(value) <= _LONGEST_CHOSEN]
    if facet == "speakers":
        return [name for name in values if _speaks(name, documents)]
    return {v for v in values if any(v in values_of(facet, d) for d in documents)}


def _names(sent: object, known: Collection[str]) -> frozenset[str]:
    """Return names of records that a browser sent; of an empty list, or of anything else, the name of no record.

    A name that no record has is kept only where all of it can be seen.
    """
    if sent in (None, ""):
        return frozenset()
    try:
        names = json.loads(str(sent))
    except (ValueError, RecursionError):
        names = []
    names = names if isinstance(names, list) else []
    return frozenset(n for n in names if isinstance(n, str) and (n in known or n.isprintable())) or frozenset({""})


def _speaks(name: str, documents: Sequence[Document]) -> bool:
    """Return True if somebody of this very name speaks in a record."""
    words = name.split()
    return any(any(w in d.text for w in words) and name in speakers(d) for d in documents)

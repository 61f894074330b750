"""The same words in several records: an answer gives them once and names the others.

Words are compared letter by letter (`corpus.language.similarity`). By a measure of likeness, "in June" and "last
month", "Swedish" and "Belgian", "more than 11.5" and "about 13" come nearer to each other than two spellings of a word.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from assistant.citations.citation import Citation
from assistant.query import Intent, Query
from assistant.retrieval.score_sentences import Evidence
from corpus.document import Document
from corpus.errors import printable
from corpus.language.similarity import letters, nearly_same
from index.search.hybrid import Hit

# Records of one occasion come out within so many days. Of 284 pairs of records with an equal sentence 97 are at most 3
# days apart, 1 between 4 and 14: the others say the same of another meeting.
_DAYS = 3
# Fewer letters and digits, such as "Indonesia was absent", are met in two records by chance.
_LEAST_LETTERS = 25
_NAMED = 3
_Item = TypeVar("_Item")


def distinct_hits(hits: Sequence[Hit], query: Query) -> tuple[list[Hit], dict[tuple[str, int], tuple[Hit, ...]]]:
    """The passages without those whose words another before them holds.

    Args:
        hits: best first.
        query: what is asked; a comparison keeps what two records say in the same words.

    Returns:
        The passages, best first, and by document id and place of each the hits that were left out for it.
    """
    groups = _grouped(hits, lambda h: h.passage.document, lambda h: h.passage.words.of(h.passage.document.text), query)
    kept = [replace(first, score=max(hit.score for hit in (first, *others))) for first, *others in groups]
    copies = {_place(first): tuple(others) for first, *others in groups if others}
    return kept, copies


def distinct_evidence(
    weighed: Sequence[Evidence], copies: dict[tuple[str, int], tuple[Hit, ...]], query: Query
) -> list[Evidence]:
    """The sentences without those that another before them repeats, each with the documents in which it also stands.

    Args:
        weighed: best first.
        copies: the passages that were left out for those of the sentences, see `distinct_hits`.
        query: what is asked, see `distinct_hits`.
    """
    groups = _grouped(weighed, lambda e: e.passage.document, lambda e: e.quote, query, contained=False)
    return [
        replace(first, score=max(e.score for e in (first, *others)), also_in=_repeated((first, *others), copies))
        for first, *others in groups
    ]


def distinct_citations(citations: Iterable[Citation], query: Query) -> list[Citation]:
    """The citations without those whose words another before them holds."""
    return [first for first, *_ in _grouped(tuple(citations), lambda c: c.document, lambda c: c.quote, query)]


def distinct_quotations(chosen: Sequence[Evidence], query: Query) -> list[Evidence]:
    """The chosen evidence without what another before it holds; sides that were named each keep their own."""
    if query.sides:
        return list(chosen)
    groups = _grouped(chosen, lambda e: e.passage.document, lambda e: e.quote, query)
    return [
        replace(first, also_in=_once((*first.also_in, *(e.passage.document for e in others)), first))
        for first, *others in groups
    ]


def repeat_notes(chosen: Sequence[Evidence]) -> list[str]:
    """For each record that is cited a sentence that names the records in which the quoted words also stand."""
    held: dict[str, dict[str, None]] = {}
    for evidence in chosen:
        if evidence.also_in:
            names = held.setdefault(evidence.passage.document.name, {})
            names.update(dict.fromkeys(sorted(document.name for document in evidence.also_in)))
    cited = {evidence.passage.document.name for evidence in chosen}
    notes = (_note(name, [other for other in others if other not in cited]) for name, others in held.items())
    return [note for note in notes if note]


def _note(name: str, others: Sequence[str]) -> str:
    listed = [printable(other) for other in others[:_NAMED]]
    if len(others) > _NAMED:
        listed.append(f"{len(others) - _NAMED} more")
    return f"Words quoted from {printable(name)} also stand in {' and '.join(listed)}." if listed else ""


def _grouped(
    items: Sequence[_Item],
    document: Callable[[_Item], Document],
    words: Callable[[_Item], str],
    query: Query,
    contained: bool = True,
) -> list[list[_Item]]:
    """The items with those that only repeat them, in the order of the best of each group.

    Args:
        items: best first.
        document: whose words an item is.
        words: these words.
        query: what is asked.
        contained: whether words that are part of an item's words repeat it too, unless they are few.

    Returns:
        In each group first what is to be shown: of equal words in documents that are nearly the same those of the
        publisher that the question prefers, then those published first, then by name; else the best.
    """
    groups: list[tuple[str, list[_Item]]] = []
    by_letters: dict[str, list[list[_Item]]] = {}
    known: dict[tuple[str, str], bool] = {}

    def alike(one: Document, other: Document) -> bool:
        pair = (min(one.id, other.id), max(one.id, other.id))
        if pair not in known:
            known[pair] = nearly_same(one.text, other.text)
        return known[pair]

    def repeats(one: Document, other: Document, said: str) -> bool:
        if one.id == other.id or not said:
            return False
        of_one_occasion = query.intent is not Intent.COMPARISON and len(said) >= _LEAST_LETTERS and _near(one, other)
        return of_one_occasion or alike(one, other)

    for item in items:
        said, own = letters(words(item)), document(item)
        before = by_letters.get(said, [])
        if contained and len(said) >= _LEAST_LETTERS:
            before = [group for key, group in groups if said in key]
        group = next((g for g in before if repeats(document(g[0]), own, said)), None)
        if group is None:
            group = []
            groups.append((said, group))
            by_letters.setdefault(said, []).append(group)
        group.append(item)
    for said, group in groups:
        if len(group) > 1:
            best = document(group[0])
            equal = [x for x in group if letters(words(x)) == said and (x is group[0] or alike(best, document(x)))]
            first = min(equal, key=lambda x: _original(document(x), query))
            group.sort(key=lambda x: x is not first)
    return [group for _, group in groups]


def _original(document: Document, query: Query) -> tuple[bool, date, str]:
    return document.publisher not in query.preferred, document.published or date.max, document.name


def _near(one: Document, other: Document) -> bool:
    """Whether two records are of one occasion, by the days of their meetings, else of their publication."""
    days = (one.meeting.first_day, other.meeting.first_day)
    first, second = days if all(days) else (one.published, other.published)
    return first is not None and second is not None and abs((first - second).days) <= _DAYS


def _place(hit: Hit) -> tuple[str, int]:
    return hit.passage.document.id, hit.passage.span.start


def _repeated(group: Sequence[Evidence], copies: dict[tuple[str, int], tuple[Hit, ...]]) -> tuple[Document, ...]:
    first, *others = group
    said = letters(first.quote)
    held = (
        hit.passage.document
        for e in group
        for hit in copies.get((e.passage.document.id, e.passage.span.start), ())
        if said in letters(hit.passage.text)
    )
    return _once((*(e.passage.document for e in others), *held), first)


def _once(documents: Iterable[Document], evidence: Evidence) -> tuple[Document, ...]:
    found = {document.id: document for document in documents}
    found.pop(evidence.passage.document.id, None)
    return tuple(found.values())

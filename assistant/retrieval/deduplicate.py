"""Remove passages and sentences that repeat the words of another record, and name the records that repeat them.

Words are compared letter by letter (`corpus.language.similarity`). A measure of meaning would confuse "in June" and
"last month", "Swedish" and "Belgian", or "more than 11.5" and "about 13".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from assistant.citations.citation import Citation
from assistant.query import Intent, Query
from assistant.retrieval.evidence import Evidence
from assistant.wording import name_some, say
from corpus.document import Document
from corpus.errors import printable
from corpus.language.similarity import letters, nearly_same
from corpus.passages import Passage
from index.search.hybrid import Hit
from index.versions import are_versions, version_of

# Records of one occasion are at most so many days apart: of 284 pairs of records with an equal sentence 97 are at most
# 3 days apart and 1 between 4 and 14; the others say the same of another meeting.
_DAYS = 3
# Sentences with fewer letters and digits, such as "Indonesia was absent", occur in two records by chance.
_LEAST_LETTERS = 25
_Item = TypeVar("_Item")


def distinct_hits(hits: Sequence[Hit], query: Query) -> tuple[list[Hit], dict[tuple[str, int], tuple[Hit, ...]]]:
    """Remove passages whose words a better passage holds.

    Args:
        hits: best first.
        query: the question; a comparison keeps equal words of two records.

    Returns:
        The remaining passages, best first; and the removed ones by document id and start of the one that holds them.
    """
    groups = _grouped(hits, lambda h: h.passage.document, lambda h: h.passage.words.of(h.passage.document.text), query)
    distinct = [_with_best_score(group) for group in groups]
    copies = {passage_key(first.passage): tuple(others) for first, *others in groups if others}
    return distinct, copies


def distinct_evidence(
    evidence: Sequence[Evidence], copies: dict[tuple[str, int], tuple[Hit, ...]], query: Query
) -> list[Evidence]:
    """Remove sentences that a better sentence repeats, and add to each the other documents that contain it.

    Args:
        evidence: sentences, best first.
        copies: the removed passages that `distinct_hits` returns.
        query: the question; a comparison keeps equal words of two records.
    """
    groups = _grouped(evidence, lambda e: e.passage.document, lambda e: e.quote, query, contained=False)
    return [_with_other_documents(group, copies) for group in groups]


def distinct_citations(citations: Iterable[Citation], query: Query) -> list[Citation]:
    """Remove citations whose words an earlier citation holds."""
    return [first for first, *_ in _grouped(tuple(citations), lambda c: c.document, lambda c: c.quote, query)]


def distinct_quotations(evidence: Sequence[Evidence], query: Query) -> list[Evidence]:
    """Remove evidence whose words better evidence holds; the named sides of a comparison each keep theirs."""
    if query.sides:
        return list(evidence)
    groups = _grouped(evidence, lambda e: e.passage.document, lambda e: e.quote, query)
    return [
        replace(first, also_in=_once((*first.also_in, *(e.passage.document for e in others)), first))
        if others
        else first
        for first, *others in groups
    ]


def repeat_notes(evidence: Sequence[Evidence], language: str = "en") -> list[str]:
    """Return for each cited record a note that names the other records with the quoted words."""
    names_by_record: dict[str, dict[str, None]] = {}
    for e in evidence:
        if e.also_in:
            names = names_by_record.setdefault(e.document.name, {})
            names.update(dict.fromkeys(sorted(document.name for document in e.also_in)))
    cited = {e.document.name for e in evidence}
    notes = (_note(name, [n for n in others if n not in cited], language) for name, others in names_by_record.items())
    return [note for note in notes if note]


def _note(name: str, others: Sequence[str], language: str) -> str:
    return say(language, "also_in", name=printable(name), others=name_some(others, language)) if others else ""


def passage_key(passage: Passage) -> tuple[str, int]:
    """Return document id and start of a passage; the hash of the passage itself would need that of a whole outline."""
    return passage.document.id, passage.span.start


def _grouped(
    items: Sequence[_Item],
    document: Callable[[_Item], Document],
    words: Callable[[_Item], str],
    query: Query,
    contained: bool = True,
) -> list[list[_Item]]:
    """Group items with equal words of different records, in the order of the best item of each group.

    Args:
        items: best first.
        document: returns the document of an item.
        words: returns the words of an item.
        query: the question.
        contained: True to group an item also with one whose words contain its own, unless they are few.

    Returns:
        Groups whose first item is the one to show: of equal words in nearly equal documents that of a preferred
        publisher, then the newer version, then the one published first, then by name; else the best.
    """
    groups: list[tuple[str, list[_Item]]] = []
    by_letters: dict[str, list[list[_Item]]] = {}
    known: dict[tuple[str, str], bool] = {}

    def alike(one: Document, other: Document) -> bool:
        pair = (min(one.id, other.id), max(one.id, other.id))
        if pair not in known:
            known[pair] = nearly_same(one.text, other.text) or are_versions(one, other)
        return known[pair]

    def repeats(one: Document, other: Document, key: str) -> bool:
        if one.id == other.id or not key:
            return False
        of_one_occasion = query.intent is not Intent.COMPARISON and len(key) >= _LEAST_LETTERS and _near(one, other)
        return of_one_occasion or alike(one, other)

    for item in items:
        key, own = _letters(words(item)), document(item)
        candidates = by_letters.get(key, [])
        if contained and len(key) >= _LEAST_LETTERS:
            candidates = [group for other, group in groups if key in other]
        group = next((g for g in candidates if repeats(document(g[0]), own, key)), None)
        if group is None:
            group = []
            groups.append((key, group))
            by_letters.setdefault(key, []).append(group)
        group.append(item)
    for key, group in groups:
        if len(group) > 1:
            best = document(group[0])
            equal = [x for x in group if _letters(words(x)) == key and (x is group[0] or alike(best, document(x)))]
            first = min(equal, key=lambda x: _preference(document(x), query))
            group.sort(key=lambda x: x is not first)
    return [group for _, group in groups]


def _preference(document: Document, query: Query) -> tuple[bool, int, float, date, str]:
    rank, number = version_of(document).rank
    return document.publisher not in query.preferred, -rank, -number, document.published or date.max, document.name


def _near(one: Document, other: Document) -> bool:
    """Return True if two records are of one occasion, by the days of their meetings or else of their publication."""
    days = (one.meeting.first_day, other.meeting.first_day)
    first, second = days if all(days) else (one.published, other.published)
    return first is not None and second is not None and abs((first - second).days) <= _DAYS


def _with_best_score(group: list[Hit]) -> Hit:
    return replace(group[0], score=max(hit.score for hit in group)) if len(group) > 1 else group[0]


def _with_other_documents(group: list[Evidence], copies: dict[tuple[str, int], tuple[Hit, ...]]) -> Evidence:
    if len(group) == 1 and passage_key(group[0].passage) not in copies:
        return group[0]
    return replace(group[0], score=max(e.score for e in group), also_in=_other_documents(group, copies))


def _other_documents(group: Sequence[Evidence], copies: dict[tuple[str, int], tuple[Hit, ...]]) -> tuple[Document, ...]:
    first, *others = group
    key = _letters(first.quote)
    in_copies = (
        hit.passage.document
        for e in group
        for hit in copies.get(passage_key(e.passage), ())
        if key in _letters(hit.passage.text)
    )
    return _once((*(e.passage.document for e in others), *in_copies), first)


# The same passages and sentences are compared for the next questions; a text of 1,000 characters takes about 2 kB.
@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return letters(text)


def _once(documents: Iterable[Document], evidence: Evidence) -> tuple[Document, ...]:
    """Return the documents, each once, without that of the evidence."""
    by_id = {document.id: document for document in documents}
    by_id.pop(evidence.passage.document.id, None)
    return tuple(by_id.values())

"""Write a question with its reply as JSON for the library, and read it again with the records as they are then.

A quotation is written as its anchor, so that it is found again in a new version of its record. One that the records
no longer have is left out, and the reply says so.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from assistant.answer import Abstention, Answer, Reason, Reply, ReplyKind, SearchSummary, ShortAnswer, Statement
from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import resolve
from assistant.conversation import Turn
from assistant.query import Intent, Query
from corpus.document import Document, Kind
from corpus.passages import Passage
from corpus.span import Span
from index.errors import RapporteurError
from index.library import Library
from index.search.filters import Filters
from index.search.hybrid import Hit

# What a follow-up needs of the query of the turn before; the rest belongs to the search, which is over.
_QUERY_TEXTS = ("text", "latest", "keywords", "language", "speaker")
_QUERY_LISTS = ("context", "unmet", "silent")
_QUERY_FILTERS = ("filters", "named", "carried")
_QUERY_FLAGS = ("is_follow_up", "newest_first")
_NUMBERS = ("years", "months")


class RecordsOfNow:
    """The records of a library at one time, each read once for all quotations from it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._by_text = {document.id: document for document in library.documents()}

    def version_of(self, sha256: str, name: str) -> Document | None:
        """Return the document with this very text, else the one that has this name now; None without either."""
        return self._by_text.get(sha256) or self._library.version_of(sha256, name)


class TurnUnreadable(RapporteurError):
    """A stored reply cannot be shown; the message says why and what to do."""


def write_filters(filters: Filters) -> dict[str, list[Any]]:
    """Return filters as JSON values, each condition sorted, without empty ones."""
    return {f.name: sorted(values) for f in fields(Filters) if (values := getattr(filters, f.name))}


def read_filters(stored: Mapping[str, Iterable[Any]]) -> Filters:
    """Read what `write_filters` wrote."""
    kinds = {f.name: int if f.name in _NUMBERS else str for f in fields(Filters)}
    conditions: dict[str, Any] = {name: frozenset(map(kinds[name], values)) for name, values in stored.items()}
    return Filters(**conditions)


def write_turn(turn: Turn) -> str:
    """Return the query and the reply of a turn as JSON."""
    reply = turn.reply
    stored = _answer(reply) if isinstance(reply, Answer) else _abstention(reply)
    return json.dumps({"query": _query(turn.query), **stored}, ensure_ascii=False)


def read_turn(question: str, stored: str, records: "RecordsOfNow") -> Turn:
    """Read a turn, with its quotations looked up in the records as they are now.

    Raises:
        TurnUnreadable: its quotations are all gone, or another version of the program wrote it.
    """
    try:
        values = json.loads(stored)
        query = _read_query(values["query"])
        quotations = _Quotations(records)
        if "reason" in values:
            return Turn(question, query, _read_abstention(values, quotations))
        return Turn(question, query, _read_answer(values, quotations))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise TurnUnreadable(
            "This answer was kept in a form that this version of Rapporteur cannot read. Retry asks the question again"
        ) from error


def _query(query: Query) -> dict[str, Any]:
    values = {name: getattr(query, name) for name in (*_QUERY_TEXTS, *_QUERY_LISTS, *_QUERY_FLAGS)}
    filters = {name: write_filters(getattr(query, name)) for name in _QUERY_FILTERS}
    return {"intent": query.intent.value, **values, **filters, "sides": [write_filters(side) for side in query.sides]}


def _read_query(stored: Mapping[str, Any]) -> Query:
    values: dict[str, Any] = {name: stored[name] for name in (*_QUERY_TEXTS, *_QUERY_FLAGS)}
    values |= {name: tuple(stored[name]) for name in _QUERY_LISTS}
    values |= {name: read_filters(stored[name]) for name in _QUERY_FILTERS}
    return Query(intent=Intent(stored["intent"]), sides=tuple(map(read_filters, stored["sides"])), **values)


def _answer(answer: Answer) -> dict[str, Any]:
    places = {citation: place for place, citation in enumerate(answer.citations)}
    short = answer.short_answer
    return {
        "kind": answer.kind.value,
        "citations": [_citation(c) for c in answer.citations],
        "more": [_citation(c) for c in answer.more],
        "short_answer": [
            places[short.citation],
            short.span.start - short.citation.span.start,
            short.span.end - short.citation.span.start,
        ]
        if short
        else None,
        "statements": [[s.text, [places[c] for c in s.citations]] for s in answer.statements],
        "notes": list(answer.notes),
        "newest_first": answer.newest_first,
        "language": answer.language,
    }


def _read_answer(stored: Mapping[str, Any], quotations: "_Quotations") -> Answer:
    cited = [quotations.read(each) for each in stored["citations"]]
    found = tuple(c for c in cited if c)
    kind = ReplyKind(stored["kind"])
    if cited and not found:
        raise TurnUnreadable(f"{' '.join(quotations.lost)} Retry asks the question again")
    more = tuple(c for each in stored["more"] if (c := quotations.read(each)))
    short = None
    if stored["short_answer"]:
        place, start, end = stored["short_answer"]
        if citation := cited[place]:
            short = ShortAnswer(citation, Span(citation.span.start + start, citation.span.start + end))
    return Answer(
        found,
        (*stored["notes"], *quotations.lost),
        short,
        kind,
        tuple(_statements(stored["statements"], cited)),
        more,
        stored["newest_first"],
        stored["language"],
    )


def _statements(stored: Sequence[Any], cited: Sequence[Citation | None]) -> Iterable[Statement]:
    """Yield the statements that still have a quotation which shows them, or never had one."""
    for text, places in stored:
        citations = tuple(c for place in places if (c := cited[place]))
        if citations or not places:
            yield Statement(text, citations)


def _abstention(reply: Abstention) -> dict[str, Any]:
    search = reply.search
    return {
        "reason": reply.reason.value,
        "text": reply.text,
        "notes": list(reply.notes),
        "language": reply.language,
        "search": {
            **{f.name: getattr(search, f.name) for f in fields(SearchSummary)},
            "filters": write_filters(search.filters),
        }
        if search
        else None,
        "nearest": [
            _citation(Citation(hit.passage.document, hit.passage.words, hit.passage.headings)) for hit in reply.nearest
        ],
    }


def _read_abstention(stored: Mapping[str, Any], quotations: "_Quotations") -> Reply:
    search = stored["search"]
    if search:
        lists = {name: tuple(search[name]) for name in ("known", "missing", "unmet")}
        search = SearchSummary(**{**search, **lists, "filters": read_filters(search["filters"])})
    nearest = [c for each in stored["nearest"] if (c := quotations.read(each))]
    hits = tuple(Hit(number, _passage(c), 0.0) for number, c in enumerate(nearest))
    return Abstention(
        Reason(stored["reason"]), stored["text"], search, hits, tuple(stored["notes"]), stored["language"]
    )


def _passage(citation: Citation) -> Passage:
    return Passage(citation.document, citation.span, citation.span, Kind.BODY, citation.section, 0)


def _citation(citation: Citation) -> dict[str, Any]:
    return {**Anchor.of(citation.document, citation.span).full, "section": list(citation.section)}


@dataclass
class _Quotations:
    """Reads quotations in the records of now.

    Attributes:
        records: the records.
        lost: a sentence for each record that no longer has words which were quoted.
    """

    records: RecordsOfNow
    lost: dict[str, None] = field(default_factory=dict)

    def read(self, stored: Mapping[str, Any]) -> Citation | None:
        """Return the citation of the words in the record of now; None where they are gone, which `lost` then says."""
        anchor = Anchor.from_full(stored)
        document = self.records.version_of(anchor.sha256, anchor.document)
        if document is None:
            self.lost[f"{anchor.document} is no longer in the library; its quotations are left out."] = None
            return None
        section = tuple(stored["section"])
        if document.id == anchor.sha256:
            return Citation(document, Span(anchor.start, anchor.end), section)
        if span := resolve(anchor, document).exact_span:
            return Citation(document, span, section)
        self.lost[f"{document.name} has another text now; words that it no longer has are left out."] = None
        return None

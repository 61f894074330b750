"""Complete contact lines: who asks for a telephone number gets the lines below the name of the office."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from corpus.document import Kind
from index.snapshot import Snapshot

# Lines of a block of contacts.
_MOST = 8


def with_contact_lines(query: Query, cited: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Return cited sentences; behind the first contact line of each record, where a question asks for one, the others.

    Args:
        query: the question.
        cited: the sentences, best first.
        snapshot: the snapshot of the library that they are from.
    """
    if Kind.CONTACT not in query.requested_kinds:
        return list(cited)
    found: list[Evidence] = []
    for evidence in cited:
        if any(evidence.document == e.document and evidence.span == e.span for e in found):
            continue
        found.append(evidence)
        passages = [passage for _, passage in snapshot.passages_of(evidence.document)]
        at = next((n for n, passage in enumerate(passages) if passage.span == evidence.passage.span), len(passages))
        for passage in passages[at + 1 : at + 1 + _MOST]:
            if passage.kind is not Kind.CONTACT:
                break
            found.append(replace(evidence, passage=passage, span=passage.words, also_in=()))
    return found

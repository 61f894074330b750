"""Falsify and reprint a sample of sentences; only reprints are accepted. The slow tests try every sentence."""

from corpus.reading import founding_records
from support.mutations import FALSIFIED, REPRINTED, try_mutations


def test_of_the_founding_records_no_falsified_sentence_passes_and_every_reprint_does() -> None:
    result = try_mutations(founding_records(), every=3)
    assert result.wrong == []
    assert {kind: result.accepted[kind] for kind in FALSIFIED} == dict.fromkeys(FALSIFIED, 0)
    assert all(result.tried[kind] >= 5 for kind in (*FALSIFIED, *REPRINTED)), result.tried
    assert {kind: result.accepted[kind] for kind in REPRINTED} == {kind: result.tried[kind] for kind in REPRINTED}
    assert result.placed == {kind: result.tried[kind] for kind in REPRINTED}

"""No falsified quotation passes, and honest reprints do: a sample; the slow tests try every sentence."""

from corpus.founding import founding_records
from support.mutations import FALSIFIED, REPRINTED, outcome


def test_of_the_founding_records_no_falsified_sentence_passes_and_every_reprint_does() -> None:
    told = outcome(founding_records(), every=3)
    assert told.wrong == []
    assert {kind: told.accepted[kind] for kind in FALSIFIED} == dict.fromkeys(FALSIFIED, 0)
    assert all(told.tried[kind] >= 5 for kind in (*FALSIFIED, *REPRINTED)), told.tried
    assert {kind: told.accepted[kind] for kind in REPRINTED} == {kind: told.tried[kind] for kind in REPRINTED}
    assert told.placed == {kind: told.tried[kind] for kind in REPRINTED}

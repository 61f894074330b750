"""Every sentence of the founding records and of twenty others, falsified and reprinted in every way."""

from pathlib import Path

import pytest

from corpus.founding import founding_records
from corpus.reading import read
from support.mutations import FALSIFIED, REPRINTED, outcome

pytestmark = pytest.mark.slow

LEAST_ACCEPTED = 0.98


def test_no_falsified_sentence_passes_and_reprints_do(shared_folder: Path) -> None:
    files = sorted((shared_folder / "documents" / "whitehouse").glob("*.md"))
    others = [read(path) for path in files[:: len(files) // 20][:20]]
    assert len(others) == 20
    told = outcome((*founding_records(), *others))
    for kind in ("unchanged", *FALSIFIED, *REPRINTED):
        left_out = f", {told.elsewhere[kind]} true elsewhere" if told.elsewhere[kind] else ""
        print(f"{kind}: {told.accepted[kind]} of {told.tried[kind]} accepted{left_out}")
    assert [wrong for wrong in told.wrong if wrong[0] != "unchanged"] == []
    shares = {kind: told.accepted[kind] / told.tried[kind] for kind in ("unchanged", *REPRINTED)}
    assert {kind: share for kind, share in shares.items() if share < LEAST_ACCEPTED} == {}
    assert {kind: told.placed[kind] for kind in REPRINTED} == {kind: told.accepted[kind] for kind in REPRINTED}

"""Falsify and reprint every sentence of the founding records and of twenty others; only reprints are accepted."""

from pathlib import Path

import pytest

from corpus.reading import founding_records, read
from support.mutations import FALSIFIED, REPRINTED, try_mutations

pytestmark = pytest.mark.slow

LEAST_ACCEPTED = 0.98


def test_no_falsified_sentence_passes_and_reprints_do(shared_folder: Path) -> None:
    files = sorted((shared_folder / "documents" / "whitehouse").glob("*.md"))
    others = [read(path) for path in files[:: len(files) // 20][:20]]
    assert len(others) == 20
    result = try_mutations((*founding_records(), *others))
    for kind in ("unchanged", *FALSIFIED, *REPRINTED):
        elsewhere = f", {result.elsewhere[kind]} true elsewhere" if result.elsewhere[kind] else ""
        print(f"{kind}: {result.accepted[kind]} of {result.tried[kind]} accepted{elsewhere}")
    assert [wrong for wrong in result.wrong if wrong[0] != "unchanged"] == []
    shares = {kind: result.accepted[kind] / result.tried[kind] for kind in ("unchanged", *REPRINTED)}
    assert {kind: share for kind, share in shares.items() if share < LEAST_ACCEPTED} == {}
    assert {kind: result.placed[kind] for kind in REPRINTED} == {kind: result.accepted[kind] for kind in REPRINTED}

import tempfile

import pytest

from index.spool import DocumentSpool
from support.generated_texts import document


def test_documents_come_back_in_any_order_and_as_often_as_wanted() -> None:
    made = [document(f"---\nplace: Rome\n---\n# Talks {n}\n\n大臣会合 {n}.", f"{n}.md", f"/x/{n}.md") for n in range(3)]
    with DocumentSpool() as spool:
        kept = [spool.put(each) for each in made]
        assert [kept[n]() for n in (2, 0, 1, 2)] == [made[n] for n in (2, 0, 1, 2)]


def test_without_room_on_the_disk_they_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with DocumentSpool() as spool:
        assert spool.put(document("They met.", "a.md"))().text == "They met."

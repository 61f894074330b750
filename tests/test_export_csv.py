"""Read the CSV export with the standard library; every cell returns, and none is a formula."""

import csv
from io import StringIO

from assistant.export.bibliography.style import Style
from assistant.export.csv import table
from assistant.export.text import visible
from support.sample_reports import (
    ABSENT,
    ADOPTED,
    APRIL,
    HOSTILE_WORDS,
    MENU,
    METI,
    evidence,
    hostile_report,
    item,
    report,
)

APA = Style.of("apa")


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_quotation_is_a_row_with_its_place() -> None:
    found = rows(table(report(), APA))
    assert [row["quote"] for row in found][:2] == [ABSENT, ADOPTED]
    start = APRIL.text.index(ABSENT)
    assert {name: found[0][name] for name in ("number", "start", "end", "sha256", "note", "heading", "accessed")} == {
        "number": "1",
        "start": str(start),
        "end": str(start + len(ABSENT)),
        "sha256": APRIL.source.sha256,
        "note": "Ask the delegation.",
        "heading": "G20, online, 30 April 2020 (MIC)",
        "accessed": "2026-11-21",
    }
    assert (found[1]["published"], found[1]["meeting_date"]) == ("2021-08-06", "2021-08-05")
    assert found[1]["reference"].startswith(f"{METI.publisher}. (2021, August 6).")
    assert "\n".join(found[2]["quote"].splitlines()) == f"'{MENU}"


def test_it_begins_with_a_byte_order_mark_for_excel() -> None:
    assert table(report(), APA).startswith(b"\xef\xbb\xbfnumber,")


def test_no_cell_is_a_formula() -> None:
    starts = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "’ok")
    found = rows(table(evidence(*(item(METI, ADOPTED, note) for note in starts)), APA))
    assert [row["note"] for row in found] == [f"'{visible(note)}" for note in starts[:-1]] + ["’ok"]
    for row in rows(table(hostile_report(), APA)):
        assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_hostile_words_stay_in_their_cell() -> None:
    found = rows(table(hostile_report(), APA))
    assert len(found) == 2
    assert found[0]["quote"] == f"'{visible(HOSTILE_WORDS)}"
    assert None not in found[0]

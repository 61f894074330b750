"""Read the RIS export with rispy."""

import rispy

from assistant.export.bibliography.ris import ris
from assistant.export.text import line
from support.sample_reports import (
    ABSENT,
    APRIL,
    DISCUSSED,
    HOSTILE_TITLE,
    JAPANESE,
    METI,
    TAKASAKI,
    hostile,
    hostile_report,
    report,
)


def test_rispy_reads_each_record_with_its_three_dates() -> None:
    april, meti, takasaki, japanese = rispy.loads(ris(report()).decode())
    assert [r["title"] for r in (april, meti, takasaki)] == [APRIL.title, METI.title, TAKASAKI.title]
    assert {name: meti[name] for name in ("type_of_reference", "publisher", "year", "date", "access_date", "urls")} == {
        "type_of_reference": "ELEC",
        "publisher": METI.publisher,
        "year": "2021",
        "date": "2021/08/06/",
        "access_date": "2026/11/21/",
        "urls": [METI.source.address],
    }
    assert meti["notes"][0] == "Meeting: G20, Trieste, Italy, 5 August 2021"
    assert april["notes"][1].startswith(f"“{ABSENT}” {APRIL.source.address}#:~:text=")
    assert april["notes"][1].endswith("Own note: Ask the delegation.")
    assert (japanese["authors"], japanese["title"]) == (["総務省"], JAPANESE.title)
    assert japanese["notes"][1].startswith(f"“{DISCUSSED}”")


def test_no_reader_can_cut_a_ministry_at_its_commas() -> None:
    """Zotero's RIS.js of January 2026 takes what stands before the first comma as last name, the rest as first name."""
    meti = rispy.loads(ris(report()).decode())[1]
    assert meti["authors"] == ["Ministry of Economy Trade and Industry (METI) Japan"]
    assert meti["publisher"] == METI.publisher == "Ministry of Economy, Trade and Industry (METI), Japan"


def test_every_line_is_a_tagged_one_and_ends_as_the_format_asks() -> None:
    content = ris(report())
    assert content.startswith(b"TY  - ELEC\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(row[2:6] == b"  - " for row in content.split(b"\r\n") if row)


def test_hostile_words_end_no_record() -> None:
    (entry,) = rispy.loads(ris(hostile_report()).decode())
    assert entry["title"] == line(HOSTILE_TITLE)
    assert entry["publisher"] == line(hostile().publisher or "")

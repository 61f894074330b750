"""Read the founding records and their facts."""

from datetime import date
from importlib.resources import files
from pathlib import Path

from corpus.document import Meeting
from corpus.reading import founding_records


def test_the_records_are_the_five_texts_byte_for_byte(shared_folder: Path) -> None:
    handed_over = {path.name: path.read_bytes() for path in (shared_folder / "records").glob("*.txt")}
    assert len(handed_over) == 5
    assert {record.name: record.text.encode() for record in founding_records()} == handed_over


def test_the_packaged_files_hold_the_texts_unchanged() -> None:
    for record in founding_records():
        assert (files("corpus") / "records" / record.name).read_bytes() == record.text.encode()


def test_the_records_stand_in_the_order_of_their_meetings() -> None:
    assert [(r.name, r.short_publisher, r.published) for r in founding_records()] == [
        ("2020-04-30-g20-extraordinary-mic.txt", "MIC", date(2020, 5, 1)),
        ("2020-07-22-g20-mic.txt", "MIC", date(2020, 7, 23)),
        ("2021-08-05-g20-trieste-meti.txt", "METI", date(2021, 8, 6)),
        ("2021-08-05-g20-trieste-mic.txt", "MIC", date(2021, 8, 6)),
        ("2023-04-29-g7-takasaki-digital-agency.txt", "Digital Agency", date(2023, 4, 30)),
    ]


def test_each_record_knows_its_meeting() -> None:
    extraordinary, july, meti, mic, takasaki = (record.meeting for record in founding_records())
    april_day, july_day, august_day = date(2020, 4, 30), date(2020, 7, 22), date(2021, 8, 5)
    name = "G20 Digital Economy Ministerial Meeting"
    assert extraordinary == Meeting(
        "G20", f"Extraordinary {name}", april_day, april_day, None, "Saudi Arabia", "online"
    )
    assert july == Meeting("G20", name, july_day, july_day, None, "Saudi Arabia", "online")
    trieste = Meeting(
        "G20", "G20 Digital Ministers' Meeting", august_day, august_day, "Trieste, Italy", "Italy", "hybrid"
    )
    assert meti == mic == trieste
    assert takasaki == Meeting(
        "G7",
        "G7 Digital and Tech Ministers' Meeting",
        date(2023, 4, 29),
        date(2023, 4, 30),
        "Takasaki, Japan",
        "Japan",
        "in person",
    )


def test_each_record_has_its_official_address_and_no_path() -> None:
    assert [(record.source.address, record.source.path) for record in founding_records()] == [
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/5/01_1.html", None),
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2020/7/23_1.html", None),
        ("https://www.meti.go.jp/english/press/2021/0806_001.html", None),
        ("https://www.soumu.go.jp/main_sosiki/joho_tsusin/eng/pressrelease/2021/8/06_02.html", None),
        ("https://digital.go.jp/en/1dd2ad3e-3287-4677-971b-f7e973721367-en", None),
    ]


def test_the_title_of_each_record_stands_in_its_text() -> None:
    texts = [record.text.replace("’", "'") for record in founding_records()]
    assert [record.title in text for record, text in zip(founding_records(), texts, strict=True)] == [True] * 5

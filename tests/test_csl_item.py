"""Convert documents into CSL-JSON items."""

from dataclasses import replace
from datetime import date

from assistant.export.bibliography.csl_item import csl_item, keys
from corpus.document import Meeting
from support.generated_texts import document
from support.sample_reports import DAY, JAPANESE, TAKASAKI


def test_publication_meeting_and_access_are_three_dates() -> None:
    assert csl_item(TAKASAKI, "key", DAY) == {
        "id": "key",
        "type": "webpage",
        "title": "Results of the G7 Digital and Tech Ministers' Meeting in Takasaki, Gumma",
        "author": [{"literal": "Digital Agency, Japan"}],
        "issued": {"date-parts": [[2023, 4, 30]]},
        "accessed": {"date-parts": [[2026, 11, 21]]},
        "URL": "https://digital.go.jp/en/1dd2ad3e-3287-4677-971b-f7e973721367-en",
        "note": "Meeting: G7, Takasaki, Japan, 29-30 April 2023",
    }


def test_a_japanese_ministry_is_a_literal_name() -> None:
    found = csl_item(JAPANESE, "key", DAY)
    assert (found["author"], found["language"]) == ([{"literal": "総務省"}], "ja")
    assert found["URL"] == "https://www.soumu.go.jp/%E4%BE%8B"


def test_what_is_unknown_is_left_out() -> None:
    assert csl_item(document("Minutes\n\nThey met."), "key", DAY) == {"id": "key", "type": "report", "title": "Minutes"}


def test_a_meeting_without_a_place_says_what_is_known() -> None:
    online = replace(document("A text."), meeting=Meeting(first_day=date(2020, 1, 2), mode="online"))
    assert csl_item(online, "key", DAY)["note"] == "Meeting: online, 2 January 2020"


def test_keys_are_names_and_tell_equal_or_foreign_ones_apart() -> None:
    a, b, c = document("A b.", "Minutes of May.md"), document("B c.", "minutes-of-may.txt"), document("C d.", "2020.md")
    assert keys([a, c]) == {a.id: "minutes-of-may", c.id: "2020"}
    assert keys([a, b]) == {a.id: f"minutes-of-may-{a.id[:8]}", b.id: f"minutes-of-may-{b.id[:8]}"}
    assert keys([JAPANESE]) == {JAPANESE.id: JAPANESE.id[:8]}

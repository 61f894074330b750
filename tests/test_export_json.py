"""The JSON export holds everything, quotations character for character."""

import json

from assistant.export.bibliography.style import Style
from assistant.export.json import json_report
from assistant.json_api import citation_object
from support.sample_reports import ABSENT, APRIL, HOSTILE_TITLE, HOSTILE_WORDS, hostile_report, report, unanswered

APA = Style.of("apa")


def test_items_are_citations_as_ask_gives_them_with_hash_note_and_reference() -> None:
    whole = json.loads(json_report(report(), APA))
    assert (whole["title"], whole["accessed"], whole["style"]) == (
        "What did the ministers decide?",
        "2026-11-21",
        "apa",
    )
    first = whole["sections"][0]["items"][0]
    assert first.items() >= citation_object(1, report().items[0].citation).items()
    assert first["quote"] == ABSENT == APRIL.text[first["start"] : first["end"]]
    assert (first["sha256"], first["characters"], first["note"]) == (APRIL.id, len(APRIL.text), "Ask the delegation.")
    assert first["reference"].startswith("Ministry of Internal Affairs")
    assert len(whole["references"]) == len(whole["csl"]) == 4


def test_hostile_words_come_back_as_they_were_from_a_file_without_controls() -> None:
    content = json_report(hostile_report(), APA)
    whole = json.loads(content)
    assert whole["title"] == HOSTILE_TITLE
    assert whole["sections"][0]["items"][0]["quote"] == HOSTILE_WORDS
    assert not [c for c in content.decode() if (ord(c) < 32 and c != "\n") or c == "\u202e"]


def test_an_abstention_says_so() -> None:
    (section,) = json.loads(json_report(unanswered(), APA))["sections"]
    assert section == {
        "heading": "",
        "first_lines": [],
        "answered": False,
        "remarks": ["This is not in the 5 records I searched."],
        "items": [],
    }

"""The view of an open record: its outline, its places, and its facts with their origins."""

import html
import re

import pytest

from assistant.web.escaping import escape, shown_offset, source_offset
from assistant.web.record.facts import render_facts
from assistant.web.record.outline import outline_entries, render_outline
from assistant.web.record.whole_words import whole_words
from corpus.document import Document
from corpus.facts import correct_facts
from corpus.limits import Limits
from corpus.passages import split
from corpus.reading import founding_records, read_bytes
from corpus.span import Span

MINUTES = """# Minutes of the Harbour Board, 14 March 2024

Present: Ada Bo (chair), Ivo Falk
Absent: Mia Tan

1. Opening

The chair opened the meeting at 9.00.

2. Budget of 2025

Decision: the budget of EUR 1.5 million was approved.

2.1 Supply

Ivo Falk said that the supplier delivers in May.
"""
TALK = """WEBVTT

00:00:05.000 --> 00:00:09.000
<v Ada Bo>Good morning, everybody. Welcome to the harbour.

00:01:10.000 --> 00:01:14.000
<v Ivo Falk>Thank you. The lanterns were lit at five o'clock.

00:02:00.000 --> 00:02:05.000
<v Ada Bo>We agreed on forty lanterns for each harbour.
"""


def read(name: str, text: str) -> Document:
    return read_bytes(text.encode(), name, Limits())


def labels(document: Document) -> list[str]:
    return [entry.label for entry in outline_entries(document)]


def test_the_outline_of_minutes_has_their_items() -> None:
    entries = outline_entries(read("minutes.md", MINUTES))
    assert [entry.label for entry in entries] == ["1. Opening", "2. Budget of 2025", "2.1 Supply"]
    assert [entry.level for entry in entries] == [1, 1, 2]


def test_the_outline_of_a_transcript_has_speakers_times_and_first_words() -> None:
    entries = outline_entries(read("talk.vtt", TALK))
    assert [(entry.label, entry.about) for entry in entries] == [
        ("Ada Bo", "0:05"),
        ("Ivo Falk", "1:10"),
        ("Ada Bo", "2:00"),
    ]
    assert entries[1].said.startswith("Thank you. The lanterns")


def test_the_outline_of_a_record_has_its_headings() -> None:
    [record] = [record for record in founding_records() if record.name == "2020-07-22-g20-mic.txt"]
    text = [record.text[entry.start :] for entry in outline_entries(record)]
    assert len(text) > 1
    assert all(rest.startswith(label) for rest, label in zip(text, labels(record), strict=True))


def test_a_record_of_one_part_has_no_outline() -> None:
    assert render_outline(read("note.txt", "They agreed on forty lanterns.")) == ""


def test_a_line_of_the_outline_leads_to_its_place_behind_invisible_characters() -> None:
    document = read("talk.vtt", TALK.replace("Good", "Go\u200bod"))
    lines = re.findall(r'data-part="(\d+)" data-block="(\d+)" data-offset="(\d+)"', render_outline(document))
    for part, block_start, offset in lines:
        block = next(block for block in document.outline if block.span.start == int(block_start))
        shown = html.unescape(escape(block.span.of(document.text)))
        speaker = document.text[int(part) :].partition(":")[0].split()[0]
        assert shown[int(offset) :].startswith(speaker)


@pytest.mark.parametrize("text", ["plain words", "a\u202eb<c>", "\u200b\u200bあいう", "𠮷\ud800野"])
def test_an_offset_goes_to_the_browser_and_back(text: str) -> None:
    shown = html.unescape(escape(text))
    for offset in range(len(text) + 1):
        assert source_offset(text, shown_offset(text, offset)) == offset
    assert shown_offset(text, len(text)) == len(shown)


def test_a_fact_names_its_origin_and_opens_the_words_that_state_it() -> None:
    document = read("minutes.md", MINUTES)
    rendered = html.unescape(render_facts(document, split(document, 1000)))
    held = re.search(
        r'<dt>Held</dt><dd>14 March 2024 <span class="origin">from [^<]+ · <a class="open" href="([^"]+)"', rendered
    )
    assert held
    start, end = map(int, held[1].split("-")[2:])
    assert "14 March 2024" in document.text[start:end]


def test_a_fact_that_was_entered_by_hand_says_so() -> None:
    document = correct_facts(read("minutes.md", MINUTES), {"place": "Oslo"})
    rendered = render_facts(document, split(document, 1000))
    assert '<dt>Place</dt><dd>Oslo <span class="origin">entered by hand</span></dd>' in rendered


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("They agreed on data.", "gree", "agreed"),
        ("They agreed on data.", "agreed on", "agreed on"),
        ("They agreed on data.", "ey agreed on da", "They agreed on data"),
        ("It rose by 1,250.5 points.", "1", "1,250.5"),
        ("It rose by 1,250.5 points.", "250", "1,250.5"),
        ("It rose by 12. Nobody", "12", "12"),
        ("The supplier couldn’t deliver.", "could", "couldn’t"),
        ("‘Free flow’ of data", "Free", "Free"),
        ("a well-known harbour", "known", "known"),
        ("ne\u0301e en mai", "e\u0301", "ne\u0301e"),
        ("デジタル庁は設立された", "タル庁", "タル庁"),
        ("G20の合意", "20", "G20"),
        ("การประชุม", "ระ", "ระ"),
        ("회의에서 합의했다", "의에", "회의에서"),
        ("x" * 200, "xx", "xx"),
    ],
)
def test_marked_text_is_extended_to_whole_words(text: str, marked: str, whole: str) -> None:
    at = 90 if len(text) == 200 else text.index(marked)
    assert whole_words(text, Span(at, at + len(marked))).of(text) == whole

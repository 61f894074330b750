"""Format references of government releases in five styles."""

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.export.bibliography.references import references, text_of
from assistant.export.bibliography.style import STYLE_FILES, Style
from corpus.reading import founding_records
from support.generated_texts import document
from support.sample_reports import DAY, HOSTILE_TITLE, JAPANESE, METI, TAKASAKI, hostile

URL = "https://www.meti.go.jp/english/press/2021/0806_001.html"
TITLE = "METI Parliamentary Vice-Minister Sato Participates in G20 Digital Ministers' Meeting"
MINISTRY = "Ministry of Economy, Trade and Industry (METI), Japan"
MEETING = "[Meeting: G20, Trieste, Italy, 5 August 2021]"
# Style: a footnote, and the entry in the list of references.
EXPECTED = {
    "apa": (f"{MINISTRY}. (2021, August 6). {TITLE}. {URL} {MEETING}", f"{MINISTRY}. (2021, August 6). {TITLE}. {URL}"),
    "chicago": (
        f"{MINISTRY}, “{TITLE},” August 6, 2021, {URL}. {MEETING}",
        f"{MINISTRY}. “{TITLE}.” August 6, 2021. {URL}.",
    ),
    "mla": (f"{MINISTRY}. “{TITLE}.” 6 Aug. 2021, {URL}. {MEETING}", f"{MINISTRY}. “{TITLE}.” 6 Aug. 2021, {URL}."),
    "ieee": (
        f"{MINISTRY}, “{TITLE}.” Aug. 06, 2021. Accessed: Nov. 21, 2026. [Online]. Available: {URL} {MEETING}",
        f"[1] {MINISTRY}, “{TITLE}.” Aug. 06, 2021. Accessed: Nov. 21, 2026. [Online]. Available: {URL}",
    ),
    "iso690": (
        f"{MINISTRY.upper()}, 2021. {TITLE}. Online. 6 August 2021. Available from: {URL}"
        " [Accessed\u00a021\u00a0November\u00a02026]. Meeting: G20, Trieste, Italy, 5 August 2021",
    )
    * 2,
}


@pytest.mark.parametrize("name", STYLE_FILES)
def test_a_release_is_cited_as_its_style_has_it(name: str) -> None:
    found = references([METI], Style.of(name), DAY)
    assert (text_of(found.notes[METI.id]), text_of(found.entries[0])) == EXPECTED[name]


@pytest.mark.parametrize("name", STYLE_FILES)
def test_every_founding_record_has_author_title_day_address_and_meeting(name: str) -> None:
    found = references(founding_records(), Style.of(name), DAY)
    for record in founding_records():
        note = text_of(found.notes[record.id])
        for known in (record.publisher, record.title, record.source.address, record.meeting.days):
            assert note.lower().count((known or "").lower()) == 1, note
        assert re.search(rf"\b0?{record.published.day}\b", note) if record.published else None
        assert re.search(r"n\.d\.|\.\.|,,|\. \.|”[.,]|&\w+;|<", note) is None
    assert len(found.entries) == 5


def test_lists_are_sorted_by_author_or_by_first_citation() -> None:
    documents = (METI, TAKASAKI)
    apa, ieee = (references(documents, Style.of(name), DAY).entries for name in ("apa", "ieee"))
    assert [text_of(entry)[:14] for entry in apa] == ["Digital Agency", "Ministry of Ec"]
    assert [text_of(entry)[:18] for entry in ieee] == ["[1] Ministry of Ec", "[2] Digital Agency"]


def test_a_title_is_in_italics_and_only_the_own_address_is_a_link() -> None:
    linked = replace(METI, title=f"See https://evil.example and {URL}x")
    runs = references([linked], Style.of("apa"), DAY).notes[linked.id]
    assert next(r.text for r in runs if r.italic).startswith("See https://evil.example and ")
    assert {r.link for r in runs} == {None, URL}


@pytest.mark.parametrize("name", STYLE_FILES)
def test_a_japanese_reference_keeps_its_letters(name: str) -> None:
    note = text_of(references([JAPANESE], Style.of(name), DAY).notes[JAPANESE.id])
    assert note.startswith("総務省")
    assert "デジタル大臣会合の結果について" in note


@pytest.mark.parametrize("name", STYLE_FILES)
def test_markup_in_a_title_is_text(name: str) -> None:
    title = '<span class="nocase">AI</span> & <i>law</i>: what</b> next?'
    found = replace(document("A text."), title=title)
    note = text_of(references([found], Style.of(name), DAY).notes[found.id])
    assert title in note
    assert "?." not in note


def test_hostile_facts_make_a_reference_of_one_line() -> None:
    found = hostile()
    note = text_of(references([found], Style.of("apa"), DAY).notes[found.id])
    assert HOSTILE_TITLE.replace("\x0b", "").split()[0] in note
    assert re.search(r"[\x00-\x1f]", note) is None


WITHOUT_AUTHOR = {
    "apa": "Minutes of May. (2024, May 3).",
    "chicago": "“Minutes of May,” May 3, 2024.",
    "mla": "“Minutes of May.” 3 May 2024.",
    "ieee": "“Minutes of May.” May 03, 2024.",
    "iso690": "Minutes of May, 2024. 3 May 2024.",
}


@pytest.mark.parametrize("name", STYLE_FILES)
def test_without_a_publisher_the_title_stands_first_and_once(name: str) -> None:
    minutes = replace(document("Minutes of May\n\nThey met."), published=date(2024, 5, 3))
    found = references([minutes, METI], Style.of(name), DAY)
    assert text_of(found.notes[minutes.id]) == WITHOUT_AUTHOR[name]
    assert len(found.entries) == 2


@pytest.mark.parametrize("name", STYLE_FILES)
def test_a_title_keeps_its_own_capitals(name: str) -> None:
    titled = replace(METI, title="Résultats de la réunion: le marché . . . et après?")
    assert titled.title in text_of(references([titled], Style.of(name), DAY).notes[titled.id])


@pytest.mark.parametrize("name", STYLE_FILES)
@pytest.mark.parametrize("end", ["etc.", "what?", "said ‘yes.’", "the “Act.”", "Acme Inc."])
def test_a_title_that_ends_with_a_stop_gets_no_second_one(name: str, end: str) -> None:
    titled = replace(METI, title=f"Of {end}")
    note = text_of(references([titled], Style.of(name), DAY).notes[titled.id])
    assert titled.title.rstrip("”") in note
    assert re.search(r"[.?][”’]*\.|\.[”’]+\.", note) is None


def test_nothing_cited_has_no_references() -> None:
    assert references([], Style.of("apa"), DAY).entries == ()

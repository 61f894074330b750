"""Read the Word export with python-docx, with pandoc and as XML."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from assistant.citations.citation import Citation
from assistant.export.bibliography.style import Style
from assistant.export.docx.write import word
from assistant.export.note_detail import NoteDetail
from assistant.export.report import Item, Report
from assistant.export.text import line
from support.pandoc import nodes, text_of, tree
from support.sample_reports import (
    ABSENT,
    ADOPTED,
    APRIL,
    DISCUSSED,
    HOSTILE_TITLE,
    HOSTILE_WORDS,
    JAPANESE,
    METI,
    TAKASAKI,
    evidence,
    hostile_report,
    item,
    report,
    unanswered,
)

APA = Style.of("apa")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(content: bytes, style: str) -> list[str]:
    return [p.text for p in Document(BytesIO(content)).paragraphs if p.style and p.style.name == style]


@pytest.fixture(scope="module")
def written() -> bytes:
    return word(report(), APA)


def test_quotations_stand_in_the_quote_style_word_for_word(written: bytes) -> None:
    quotes = paragraphs(written, "Quote")
    assert quotes[:2] == [ABSENT, ADOPTED]
    assert quotes[2].splitlines()[1] == "- Bilateral Meetings"
    assert quotes[3] == DISCUSSED


def test_each_quotation_has_a_real_footnote_with_reference_and_deep_link(written: bytes) -> None:
    notes = list(nodes(tree(written, "docx"), "Note"))
    starts = ("Ministry of Internal Affairs", "Ministry of Economy", "Digital Agency, Japan. (2023", "総務省. (2021")
    assert [text_of(note).strip().startswith(start) for note, start in zip(notes, starts, strict=True)] == [True] * 4
    targets = [target[2][0] for target in nodes(notes[1], "Link")]
    assert targets == [METI.source.address, item(METI, ADOPTED).citation.link]
    assert "[Meeting: G20, Trieste, Italy, 5 August 2021]" in text_of(notes[1])


def test_the_footnotes_are_a_part_of_their_own_that_the_settings_know(written: bytes) -> None:
    footnotes = part(written, "word/footnotes.xml")
    assert [f.get(f"{W}id") for f in footnotes] == ["-1", "0", "1", "2", "3", "4"]
    marks = part(written, "word/document.xml").iter(f"{W}footnoteReference")
    assert [m.get(f"{W}id") for m in marks] == ["1", "2", "3", "4"]
    named = part(written, "word/settings.xml").find(f"{W}footnotePr")
    assert named is not None
    assert [f.get(f"{W}id") for f in named] == ["-1", "0"]


class Anchored(Citation):
    """A citation whose anchor is known."""

    @property
    def anchor(self) -> str:
        return "rap1:record.hash.1.2"


@pytest.mark.parametrize(
    ("detail", "end"),
    [
        (NoteDetail.ANCHOR, "Quoted passage rap1:record.hash.1.2"),
        (NoteDetail.LINK, "5 August 2021] Quoted passage"),
        (NoteDetail.REFERENCE, "5 August 2021]"),
    ],
)
def test_an_anchor_stands_in_the_annex_and_by_choice_in_the_footnote(detail: NoteDetail, end: str) -> None:
    cited = Anchored(METI, item(METI, ADOPTED).citation.span)
    content = word(replace(evidence(Item(cited)), notes=detail), APA)
    footnote = "".join(part(content, "word/footnotes.xml").itertext())
    assert footnote.endswith(end)
    facts = {row.cells[0].text: row.cells[1].text for row in Document(BytesIO(content)).tables[0].rows}
    assert facts["Anchor"] == "rap1:record.hash.1.2"


def test_the_annex_marks_the_quotation_in_its_surroundings_and_says_where_it_is_from(written: bytes) -> None:
    marked = [
        "".join(run.text for run in paragraph.runs if run.style.name == "Quoted words")
        for paragraph in Document(BytesIO(written)).paragraphs
    ]
    assert [words for words in marked if words][:2] == [ABSENT, ADOPTED]
    around = paragraphs(written, "Passage")[1]
    assert around.index("participated online.") < around.index(ADOPTED) < around.index("overarching theme")
    facts = {row.cells[0].text: row.cells[1].text for row in Document(BytesIO(written)).tables[0].rows}
    assert facts["SHA-256"] == APRIL.source.sha256
    assert facts["Record"] == APRIL.name
    assert facts["Accessed"] == "21 November 2026"
    assert facts["Characters"] == f"{APRIL.text.index(ABSENT)}–{APRIL.text.index(ABSENT) + len(ABSENT)} of 4280"


def test_notes_and_headings_of_the_user_are_there(written: bytes) -> None:
    assert "Own note: Ask the delegation." in paragraphs(written, "Own Note")
    assert "Ask the delegation." not in "".join(paragraphs(written, "Quote"))
    assert paragraphs(written, "Heading 2")[0] == "G20, online, 30 April 2020 (MIC)"


def test_it_names_title_and_languages_and_nobody(written: bytes) -> None:
    properties = Document(BytesIO(written)).core_properties
    assert (properties.title, properties.language) == ("What did the ministers decide?", "en")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    defaults = part(written, "word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    language, fonts = next(defaults.iter(f"{W}lang")), next(defaults.iter(f"{W}rFonts"))
    assert language.get(f"{W}eastAsia") == "ja-JP"
    assert fonts.get(f"{W}eastAsia")
    with ZipFile(BytesIO(written)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert b"python-docx" not in everything


def test_equal_reports_have_equal_bytes(written: bytes) -> None:
    assert word(report(), APA) == written


def test_an_abstention_says_so_and_has_no_footnote() -> None:
    content = word(unanswered(), APA)
    assert paragraphs(content, "Remark") == ["This is not in the 5 records I searched."]
    assert "Annex: the passages in their surroundings" not in paragraphs(content, "Heading 1")


@pytest.mark.parametrize("style", ["apa", "chicago"])
def test_hostile_words_are_text(style: str) -> None:
    content = word(hostile_report(), Style.of(style))
    (first, second) = paragraphs(content, "Quote")
    assert first == line(HOSTILE_WORDS)
    assert "\\x07\\x1b[31m \\u202eturned" in first
    assert second == "+1 @SUM(A1) and more."
    assert paragraphs(content, "Title") == [line(HOSTILE_TITLE)]
    notes = list(nodes(tree(content, "docx"), "Note"))
    assert len(notes) == 2
    assert {target[2][0].partition("?")[0] for note in notes for target in nodes(note, "Link")} == {
        "https://evil.example/"
    }


def test_every_relation_leads_to_the_web_or_into_the_file() -> None:
    with ZipFile(BytesIO(word(hostile_report(), APA))) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    outside = [r for xml in relations for r in etree.fromstring(xml) if r.get("TargetMode") == "External"]
    assert outside
    assert all(re.fullmatch(r"https?://[!-~]+", r.get("Target") or "") for r in outside)


def test_a_report_of_many_quotations_numbers_them_all() -> None:
    many: Report = evidence(*[item(JAPANESE, DISCUSSED), item(TAKASAKI, "Bilateral Meetings")] * 40)
    assert len(list(part(word(many, APA), "word/footnotes.xml"))) == 82

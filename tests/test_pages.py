"""Pages of a quotation are counted from 1 wherever a citation is shown, linked, exported or given to programs."""

import csv
import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import rispy
from pypdf import PdfReader

from assistant.answer import Answer
from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation, Pages, locator, pages_of
from assistant.citations.resolve import State, resolve
from assistant.citations.text_fragment import link
from assistant.commands.answer import answer_lines
from assistant.conversation import Turn
from assistant.export.bibliography.style import Style
from assistant.export.formats import Format, export_report, format_of
from assistant.export.report import Item
from assistant.json_api import citation_object
from assistant.query import Query
from assistant.verification.checker import Checker
from assistant.verification.readers.report import read_report
from assistant.web.chat.clipboard import CopyFormat, copy_citation
from assistant.web.chat.messages import render_answer
from assistant.web.chat.source_links import SelectionEnd, SourceLink, link_selection
from assistant.web.chat.sources import render_source
from assistant.web.escaping import source_offset
from corpus.reading import document_from
from corpus.span import Span
from index.settings import Settings
from support.paged_documents import ADDRESS, cited, paged
from support.sample_reports import DAY, evidence, report
from support.typeset import exported_pdf

TALKS = paged("The ministers met in Trieste.", "They agreed on trust.\n\nThey agreed on", "roads. They left.")
APA = Style.of("apa")
ACROSS = "They agreed on\n\nroads."


@pytest.mark.parametrize(
    ("words", "pages", "text"),
    [
        ("The ministers met", Pages(1, 1), "p. 1"),
        ("They agreed on trust.", Pages(2, 2), "p. 2"),
        (ACROSS, Pages(2, 3), "pp. 2-3"),
        (TALKS.text, Pages(1, 3), "pp. 1-3"),
        ("\n\nThey agreed on trust.", Pages(2, 2), "p. 2"),
        ("They left.", Pages(3, 3), "p. 3"),
    ],
)
def test_a_citation_knows_its_pages(words: str, pages: Pages, text: str) -> None:
    citation = cited(TALKS, words)
    assert citation.pages == pages == (pages.first, pages.last)
    assert str(citation.pages) == text


def test_a_page_without_words_counts() -> None:
    document = paged("First words.", "", "Third words.")
    assert cited(document, "Third words.").pages == Pages(3, 3)


def test_a_document_without_pages_has_none() -> None:
    plain = document_from("Words only.", "a.txt", "text/plain")
    assert pages_of(plain, Span(0, 5)) is None
    assert list(citation_object(1, Citation(plain, Span(0, 5)))).count("page") == 0


def test_a_locator_lists_each_page_once_and_in_order() -> None:
    assert locator([Pages(5, 6), None, Pages(3, 3), Pages(5, 6), Pages(11, 11)]) == "3, 5-6, 11"
    assert locator([None]) == ""


def test_a_program_is_given_the_page_behind_the_section() -> None:
    one, two = citation_object(1, cited(TALKS, "They left.")), citation_object(1, cited(TALKS, ACROSS))
    assert list(one)[8:11] == ["section", "page", "start"]
    assert list(two)[8:12] == ["section", "page", "last_page", "start"]
    assert (one["page"], two["page"], two["last_page"]) == (3, 2, 3)


def test_an_anchor_says_nothing_of_pages() -> None:
    plain = replace(TALKS, pages=())
    assert cited(TALKS, ACROSS).anchor == cited(plain, ACROSS).anchor
    assert resolve(Anchor.parse(cited(TALKS, ACROSS).anchor), plain).state is State.SAME


def test_the_link_to_a_pdf_opens_the_page() -> None:
    assert cited(TALKS, "They left.").link == f"{ADDRESS}#page=3&:~:text=They%20left."
    assert cited(TALKS, ACROSS).link.startswith(f"{ADDRESS}#page=2&:~:text=")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("https://example.org/TALKS.PDF?v=2", "https://example.org/TALKS.PDF?v=2#page=3&:~:"),
        ("https://example.org/talks.html", "https://example.org/talks.html#:~:"),
        ("https://example.org/?file=talks.pdf", "https://example.org/?file=talks.pdf#:~:"),
        ("https://example.org/talks.pdf#annex", "https://example.org/talks.pdf#annex:~:"),
        ("https://example.org/talks.pdf#:~:text=old", "https://example.org/talks.pdf#page=3&:~:"),
    ],
)
def test_only_a_pdf_without_a_place_of_its_own_gets_the_page(address: str, before: str) -> None:
    document = paged("One.", "Two.", "They left.", address=address)
    assert cited(document, "They left.").link == f"{before}text=They%20left."


def test_a_pdf_whose_pages_are_not_known_is_linked_as_before() -> None:
    plain = replace(TALKS, pages=())
    assert link(plain, cited(plain, "They left.").span) == f"{ADDRESS}#:~:text=They%20left."


def test_the_footnote_names_the_page() -> None:
    assert cited(TALKS, "They left.").reference == f"“{TALKS.title}”, p. 3, {ADDRESS}."


def test_a_terminal_is_told_the_page() -> None:
    lines = answer_lines(Turn("Who?", Query("Who?"), Answer((cited(TALKS, "They left."),))))
    assert f"[1] {TALKS.title}, p. 3" in lines


# The page


def test_a_message_has_the_page_beside_its_marker() -> None:
    said = render_answer(Answer((cited(TALKS, ACROSS), cited(TALKS, "The ministers met in Trieste."))))
    assert [unescape(found) for found in re.findall(r'<small class="pages">(.*?)</small>', said)] == ["p. 1", "pp. 2-3"]
    plain = document_from("Words only.", "a.txt", "text/plain")
    assert "pages" not in render_answer(Answer((Citation(plain, Span(0, 5)),)))


def test_the_panel_shows_the_page_and_marks_where_pages_begin() -> None:
    shown = render_source(SourceLink(TALKS, cited(TALKS, "They left.").span), Settings(), whole=True)
    assert re.search(r'<p class="path">.* · <span class="pages">p&#46; 3</span></p>', shown)
    assert re.findall(r'role="doc-pagebreak" aria-label="page (\d)" data-page="page \1" ', shown) == list("123")


def test_a_page_that_begins_inside_a_paragraph_is_marked_there() -> None:
    document = paged("They agreed on", "roads. They left.", between=" ")
    shown = render_source(SourceLink(document, cited(document, "on roads.").span), Settings(), whole=True)
    mark = (
        '<span class="page-mark" role="doc-pagebreak" aria-label="page 2" data-page="page 2"'
        f' data-from="{document.pages[1]}" data-number="2"></span>'
    )
    assert f"They agreed <mark>on {mark}roads&#46;</mark> They left&#46;" in shown


@pytest.mark.parametrize("words", ["roads.", "They agreed on "])
def test_a_page_that_begins_at_the_edge_of_the_quotation_is_marked_once(words: str) -> None:
    document = paged("They agreed on", "roads. They left.", between=" ")
    shown = render_source(SourceLink(document, cited(document, words).span), Settings(), whole=True)
    assert shown.count('data-page="page 2"') == 1


def test_the_marks_are_no_words_of_the_record() -> None:
    document = paged("They agreed on", "roads. They left.", between=" ")
    shown = render_source(SourceLink(document), Settings())
    block = re.search(r'data-at="0">(.*?)</p>', shown)
    assert block is not None
    assert unescape(re.sub(r"<[^>]*>", "", block[1])) == document.text
    until = source_offset(document.text, document.text.index(" They left."))
    assert link_selection(document, SelectionEnd(0, 0), SelectionEnd(0, until)).span == Span(0, until)


def test_what_is_copied_names_the_page() -> None:
    citation = cited(TALKS, "They left.")
    for form in (CopyFormat.TEXT, CopyFormat.MARKDOWN, CopyFormat.BIBTEX):
        assert "p. 3" in copy_citation(citation, form, APA, DAY).plain


# Exports


def _exported(format: Format) -> str:
    items = (Item(cited(TALKS, "They left.")), Item(cited(TALKS, ACROSS)))
    content = export_report(evidence(*items), format, APA)
    if format is Format.WORD:
        with ZipFile(BytesIO(content)) as parts:
            return (parts.read("word/footnotes.xml") + parts.read("word/document.xml")).decode()
    return content.decode("utf-8-sig")


@pytest.mark.parametrize("format", [Format.WORD, Format.MARKDOWN, Format.HTML])
def test_a_document_has_the_page_in_its_footnotes_and_in_its_annex(format: Format) -> None:
    plain = re.sub(r"<[^>]*>|\\", "\n", _exported(format))
    for told in (r"\bp\. 3\.", r"\bpp\. 2-3\.", r"\bPage\b[\s:]*3\s", r"\bPage\b[\s:]*2-3\s"):
        assert re.search(told, plain), told


def test_a_pdf_has_the_page() -> None:
    content = exported_pdf(lambda: export_report(evidence(Item(cited(TALKS, "They left."))), Format.PDF, APA))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "p. 3." in " ".join(text.split())


def test_reference_managers_get_the_pages() -> None:
    (item,) = json.loads(_exported(Format.CSL_JSON))
    assert item["locator"] == "2-3, 3"
    (entry,) = rispy.loads(_exported(Format.RIS))
    assert entry["notes"][0].startswith("“They left.” (p. 3) https://example.org/talks.pdf#page=3&:~:text=")
    assert "(pp. 2-3)" in entry["notes"][1]
    assert "(p. 3)" in _exported(Format.BIBTEX)


def test_tables_and_programs_get_the_pages() -> None:
    rows = list(csv.DictReader(StringIO(_exported(Format.CSV))))
    assert [row["page"] for row in rows] == ["3", "2-3"]
    (section,) = json.loads(_exported(Format.JSON))["sections"]
    assert [(item["page"], item.get("last_page")) for item in section["items"]] == [(3, None), (2, 3)]


def test_an_export_of_records_without_pages_names_none() -> None:
    for format in (Format.MARKDOWN, Format.HTML, Format.CSL_JSON, Format.RIS, Format.BIBTEX, Format.JSON):
        content = export_report(report(), format, APA).decode()
        assert not re.search(r"\bpp?\. \d|\"locator\"|\"page\"|Page\b", content), format


@pytest.mark.parametrize("name", ["r.docx", "r.md", "r.html"])
def test_an_export_with_pages_is_right_in_the_eyes_of_the_check(tmp_path: Path, name: str) -> None:
    agreed = "They agreed on trust."
    path = tmp_path / name
    path.write_bytes(
        export_report(evidence(Item(cited(TALKS, agreed)), Item(cited(TALKS, ACROSS))), format_of(name), APA)
    )
    findings = Checker([TALKS]).check(read_report(path))
    assert [(c.quotation.text, c.because) for c in findings.quotations if c.verdict.is_wrong] == []
    assert [(claim.where, claim.value) for claim in findings.flagged] == []
    assert agreed in {c.quotation.text for c in findings.quotations}

"""Metadata that a PDF's author wrote becomes facts; metadata that only a program wrote does not."""

from datetime import date

import pytest

from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.pdf.metadata import INFORMATION, metadata_facts, real_title
from corpus.readers.pdf.reader import read_pdf
from support.printed_pdf import drawn_pdf, text_lines

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang="x-default">
Data &amp; Trust</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>""".replace("\n", "")


def test_information_becomes_facts() -> None:
    stated = b"/Title (G7 Declaration) /Author (Ministry of Data) /CreationDate (D:20230430120000+09'00')"
    raw = drawn_pdf(text_lines(["We met."]), information=stated, catalogue=b"/Lang (en-GB)")
    assert read_pdf(raw, "a.pdf", Limits()).facts == (
        Fact("title", "G7 Declaration", INFORMATION),
        Fact("publisher", "Ministry of Data", INFORMATION),
        Fact("language", "en", INFORMATION),
        Fact("published", date(2023, 4, 30), INFORMATION),
    )


def test_the_xmp_packet_fills_what_the_information_leaves_open() -> None:
    assert metadata_facts({"Title": "untitled"}, "", XMP.encode()) == (
        Fact("title", "Data & Trust", INFORMATION),
        Fact("language", "fr", INFORMATION),
    )
    assert metadata_facts({"Title": "Given"}, "en", XMP.encode())[0].value == "Given"


@pytest.mark.parametrize(
    "said",
    ["", "  ", "Microsoft Word - draft.docx", "untitled", "Untitled-1", "report_final.indd", "Document1", "無題", "---",
     "20230430", "PowerPoint.pptx", "x" * 400, "about:blank", "(anonymous)", "(unspecified)", "Document 4"],
)  # fmt: skip
def test_what_a_program_put_in_is_no_title(said: str) -> None:
    assert real_title(said) == ""


@pytest.mark.parametrize(
    "said", ["Draft Declaration on Data", "G7 2023", "閣僚宣言", "Print and Politics", "Unknown Lakes"]
)
def test_what_somebody_wrote_is_a_title(said: str) -> None:
    assert real_title(said) == said


def test_the_author_that_an_office_program_puts_in_is_no_publisher() -> None:
    assert metadata_facts({"Author": "Microsoft Office User"}, "", b"") == ()


def test_a_person_is_no_publisher_and_an_impossible_day_no_date() -> None:
    assert metadata_facts({"Author": "Smith, John", "CreationDate": "D:20231399"}, "klingon?", b"") == ()

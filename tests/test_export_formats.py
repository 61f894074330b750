"""Find a format by its name or a file's suffix, and check what all formats have in common."""

import json
from importlib import import_module

import pytest

from assistant.export import ExportRefused
from assistant.export.bibliography.style import Style
from assistant.export.formats import SUFFIXES, Format, export_report, format_of
from assistant.export.report import Item
from support.generated_texts import document
from support.sample_reports import ADOPTED, METI, evidence, hostile_report, item, report, unanswered

APA = Style.of("apa")
LIGHT = [wanted for wanted in Format if wanted is not Format.PDF]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.docx", "word"), ("A.MD", "markdown"), ("x/r.csl.json", "csl-json"), ("r.json", "json"), ("r.v2.htm", "html")],
)
def test_a_files_ending_names_the_format(name: str, wanted: str) -> None:
    assert format_of(name).value == wanted


def test_every_format_has_an_ending() -> None:
    assert set(SUFFIXES.values()) == set(Format)


@pytest.mark.parametrize("format", Format)
def test_every_row_names_a_function_that_can_be_called(format: Format) -> None:
    module, _, function = format.row.writer.partition(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("name", ["report", "report.doc", ".docx/report", "docx"])
def test_another_ending_is_refused(name: str) -> None:
    with pytest.raises(ExportRefused, match=r"no format has this ending; end the name with one of \.csl\.json, \.docx"):
        format_of(name)


@pytest.mark.parametrize("wanted", LIGHT)
def test_equal_reports_have_equal_bytes(wanted: Format) -> None:
    assert export_report(report(), wanted, APA) == export_report(report(), wanted, APA)


@pytest.mark.parametrize("wanted", LIGHT)
@pytest.mark.parametrize("style", ["apa", "iso690"])
def test_every_format_takes_hostile_words_in_utf_8(wanted: Format, style: str) -> None:
    content = export_report(hostile_report(), wanted, Style.of(style))
    assert content.startswith(b"PK") if wanted is Format.WORD else "evil.example" in content.decode()


@pytest.mark.parametrize("wanted", [Format.BIBTEX, Format.RIS, Format.CSL_JSON, Format.CSV])
def test_formats_of_citations_refuse_a_report_without_any(wanted: Format) -> None:
    with pytest.raises(ExportRefused, match=f"nothing is cited, so {wanted.value} would be empty"):
        export_report(unanswered(), wanted, APA)


@pytest.mark.parametrize("wanted", LIGHT)
def test_a_document_without_facts_or_address_is_exported(wanted: Format) -> None:
    bare = document("They met.", "minutes.txt")
    content = export_report(evidence(item(bare, "They met.")), wanted, APA)
    assert b"None" not in content
    assert wanted is Format.JSON or b"null" not in content


def test_a_record_cited_twice_is_one_reference() -> None:
    twice = evidence(Item(item(METI, ADOPTED).citation), item(METI, "August 6, 2021"))
    assert len(json.loads(export_report(twice, Format.CSL_JSON, APA))) == 1
    assert export_report(twice, Format.BIBTEX, APA).count(b"@misc") == 1
    assert export_report(twice, Format.RIS, APA).count(b"TY  - ") == 1

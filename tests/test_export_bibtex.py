"""Read the BibTeX export with pybtex and pandoc."""

import json
import re

import pytest
from pybtex.database import BibliographyData, parse_string

from assistant.export.bibliography.bibtex import bibtex
from assistant.export.text import line
from support.pandoc import pandoc
from support.sample_reports import DISCUSSED, HOSTILE_TITLE, JAPANESE, METI, hostile, hostile_report, report


def read(content: bytes) -> BibliographyData:
    return parse_string(content.decode(), "bibtex")


def test_pybtex_reads_each_record_once_with_its_ministry_as_one_name() -> None:
    found = read(bibtex(report()))
    assert list(found.entries)[:2] == ["2020-04-30-g20-extraordinary-mic", "2021-08-05-g20-trieste-meti"]
    entry = found.entries["2021-08-05-g20-trieste-meti"]
    assert entry.type == "misc"
    (author,) = entry.persons["author"]
    assert (author.last_names, author.first_names) == (["{" + (METI.publisher or "") + "}"], [])
    assert {name: entry.fields[name] for name in ("title", "year", "month", "date", "url", "urldate", "note")} == {
        "title": "{" + METI.title + "}",
        "year": "2021",
        "month": "August",
        "date": "2021-08-06",
        "url": METI.source.address,
        "urldate": "2026-11-21",
        "note": "Meeting: G20, Trieste, Italy, 5 August 2021",
    }


def test_the_quotation_and_the_note_are_the_annotation() -> None:
    entry = read(bibtex(report())).entries[JAPANESE.id[:8]]
    assert entry.fields["annote"].startswith(f"“{DISCUSSED}” https://www.soumu.go.jp/")
    assert entry.fields["annote"].endswith("日本語のメモ")
    assert entry.persons["author"][0].last_names == ["{総務省}"]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_author_day_and_access(dialect: str) -> None:
    (item,) = [i for i in json.loads(pandoc(bibtex(report()), dialect, "csljson")) if i["id"].endswith("meti")]
    assert item["author"] == [{"literal": METI.publisher}]
    assert folded(item["title"]) == METI.title
    assert item["issued"] == {"date-parts": [[2021, 8, 6]]}
    assert item["URL"] == METI.source.address
    assert item["note"] == "Meeting: G20, Trieste, Italy, 5 August 2021"


def test_hostile_words_are_text() -> None:
    """pandoc knows no LaTeX for a single brace and leaves it out; pybtex sees that it is there."""
    content = bibtex(hostile_report())
    (entry,) = read(content).entries.values()
    (item,) = json.loads(pandoc(content, "biblatex", "csljson"))
    assert folded(item["title"]) == folded(line(HOSTILE_TITLE))
    assert folded(item["author"][0]["literal"]) == folded(line(hostile().publisher or ""))
    assert HOSTILE_TITLE.count("{") == entry.fields["title"].count("textbraceleft")
    assert set(re.findall(r"\\([a-zA-Z]+)", content.decode())) == {
        "textbackslash",
        "textbraceleft",
        "textbraceright",
        "textless",
        "textgreater",
        "textasciitilde",
        "textasciicircum",
    }


def folded(text: str) -> str:
    """Without braces, with straight quotation marks and single spaces, as LaTeX sets them."""
    return " ".join(re.sub("[{}]", "", text.translate(str.maketrans("‘’`“”", "'''\"\""))).split())

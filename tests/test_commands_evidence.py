"""Run `rapporteur evidence` and `rapporteur export --evidence`, with an encoder that counts words."""

import json
from pathlib import Path

import pytest

from assistant.evidence.evidence_list import EvidenceList
from index.library import open_library
from support.commands import Run
from support.word_counts import WordCounts

ABSENT = "Who was absent from the G20 meeting of April 2020?"
SMART = "What did the ministers say about smart cities?"


@pytest.fixture
def three(run: Run) -> list[str]:
    """Three quotations put aside by their anchors; gives their words."""
    cited = [c for q in (ABSENT, SMART) for c in json.loads(run("ask", q, "--json").out)["citations"]][:3]
    assert run("evidence", "add", *(c["anchor"] for c in cited)).code == 0
    return [c["quote"] for c in cited]


def listed(run: Run) -> list[dict[str, object]]:
    return list(json.loads(run("evidence", "--json").out))


def test_an_empty_list_says_how_to_fill_it(run: Run) -> None:
    said = run("evidence")
    assert (said.code, said.out) == (
        0,
        "The evidence list is empty; add quotations in the page (rapporteur serve) or with rapporteur evidence add"
        " ANCHOR; rapporteur ask --json shows the anchors\n",
    )
    assert listed(run) == []


def test_anchors_are_added_and_listed(run: Run, three: list[str]) -> None:
    found = listed(run)
    assert [item["quote"] for item in found] == three
    assert [item["number"] for item in found] == [1, 2, 3]
    assert {(item["state"], item["note"], item["heading"], item["trouble"]) for item in found} == {
        ("same", "", "", None)
    }
    assert str(found[0]["anchor"]).startswith("rap1:")
    assert f"1. “{' '.join(three[0].split())}”" in run("evidence").out


def test_the_list_is_changed_by_numbers(run: Run, three: list[str]) -> None:
    assert run("evidence", "move", "3", "1").code == 0
    assert run("evidence", "note", "1", "look here").code == 0
    assert run("evidence", "heading", "2", "Then").code == 0
    assert run("evidence", "remove", "1", "3").code == 0
    assert [(i["quote"], i["heading"]) for i in listed(run)] == [(three[0], "Then")]
    assert run("evidence", "undo").code == 0
    assert [(i["quote"], i["note"], i["heading"]) for i in listed(run)] == [
        (three[2], "look here", ""),
        (three[0], "", "Then"),
        (three[1], "", ""),
    ]
    lines = run("evidence").out.splitlines()
    assert "# Then" in lines
    assert "   Note: look here" in lines


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["remove", "4"], "4: no quotation of the evidence list has this number; there are 1 to 3"),
        (["remove", "1", "0"], "0: no quotation"),
        (["move", "1", "-"], "-: no quotation"),
        (["note", "\u0663", "x"], "٣"),
        (["undo"], "nothing was removed from the evidence list, so nothing is put back"),
        (["add", "rap1:nothing"], "no anchor"),
        (["note", "1", "x" * 5_001], "the note has 5,001 characters; 5,000 are the most"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    run: Run, three: list[str], words: list[str], line: str
) -> None:
    if words[1:2] == ["\u0663"]:  # a digit of another script is a number all the same
        assert run("evidence", *words).code == 0
        return
    said = run("evidence", *words)
    assert (said.code, said.out) == (1, "")
    assert line in said.err
    assert said.err.count("\n") == 1
    assert [i["quote"] for i in listed(run)] == three


@pytest.mark.parametrize("words", [["remove"], ["move", "1"], ["note", "1"], ["list", "1"], ["undo", "1"], ["drop"]])
def test_wrong_usage_is_told(run: Run, words: list[str]) -> None:
    assert run("evidence", *words).code == 2


def test_an_anchor_whose_record_is_gone_is_refused(run: Run) -> None:
    (cited, *_) = json.loads(run("ask", ABSENT, "--json").out)["citations"]
    assert run("remove", cited["document"]).code == 0
    said = run("evidence", "add", cited["anchor"])
    assert said.code == 1
    assert "no record of the library is the one that this anchor names" in said.err


def test_an_item_whose_record_is_gone_says_so(run: Run, three: list[str]) -> None:
    gone = str(listed(run)[0]["document"])
    assert run("remove", gone).code == 0
    assert f"   gone: {gone} is no longer in the library" in run("evidence").out
    assert listed(run)[0]["quote"] == three[0]


def test_the_list_is_exported(run: Run, three: list[str]) -> None:
    run("evidence", "note", "2", "a note")
    said = run("export", "--evidence", "--to", "list.json")
    assert (said.code, said.err) == (0, "")
    written = json.loads(Path("list.json").read_text("utf-8"))
    (section,) = written["sections"]
    assert [(i["quote"], i["note"]) for i in section["items"]] == list(zip(three, ["", "a note", ""], strict=True))


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 2), ([ABSENT, "--evidence"], 2), (["--evidence", "--year", "2020"], 2), (["--evidence"], 1)],
)
def test_what_is_exported_has_to_be_said_and_to_be_there(run: Run, words: list[str], code: int) -> None:
    said = run("export", *words, "--to", "list.md")
    assert (said.code, said.err.count("\n")) == (code, 1)
    assert not Path("list.md").exists()


def test_the_list_is_the_one_of_the_page(run: Run, three: list[str], library_of_its_own: Path) -> None:
    library = open_library(library_of_its_own, encoder=WordCounts())
    assert [item.quote for item in EvidenceList(library).items()] == three
